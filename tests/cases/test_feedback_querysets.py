"""Whose reading a feedback sheet awaits: never its writers', and the coordination's where the policy says so."""

import pytest

from cases.models import Feedback
from tests import year as play
from tests.cases.reached import FEEDBACKS
from workflow import engine
from workflow.roles import Role

pytestmark = pytest.mark.django_db


def awaited(year, *people) -> list[int]:
    return [Feedback.objects.awaiting(one).count() for one in people]


@pytest.mark.parametrize("policy, third", [("other", 1), ("self", 1), ("coordinator", 0)])
def test_a_sheet_handed_over_awaits_whom_the_policy_names(policy, third):
    year = play.a_year(feedback_check=policy)
    colleague = play.person("relecture", Role.INSTRUCTOR, year.cycle)
    FEEDBACKS["reading"](year)
    assert awaited(year, year.instructor, year.coordinator, colleague, year.holder) == [0, 1, third, 0]


def test_nothing_is_awaited_before_it_is_handed_over_nor_after_it_is_read():
    year = play.a_year()
    for state in ("draft", "checked", "delivered"):
        FEEDBACKS[state](year)
    assert awaited(year, year.instructor, year.coordinator) == [0, 0]


def test_whoever_changed_a_word_is_not_asked_to_read_it():
    year = play.a_year()
    colleague = play.person("relecture", Role.INSTRUCTOR, year.cycle)
    sheet = FEEDBACKS["draft"](year)
    engine.amend(sheet, {"advice": "Venez dès juin."}, by=year.coordinator, at=play.SITTING)
    engine.fire(play.fresh(sheet), "hand_over", by=year.instructor, at=play.SITTING)
    assert awaited(year, year.instructor, year.coordinator, colleague) == [0, 0, 1]


def test_another_town_s_sheets_are_not_awaited():
    year, other = play.a_year(), play.a_year("ailleurs")
    FEEDBACKS["reading"](year)
    assert awaited(other, other.coordinator) == [0]
