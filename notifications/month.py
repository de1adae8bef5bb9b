"""Where dated things stand in a month: on its days, or beside them where no one day is known. No clock, no database."""

from calendar import Calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import TextChoices

from workflow.calendar import Precision, span
from workflow.dated import Dated, DatedKind
from workflow.wording import day_in_words, month_in_words

MOST = 4
"""What a square of the grid holds; beyond, the list shows the rest."""


class Side(TextChoices):
    """Which of its days somebody is looking at, where a thing lasts several."""

    WHOLE = "", ""
    FIRST = "first", "début"
    LAST = "last", "fin"


class Entry(NamedTuple):
    """One thing on one day."""

    thing: Dated
    side: Side = Side.WHOLE


@dataclass(frozen=True)
class Day:
    on: date
    entries: list[Entry]
    outside: bool
    today: bool

    @property
    def words(self) -> tuple[str, str, str]:
        """« mardi », « 24 », « novembre »."""
        weekday, number, month = day_in_words(self.on, year=False).split()
        return weekday, number, month

    @property
    def idle(self) -> bool:
        """Nobody works: a week-end, or a public holiday."""
        return self.on.weekday() >= 5 or any(one.thing.kind == DatedKind.HOLIDAY for one in self.entries)

    @property
    def shown(self) -> list[Entry]:
        return self.entries if len(self.entries) <= MOST else self.entries[: MOST - 1]

    @property
    def hidden(self) -> int:
        return len(self.entries) - len(self.shown)


class Week(NamedTuple):
    days: list[Day]

    @property
    def busy(self) -> bool:
        return any(day.entries for day in self.days)


@dataclass(frozen=True)
class Month:
    """One month: its weeks from Monday to Sunday, and what has no one day in it."""

    first: date
    weeks: list[Week]
    at_large: list[Dated]

    @property
    def name(self) -> str:
        return month_in_words(self.first).capitalize()

    @property
    def days(self) -> list[Day]:
        """Its own days on which something stands."""
        return [day for week in self.weeks for day in week.days if day.entries and not day.outside]


def squares(first: date) -> list[list[date]]:
    """The weeks that a month touches, whole."""
    return Calendar().monthdatescalendar(first.year, first.month)


def month_of(first: date, things: Iterable[Dated], today: date) -> Month:
    """The month that begins on that day."""
    things = list(things)
    standing: dict[date, list[Entry]] = {}
    for one in things:
        for on, side in _places(one):
            standing.setdefault(on, []).append(Entry(one, side))

    def day(on: date) -> Day:
        return Day(on, standing.get(on, []), outside=on.month != first.month, today=on == today)

    last = span(first, first, Precision.MONTH)[1]
    at_large = [one for one in things if one.lasts and one.overlaps(first, last)]
    return Month(first, [Week([day(on) for on in week]) for week in squares(first)], at_large)


def in_a_list(months: Iterable[Month]) -> Iterator[Month]:
    """Months one below the other: a vague date is said once, what lasts stands on its days already."""
    said: set[str] = set()
    for month in months:
        vague = [one for one in month.at_large if one.is_vague and one.uid not in said]
        said |= {one.uid for one in vague}
        yield replace(month, at_large=vague)


def _places(one: Dated) -> list[tuple[date, Side]]:
    """A vague date has none; what lasts stands on its first and on its last day."""
    if one.is_vague:
        return []
    if one.first == one.last:
        return [(one.first, Side.WHOLE)]
    return [(one.first, Side.FIRST), (one.last, Side.LAST)]


def months_from(first: date, many: int) -> list[date]:
    """The first days of so many months."""
    return [shifted(first, number) for number in range(many)]


def shifted(first: date, months: int) -> date:
    """The first day of the month so many months later."""
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def last_of(first: date, months: int) -> date:
    """The last day of so many months from that one."""
    return shifted(first, months) - timedelta(days=1)
