"""On which day a reminder leaves, from the day it is about: pure arithmetic, no clock and no database."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from workflow.calendar import QUIET_UNTIL, is_working_day, next_working_day, not_at_night, opens, paris_day
from workflow.calendar import previous_working_day as _not_after


def leaves_on(due: date, days: int) -> date:
    """So many days before; where that day is not worked, the last one that is: a reminder must leave time to act."""
    return _not_after(due - timedelta(days=days))


def nearest(due: date, offsets: Iterable[int], on: date) -> int | None:
    """Which of these offsets speaks on that day: the last that should have left, None before the first and after due.

    Whoever was away for three days hears the nearest reminder, not all that were missed.
    """
    begun = [days for days in offsets if leaves_on(due, days) <= on <= due]
    return min(begun, default=None)


def spoken(due: date, offsets: Iterable[int], first: date, last: date) -> dict[date, int]:
    """{day: offset} of the reminders about one date that leave from `first` to `last`, one a day at most."""
    days = {leaves_on(due, offset): offset for offset in sorted(offsets, reverse=True)}
    return {on: offset for on, offset in sorted(days.items()) if first <= on <= last}


def daytime(at: datetime) -> datetime:
    """That instant if people work then, else the next morning on which they do."""
    waking = not_at_night(at)
    on = paris_day(waking)
    if is_working_day(on):
        return waking
    return datetime.combine(next_working_day(on), QUIET_UNTIL, opens(on).tzinfo)
