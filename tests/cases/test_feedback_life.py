"""The feedback sheet: whole, read by whom the policy says, due where it asks, frozen once the holder has it."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from cases.models import FeedbackVersion
from tests import year as play
from tests.cases.reached import FEEDBACKS, fired, sheet
from workflow import engine
from workflow.models import Entry, Prose
from workflow.refusal import Refused
from workflow.roles import Role

pytestmark = pytest.mark.django_db


def codes(subject, move, by, at=play.SITTING, facts=None):
    return [refusal.code for refusal in engine.refusals(play.fresh(subject), move, by=by, at=at, facts=facts)]


def amended(year, written, **changes):
    engine.amend(written, changes, by=year.instructor, at=play.SITTING)
    return play.fresh(written)


# Who reads it over ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "policy, author, coordinator",
    [("other", ["same_reader"], []), ("coordinator", ["not_coordinator"], []), ("self", [], [])],
)
def test_the_cycle_s_policy_says_who_reads_the_sheet_over(policy, author, coordinator):
    year = play.a_year(feedback_check=policy)
    written = sheet(year)
    assert codes(written, "proofread", year.instructor) == author
    assert codes(written, "proofread", year.coordinator) == coordinator


def test_nobody_who_changed_a_word_of_a_sheet_reads_it_over_as_another_person():
    year = play.a_year(feedback_check="other")
    written = sheet(year)
    engine.amend(written, {"advice": "Venez dès juin."}, by=year.coordinator, at=play.SITTING)
    third = play.person("relecture", Role.INSTRUCTOR, year.cycle)
    readers = (year.instructor, year.coordinator, third)
    assert [codes(written, "proofread", by) for by in readers] == [["same_reader"], ["same_reader"], []]


@pytest.mark.parametrize("policy", ["self", "coordinator"])
def test_a_free_motive_is_read_by_somebody_else_whatever_the_policy(policy):
    year = play.a_year(feedback_check=policy)
    written = sheet(year)
    [motive] = written.motives
    free = [{**motive, "reason": "", "free": "Un motif à nous."}]
    engine.amend(written, {"motives": free}, by=year.coordinator, at=play.SITTING)
    assert codes(written, "proofread", year.coordinator) == ["free_motive_unread"]
    other = play.person("autre", Role.COORDINATOR, year.cycle)
    assert codes(written, "proofread", other) == []


# What it says --------------------------------------------------------------------------------------------------------


def test_a_sheet_that_lacks_everything_is_told_everything():
    year = play.a_year()
    written = sheet(year, motives=[], lesser=[], advice=" ")
    assert codes(written, "proofread", year.coordinator) == ["no_why", "motive_count", "no_advice"]
    refused = written.dossier.lines.order_by("pk").last().pk
    bare = {"line": refused, "reason": "", "free": "", "fact": " "}
    written = amended(year, written, motives=[bare] * 4, advice="Revenez.")
    lacking = ["no_why", "motive_count", *["no_reason", "no_fact"] * 4]
    assert codes(written, "proofread", year.coordinator) == lacking


def test_a_missing_fact_is_asked_by_the_question_of_its_reason():
    year = play.a_year()
    written = sheet(year)
    written = amended(year, written, motives=[{**written.motives[0], "fact": ""}])
    [refusal] = engine.refusals(written, "hand_over", by=year.instructor, at=play.SITTING)
    assert str(refusal) == "Dites quel fait du dossier fonde ce motif. Quel besoin était plus urgent ?"


def test_each_financier_answers_for_itself_and_only_with_a_published_reason_of_its_own():
    year = play.a_year()
    written = sheet(year)
    [own] = written.motives
    for wrong, found in (
        ({"line": None}, ["motive_count", "not_its_line", "wrong_kind"]),
        ({"line": 0}, ["motive_count", "not_its_line"]),
        ({"reason": "inconnu"}, ["unknown_reason"]),
        ({"reason": "hors-quartier"}, ["wrong_kind"]),
    ):
        changed = amended(year, play.fresh(written), motives=[own | wrong])
        assert sorted(codes(changed, "hand_over", year.instructor)) == found


def test_a_financier_that_communicates_no_motive_is_said_so_and_gives_none():
    year = play.a_year()
    written = sheet(year)
    line = written.motives[0]["line"]
    silent = amended(year, written, silent=[line])
    assert codes(silent, "hand_over", year.instructor) == ["silent_yet_said"]
    silent = amended(year, silent, motives=[])
    assert codes(silent, "hand_over", year.instructor) == []


def test_a_sheet_names_no_other_holder_no_mark_and_no_rank():
    year = play.a_year()
    other = play.a_year("voisins").holder_organisation
    play.cases.Project.objects.create(organisation=other, title="Autre")
    play.cases.Dossier.objects.create(
        cycle=year.cycle, rules=year.rules, organisation=other, number=99, title="Autre", total_cost=1,
        project=other.projects.get(),
    )  # fmt: skip
    written = sheet(year)
    said = f"Vous êtes classé 12e, avec une note de 2/4, derrière {other.name}."
    written = amended(year, written, advice=said)
    for move in ("hand_over", "proofread"):
        found = engine.refusals(written, move, by=year.coordinator, at=play.SITTING)
        assert [(one.code, one.place) for one in found] == [
            ("mark", "advice"), ("rank", "advice"), ("other_holder", "advice"),
        ]  # fmt: skip
        assert all(said in one.sentence and one.sentence.startswith("Et maintenant") for one in found)


def test_the_names_of_a_call_are_read_in_two_queries_whatever_the_sheets(django_assert_num_queries):
    from cases import sheet_looks as looks

    year = play.a_year(ceiling=100_000)
    sheets = [sheet(year) for _ in range(3)]
    read = [type(one).objects.select_related("dossier").get(pk=one.pk) for one in sheets]
    with django_assert_num_queries(2):
        assert set(looks.names(read)) == {one.pk for one in sheets}


# When it is due ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "policy, amount, due",
    [
        ({"feedback_on_refusal": True}, 1_000, True),
        ({"feedback_on_refusal": False}, 1_000, False),
        ({"feedback_on_refusal": False, "feedback_on_cut": 50}, 500, True),
        ({"feedback_on_refusal": False, "feedback_on_cut": 50, "line_on_cut": False}, 500, False),
        ({"feedback_on_refusal": False, "feedback_on_cut": 50, "line_on_cut": False}, 490, True),
        ({"feedback_on_refusal": False, "feedback_on_cut": None, "line_on_cut": False}, 1, False),
    ],
)
def test_a_sheet_is_due_for_a_refusal_or_a_cut_above_the_threshold(policy, amount, due):
    year = play.a_year(**policy)
    dossier = play.decided(year, amount)
    assert ("no_feedback" in codes(dossier, "answer", year.coordinator, play.ANSWERING)) is due


def test_a_lesser_cut_owes_one_line_and_no_more():
    year = play.a_year(financiers=1)
    written = sheet(year, motives=[], advice="", lesser=[])
    assert codes(written, "hand_over", year.instructor) == ["no_why", "empty"]
    line = written.dossier.lines.get().pk
    written = amended(year, written, lesser=[{"line": line, "why": "Deux séances de moins."}])
    assert codes(written, "hand_over", year.instructor) == []


def test_a_late_refusal_needs_a_corrected_sheet_before_the_answer():
    year = play.a_year()
    dossier = play.in_committee(year)
    first, second = dossier.lines.order_by("pk")
    by, at = year.coordinator, play.SITTING
    engine.fire(first, "grant", by=by, at=at, facts={"amount": Decimal(1_000)})
    engine.fire(second, "withhold", by=by, at=at)
    committee = year.cycle.committees.get().pk
    engine.fire(dossier, "decide", by=by, at=at, facts={"committee": committee})
    play.explained(year, play.fresh(dossier))
    engine.fire(second, "refuse", by=by, at=at)
    engine.fire_many(
        [first, second], "notify", by=by, at=play.ANSWERING, facts={"notified_on": play.ANSWERING.date()}
    )
    assert codes(dossier, "answer", by, play.ANSWERING) == ["short_feedback"]
    feedback = fired(dossier.feedback, "revise", by, play.ANSWERING, reason="l’État a répondu.")
    engine.amend(feedback, play.words_for(play.fresh(dossier)), by=year.instructor, at=play.ANSWERING)
    feedback = fired(feedback, "proofread", by, play.ANSWERING)
    fired(feedback, "deliver", by, play.ANSWERING)
    assert codes(dossier, "answer", by, play.ANSWERING) == []


# Frozen, and corrected -----------------------------------------------------------------------------------------------


def test_a_delivered_text_is_frozen():
    year = play.a_year()
    delivered = FEEDBACKS["delivered"](year)
    with pytest.raises(Refused) as caught:
        engine.amend(delivered, {"advice": "Autre"}, by=year.coordinator, at=play.ANSWERING)
    assert caught.value.codes == ["not_editable"]
    assert codes(delivered, "correct", year.coordinator) == ["no_arrow"]
    for wrong in (lambda rows: rows.update(because="Autre"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong(FeedbackVersion.objects.filter(feedback=delivered))


def test_a_correction_says_why_and_leaves_both_versions():
    year = play.a_year()
    delivered = FEEDBACKS["delivered"](year)
    assert codes(delivered, "revise", year.instructor, facts={}) == ["missing_fact"]
    draft = fired(delivered, "revise", year.instructor, play.ANSWERING, reason="le montant était faux.")
    assert (draft.state, draft.number, draft.delivered_at is None) == ("draft", 1, False)
    engine.amend(draft, {"advice": "Venez en juin."}, by=year.instructor, at=play.ANSWERING)
    again = fired(play.fresh(draft), "proofread", year.coordinator, play.ANSWERING)
    again = fired(again, "deliver", year.coordinator, play.REPORTING)
    told = [(one.number, one.because, one.content["advice"]) for one in again.versions.order_by("number")]
    assert told == [(1, "", "Venez en septembre."), (2, "le montant était faux.", "Venez en juin.")]


WORDS = ("motives", "silent", "lesser", "appreciated", "advice", "meeting_with_id")


def words_of(sheet) -> dict:
    return {name: getattr(sheet, name) for name in WORDS}


@pytest.mark.parametrize("then", [(), ("hand_over",), ("proofread",)])
def test_a_correction_opened_by_mistake_is_abandoned_and_the_delivered_words_stand(then):
    year = play.a_year()
    delivered = FEEDBACKS["delivered"](year)
    draft = fired(delivered, "revise", year.instructor, play.ANSWERING, reason="le montant était faux.")
    [motive] = draft.motives
    free = [{**motive, "reason": "", "free": "Un autre motif."}]
    changes = {"advice": "Venez en juin.", "motives": free, "meeting_with_id": year.instructor.pk}
    draft = amended(year, draft, **changes)
    for move in then:
        draft = fired(draft, move, year.coordinator, play.ANSWERING)
    stands = fired(draft, "abandon", year.instructor, play.REPORTING)
    assert words_of(stands) == words_of(delivered)
    assert (stands.state, stands.number, stands.delivered_at, stands.because) == (
        "delivered", 1, delivered.delivered_at, "",
    )  # fmt: skip
    assert stands.checked_by == delivered.checked_by
    assert FeedbackVersion.objects.standing().get(feedback=stands).content["advice"] == "Venez en septembre."
    entries = Entry.objects.filter(subject_label="cases.feedback", subject_id=stands.pk).order_by("seq")
    assert [one.move for one in entries][-3 - len(then) :] == ["revise", "amend", *then, "abandon"]
    assert Prose.objects.filter(text="Venez en juin.").exists()


def test_a_second_correction_abandoned_leaves_the_second_version_with_its_reason():
    year = play.a_year()
    first = fired(FEEDBACKS["delivered"](year), "revise", year.instructor, play.ANSWERING, reason="une date.")
    second = fired(
        fired(first, "proofread", year.coordinator, play.ANSWERING),
        "deliver",
        year.coordinator,
        play.ANSWERING,
    )
    again = fired(second, "revise", year.instructor, play.ANSWERING, reason="par erreur.")
    stands = fired(again, "abandon", year.coordinator, play.ANSWERING)
    assert (stands.state, stands.number, stands.because) == ("delivered", 2, "une date.")


def test_nothing_is_abandoned_where_no_version_stands():
    year = play.a_year()
    assert codes(sheet(year), "abandon", year.instructor) == ["no_correction"]
    dossier = play.explained(year, play.decided(year, title="Jardin")).dossier
    fired(dossier, "reopen", year.coordinator, play.ANSWERING, reason="Erreur")
    assert codes(dossier.feedback, "abandon", year.instructor) == ["no_correction"]


def test_why_it_is_corrected_compares_nobody_either():
    year = play.a_year()
    delivered = FEEDBACKS["delivered"](year)
    facts = {"reason": "vous étiez en 3e position."}
    assert codes(delivered, "revise", year.instructor, facts=facts) == ["rank"]


def test_a_sheet_sent_back_is_read_over_again():
    year = play.a_year()
    checked = FEEDBACKS["checked"](year)
    back = fired(checked, "correct", year.instructor, play.SITTING)
    assert (back.state, back.checked_by, back.checked_at) == ("draft", None, None)
    assert codes(back, "deliver", year.coordinator) == ["no_arrow"]
    assert play.fresh(back.dossier.lines.order_by("pk").first()).decided == Decimal(500)


def test_what_was_decided_since_it_was_read_over_is_asked_before_it_leaves():
    year = play.a_year()
    checked = FEEDBACKS["checked"](year)
    first = checked.dossier.lines.order_by("pk").first()
    type(first).objects.filter(pk=first.pk).update(decided=Decimal(100))
    assert codes(checked, "deliver", year.coordinator) == ["motive_count"]
