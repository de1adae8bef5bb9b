"""A financier's question: who may ask, who answers, who reads it, and that it never holds the round up."""

from types import SimpleNamespace

import pytest

from cases import inquiry_life as that
from cases.models import Inquiry
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.charts import chart_of
from workflow.refusal import Refused
from workflow.roles import Role


def codes(found):
    return [one.code for one in found]


CASES = [
    (that.answer_is_written, {}, {"facts": None}, []),
    (that.answer_is_written, {}, {"facts": {"answer": "Oui."}}, []),
    (that.answer_is_written, {}, {"facts": {"answer": " "}}, ["no_answer"]),
    (that.question_is_written, {"question": "Où ?"}, {"at": None}, []),
    (that.question_is_written, {"question": " "}, {"at": None}, ["no_question"]),
    (that.seat_was_asked, {"seat_id": 4}, {"asked_seats": {3, 4}}, []),
    (that.seat_was_asked, {"seat_id": 5}, {"asked_seats": {3, 4}}, ["seat_not_asked"]),
]


@pytest.mark.parametrize("guard, fields, seen, expected", CASES)
def test_a_guard_says_exactly(guard, fields, seen, expected):
    assert codes(guard(SimpleNamespace(**fields), **seen)) == expected


def test_every_guard_of_the_chart_is_seen_to_pass_and_to_refuse():
    drawn = {guard for move in chart_of(Inquiry).values() for guard in move.rule.guards}
    drawn |= {guard for guard in Inquiry.opening if guard.__module__ == that.__name__}
    assert {guard for guard, *_, expected in CASES if expected} == drawn
    assert {guard for guard, *_, expected in CASES if not expected} == drawn


def ask(year, dossier, by, seat, question="La salle est-elle réservée ?"):
    inquiry = Inquiry(
        dossier=dossier, cycle=dossier.cycle, organisation=dossier.organisation, seat=seat,
        asked_by=by, asked_at=play.REVIEWING, question=question,
    )  # fmt: skip
    engine.open_many([inquiry], by=by, at=play.REVIEWING, facts={"question": question})
    return inquiry


def refused(*given, **named):
    with pytest.raises(Refused) as met:
        ask(*given, **named)
    return met.value.codes


@pytest.mark.django_db
def test_only_a_seat_that_was_asked_asks_and_only_while_the_round_is_open():
    year, other = play.a_year(), play.a_year("ailleurs_2027")
    dossier, etat = play.in_review(year), year.financiers["etat"]
    seat = year.envelopes["etat"].financier.organisation
    ask(year, dossier, etat, seat)
    assert refused(year, dossier, etat, seat, question=" ") == ["no_question"]
    assert refused(year, dossier, year.holder, seat) == ["no_right"]
    assert refused(year, dossier, year.coordinator, seat) == ["no_right"]
    far = other.envelopes["etat"].financier.organisation
    assert refused(year, dossier, other.financiers["etat"], far) == ["no_right", "seat_not_asked"]
    assert refused(year, play.in_committee(year), etat, seat) == ["round_closed", "seat_not_asked"]


@pytest.mark.django_db
def test_the_round_closes_over_a_question_and_closes_it():
    year = play.a_year()
    question = reached.inquiry(year)
    for name in year.envelopes:
        play.opine(year, question.dossier, name)
    assert play.fresh(question.dossier).state == "committee"
    assert play.fresh(question).state == "closed"


@pytest.mark.django_db
def test_a_withdrawn_dossier_closes_its_questions():
    year = play.a_year()
    question = reached.inquiry(year)
    facts = {"reason": "Nous renonçons."}
    engine.fire(question.dossier, "withdraw", by=year.holder, at=play.REVIEWING, facts=facts)
    assert play.fresh(question).state == "closed"


@pytest.mark.django_db
def test_the_holder_the_team_and_every_financier_asked_read_it():
    year, other = play.a_year(), play.a_year("ailleurs_2027")
    reached.inquiry(year)
    readers = {
        role: year.person(role)
        for role in Role
        if role not in (Role.COMMITTEE, Role.THIRD_PARTY, Role.ELECTED)
    }
    readers = {str(role): person for role, person in readers.items() if person.pk}
    readers |= {"beside": year.financiers["agglo"], "elsewhere": other.financiers["etat"]}
    readers |= {"other team": other.coordinator, "other holder": other.holder}
    seen = {name for name, person in readers.items() if Inquiry.objects.visible_to(person).exists()}
    assert seen == {"holder", "instructor", "coordinator", "financier", "beside"}
