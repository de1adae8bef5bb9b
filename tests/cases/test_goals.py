"""What each partner expects of a committee is asked in one press, of each seat once, until the day is over."""

from functools import partial

import pytest
from django.urls import reverse

from cases import attendance, goals
from cases.models import Attendee, GoalsRequest
from tests import year as play
from tests.cases.reached import attendee
from workflow import engine
from workflow.models import Grant
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def committee_of(year):
    return year.cycle.committees.select_related("cycle").get()


def asked(year, at=play.READING, by=None) -> list[str]:
    """The seats that one press writes to."""
    found = goals.ask(committee_of(year), by=by or year.coordinator, at=at)
    return sorted(str(one.seat) for one in found)


def seat(year, name="etat"):
    return year.envelopes[name].financier.organisation


def test_one_press_invites_the_financiers_and_asks_each_the_second_asks_nobody(year):
    assert (asked(year), asked(year)) == (["Agglo essai_2027", "Etat essai_2027"], [])
    assert sorted(Attendee.objects.values_list("organisation", flat=True)) == [
        "Agglo essai_2027",
        "Etat essai_2027",
    ]
    found = goals.asking_of(committee_of(year))
    assert ([str(one.seat) for one in found.asked], found.to_ask, found.last_at) == (
        ["Agglo essai_2027", "Etat essai_2027"],
        [],
        play.READING,
    )


def test_who_was_taken_off_the_list_is_not_asked_and_who_comes_later_is(year):
    attendee(year, "Etat-essai_2027", "Etat essai_2027", seat=seat(year))
    assert asked(year) == ["Etat essai_2027"]
    attendee(year, "Agglo-essai_2027", "Agglo essai_2027", seat=seat(year, "agglo"))
    assert asked(year, play.REVIEWING) == ["Agglo essai_2027"]


def test_who_has_said_it_already_is_not_asked(year):
    attendee(year, "Etat-essai_2027", "Etat essai_2027", seat=seat(year), goals="Des réponses.")
    attendee(year, "Agglo-essai_2027", "Agglo essai_2027", seat=seat(year, "agglo"))
    assert asked(year) == ["Agglo essai_2027"]


def test_a_seat_without_an_account_is_asked_by_telephone(year):
    Grant.objects.filter(user=year.financiers["agglo"]).delete()
    assert asked(year) == ["Etat essai_2027"]
    assert goals.asking_of(committee_of(year)).unheard == ["Agglo essai_2027"]


def test_a_committee_that_is_over_asks_nothing_and_nobody_but_its_coordinator_asks(year):
    attendee(year, "Etat-essai_2027", "Etat essai_2027", seat=seat(year))
    for who in (year.instructor, year.financiers["etat"], year.holder, play.a_year("autre_2027").coordinator):
        with pytest.raises(Refused, match="Votre rôle"):
            asked(year, by=who)
    with pytest.raises(Refused, match="Ce comité est passé"):
        asked(year, play.ANSWERING)
    assert GoalsRequest.objects.count() == 0
    assert asked(year, play.SITTING) == ["Etat essai_2027"]


def test_each_person_is_led_to_their_own_line_else_to_that_of_their_seat(year):
    asked(year)
    request = GoalsRequest.objects.select_related("committee").get(seat=seat(year))
    etat = year.financiers["etat"]
    theirs = Attendee.objects.get(seat=seat(year))
    colleague = play.person("adjointe", "financier", year.cycle, seat(year))
    assert {goals.path_for(who, request) for who in (etat, colleague)} == {attendance.path_of(theirs)}
    own = attendee(year, str(colleague), "Etat essai_2027", seat=seat(year))
    assert goals.path_for(colleague, request) == attendance.path_of(own)
    assert goals.path_for(etat, request) == attendance.path_of(theirs)
    for one in (theirs, own):
        attendance.withdraw(one, version=one.version, by=year.coordinator, at=play.READING)
    assert goals.path_for(etat, request) == reverse("opinions")


def test_a_mail_that_waits_has_nothing_to_ask_once_it_is_said_the_day_over_or_the_seat_lost(year):
    asked(year)
    request, etat = GoalsRequest.objects.get(seat=seat(year)), year.financiers["etat"]
    asks = partial(goals.still_asks, request.pk)
    assert [asks(etat, at) for at in (play.READING, play.SITTING, play.ANSWERING)] == [True, True, False]
    assert asks(year.financiers["agglo"], play.READING) is False
    theirs = Attendee.objects.get(seat=seat(year))
    attendance.expect(theirs, "Deux actions.", theirs.version, at=play.READING)
    assert asks(etat, play.READING) is False
    other = GoalsRequest.objects.get(seat=seat(year, "agglo"))
    role = Grant.objects.get(user=year.financiers["agglo"])
    engine.fire(role, "end", by=year.coordinator, at=play.READING)
    assert goals.still_asks(other.pk, year.financiers["agglo"], play.READING) is False


@pytest.mark.parametrize("count", [1, 3])
def test_where_a_committee_stands_is_read_in_three_queries(year, count, django_assert_num_queries):
    committee = committee_of(year)
    for rank in range(count):
        attendee(year, f"Personne {rank}", seat=seat(year))
    asked(year)
    with django_assert_num_queries(3):
        goals.asking_of(committee)
