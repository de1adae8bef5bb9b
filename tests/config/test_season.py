"""Moving a cycle's file by whole weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from config.season import shifted, weeks_until_open

DEADLINE = date(2026, 11, 24)
FILE = """cycle: vitry_2027
année: 2027
du: 2026-11-24
note: Le mardi 24 novembre compte en entier, jusqu’à minuit.
règle: au plus tard le 24 novembre 2026, entre janvier et décembre 2027, le 1er avril, 5 jours.
téléphone: 03 53 01 00 27
"""


def test_a_deadline_of_the_coming_week_stays_where_it_is():
    assert [weeks_until_open(DEADLINE, DEADLINE - timedelta(days=days)) for days in (1, 2, 7)] == [0, 0, 0]
    assert weeks_until_open(DEADLINE, DEADLINE) == 1
    assert weeks_until_open(DEADLINE, DEADLINE - timedelta(days=8)) == -1


@given(some.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_the_deadline_falls_in_the_seven_days_to_come_on_the_same_weekday(on):
    moved = DEADLINE + timedelta(weeks=weeks_until_open(DEADLINE, on))
    assert 1 <= (moved - on).days <= 7
    assert moved.weekday() == DEADLINE.weekday()


def test_nothing_moves_by_no_week():
    assert shifted(FILE, 0, DEADLINE) == FILE


def test_dates_in_figures_and_in_words_move_together():
    assert shifted(FILE, 30, DEADLINE).splitlines()[2:5] == [
        "du: 2027-06-22",
        "note: Le mardi 22 juin compte en entier, jusqu’à minuit.",
        "règle: au plus tard le 22 juin 2027, entre janvier et décembre 2028, le 1er avril, 5 jours.",
    ]


def test_codes_and_telephone_numbers_stay():
    moved = shifted(FILE, 30, DEADLINE).splitlines()
    assert moved[:2] == ["cycle: vitry_2027", "année: 2028"]
    assert moved[5] == "téléphone: 03 53 01 00 27"


@pytest.mark.parametrize("weeks,said", [(1, "1er décembre 2026"), (5, "29 décembre 2026")])
def test_the_first_of_a_month_is_said_so(weeks, said):
    assert shifted("24 novembre 2026", weeks, DEADLINE) == said
