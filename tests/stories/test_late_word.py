"""A financier's late word: what it kept to itself in committee, said while the dossier is decided or answered."""

from datetime import date
from decimal import Decimal

import pytest

from tests import year as play
from tests.cases.reached import fired, line_of
from workflow import engine
from workflow.refusal import Refused
from workflow.roles import SYSTEM

pytestmark = pytest.mark.django_db

GRANT = {"amount": Decimal(300)}
TOLD = {"notified_on": date(2027, 4, 20)}


@pytest.fixture
def year():
    return play.a_year()


def codes(subject, move, by, at=play.ANSWERING, **facts):
    return [refusal.code for refusal in engine.refusals(play.fresh(subject), move, by=by, at=at, facts=facts)]


def unknown(year, state="decided"):
    """The only line that could bring money: its financier said nothing, the other refused and told so."""
    dossier = play.in_committee(year)
    first, second = dossier.lines.order_by("pk")
    fired(first, "withhold", year.coordinator, play.SITTING)
    fired(second, "refuse", year.coordinator, play.SITTING)
    committee = year.cycle.committees.get().pk
    fired(dossier, "decide", year.coordinator, play.SITTING, committee=committee)
    fired(second, "notify", year.coordinator, play.ANSWERING, **TOLD)
    if state == "answered":
        play.explained(year, dossier)
        fired(dossier, "answer", year.coordinator, play.ANSWERING)
    return line_of(dossier)


@pytest.mark.parametrize("state", ["decided", "answered"])
@pytest.mark.parametrize("move, facts, decided", [("grant", GRANT, 300), ("refuse", {}, 0)])
def test_an_undisclosed_line_may_be_decided_later_then_notified_as_usual(year, state, move, facts, decided):
    late = fired(unknown(year, state), move, year.coordinator, play.ANSWERING, **facts)
    assert (late.dossier.state, late.decided, play.fresh(late.envelope).decided) == (state, decided, decided)
    assert fired(late, "notify", year.coordinator, play.ANSWERING, **TOLD).state == "notified"


def test_a_late_word_stays_within_its_envelope_and_is_said_once(year):
    line = unknown(year)
    engine.amend(line.envelope, {"ceiling": Decimal(200)}, by=year.coordinator, at=play.ANSWERING)
    assert codes(line, "grant", year.coordinator, **GRANT) == ["over_envelope"]
    fired(line, "grant", year.coordinator, play.ANSWERING, amount=Decimal(200))
    for move in ("grant", "refuse", "withhold"):
        with pytest.raises(Refused, match="en comité"):
            engine.fire(line, move, by=year.coordinator, at=play.ANSWERING, facts={"amount": Decimal(1)})


def test_a_line_that_stays_undisclosed_is_not_withheld_again_after_the_committee(year):
    assert codes(unknown(year), "withhold", year.coordinator) == ["not_in_committee"]


def test_a_late_word_keeps_a_decided_dossier_from_being_answered_until_it_is_told_and_explained(year):
    late = unknown(year)
    sheet = play.explained(year, late.dossier)
    assert codes(late.dossier, "answer", year.coordinator) == []
    fired(late, "refuse", year.coordinator, play.ANSWERING)
    assert codes(late.dossier, "answer", year.coordinator) == ["not_notified", "short_feedback"]
    fired(late, "notify", year.coordinator, play.ANSWERING, **TOLD)
    assert codes(late.dossier, "answer", year.coordinator) == ["short_feedback"]
    again = fired(play.fresh(sheet), "revise", year.instructor, play.ANSWERING, reason="L’État a répondu.")
    engine.amend(again, play.words_for(late.dossier), by=year.instructor, at=play.ANSWERING)
    for move in ("proofread", "deliver"):
        fired(play.fresh(sheet), move, year.coordinator, play.ANSWERING)
    assert codes(late.dossier, "answer", year.coordinator) == []


def test_a_late_grant_opens_the_report_of_an_answered_dossier_once_it_is_told(year):
    late = unknown(year, "answered")
    assert codes(late.dossier, "open_reporting", SYSTEM, play.REPORTING) == ["nothing_granted"]
    fired(late, "grant", year.coordinator, play.REPORTING, **GRANT)
    assert codes(late.dossier, "open_reporting", SYSTEM, play.REPORTING) == ["not_notified"]
    fired(late, "notify", year.coordinator, play.REPORTING, **TOLD)
    assert fired(late.dossier, "open_reporting", SYSTEM, play.REPORTING).state == "reporting"


def test_a_late_refusal_keeps_a_dossier_from_closing_until_it_is_told(year):
    late = unknown(year, "answered")
    assert codes(late.dossier, "close", SYSTEM) == []
    fired(late, "refuse", year.coordinator, play.ANSWERING)
    assert codes(late.dossier, "close", SYSTEM) == ["not_notified"]
