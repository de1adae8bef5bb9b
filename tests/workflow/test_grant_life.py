"""The life of a role: given, withdrawn, and what each guard sees."""

import pytest

from tests import year as play
from workflow import engine
from workflow import grant_life as that
from workflow.models import Grant, Organisation
from workflow.refusal import Refused
from workflow.roles import SYSTEM, Role, held_by

COORDINATOR = Grant(role=Role.COORDINATOR, cycle_id=1, user_id=7)


def codes(refusals):
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize(
    "grant, coordinators, expected",
    [
        (COORDINATOR, {7, 8}, []),
        (COORDINATOR, {7}, ["last_coordinator"]),
        (COORDINATOR, set(), ["last_coordinator"]),
        (Grant(role=Role.INSTRUCTOR, cycle_id=1, user_id=7), {7}, []),
    ],
)
def test_somebody_still_coordinates(grant, coordinators, expected):
    assert codes(that.somebody_still_coordinates(grant, coordinators)) == expected


@pytest.mark.parametrize(
    "cycle, colleagues, coordinates, expected",
    [
        (None, set(), True, []),
        (None, {3}, True, ["not_first_here"]),
        (None, {3}, False, []),
        (1, {3}, True, []),
    ],
)
def test_a_lasting_role_comes_from_its_own_house(cycle, colleagues, coordinates, expected):
    grant = Grant(role=Role.HOLDER, cycle_id=cycle)
    found = that.lasting_role_comes_from_its_own_house(grant, colleagues, lambda role: coordinates)
    assert codes(found) == expected


@pytest.mark.django_db
def test_a_withdrawn_role_opens_nothing_and_is_kept():
    year = play.a_year()
    grant = year.instructor.grants.get()
    engine.fire(grant, "end", by=year.coordinator, at=play.READING)
    assert held_by(year.instructor) == []
    assert list(year.instructor.grants.all()) == list(year.cycle.grants.filter(user=year.instructor)) == []
    assert Grant.ever.get(pk=grant.pk).ended_at == play.READING


@pytest.mark.django_db
def test_a_coordinator_reaches_the_roles_of_the_cycle_alone():
    year, other = play.a_year(), play.a_year("autre_2027")
    for grant in (other.instructor.grants.get(), year.holder.grants.get()):
        with pytest.raises(Refused) as refused:
            engine.fire(grant, "end", by=year.coordinator, at=play.READING)
        assert refused.value.codes == ["no_right"]


@pytest.mark.django_db
def test_a_coordinator_does_not_enter_an_association_that_keeps_its_own_door():
    year = play.a_year()
    house = year.holder_organisation
    mine = Grant(user=year.coordinator, role=Role.HOLDER, organisation=house, invited_in=year.cycle)
    with pytest.raises(Refused) as refused:
        engine.open_many([mine], by=year.coordinator, at=play.READING)
    assert refused.value.codes == ["not_first_here"]
    new = Organisation.objects.create(name="Association nouvelle")
    first = Grant(user=year.instructor, role=Role.HOLDER, organisation=new, invited_in=year.cycle)
    engine.open_many([first], by=year.coordinator, at=play.READING)
    second = Grant(user=year.coordinator, role=Role.HOLDER, organisation=new, invited_in=year.cycle)
    engine.open_many([second], by=year.coordinator, at=play.READING)
    assert Grant.objects.filter(organisation=new, cycle=None).count() == 2


@pytest.mark.django_db
def test_nobody_gives_a_role_that_is_not_theirs_to_give():
    year = play.a_year()
    new = play.person("awa")
    asked = [
        (year.instructor, Grant(user=new, role=Role.INSTRUCTOR, cycle=year.cycle)),
        (year.holder, Grant(user=new, role=Role.COORDINATOR, cycle=year.cycle)),
        (year.financiers["etat"], Grant(user=new, role=Role.COMMITTEE, cycle=year.cycle)),
    ]
    for by, grant in asked:
        with pytest.raises(Refused) as refused:
            engine.open_many([grant], by=by, at=play.READING)
        assert refused.value.codes == ["no_right"]
    engine.open_many([asked[0][1]], by=SYSTEM, at=play.READING)
    assert len(held_by(new)) == 1
