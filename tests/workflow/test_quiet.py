"""When people are left in peace."""

from datetime import UTC, datetime

import pytest

from tests.year import day
from workflow.calendar import Region
from workflow.quiet import Quiet, WritingDays, WritingHours


@pytest.mark.parametrize(
    "at,waits_until",
    [
        (day("2026-11-17", 10), day("2026-11-17", 10)),
        (day("2026-11-17", 3), day("2026-11-17", 8)),
        (day("2026-11-17", 20), day("2026-11-18", 8)),
        (day("2026-11-13", 22), day("2026-11-16", 8)),
        (day("2026-11-11", 10), day("2026-11-12", 8)),
        (day("2026-11-11", 5), day("2026-11-12", 8)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), day("2027-01-04", 8)),
        (day("2027-03-27", 23), day("2027-03-30", 8)),  # the clocks change that night; Monday is Easter's
    ],
)
def test_a_reminder_waits_for_the_hours_of_a_worked_day(at, waits_until):
    assert Quiet().wakes_at(at) == waits_until
    assert Quiet().rests_at(at) is (at != waits_until)


@pytest.mark.parametrize(
    "hours,waits_until",
    [(WritingHours.OFFICE, day("2026-11-17", 9)), (WritingHours.EVENING, day("2026-11-17", 17))],
)
def test_a_cycle_chooses_its_hours(hours, waits_until):
    assert Quiet(hours).wakes_at(day("2026-11-17", 8)) == waits_until


def test_a_cycle_may_write_on_saturdays_but_never_on_a_holiday_nor_a_sunday():
    quiet = Quiet(days=WritingDays.SATURDAYS_TOO)
    assert quiet.rests_at(day("2026-11-14", 10)) is False
    assert [quiet.rests_on(day(on).date()) for on in ("2026-11-15", "2026-08-15")] == [True, True]


def test_each_region_rests_on_its_own_holidays():
    boxing_day = day("2028-12-26").date()
    assert [Quiet(region=one).rests_on(boxing_day) for one in (Region.METROPOLE, Region.ALSACE_MOSELLE)] == [
        False,
        True,
    ]
