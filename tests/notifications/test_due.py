"""On which day a reminder leaves."""

from datetime import date, timedelta

import pytest

from notifications.choices import Counting
from notifications.due import Rhythm, offsets_of
from workflow.calendar import Region, WorkedDay

DEADLINE = date(2026, 11, 24)
USUAL = Rhythm((-15, -7, -1))


@pytest.mark.parametrize(
    "due,offset,leaves",
    [
        (DEADLINE, -7, date(2026, 11, 17)),
        (DEADLINE, -15, date(2026, 11, 9)),
        (DEADLINE, 0, DEADLINE),
        (DEADLINE, 3, date(2026, 11, 27)),
        (date(2026, 11, 16), -1, date(2026, 11, 13)),  # a Sunday
        (date(2026, 11, 18), -7, date(2026, 11, 10)),  # the Armistice
        (date(2027, 1, 4), -3, date(2026, 12, 31)),  # New Year's Day
    ],
)
def test_a_reminder_leaves_on_the_last_worked_day_that_leaves_time(due, offset, leaves):
    assert USUAL.leaves_on(due, offset) == leaves


@pytest.mark.parametrize(
    "worked_day,leaves",
    [
        (WorkedDay.BEFORE, date(2026, 11, 10)),
        (WorkedDay.AFTER, date(2026, 11, 12)),
        (WorkedDay.ANY, date(2026, 11, 11)),
    ],
)
def test_each_rule_says_what_becomes_of_a_holiday(worked_day, leaves):
    assert Rhythm((-7,), worked_day=worked_day).leaves_on(date(2026, 11, 18), -7) == leaves


@pytest.mark.parametrize(
    "offset,leaves",
    [
        (-5, date(2026, 11, 9)),  # five days worked, the Armistice is none
        (-1, date(2026, 11, 16)),
        (1, date(2026, 11, 18)),
        (4, date(2026, 11, 23)),
    ],
)
def test_days_may_be_counted_as_they_are_worked(offset, leaves):
    assert Rhythm((offset,), Counting.WORKING).leaves_on(date(2026, 11, 17), offset) == leaves


def test_each_region_keeps_its_own_holidays():
    boxing_day = date(2028, 12, 26)  # a Tuesday
    found = [
        Rhythm((-1,), region=region).leaves_on(boxing_day + timedelta(days=1), -1)
        for region in (Region.METROPOLE, Region.ALSACE_MOSELLE)
    ]
    assert found == [boxing_day, date(2028, 12, 22)]


@pytest.mark.parametrize(
    "on,offset",
    [
        (date(2026, 11, 8), None),
        (date(2026, 11, 9), -15),
        (date(2026, 11, 15), -15),
        (date(2026, 11, 16), None),  # because −7 comes the next day, and one a week is enough
        (date(2026, 11, 17), -7),
        (date(2026, 11, 22), -7),
        (date(2026, 11, 23), -1),
        (DEADLINE, -1),
        (DEADLINE + timedelta(days=1), None),
    ],
)
def test_only_the_nearest_offset_speaks(on, offset):
    assert USUAL.nearest(DEADLINE, on) == offset


def test_what_would_be_heard_the_next_week_waits_for_that_weeks_own():
    friday, monday = date(2026, 11, 13), date(2026, 11, 16)
    assert [USUAL.nearest(DEADLINE, friday, heard) for heard in (friday, monday)] == [-15, None]


@pytest.mark.parametrize(
    "on,offset",
    [(DEADLINE, None), (date(2026, 11, 27), 3), (date(2026, 12, 4), 3), (date(2026, 12, 5), None)],
)
def test_what_follows_a_day_is_said_for_a_week_and_no_longer(on, offset):
    assert Rhythm((3,)).nearest(DEADLINE, on) == offset


def test_without_offset_nothing_speaks():
    assert Rhythm(()).nearest(DEADLINE, DEADLINE) is None


def test_two_offsets_of_one_week_speak_once_the_nearest():
    friday = date(2026, 11, 20)
    rhythm = Rhythm((-3, -2, -1))
    assert rhythm.spoken(friday, date(2026, 11, 1), friday) == {date(2026, 11, 19): -1}
    assert rhythm.silenced(friday) == [(-3, -1), (-2, -1)]


def test_what_a_rest_day_pushes_beyond_its_date_never_leaves():
    sunday = date(2026, 11, 15)
    assert Rhythm((-1,), worked_day=WorkedDay.AFTER).spoken(sunday, date.min, date.max) == {}


def test_a_period_says_which_offsets_fall_in_it():
    found = USUAL.spoken(DEADLINE, date(2026, 11, 10), date(2026, 11, 30))
    assert found == {date(2026, 11, 17): -7, date(2026, 11, 23): -1}


def test_days_before_and_after_are_one_list_of_offsets():
    assert offsets_of([7, 1, 0], [3]) == (-7, -1, 0, 3)


@pytest.mark.parametrize("rhythm", [USUAL, Rhythm((-10, 5), Counting.WORKING), Rhythm((-3, 4, 12))])
def test_the_horizon_holds_every_day_that_may_be_spoken_of(rhythm):
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    earliest, latest = rhythm.horizon(first, last)
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(250)]
    spoken = [
        due for due in days if rhythm.spoken(due, first, last) or rhythm.nearest(due, first) is not None
    ]
    assert [due for due in spoken if not earliest <= due <= latest] == []


def test_no_reminder_ever_leaves_on_a_rest_day_nor_after_its_date():
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(366 * 17)]
    wrong = [due for due in days for offset in USUAL.offsets if not _is_right(due, offset)]
    assert wrong == []


def _is_right(due, offset):
    leaves, plain = USUAL.leaves_on(due, offset), due + timedelta(days=offset)
    return leaves.weekday() < 5 and plain - timedelta(days=5) <= leaves <= plain
