"""The table of rights: which role, in which cycle, for which organisation, reaches what."""

from dataclasses import dataclass

import pytest

from tests import year as play
from workflow.models import Grant
from workflow.roles import SYSTEM, Held, Reach, Role, held_by, may, reaching, roles_of


@dataclass
class Thing:
    """Something of cycle 1, owned by organisation 10, with organisation 20 in its seat."""

    kind: str

    def reach_key(self, reach):
        return {Reach.CYCLE: 1, Reach.OWN: 10, Reach.SEAT: 20}[reach]


@pytest.mark.parametrize(
    "held, reached",
    [
        (Held("coordinator", 1, None), True),
        (Held("coordinator", 2, None), False),
        (Held("holder", None, 10), True),
        (Held("holder", 1, 10), True),
        (Held("holder", 2, 10), False),
        (Held("holder", None, 20), False),
        (Held("holder", None, None), False),
        (Held("financier", 1, 20), True),
        (Held("financier", 1, 10), False),
        (Held("financier", 2, 20), False),
        (Held("committee", 1, None), False),
    ],
)
def test_a_role_reaches_its_cycle_its_own_things_or_its_seat(held, reached):
    assert may([held], Thing("line"), list(Role)) is reached


def test_a_role_that_the_rule_does_not_name_opens_nothing():
    held = [Held("instructor", 1, None)]
    assert may(held, Thing("dossier"), [Role.INSTRUCTOR]) is True
    assert may(held, Thing("dossier"), [Role.COORDINATOR]) is False
    assert may([], Thing("dossier"), list(Role)) is False


def test_seeing_and_acting_are_two_rights_and_an_unknown_kind_has_none():
    reader = [Held("committee", 1, None)]
    found = [may(reader, Thing("dossier"), list(Role), verb) for verb in ("see", "act")]
    assert found == [True, False]
    assert may([Held("coordinator", 1, None)], Thing("kitchen"), list(Role)) is False


@pytest.mark.django_db
def test_rights_are_asked_of_the_database_each_time():
    year = play.a_year()
    agent = year.instructor
    team = agent.grants.get().organisation_id
    assert held_by(agent) == [Held("instructor", year.cycle.pk, team)]
    Grant.objects.create(user=agent, role=Role.HOLDER, organisation=year.holder_organisation)
    assert held_by(agent)[1:] == [Held("holder", None, year.holder_organisation.pk)]
    assert roles_of(agent) == {Role.INSTRUCTOR, Role.HOLDER}
    agent.grants.all().delete()
    assert (held_by(agent), held_by(SYSTEM)) == ([], [])


@pytest.mark.django_db
def test_a_queryset_is_scoped_by_the_grants_that_reach_that_far():
    year = play.a_year()
    state = year.financiers["etat"]
    found = {reach: list(reaching(state, "line", "see", reach).order_by("pk")) for reach in Reach}
    assert found == {Reach.CYCLE: [], Reach.OWN: [], Reach.SEAT: list(state.grants.order_by("pk"))}
    assert list(reaching(state, "feedback", "see", Reach.SEAT).order_by("pk")) == []
