"""Where dated things stand in a month, as pure arithmetic."""

from datetime import date

import pytest

from notifications.month import MOST, Side, in_a_list, last_of, month_of, months_from, shifted
from workflow.dated import Dated, DatedKind

TODAY = date(2026, 11, 29)


def a_day(first: str, last: str = "", **facts) -> Dated:
    facts = {"uid": f"{first}-{last}", "kind": DatedKind.MILESTONE, "label": "Date"} | facts
    return Dated(first=date.fromisoformat(first), last=date.fromisoformat(last or first), **facts)


def month(first: str, *things: Dated):
    return month_of(date.fromisoformat(first), things, TODAY)


def standing(shown) -> dict:
    """{day: sides of what stands there} over the whole weeks of a month."""
    days = [day for week in shown.weeks for day in week.days]
    return {f"{day.on:%m-%d}": [one.side for one in day.entries] for day in days if day.entries}


@pytest.mark.parametrize(
    "first, weeks, begins, ends",
    [
        ("2026-11-01", 6, "2026-10-26", "2026-12-06"),
        ("2027-02-01", 4, "2027-02-01", "2027-02-28"),
        ("2028-02-01", 5, "2028-01-31", "2028-03-05"),
    ],
)
def test_a_grid_holds_whole_weeks_from_monday_to_sunday(first, weeks, begins, ends):
    shown = month(first)
    days = [day.on for week in shown.weeks for day in week.days]
    assert (len(shown.weeks), days[0], days[-1]) == (
        weeks,
        date.fromisoformat(begins),
        date.fromisoformat(ends),
    )
    assert {len(week.days) for week in shown.weeks} == {7}


def test_a_day_knows_whether_it_is_today_outside_the_month_or_not_worked():
    holiday = a_day("2026-11-11", kind=DatedKind.HOLIDAY)
    days = {day.on: day for week in month("2026-11-01", holiday).weeks for day in week.days}
    assert [on for on, day in days.items() if day.today] == [TODAY]
    assert [on.day for on, day in days.items() if day.outside] == [26, 27, 28, 29, 30, 31, 1, 2, 3, 4, 5, 6]
    idle = [on.day for on, day in days.items() if day.idle and not day.outside]
    assert idle == [1, 7, 8, 11, 14, 15, 21, 22, 28, 29]


def test_one_day_stands_on_it_and_what_lasts_on_its_first_and_last():
    shown = month("2026-11-01", a_day("2026-11-24"), a_day("2026-11-30", "2026-12-04"))
    assert standing(shown) == {"11-24": [Side.WHOLE], "11-30": [Side.FIRST], "12-04": [Side.LAST]}
    assert [one.uid for one in shown.at_large] == ["2026-11-30-2026-12-04"]


def test_a_vague_date_stands_on_no_day_and_in_every_month_that_it_may_mean():
    vague = a_day("2027-01-01", "2027-02-28", precision="mois")
    months = [month(first, vague) for first in ("2026-12-01", "2027-01-01", "2027-02-01", "2027-03-01")]
    assert [standing(one) for one in months] == [{}, {}, {}, {}]
    assert [len(one.at_large) for one in months] == [0, 1, 1, 0]


def test_a_list_says_a_vague_date_once_and_what_lasts_on_its_days_alone():
    vague = a_day("2027-01-01", "2027-02-28", precision="mois")
    lasting = a_day("2027-01-04", "2027-02-05")
    listed = list(in_a_list(month(first, vague, lasting) for first in ("2027-01-01", "2027-02-01")))
    assert [[one.uid for one in shown.at_large] for shown in listed] == [[vague.uid], []]
    assert [[day.on.day for day in shown.days] for shown in listed] == [[4], [5]]


def test_a_list_leaves_out_the_days_of_the_months_beside():
    assert month("2026-11-01", a_day("2026-10-31"), a_day("2026-12-01")).days == []


@pytest.mark.parametrize("many, shown, hidden", [(1, 1, 0), (MOST, MOST, 0), (MOST + 1, MOST - 1, 2)])
def test_a_full_square_says_how_many_more_there_are(many, shown, hidden):
    things = [a_day("2026-11-24", uid=str(number)) for number in range(many)]
    [day] = month("2026-11-01", *things).days
    assert (len(day.shown), day.hidden) == (shown, hidden)


def test_a_week_without_anything_says_so():
    assert [week.busy for week in month("2027-02-01", a_day("2027-02-10")).weeks] == [
        False,
        True,
        False,
        False,
    ]


def test_a_day_is_said_in_three_words():
    [day] = month("2026-12-01", a_day("2026-12-01")).days
    assert day.words == ("mardi", "1er", "décembre")


def test_months_follow_one_another_across_the_year():
    assert months_from(date(2026, 11, 1), 3) == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
    assert shifted(date(2027, 1, 1), -1) == date(2026, 12, 1)
    assert last_of(date(2027, 9, 1), 6) == date(2028, 2, 29)
