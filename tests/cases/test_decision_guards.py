"""A decision noted by mistake is taken back: its money, its sheet, its passage, until somebody outside has heard."""

from datetime import date
from decimal import Decimal

import pytest

from cases import ledger, minutes
from cases.models import Feedback, Passage
from tests import programmings
from tests import year as play
from tests.cases.reached import fired
from tests.cases.test_consequences import refused
from tests.workflow.answers import entries
from workflow import engine

pytestmark = pytest.mark.django_db
WHY = {"reason": "Le mauvais dossier."}


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


def undone(year, dossier):
    return fired(dossier, "undecide", year.coordinator, play.SITTING, **WHY)


def results(dossier):
    return list(dossier.passages.order_by("pk").values_list("result", flat=True))


def test_the_dossier_lies_on_the_table_again_and_its_money_in_its_envelope(year):
    dossier = play.decided(year, 700)
    after = undone(year, dossier)
    assert (after.state, after.decided_at, results(after)) == ("committee", None, ["undone"])
    lines = dossier.lines.order_by("pk")
    assert [(one.state, one.verdict, one.booked) for one in lines] == [("requested", "favourable", 0)] * 2
    etat = play.fresh(year.envelopes["etat"])
    assert (etat.decided, [row.amount for row in etat.ledger.order_by("pk")]) == (0, [700, -700])
    assert list(ledger.sums_hold()) == []
    assert [one.move for one in entries(dossier)][-2:] == ["decide", "undecide"]


def test_it_may_be_decided_otherwise_at_once_and_each_passage_is_kept(year):
    after = undone(year, play.decided(year, 700))
    first, other = after.lines.order_by("pk")
    call = {"by": year.coordinator, "at": play.SITTING}
    engine.fire(first, "grant", facts={"amount": Decimal(300)}, **call)
    engine.fire(other, "refuse", **call)
    committee = year.cycle.committees.get()
    engine.fire(after, "decide", facts={"committee": committee.pk}, **call)
    assert results(after) == ["undone", "decided"]
    assert Passage.objects.that_decided().count() == 1
    [point] = minutes.content_of(committee)["points"]
    assert [one["lines"][0] for one in point["dossiers"]] == ["Etat essai_2027 : accordé, 300\u202f€"]


def test_a_sheet_that_was_begun_is_a_draft_again(year):
    dossier = play.decided(year)
    sheet = Feedback(dossier=dossier, author=year.instructor, **play.words_for(dossier))
    engine.open_many([sheet], by=year.instructor, at=play.SITTING)
    engine.fire(sheet, "hand_over", by=year.coordinator, at=play.SITTING)
    undone(year, dossier)
    assert play.fresh(sheet).state == "draft"


def test_what_a_convention_had_committed_stays(year):
    dossier = play.in_committee(year)
    first, other = dossier.lines.order_by("pk")
    call = {"by": year.coordinator, "at": play.SITTING}
    engine.fire(other, "refuse", **call)
    engine.fire(first, "release", **call)
    engine.fire(first, "carry_over", facts={"amount": Decimal(400), "agreement": "CPO 2026"}, **call)
    engine.fire(dossier, "decide", facts={"committee": year.cycle.committees.get().pk}, **call)
    undone(year, dossier)
    assert [(one.state, one.booked) for one in dossier.lines.order_by("pk")] == [
        ("granted", 400),
        ("requested", 0),
    ]


def test_nothing_is_taken_back_once_a_financier_has_notified(year):
    dossier = play.decided(year)
    line = dossier.lines.order_by("pk")[0]
    fired(line, "notify", year.coordinator, play.SITTING, notified_on=date(2027, 2, 10))
    assert refused(dossier, "undecide", year.coordinator, play.SITTING, **WHY) == ["notified"]


def test_nor_once_the_sheet_is_delivered(year):
    dossier = play.decided(year)
    play.explained(year, dossier)
    assert refused(dossier, "undecide", year.coordinator, play.ANSWERING, **WHY) == ["sheet_delivered"]
    fired(dossier.feedback, "revise", year.coordinator, play.ANSWERING, reason="une date était fausse.")
    assert refused(dossier, "undecide", year.coordinator, play.ANSWERING, **WHY) == ["sheet_delivered"]


def test_nor_once_the_record_or_the_programming_is_signed(year):
    dossier, committee = play.decided(year), year.cycle.committees.get()
    content = minutes.content_of(committee)
    minutes.sign_off(committee, minutes.digest_of(content), by=year.coordinator, at=play.SITTING)
    programmings.sign(year, programmings.opened(year))
    assert refused(dossier, "undecide", year.coordinator, play.SITTING, **WHY) == [
        "record_signed",
        "programming_signed",
    ]


def test_a_reason_is_asked_and_only_the_coordinator_may(year):
    dossier = play.decided(year)
    assert refused(dossier, "undecide", year.coordinator, play.SITTING, reason="") == ["missing_fact"]
    for who in (year.instructor, year.holder, year.financiers["etat"]):
        assert refused(dossier, "undecide", who, play.SITTING, **WHY) == ["no_right"]
