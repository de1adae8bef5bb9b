"""The one door: every reason at once, stale or « déjà fait », batches, edits without a move, one transaction."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from cases import models as cases
from cases.states import LineMove, Verdict
from tests import year as play
from workflow import engine, journal
from workflow.models import Entry, Milestone, Organisation, Prose
from workflow.refusal import Refused
from workflow.signals import moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def refused(*call, **keywords):
    """The codes of a call of the door that must be refused; the transaction of the test survives."""
    with pytest.raises(Refused) as caught:
        engine.fire(*call, **keywords)
    return caught.value.codes


def entries(subject):
    label = subject._meta.label_lower
    return list(Entry.objects.filter(subject_label=label, subject_id=subject.pk).order_by("seq"))


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


# Stale forms and repeated clicks -------------------------------------------------------------------------------------


def test_the_same_click_twice_is_already_done_and_written_once(year):
    draft = play.a_draft(year)
    first = engine.fire(draft, "submit", by=year.holder, at=play.WRITING, version=draft.version)
    second = engine.fire(draft, "submit", by=year.holder, at=play.WRITING, version=draft.version)
    assert (first.repeated, second.repeated, second.entry) == (False, True, first.entry)
    assert [entry.move for entry in entries(draft)] == ["open", "submit"]


def test_another_person_s_same_move_is_stale(year):
    draft = play.a_draft(year)
    engine.fire(draft, "submit", by=year.holder, at=play.WRITING, version=draft.version)
    assert refused(draft, "submit", by=year.instructor, at=play.WRITING, version=draft.version) == ["stale"]


def test_another_move_is_stale(year):
    dossier = play.submitted(year)
    engine.fire(dossier, "withdraw", by=year.holder, at=play.WRITING, version=dossier.version)
    assert refused(dossier, "take_back", by=year.holder, at=play.WRITING, version=dossier.version) == [
        "stale"
    ]


def test_the_same_move_two_entries_later_is_stale(year):
    draft = play.a_draft(year)
    old = draft.version
    for move in ("withdraw", "restore", "submit"):
        engine.fire(draft, move, by=year.holder, at=play.WRITING)
    assert refused(draft, "submit", by=year.holder, at=play.WRITING, version=old) == ["stale"]


def test_the_same_move_with_other_words_or_amounts_is_stale_because_they_were_not_kept(year):
    line = play.in_review(year).lines.order_by("pk").first()
    person = year.financiers["etat"]
    typed = {"verdict": Verdict.FAVOURABLE, "amount": Decimal(500), "motive": "Utile."}
    call = {"by": person, "at": play.REVIEWING, "version": line.version}
    engine.fire(line, "opine", facts=typed, **call)
    assert engine.fire(line, "opine", facts=typed, **call).repeated
    assert refused(line, "opine", facts={**typed, "amount": Decimal(400)}, **call) == ["stale"]
    assert refused(line, "opine", facts={**typed, "motive": "Inutile."}, **call) == ["stale"]
    Prose.objects.filter(entry=entries(line)[-1]).delete()
    assert engine.fire(line, "opine", facts=typed, **call).repeated


def test_a_version_from_the_future_is_stale(year):
    draft = play.a_draft(year)
    assert refused(draft, "submit", by=year.holder, at=play.WRITING, version=99) == ["stale"]


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


# Edits without a move ------------------------------------------------------------------------------------------------


def test_quiet_edits_are_versioned_but_not_journaled(year):
    draft = play.a_draft(year)
    engine.amend(draft, {"title": "Autre"}, by=year.holder, at=play.WRITING, version=draft.version)
    after = play.fresh(draft)
    assert (after.title, after.version, after.journal_seq) == ("Autre", draft.version + 1, draft.journal_seq)


def test_an_edit_that_changes_nothing_writes_nothing(year):
    line = play.in_committee(year).lines.order_by("pk").first()
    engine.amend(line, {"team_proposal": None}, by=year.instructor, at=play.SITTING)
    assert play.fresh(line).version == line.version


def test_edits_say_who_and_when_and_everything_at_once(year):
    dossier = play.submitted(year)
    with pytest.raises(Refused) as caught:
        engine.amend(dossier, {"title": "Autre", "state": "closed"}, by=year.holder, at=play.WRITING)
    assert [(one.code, one.place) for one in caught.value.refusals] == [
        ("not_editable", "title"), ("not_editable", "state"),
    ]  # fmt: skip
    with pytest.raises(Refused) as caught:
        engine.amend(play.a_draft(year), {"title": "Pris"}, by=year.financiers["etat"], at=play.WRITING)
    assert caught.value.codes == ["no_right"]


def test_a_repeated_edit_is_already_done_only_if_the_row_says_so(year):
    line = play.in_committee(year).lines.order_by("pk").first()
    call = {"by": year.instructor, "at": play.SITTING, "version": line.version}
    engine.amend(line, {"team_proposal": Decimal(300)}, **call)
    assert engine.amend(line, {"team_proposal": Decimal(300)}, **call).repeated
    with pytest.raises(Refused) as caught:
        engine.amend(line, {"previous": Decimal(10)}, **call)
    assert caught.value.codes == ["stale"]
    assert [entry.move for entry in entries(line)][-1] == "amend"


def test_what_was_asked_does_not_change_once_it_is_filed(year):
    line = play.submitted(year).lines.order_by("pk").first()
    with pytest.raises(Refused) as caught:
        engine.amend(line, {"requested": Decimal(9)}, by=year.holder, at=play.WRITING)
    assert caught.value.codes == ["not_editable"]


def test_a_moved_milestone_is_journaled_and_moves_the_window(year):
    mark = Milestone.objects.get(cycle=year.cycle, code="cloture")
    draft, late = play.a_draft(year), play.day("2026-11-20")
    assert refused(draft, "submit", by=year.holder, at=late) == ["window_closed"]
    engine.amend(mark, {"ends_on": date(2026, 11, 30)}, by=year.coordinator, at=play.WRITING)
    engine.fire(draft, "submit", by=year.holder, at=late)
    assert [entry.move for entry in entries(mark)] == ["amend"]


# Opening -------------------------------------------------------------------------------------------------------------


def a_line(dossier, year, **other):
    seat = Organisation.objects.create(name="Région")
    financier = cases.Financier.objects.create(cycle=year.cycle, code="region", organisation=seat)
    envelope = cases.Envelope.objects.create(financier=financier, code="region", label="Région")
    facts = {
        "cycle": year.cycle, "organisation": year.holder_organisation, "seat": seat, "requested": 10, **other,
    }  # fmt: skip
    return cases.FundingLine(dossier=dossier, envelope=envelope, **facts)


def test_a_holder_adds_a_financier_only_while_writing_the_team_until_the_decision(year):
    dossier = play.submitted(year)
    line = a_line(dossier, year)
    with pytest.raises(Refused) as caught:
        engine.open_many([line], by=year.holder, at=play.WRITING)
    assert caught.value.codes == ["no_more_lines"]
    engine.open_many([line], by=year.instructor, at=play.READING)
    assert [entry.move for entry in entries(line)] == ["open"]


def test_nobody_hangs_a_line_on_somebody_else_s_dossier(year):
    other = play.a_year("ailleurs")
    mine = a_line(play.a_draft(year), year, organisation=other.holder_organisation)
    with pytest.raises(Refused) as caught:
        engine.open_many([mine], by=other.holder, at=play.WRITING)
    assert caught.value.codes == ["no_right"]
