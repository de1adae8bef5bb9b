"""Calendar arithmetic: full days in Paris, public holidays, vague dates and the sentences that say them."""

import csv
import os
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from workflow import calendar
from workflow.calendar import Precision, Region, Window, WorkedDay
from workflow.wording import date_in_words, day_in_words

YEARS = range(2024, 2041)

# Easter Sundays written by hand, so that the check owes nothing to a library.
EASTER = {
    2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1),
    2030: (4, 21), 2031: (4, 13), 2032: (3, 28), 2033: (4, 17), 2034: (4, 9), 2035: (3, 25),
    2036: (4, 13), 2037: (4, 5), 2038: (4, 25), 2039: (4, 10), 2040: (4, 1),
}  # fmt: skip
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))


def paris(*parts):
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Paris"))


def holidays_by_hand(year):
    easter = date(year, *EASTER[year])
    moving = {easter + timedelta(days=days) for days in (1, 39, 50)}
    return {date(year, month, day) for month, day in FIXED} | moving


def kept_by_hand(year, region):
    local = {date(year, *EASTER[year]) - timedelta(days=2), date(year, 12, 26)}
    return holidays_by_hand(year) | (local if region == Region.ALSACE_MOSELLE else set())


# ── A day in Paris ──────────────────────────────────────────────────────────


def test_a_closing_day_counts_in_full():
    window = Window.of_days(date(2026, 11, 2), date(2026, 11, 24))
    instants = (paris(2026, 11, 1, 23, 59, 59), paris(2026, 11, 2))
    assert [window.contains(at) for at in instants] == [False, True]
    instants = (paris(2026, 11, 24, 23, 59, 59), paris(2026, 11, 25))
    assert [window.contains(at) for at in instants] == [True, False]


@pytest.mark.parametrize(
    "on, hours",
    [
        (date(2027, 3, 28), 23),
        (date(2027, 10, 31), 25),
        (date(2028, 2, 29), 24),
        (date(2026, 12, 31), 24),
    ],
)
def test_a_day_has_the_hours_that_the_clock_change_gives_it(on, hours):
    length = calendar.closes(on).astimezone(UTC) - calendar.opens(on).astimezone(UTC)
    assert length == timedelta(hours=hours)


def test_a_day_ends_where_the_next_one_begins_whatever_the_year():
    day, last = date(2024, 1, 1), date(2040, 12, 31)
    while day < last:
        assert calendar.closes(day) == calendar.opens(day + timedelta(days=1))
        day += timedelta(days=1)


def test_the_hour_that_comes_twice_in_october_is_told_apart():
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    window = Window(calendar.opens(date(2027, 10, 31)), first.astimezone(ZoneInfo("Europe/Paris")))
    second = (first + timedelta(hours=1)).astimezone(ZoneInfo("Europe/Paris"))
    assert (second.hour, second.minute) == (2, 30)
    assert window.contains(second) is False


def test_an_open_ended_window_never_closes():
    assert Window(calendar.opens(date(2026, 1, 1))).contains(paris(2040, 12, 31)) is True
    assert Window().contains(paris(2026, 1, 1)) is True
    assert Window(calendar.opens(date(2026, 1, 1))).is_over(paris(2040, 12, 31)) is False


def test_a_window_is_over_with_the_midnight_that_ends_its_last_day():
    window = Window.of_days(date(2026, 3, 2), date(2026, 3, 3))
    instants = [paris(2026, 3, 1), paris(2026, 3, 3, 23, 59), paris(2026, 3, 4)]
    assert [window.is_over(at) for at in instants] == [False, False, True]


def test_a_window_that_closes_before_it_opens_is_empty():
    assert Window.of_days(date(2026, 3, 2), date(2026, 3, 1)).empty is True
    assert Window.of_days(date(2026, 3, 2), date(2026, 2, 27)).empty is True
    assert Window.of_days(date(2026, 3, 2), date(2026, 3, 2)).empty is False
    assert Window().empty is False


def test_a_naive_datetime_is_refused():
    with pytest.raises(ValueError, match="naive"):
        Window().contains(datetime(2026, 1, 1))  # noqa: DTZ001 because it is what must be refused


def test_the_day_is_the_one_read_in_paris():
    assert calendar.paris_day(datetime(2026, 7, 14, 22, 30, tzinfo=UTC)) == date(2026, 7, 15)
    assert calendar.paris_day(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == date(2026, 12, 31)


# ── Days that are worked ────────────────────────────────────────────────────


@pytest.mark.parametrize("year", YEARS)
def test_public_holidays_equal_the_list_made_by_hand(year):
    assert set(calendar.public_holidays(year)) == holidays_by_hand(year)


@pytest.mark.parametrize("year", YEARS)
def test_alsace_and_moselle_also_keep_good_friday_and_the_second_day_of_christmas(year):
    assert set(calendar.public_holidays(year, Region.ALSACE_MOSELLE)) == kept_by_hand(
        year, Region.ALSACE_MOSELLE
    )


GOOD_FRIDAY = {date(2026, 4, 3), date(2027, 3, 26), date(2028, 4, 14)}
MI_CAREME = {date(2026, 3, 12), date(2027, 3, 4), date(2028, 3, 23)}


def each_year(month, day):
    return {date(year, month, day) for year in (2026, 2027, 2028)}


@pytest.mark.parametrize(
    "region, more",
    [
        (Region.METROPOLE, set()),
        (Region.ALSACE_MOSELLE, GOOD_FRIDAY | each_year(12, 26)),
        (Region.GUADELOUPE, GOOD_FRIDAY | MI_CAREME | each_year(5, 27) | each_year(7, 21)),
        (Region.MARTINIQUE, each_year(5, 22) | each_year(7, 21)),
        (Region.GUYANE, each_year(6, 10)),
        (Region.REUNION, each_year(12, 20)),
        (Region.MAYOTTE, each_year(4, 27)),
        (Region.SAINT_MARTIN, each_year(5, 28) | each_year(7, 21)),
        (Region.SAINT_BARTHELEMY, each_year(10, 9)),
        (Region.SAINT_PIERRE, set()),
        (Region.POLYNESIE, GOOD_FRIDAY | each_year(3, 5) | each_year(11, 20)),
        (Region.NOUVELLE_CALEDONIE, each_year(9, 24)),
        (Region.WALLIS_ET_FUTUNA, each_year(4, 28) | each_year(6, 29) | each_year(7, 29)),
    ],
    ids=lambda one: one if isinstance(one, str) else "days",  # because a set says itself in no sure order
)
def test_each_region_keeps_its_own_days_beside_the_national_ones(region, more):
    kept = {day for year in (2026, 2027, 2028) for day in calendar.public_holidays(year, region)}
    assert kept - {day for year in (2026, 2027, 2028) for day in holidays_by_hand(year)} == more


def test_every_region_keeps_the_national_holidays():
    for region in Region:
        for year in YEARS:
            assert holidays_by_hand(year) <= set(calendar.public_holidays(year, region))


def test_a_holiday_is_named_in_french():
    names = calendar.public_holidays(2027, Region.MARTINIQUE)
    assert names[date(2027, 5, 22)] == "Abolition de l’esclavage"
    assert names[date(2027, 1, 1)] == "Jour de l’an"


@pytest.mark.real
def test_public_holidays_equal_the_official_list():
    with (Path(os.environ["JALONS_DATA"]) / "jours_feries.csv").open(encoding="utf-8") as lines:
        official = {date.fromisoformat(row["date"]) for row in csv.DictReader(lines)}
    ours = set().union(*(calendar.public_holidays(year) for year in YEARS))
    assert ours == {day for day in official if day.year in YEARS}


def test_a_working_day_is_neither_a_weekend_nor_a_holiday():
    week = [date(2026, 5, 4) + timedelta(days=days) for days in range(7)]
    assert [calendar.is_working_day(day) for day in week] == [True, True, True, True, False, False, False]


def test_the_previous_working_day_is_the_day_itself_when_it_is_worked():
    days = [date(2026, 11, 24), date(2026, 11, 11), date(2026, 5, 10), date(2027, 3, 29)]
    assert [calendar.previous_working_day(day) for day in days] == [
        date(2026, 11, 24), date(2026, 11, 10), date(2026, 5, 7), date(2027, 3, 26),
    ]  # fmt: skip


def test_the_next_working_day_is_the_day_itself_when_it_is_worked():
    assert calendar.next_working_day(date(2026, 11, 24)) == date(2026, 11, 24)
    assert calendar.next_working_day(date(2026, 5, 1)) == date(2026, 5, 4)
    assert calendar.next_working_day(date(2027, 12, 25)) == date(2027, 12, 27)
    assert calendar.next_working_day(date(2026, 4, 3), Region.ALSACE_MOSELLE) == date(2026, 4, 7)


@pytest.mark.parametrize("region", [Region.METROPOLE, Region.ALSACE_MOSELLE])
def test_every_day_until_2040_has_the_working_days_around_it_that_a_list_by_hand_gives(region):
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(17 * 365 + 5)]
    assert days[-1] == date(2040, 12, 31)
    kept = set().union(*(kept_by_hand(year, region) for year in YEARS))
    worked = [day for day in days if day.weekday() < 5 and day not in kept]
    for day in days[1:-1]:  # because the first and the last are what no worked day stands beyond
        at = bisect_left(worked, day)
        itself = worked[at] == day
        assert calendar.is_working_day(day, region) is itself
        before = worked[at] if itself else worked[at - 1]
        assert calendar.on_working_day(day, WorkedDay.BEFORE, region) == before
        assert calendar.on_working_day(day, WorkedDay.AFTER, region) == worked[at]
        assert calendar.on_working_day(day, WorkedDay.ANY, region) == day


def test_the_rule_says_what_becomes_of_a_day_that_nobody_works():
    all_saints = date(2027, 11, 1)
    chosen = [calendar.on_working_day(all_saints, rule) for rule in ("avant", "après", "inchangé")]
    assert chosen == [date(2027, 10, 29), date(2027, 11, 2), all_saints]
    with pytest.raises(ValueError, match="demain"):
        calendar.on_working_day(all_saints, "demain")


def test_the_rule_keeps_the_holidays_of_the_place():
    day = date(2027, 5, 27)
    assert calendar.on_working_day(day, WorkedDay.AFTER) == day
    assert calendar.on_working_day(day, WorkedDay.AFTER, Region.GUADELOUPE) == date(2027, 5, 28)


def test_next_year_falls_on_the_same_weekday():
    assert calendar.shift_year(date(2026, 11, 24)) == date(2027, 11, 23)
    assert calendar.shift_year(date(2028, 2, 29)) == date(2029, 2, 27)
    assert calendar.week_of(date(2026, 11, 29)) == date(2026, 11, 23)
    assert calendar.week_of(date(2026, 11, 23)) == date(2026, 11, 23)


# ── Vague dates, each with its sentence ─────────────────────────────────────

D, T, F, M, Q = Precision


@pytest.mark.parametrize(
    "starts, ends, precision, first, last, words",
    [
        ("2026-11-24", "2026-11-24", D, "2026-11-24", "2026-11-24", "mardi 24 novembre 2026"),
        ("2026-10-01", "2026-10-01", D, "2026-10-01", "2026-10-01", "jeudi 1er octobre 2026"),
        ("2027-02-01", "2027-02-05", D, "2027-02-01", "2027-02-05",
         "du lundi 1er au vendredi 5 février 2027"),
        ("2026-11-30", "2026-12-04", D, "2026-11-30", "2026-12-04",
         "du lundi 30 novembre au vendredi 4 décembre 2026"),
        ("2026-12-31", "2027-01-01", D, "2026-12-31", "2027-01-01",
         "du jeudi 31 décembre 2026 au vendredi 1er janvier 2027"),
        ("2024-10-01", "2024-10-10", T, "2024-10-01", "2024-10-10", "début octobre 2024"),
        ("2024-10-11", "2024-10-20", T, "2024-10-11", "2024-10-20", "mi-octobre 2024"),
        ("2028-02-27", "2028-02-27", T, "2028-02-21", "2028-02-29", "fin février 2028"),
        ("2026-10-31", "2026-10-31", T, "2026-10-21", "2026-10-31", "fin octobre 2026"),
        ("2026-10-25", "2026-11-02", T, "2026-10-21", "2026-11-10", "fin octobre–début novembre 2026"),
        ("2025-04-15", "2025-04-15", F, "2025-04-08", "2025-04-22", "mi-avril 2025"),
        ("2025-04-01", "2025-04-01", F, "2025-04-01", "2025-04-15", "début avril 2025"),
        ("2025-04-30", "2025-04-30", F, "2025-04-16", "2025-04-30", "fin avril 2025"),
        ("2025-04-01", "2025-04-15", F, "2025-04-01", "2025-04-15", "première quinzaine d’avril 2025"),
        ("2025-03-16", "2025-03-31", F, "2025-03-16", "2025-03-31", "seconde quinzaine de mars 2025"),
        ("2025-01-01", "2025-02-28", M, "2025-01-01", "2025-02-28", "janvier–février 2025"),
        ("2019-07-01", "2019-07-31", M, "2019-07-01", "2019-07-31", "juillet 2019"),
        ("2024-12-10", "2025-01-10", M, "2024-12-01", "2025-01-31", "décembre 2024–janvier 2025"),
        ("2028-02-10", "2029-02-10", M, "2028-02-01", "2029-02-28", "février 2028–février 2029"),
        ("2018-03-31", "2018-03-31", Q, "2018-01-01", "2018-03-31", "1er trimestre 2018"),
        ("2018-02-01", "2018-05-31", Q, "2018-01-01", "2018-06-30", "1er–2e trimestre 2018"),
        ("2024-10-01", "2025-01-31", Q, "2024-10-01", "2025-03-31", "4e trimestre 2024–1er trimestre 2025"),
    ],
)  # fmt: skip
def test_a_vague_date_means_these_days_and_is_said_so(starts, ends, precision, first, last, words):
    starts, ends = date.fromisoformat(starts), date.fromisoformat(ends)
    assert calendar.span(starts, ends, precision) == (date.fromisoformat(first), date.fromisoformat(last))
    assert date_in_words(starts, ends, precision) == words


def test_the_precision_may_be_the_word_of_the_cycle_file():
    day = date(2025, 4, 15)
    assert calendar.span(day, day, "mois") == (date(2025, 4, 1), date(2025, 4, 30))
    assert date_in_words(day, day, "mois") == "avril 2025"


def test_a_date_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="comes before"):
        calendar.span(date(2025, 4, 15), date(2025, 4, 14), Precision.DAY)


def test_a_day_may_be_said_without_its_year():
    assert day_in_words(date(2026, 11, 24), year=False) == "mardi 24 novembre"
