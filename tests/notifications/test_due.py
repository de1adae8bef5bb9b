"""On which day a reminder leaves."""

from datetime import date, timedelta

import pytest

from notifications.due import daytime, leaves_on, nearest, spoken
from tests.year import day

DEADLINE = date(2026, 11, 24)
OFFSETS = [15, 7, 1]


@pytest.mark.parametrize(
    "due,days,leaves",
    [
        (DEADLINE, 7, date(2026, 11, 17)),
        (DEADLINE, 15, date(2026, 11, 9)),
        (date(2026, 11, 16), 1, date(2026, 11, 13)),  # a Sunday
        (date(2026, 11, 18), 7, date(2026, 11, 10)),  # the Armistice
        (date(2027, 1, 4), 3, date(2026, 12, 31)),  # New Year's Day
    ],
)
def test_a_reminder_leaves_on_the_last_worked_day_that_leaves_time(due, days, leaves):
    assert leaves_on(due, days) == leaves


@pytest.mark.parametrize(
    "on,days",
    [
        (date(2026, 11, 8), None),
        (date(2026, 11, 9), 15),
        (date(2026, 11, 16), 15),
        (date(2026, 11, 17), 7),
        (date(2026, 11, 22), 7),
        (date(2026, 11, 23), 1),
        (DEADLINE, 1),
        (DEADLINE + timedelta(days=1), None),
    ],
)
def test_only_the_nearest_offset_speaks(on, days):
    assert nearest(DEADLINE, OFFSETS, on) == days


def test_without_offset_nothing_speaks():
    assert nearest(DEADLINE, [], DEADLINE) is None


def test_two_offsets_of_one_weekend_speak_once():
    monday = date(2026, 11, 16)
    assert spoken(monday, [3, 2, 1], date(2026, 11, 1), monday) == {date(2026, 11, 13): 1}


def test_a_period_says_which_offsets_fall_in_it():
    found = spoken(DEADLINE, OFFSETS, date(2026, 11, 10), date(2026, 11, 30))
    assert found == {date(2026, 11, 17): 7, date(2026, 11, 23): 1}


@pytest.mark.parametrize(
    "at,waits_until",
    [
        (day("2026-11-17", 10), day("2026-11-17", 10)),
        (day("2026-11-17", 3), day("2026-11-17", 8)),
        (day("2026-11-13", 22), day("2026-11-16", 8)),
        (day("2026-11-11", 10), day("2026-11-12", 8)),
    ],
)
def test_a_reminder_waits_for_the_hours_of_a_worked_day(at, waits_until):
    assert daytime(at) == waits_until


def test_no_reminder_ever_leaves_on_a_rest_day_nor_after_its_date():
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(366 * 17)]
    wrong = [due for due in days for offset in OFFSETS if not _is_right(due, offset)]
    assert wrong == []


def _is_right(due, offset):
    leaves = leaves_on(due, offset)
    return leaves.weekday() < 5 and due - timedelta(days=offset + 5) <= leaves <= due - timedelta(days=offset)
