"""The one door: every reason at once, stale or « déjà fait », batches, edits without a move, one transaction."""

from decimal import Decimal

import pytest
from django.db import transaction

from cases import models as cases
from cases.states import LineMove, Verdict
from tests import year as play
from tests.workflow.answers import entries, refused
from workflow import engine, journal
from workflow.models import Entry
from workflow.refusal import Refused
from workflow.signals import moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


# Refusals ------------------------------------------------------------------------------------------------------------


def test_all_refusals_are_said_at_once(year):
    draft = play.a_draft(year, requested=90_000)
    changes = {"answers": {}, "commitment_at": None, "total_cost": Decimal(1)}
    engine.amend(draft, changes, by=year.holder, at=play.WRITING)
    draft.documents.all().delete()
    assert refused(draft, "submit", by=year.financiers["etat"], at=play.BEFORE) == [
        "no_right", "window_closed", "unanswered", "no_document", "over_cost", "no_commitment",
    ]  # fmt: skip


def test_a_refused_move_changes_nothing(year):
    draft = play.a_draft(year)
    before = cases.Dossier.objects.values().get(pk=draft.pk)
    refused(draft, "submit", by=year.holder, at=play.BEFORE)
    assert cases.Dossier.objects.values().get(pk=draft.pk) == before
    assert [entry.move for entry in entries(draft)] == ["open"]


def test_a_missing_fact_is_named_and_an_unknown_move_has_no_arrow(year):
    dossier = play.in_committee(year)
    with pytest.raises(Refused) as caught:
        engine.fire(dossier, "defer", by=year.coordinator, at=play.SITTING, facts={"reason": ""})
    assert [(one.code, one.place) for one in caught.value.refusals] == [
        ("missing_fact", "reason"), ("missing_fact", "next_committee_on"),
    ]  # fmt: skip
    assert refused(dossier, "fly", by=year.coordinator, at=play.SITTING) == ["no_arrow"]


def test_a_subject_that_is_gone_is_said_to_be_gone(year):
    ghost = play.a_draft(year)
    ghost.pk = 10**6
    assert refused(ghost, "submit", by=year.holder, at=play.WRITING) == ["absent"]


def test_refusals_before_anything_is_typed_do_not_ask_for_facts(year):
    dossier = play.in_committee(year)
    assert engine.refusals(dossier, "defer", by=year.coordinator, at=play.SITTING) == ()
    found = engine.available(dossier, by=year.holder, at=play.SITTING)
    assert list(found) == ["withdraw"]


# Many at once --------------------------------------------------------------------------------------------------------


def test_a_refused_subject_does_not_stop_the_others(year):
    drafts = [play.a_draft(year) for _ in range(3)]
    drafts[1].documents.all().delete()
    outcomes = engine.fire_many(drafts, "submit", by=year.holder, at=play.WRITING)
    assert [[refusal.code for refusal in one.refusals] for one in outcomes] == [[], ["no_document"], []]
    assert [play.fresh(one).state for one in drafts] == ["submitted", "draft", "submitted"]
    assert [one.entry is None for one in outcomes] == [False, True, False]


def test_a_batch_tells_stale_and_done_apart(year):
    done, stale, new = (play.a_draft(year) for _ in range(3))
    versions = {one.pk: one.version for one in (done, stale, new)}
    engine.fire(done, "submit", by=year.holder, at=play.WRITING)
    engine.amend(stale, {"title": "Autre"}, by=year.holder, at=play.WRITING)
    call = {"by": year.holder, "at": play.WRITING, "versions": versions}
    outcomes = engine.fire_many([done, stale, new], "submit", **call)
    assert [(one.repeated, [refusal.code for refusal in one.refusals]) for one in outcomes] == [
        (True, []), (False, ["stale"]), (False, []),
    ]  # fmt: skip


def test_each_subject_may_have_facts_of_its_own_and_a_subject_named_twice_moves_once(year):
    first, second = play.in_committee(year).lines.order_by("pk")
    each = {first.pk: {"amount": Decimal(100)}, second.pk: {"amount": Decimal(200)}}
    outcomes = engine.fire_many(
        [second, first, second], LineMove.GRANT, by=year.coordinator, at=play.SITTING, each=each
    )
    assert [one.subject_id for one in outcomes] == [second.pk, first.pk]
    assert [play.fresh(one).decided for one in (first, second)] == [100, 200]
    assert engine.fire_many([], LineMove.GRANT, by=year.coordinator, at=play.SITTING) == []


def test_moved_is_sent_once_with_all_entries_inside_the_transaction(year):
    heard, drafts = [], [play.a_draft(year) for _ in range(2)]

    def hear(sender, entries, at, **kwargs):
        heard.append(
            (sender, [entry.move for entry in entries], at, transaction.get_connection().in_atomic_block)
        )

    moved.connect(hear)
    try:
        engine.fire_many(drafts, "submit", by=year.holder, at=play.WRITING)
    finally:
        moved.disconnect(hear)
    assert heard == [(cases.Dossier, ["submit", "submit"], play.WRITING, True)]


# One transaction -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_what_fails_in_a_consequence_takes_everything_with_it():
    year = play.a_year()
    dossier = play.in_review(year)
    before, ledger = Entry.objects.count(), cases.LedgerEntry.objects.count()

    def break_down(sender, entries, at, **kwargs):
        if sender is cases.FundingLine and entries[0].move == "fall_silent":
            raise RuntimeError("broken receiver")

    moved.connect(break_down)
    try:
        with pytest.raises(RuntimeError):
            engine.fire(dossier, "close_review", by=year.coordinator, at=play.REVIEWING)
    finally:
        moved.disconnect(break_down)
    assert play.fresh(dossier).state == "review"
    assert (Entry.objects.count(), cases.LedgerEntry.objects.count()) == (before, ledger)
    assert cases.ReviewRound.objects.get(dossier=dossier).closed_at is None
    engine.fire(dossier, "close_review", by=year.coordinator, at=play.REVIEWING)
    assert play.fresh(dossier).state == "committee"


@pytest.mark.django_db(transaction=True)
def test_the_door_inside_a_caller_s_transaction_is_undone_with_it():
    year = play.a_year()
    draft = play.a_draft(year)
    with transaction.atomic():
        engine.fire(draft, "submit", by=year.holder, at=play.WRITING)
        transaction.set_rollback(True)
    assert play.fresh(draft).state == "draft"
    with transaction.atomic():
        assert refused(draft, "admit", by=year.instructor, at=play.WRITING) == ["no_arrow"]
        engine.fire(draft, "submit", by=year.holder, at=play.WRITING)
    assert play.fresh(draft).state == "submitted"


# Facts ---------------------------------------------------------------------------------------------------------------


def test_a_float_or_a_naive_instant_never_reaches_the_journal(year):
    line = play.in_review(year).lines.order_by("pk").first()
    facts = {"verdict": "favourable", "amount": 0.5, "motive": ""}
    with pytest.raises(TypeError), transaction.atomic():
        engine.fire(line, "opine", by=year.financiers["etat"], at=play.REVIEWING, facts=facts)
    with pytest.raises(TypeError), transaction.atomic():
        engine.fire(
            line.dossier,
            "drop",
            by=year.coordinator,
            at=play.READING.replace(tzinfo=None),
            facts={"reason": "x"},
        )
    assert play.fresh(line).state == "invited"


def test_words_stay_out_of_the_chain_and_codes_stay_in_it(year):
    line = play.in_review(year).lines.order_by("pk").first()
    facts = {"verdict": Verdict.RESERVED, "amount": Decimal("12.50"), "motive": "Madame X est fatiguée."}
    entry = engine.fire(line, "opine", by=year.financiers["etat"], at=play.REVIEWING, facts=facts).entry
    assert "fatiguée" not in entry.payload
    kept = journal.facts_of(entry)
    prose = entry.prose.get()
    assert (kept["verdict"], kept["amount"]) == ("reserved", "12.50")
    assert (prose.key, prose.text) == ("motive", "Madame X est fatiguée.")
    assert kept["motive"] == {"prose": journal.prose_digest(prose.text, prose.salt)}


def test_typed_facts_never_pretend_to_be_the_person_or_the_instant(year):
    dossier = play.submitted(year)
    facts = {"at": play.REPORTING, "by": None}
    play.read(year, dossier)
    engine.fire(dossier, "admit", by=year.instructor, at=play.READING, facts=facts)
    assert play.fresh(dossier).admitted_at == play.READING
