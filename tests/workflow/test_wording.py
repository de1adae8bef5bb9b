"""Hours and meetings as people in France say them, by the clock of Paris whatever the clock they were kept in."""

from datetime import UTC, datetime

import pytest

from workflow.wording import hour_in_words, instant_in_words, meeting_in_words


@pytest.mark.parametrize(
    "at, said",
    [
        (datetime(2026, 10, 8, 7, tzinfo=UTC), "9\u00a0h"),
        (datetime(2026, 12, 8, 7, 5, tzinfo=UTC), "8\u00a0h\u00a005"),
        (datetime(2026, 10, 8, 22, 30, tzinfo=UTC), "0\u00a0h\u00a030"),
    ],
)
def test_an_hour_is_said_by_the_clock_of_paris(at, said):
    assert hour_in_words(at) == said


def test_a_meeting_says_its_day_once():
    nine, eleven = datetime(2026, 10, 8, 7, tzinfo=UTC), datetime(2026, 10, 8, 9, 30, tzinfo=UTC)
    assert meeting_in_words(nine, eleven) == "jeudi 8 octobre 2026, de 9\u00a0h à 11\u00a0h\u00a030"
    night = datetime(2026, 10, 8, 22, 15, tzinfo=UTC)
    assert instant_in_words(night) == "vendredi 9 octobre 2026 à 0\u00a0h\u00a015"
    assert meeting_in_words(nine, night) == (
        "du jeudi 8 octobre 2026 à 9\u00a0h au vendredi 9 octobre 2026 à 0\u00a0h\u00a015"
    )
