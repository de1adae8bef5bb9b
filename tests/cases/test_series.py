"""The days of a series: the same weekday, holidays left out, never without end."""

from datetime import date, timedelta

import pytest

from cases.series import MOST, Rhythm, days_of
from workflow.calendar import Region


def series(first, rhythm, until, region=Region.METROPOLE):
    days = days_of(date.fromisoformat(first), rhythm, until and date.fromisoformat(until), region)
    return [day.isoformat() for day in days.kept], [day.isoformat() for day in days.skipped]


def test_a_week_in_two_up_to_the_last_day_counted():
    assert series("2026-10-07", Rhythm.FORTNIGHTLY, "2026-11-04") == (
        ["2026-10-07", "2026-10-21", "2026-11-04"],
        [],
    )


@pytest.mark.parametrize(
    "region, skipped", [(Region.METROPOLE, ["2025-12-25"]), (Region.ALSACE_MOSELLE, ["2025-12-25"])]
)
def test_holidays_are_those_of_the_call(region, skipped):
    assert series("2025-12-18", Rhythm.WEEKLY, "2026-01-08", region)[1] == [*skipped, "2026-01-01"]


def test_the_day_after_christmas_is_left_out_where_it_is_a_holiday():
    assert series("2025-12-19", Rhythm.WEEKLY, "2025-12-26")[1] == []
    assert series("2025-12-19", Rhythm.WEEKLY, "2025-12-26", Region.ALSACE_MOSELLE)[1] == ["2025-12-26"]


def test_a_single_day_is_kept_even_on_a_holiday():
    assert series("2026-11-11", Rhythm.ONCE, None) == (["2026-11-11"], [])


def test_a_year_mistyped_makes_no_endless_series():
    endless = days_of(date(2026, 10, 7), Rhythm.WEEKLY, date(2099, 10, 7), Region.METROPOLE)
    assert endless == ([], [], True)
    longest = date(2026, 10, 7) + timedelta(weeks=MOST - 1)
    whole = days_of(date(2026, 10, 7), Rhythm.WEEKLY, longest, Region.METROPOLE)
    assert (len(whole.kept) + len(whole.skipped), whole.endless) == (MOST, False)
