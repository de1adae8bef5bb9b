"""Who comes to a committee: invited once from seats and roles, noted as they come, heard before by a link."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases import attendance
from cases.models import Attendee
from tests import year as play
from tests.cases.reached import attendee
from workflow import engine
from workflow.models import Entry, Grant
from workflow.refusal import Refused
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def invited(year) -> int:
    return attendance.invite(year.cycle.committees.get(), by=year.coordinator, at=play.SITTING)


def test_seats_members_and_team_are_invited_once(year):
    play.person("jury", Role.COMMITTEE, year.cycle)
    assert (invited(year), invited(year)) == (5, 0)
    seated = Attendee.objects.exclude(seat=None).order_by("organisation")
    assert [one.organisation for one in seated] == ["Agglo essai_2027", "Etat essai_2027"]


def test_a_seat_that_nobody_answers_for_is_invited_by_its_contact(year):
    Grant.objects.filter(user=year.financiers["agglo"]).delete()
    financier = year.cycle.financiers.get(code="agglo")
    financier.contact = "Cabinet du président"
    financier.save()
    invited(year)
    assert Attendee.objects.get(seat=financier.organisation).name == "Cabinet du président"


def test_fifty_people_are_welcomed_at_once_and_only_those_who_were_not_there(year):
    people = [{"name": f"Personne {rank}", "quality": "", "organisation": "Ville"} for rank in range(50)]
    committee = year.cycle.committees.get()
    many = [attendance.welcome(committee, people, by=year.coordinator, at=play.SITTING) for _ in range(2)]
    assert many == [50, 0]


def test_who_is_represented_says_by_whom_even_for_the_database(year):
    one = attendee(year)
    with pytest.raises(IntegrityError), transaction.atomic():
        engine.amend(one, {"presence": "represented"}, by=year.coordinator, at=play.SITTING)


def test_a_link_writes_what_one_person_expects_until_the_day_is_over(year):
    one, other = attendee(year), attendee(year, "Luc Petit")
    token = attendance.path_of(one).split("/")[3]
    assert attendance.opened(token, play.SITTING) == one
    assert attendance.opened(token, play.ANSWERING) is None
    assert attendance.opened(token.replace(str(one.uuid), str(other.uuid)), play.SITTING) is None
    attendance.expect(one, "Deux actions pour les jeunes.", one.version, at=play.SITTING)
    assert (play.fresh(one).goals, play.fresh(other).goals) == ("Deux actions pour les jeunes.", "")
    assert Entry.objects.get(subject_label="cases.attendee", subject_id=one.pk, move="amend").actor is None
    with pytest.raises(Refused, match="plus à jour"):
        attendance.expect(one, "Autre chose.", 1, at=play.SITTING)


def test_somebody_taken_off_the_list_has_no_link_any_more(year):
    one = attendee(year)
    token = attendance.path_of(one).split("/")[3]
    attendance.withdraw(one, version=one.version, by=year.coordinator, at=play.SITTING)
    assert attendance.opened(token, play.SITTING) is None


def test_who_came_or_spoke_stays_on_the_list(year):
    for kept in (attendee(year, goals="Des réponses."), attendee(year, "Luc", presence="present")):
        with pytest.raises(Refused, match="reste sur la liste"):
            attendance.withdraw(kept, version=kept.version, by=year.coordinator, at=play.SITTING)


def test_the_list_of_another_call_is_nobodys_business(year):
    other = play.a_year("autre_2027")
    one = attendee(year)
    assert list(Attendee.objects.visible_to(other.coordinator)) == []
    with pytest.raises(Refused, match="Votre rôle"):
        engine.amend(one, {"presence": "present"}, by=other.coordinator, at=play.SITTING)
    assert one.committee.on == date(2027, 2, 10)
