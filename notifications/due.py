"""On which day a reminder leaves, from the day it counts from: pure arithmetic, no clock and no database.

An offset is a number of days: −7 is a week before, 0 the day itself, 3 three days after.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from notifications.choices import Counting
from workflow.calendar import Region, WorkedDay, is_working_day, on_working_day, week_of

LAPSE = timedelta(days=7)
"""How long what follows a day may still be said: beyond a week it would only surprise."""
REST_DAYS = 10
"""More than any run of days without work: by so much a reminder may leave beside its offset."""
STRETCH = 2
"""More than the calendar days that a working day costs over a long run, holidays included."""


@dataclass(frozen=True)
class Rhythm:
    """The offsets of one rule, how they count, and what becomes of a day that nobody works."""

    offsets: tuple[int, ...]
    counting: str = Counting.CALENDAR
    worked_day: str = WorkedDay.BEFORE
    region: str = Region.METROPOLE

    def leaves_on(self, due: date, offset: int) -> date:
        """The day an offset falls on; before its date a reminder must leave time to act, so the rule says which way."""
        on = due + timedelta(days=offset)
        if self.counting == Counting.WORKING:
            on = worked_days_from(due, offset, self.region)
        return on_working_day(on, self.worked_day, self.region)

    def lapses_after(self, due: date, offset: int) -> date:
        """The last day on which it may still be said: what comes before a date ends with it."""
        return due if offset <= 0 else self.leaves_on(due, offset) + LAPSE

    def nearest(self, due: date, on: date, heard_on: date | None = None) -> int | None:
        """Which offset speaks on that day: the last that should have left; None if none, or if a nearer one comes.

        Whoever was away for three days hears the nearest reminder, not all that were missed. One reminder a week:
        where a nearer one leaves later in the week in which this one would be heard, it alone leaves.
        """
        plan = self._plan(due)
        begun = [
            (leaves, offset) for leaves, offset in plan if leaves <= on <= self.lapses_after(due, offset)
        ]
        coming = [leaves for leaves, _ in plan if on < leaves and week_of(leaves) == week_of(heard_on or on)]
        return max(begun)[1] if begun and not coming else None

    def spoken(self, due: date, first: date, last: date) -> dict[date, int]:
        """{day: offset} of the reminders about one date that leave from `first` to `last`, one a week at most."""
        weeks = {week_of(leaves): (leaves, offset) for leaves, offset in self._plan(due)}
        return {leaves: offset for leaves, offset in weeks.values() if first <= leaves <= last}

    def silenced(self, due: date) -> list[tuple[int, int]]:
        """(offset, nearer offset) of those that never speak, because a nearer one leaves in the same week."""
        plan = self._plan(due)
        nearest = {week_of(leaves): offset for leaves, offset in plan}
        pairs = ((offset, nearest[week_of(leaves)]) for leaves, offset in plan)
        return [(offset, other) for offset, other in pairs if offset != other]

    def horizon(self, first: date, last: date) -> tuple[date, date]:
        """The earliest and the latest day of which something may be said between these two."""
        before = max((-offset for offset in self.offsets), default=0)
        after = max(self.offsets, default=0)
        wide = STRETCH if self.counting == Counting.WORKING else 1
        spare = timedelta(days=REST_DAYS)
        earliest = (
            first - timedelta(days=max(after, 0) * wide) - (LAPSE + spare if after > 0 else timedelta())
        )
        return earliest, last + timedelta(days=max(before, 0) * wide) + spare

    def _plan(self, due: date) -> list[tuple[date, int]]:
        """(day it leaves, offset), the nearest last; what a day off would push beyond its date never leaves."""
        plan = sorted((self.leaves_on(due, offset), offset) for offset in set(self.offsets))
        return [(leaves, offset) for leaves, offset in plan if leaves <= self.lapses_after(due, offset)]


def offsets_of(before: Iterable[int], after: Iterable[int]) -> tuple[int, ...]:
    """« 15, 7, 1 » days before and « 3 » after, as offsets in the order of the calendar."""
    return tuple(sorted({-days for days in before} | set(after)))


def worked_days_from(due: date, number: int, region: str) -> date:
    """So many worked days before (negative) or after a day, which counts for none itself."""
    step, left, on = timedelta(days=1 if number > 0 else -1), abs(number), due
    while left:
        on += step
        left -= is_working_day(on, region)
    return on
