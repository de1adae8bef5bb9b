"""The machines are the hand-written matrix, on paper and when every move is really fired by every role."""

import pytest
from django.apps import apps
from django.db import transaction

from tests import year as play
from tests.cases.matrix import MATRIX
from tests.cases.reached import REACHED
from workflow import engine
from workflow.charts import chart_of, state_field
from workflow.models import Grant
from workflow.refusal import Refused
from workflow.roles import Role

READERS = (Role.COMMITTEE, Role.THIRD_PARTY, Role.ELECTED)
MACHINES = sorted(MATRIX)
REACHABLE = [(machine, state) for machine in MACHINES for state in REACHED[machine]]


@pytest.mark.parametrize("machine", MACHINES)
def test_the_chart_is_the_matrix_in_the_same_order(machine):
    chart = chart_of(apps.get_model(machine)).values()
    drawn = [(move.name, set(move.sources), move.target, set(move.rule.by)) for move in chart]
    written = [
        (name, set(sources.split()), target, set(roles.split()))
        for name, sources, target, roles in MATRIX[machine]
    ]
    assert drawn == written


@pytest.mark.parametrize("machine", MACHINES)
def test_every_state_of_the_enum_is_played(machine):
    model = apps.get_model(machine)
    assert set(REACHED[machine]) == {state for state, _ in state_field(model).choices}
    assert [move for move, _ in model.moves.choices] == [name for name, *_ in MATRIX[machine]]


@pytest.mark.django_db
@pytest.mark.parametrize("machine, state", REACHABLE)
def test_every_role_meets_no_arrow_and_no_right_where_the_matrix_says(machine, state):
    year = play.a_year()
    subject = REACHED[machine][state](year)
    assert subject.state == state
    people = everybody(year)
    met = {
        (move, role): met_by(subject, move, person)
        for move, *_ in MATRIX[machine]
        for role, person in people.items()
    }
    assert met == {
        (move, role): expected(state, role, sources.split(), roles.split())
        for move, sources, _, roles in MATRIX[machine]
        for role in people
    }


def everybody(year):
    """One person per role, SYSTEM included, each within reach of the subject."""
    person = {role: play.person(role.value, role, year.cycle) for role in READERS}
    assert Grant.objects.filter(role=Role.HOLDER).count() == 1
    return {role: person.get(role) or year.person(role) for role in Role}


def expected(state, role, sources, roles):
    if state not in sources:
        return "no_arrow"
    return "" if role in roles else "no_right"


def met_by(subject, move, person):
    """Which of the two refusals a person meets by really firing the move, undone at once."""
    try:
        with transaction.atomic():
            engine.fire(subject, move, by=person, at=play.ANSWERING, facts={})
            transaction.set_rollback(True)
    except Refused as refused:
        return " ".join(code for code in refused.codes if code in ("no_arrow", "no_right"))
    return ""


@pytest.mark.django_db
@pytest.mark.parametrize("machine", MACHINES)
def test_a_person_of_another_organisation_or_cycle_has_no_right_at_all(machine):
    year, other = play.a_year(), play.a_year("ailleurs_2027")
    state = next(iter(REACHED[machine]))
    subject = REACHED[machine][state](year)
    for move, sources, _, _ in MATRIX[machine]:
        if state in sources.split():
            met = {role: met_by(subject, move, other.person(role)) for role in Role if _is_person(role)}
            assert set(met.values()) == {"no_right"}, move


def _is_person(role):
    return role not in (Role.SYSTEM, *READERS)
