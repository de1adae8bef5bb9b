"""The table of rights: which role, in which cycle, for which organisation, reaches what."""

from dataclasses import dataclass

import pytest
from django.db.models import Q

from tests import year as play
from workflow.models import Grant, Organisation
from workflow.roles import (
    NOTHING,
    SYSTEM,
    Held,
    Reach,
    Role,
    cycles_of,
    either,
    followed,
    held_by,
    may,
    owned,
    reached,
    read_once,
    roles_of,
    seated,
    seen_by,
)


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
def test_what_one_request_reads_is_read_once_and_the_door_asks_again(django_assert_num_queries):
    agent = play.a_year().instructor
    with read_once():
        with django_assert_num_queries(1):
            assert roles_of(agent) == seen_roles(agent) == {Role.INSTRUCTOR}
        agent.grants.all().delete()
        assert (roles_of(agent), held_by(agent)) == ({Role.INSTRUCTOR}, [])
    with read_once():
        assert roles_of(agent) == set()
    assert roles_of(agent) == set()


def seen_roles(user):
    return {one.role for one in seen_by(user)}


@pytest.mark.django_db
def test_a_queryset_is_scoped_by_the_roles_that_reach_that_far():
    year = play.a_year()
    state = year.financiers["etat"]
    [held] = held_by(state)
    found = {reach: reached(state, "line", "see", reach) for reach in Reach}
    assert found == {Reach.CYCLE: [], Reach.OWN: [], Reach.SEAT: [held]}
    assert seated(state, "line", "see") == Q(seat=held.organisation_id, cycle=held.cycle_id)
    assert cycles_of(year.coordinator, "line", "see") == [year.cycle.pk]
    assert owned(year.holder, "line", "see", "dossier__") == Q(
        dossier__organisation__in=[year.holder_organisation.pk]
    )


@pytest.mark.django_db
def test_a_role_for_one_cycle_reaches_that_organisation_in_that_cycle_alone():
    year = play.a_year()
    person = play.person("une-annee", Role.HOLDER, year.cycle, year.holder_organisation)
    organisation, cycle = year.holder_organisation.pk, year.cycle.pk
    assert owned(person, "dossier", "see") == Q(organisation=organisation, cycle=cycle)


@pytest.mark.django_db
def test_nobody_reaches_anything_without_a_role():
    person = play.person("personne")
    ways = [way(person, "dossier", "see") for way in (followed, owned, seated)]
    assert [way is NOTHING for way in ways] == [True, True, True]
    assert either(*ways) is NOTHING
    assert list(Organisation.objects.filter(NOTHING)) == []
    assert either(NOTHING, Q(name="a"), Q(name="b")) == Q(name="a") | Q(name="b")
