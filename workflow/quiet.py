"""When people are left in peace: the hours and days of a cycle on which no reminder leaves.

It belongs to the cycle and not to each rule, because it is about people: whoever hears of two things rests once. What
answers somebody's own click (a receipt, a completion asked for) leaves at once.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices

from workflow.calendar import PARIS, Region, is_working_day, paris_day, public_holidays


class WritingHours(TextChoices):
    """Closed, so that no cycle can ever fall silent by a slip of the keyboard."""

    DAY = "8-20", "De 8 h à 20 h"
    OFFICE = "9-18", "De 9 h à 18 h"
    EVENING = "17-20", "De 17 h à 20 h"

    @property
    def bounds(self) -> tuple[time, time]:
        """The first instant that counts, and the first that no longer does, Paris time."""
        begin, end = map(int, self.value.split("-"))
        return time(begin), time(end)


class WritingDays(TextChoices):
    """Sundays and public holidays are nobody's; volunteers may prefer a Saturday."""

    WORKED = "worked", "Du lundi au vendredi"
    SATURDAYS_TOO = "saturdays_too", "Du lundi au samedi"


@dataclass(frozen=True)
class Quiet:
    """What a cycle says of the hours and days on which its reminders may leave."""

    hours: str = WritingHours.DAY
    days: str = WritingDays.WORKED
    region: str = Region.METROPOLE

    def rests_on(self, on: date) -> bool:
        if self.days == WritingDays.SATURDAYS_TOO and on.weekday() == 5:
            return on in public_holidays(on.year, self.region)
        return not is_working_day(on, self.region)

    def rests_at(self, at: datetime) -> bool:
        local = at.astimezone(PARIS)
        begin, end = WritingHours(self.hours).bounds
        return self.rests_on(local.date()) or not begin <= local.time() < end

    def wakes_at(self, at: datetime) -> datetime:
        """That instant if people may be written to, else the next at which they may."""
        if not self.rests_at(at):
            return at
        on, (begin, _) = paris_day(at), WritingHours(self.hours).bounds
        if self.rests_on(on) or at.astimezone(PARIS).time() >= begin:
            on += timedelta(days=1)
        while self.rests_on(on):
            on += timedelta(days=1)
        return datetime.combine(on, begin, PARIS)
