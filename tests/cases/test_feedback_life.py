"""The feedback sheet: whole, read by whom the policy says, due where it asks, frozen once the holder has it."""

from decimal import Decimal

import pytest

from tests import year as play
from tests.cases.reached import FEEDBACKS, fired, sheet
from workflow import engine
from workflow.refusal import Refused
from workflow.roles import Role

pytestmark = pytest.mark.django_db


def codes(subject, move, by, at=play.SITTING):
    return [refusal.code for refusal in engine.refusals(play.fresh(subject), move, by=by, at=at)]


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


def test_a_sheet_that_lacks_everything_is_told_everything():
    year = play.a_year()
    written = sheet(year, motives=[{"reason": "", "free": "", "fact": " "}] * 4, advice=" ")
    assert codes(written, "proofread", year.coordinator) == [
        "motive_count", *["no_reason", "no_fact"] * 4, "no_advice",
    ]  # fmt: skip


def test_a_delivered_text_is_frozen():
    year = play.a_year()
    delivered = FEEDBACKS["delivered"](year)
    with pytest.raises(Refused) as caught:
        engine.amend(delivered, {"advice": "Autre"}, by=year.coordinator, at=play.ANSWERING)
    assert caught.value.codes == ["not_editable"]
    assert codes(delivered, "correct", year.coordinator) == ["delivered"]


@pytest.mark.parametrize(
    "policy, amount, due",
    [
        ({"feedback_on_refusal": True}, 1_000, True),
        ({"feedback_on_refusal": False}, 1_000, False),
        ({"feedback_on_refusal": False, "feedback_on_cut": 50}, 500, False),
        ({"feedback_on_refusal": False, "feedback_on_cut": 50}, 490, True),
        ({"feedback_on_refusal": False, "feedback_on_cut": None}, 1, False),
    ],
)
def test_a_sheet_is_due_for_a_refusal_or_a_cut_above_the_threshold(policy, amount, due):
    year = play.a_year(**policy)
    dossier = play.decided(year, amount)
    assert ("no_feedback" in codes(dossier, "answer", year.coordinator, play.ANSWERING)) is due


def test_a_sheet_sent_back_is_read_over_again():
    year = play.a_year()
    checked = FEEDBACKS["checked"](year)
    back = fired(checked, "correct", year.instructor, play.SITTING)
    assert (back.state, back.checked_by, back.checked_at) == ("draft", None, None)
    assert codes(back, "deliver", year.coordinator) == ["no_arrow"]
    assert play.fresh(back.dossier.lines.order_by("pk").first()).decided == Decimal(500)
