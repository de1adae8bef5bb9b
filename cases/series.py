"""Several sessions in one go: the same weekday each week or every two, holidays left out."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import TextChoices

from workflow.calendar import public_holidays

MOST = 60
"""More than a year of weeks: beyond it a date was mistyped."""


class Rhythm(TextChoices):
    ONCE = "once", "Une seule fois"
    WEEKLY = "weekly", "Chaque semaine"
    FORTNIGHTLY = "fortnightly", "Une semaine sur deux"

    @property
    def weeks(self) -> int:
        return {"once": 0, "weekly": 1, "fortnightly": 2}[self.value]


class Days(NamedTuple):
    """The days of a series, and the holidays that it leaves out."""

    kept: list[date]
    skipped: list[date]
    endless: bool = False
    """Whether the last day lies beyond what one series may hold."""


def days_of(first: date, rhythm: Rhythm, until: date | None, region: str) -> Days:
    """From the first day to the last, both counted; a single day is kept even on a holiday, because it was chosen."""
    if not rhythm.weeks or until is None:
        return Days([first], [])
    every = (first + timedelta(weeks=rhythm.weeks * rank) for rank in range(MOST + 1))
    days = [day for day in every if day <= until]
    if len(days) > MOST:
        return Days([], [], endless=True)
    holidays = [day for day in days if day in public_holidays(day.year, region)]
    return Days([day for day in days if day not in holidays], holidays)
