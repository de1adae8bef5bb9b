"""The calendar page: what its address asks for, what a person then sees, and where each of its links leads."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import TextChoices
from django.http import QueryDict

from notifications import words
from notifications.month import Month, in_a_list, last_of, month_of, months_from, shifted, squares
from workflow.calendar import paris_day
from workflow.dated import Dated, DatedKind, seen_by
from workflow.wording import month_in_words

SPAN = 6
"""Months in one page of the list."""
YEARS = range(2000, 2100)


class View(TextChoices):
    MONTH = "month", "Mois"
    AGENDA = "agenda", "Liste"


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what makes no sense in it asks for nothing."""

    first: date
    view: View
    kind: str = ""
    call: str = ""

    @classmethod
    def of(cls, query: QueryDict, today: date) -> "Asked":
        view, kind = query.get("view", ""), query.get("kind", "")
        return cls(
            _first_of(query.get("month", "")) or today.replace(day=1),
            View(view) if view in View.values else View.MONTH,
            kind if kind in DatedKind.values else "",
            query.get("call", ""),
        )

    @property
    def months(self) -> int:
        return SPAN if self.view == View.AGENDA else 1

    @property
    def days(self) -> tuple[date, date]:
        """The first and last day that the page shows: whole weeks for a grid."""
        if self.view == View.AGENDA:
            return self.first, last_of(self.first, SPAN)
        weeks = squares(self.first)
        return weeks[0][0], weeks[-1][-1]

    @property
    def title(self) -> str:
        last = shifted(self.first, self.months - 1)
        if self.months == 1:
            return month_in_words(self.first).capitalize()
        return f"De {month_in_words(self.first)} à {month_in_words(last)}"

    def address(self, **changes) -> str:
        """The same page but for this."""
        one, kept = replace(self, **changes), QueryDict(mutable=True)
        kept["month"] = f"{one.first:%Y-%m}"
        kept.update({"view": one.view} if one.view != View.MONTH else {})
        kept.update({name: value for name, value in (("kind", one.kind), ("call", one.call)) if value})
        return f"?{kept.urlencode()}"

    def keeps(self, one: Dated) -> bool:
        return self.kind in ("", one.kind) and self.is_of_call(one)

    def is_of_call(self, one: Dated) -> bool:
        """A public holiday is everybody's."""
        return self.call in ("", one.code) or not one.code


def _first_of(text: str) -> date | None:
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    return date(int(found[1]), int(found[2]), 1) if found and int(found[1]) in YEARS else None


@dataclass(frozen=True)
class Choice:
    """One way to narrow the page; `value` names its shape."""

    value: str
    label: str
    count: int
    address: str
    chosen: bool


class Turn(NamedTuple):
    """The page before, or the next one: its address, its title, and fewer words for a narrow screen."""

    address: str
    title: str
    short: str


@dataclass(frozen=True)
class Page:
    """What the calendar shows to one person."""

    asked: Asked
    months: list[Month]
    views: list[Choice]
    kinds: list[Choice]
    calls: list[Choice]
    earlier: Turn
    later: Turn
    now: str

    @property
    def several_calls(self) -> bool:
        return len(self.calls) > 1

    @property
    def list(self) -> str:
        """The same months as a list, where a full square shows all."""
        return self.asked.address(view=View.AGENDA)

    @property
    def empty(self) -> bool:
        return not any(month.days or month.at_large for month in self.months)


def page(user, query: QueryDict, at: datetime) -> Page:
    """One month as a grid, or six as a list."""
    today = paris_day(at)
    asked = Asked.of(query, today)
    seen = seen_by(user, *asked.days, at)
    kept = [one for one in seen if asked.keeps(one)]
    months = [month_of(first, kept, today) for first in months_from(asked.first, asked.months)]
    return Page(
        asked=asked,
        months=list(in_a_list(months)) if asked.view == View.AGENDA else months,
        views=[Choice(one.value, one.label, 0, asked.address(view=one), one == asked.view) for one in View],
        kinds=_kinds(asked, seen),
        calls=_calls(asked, seen),
        earlier=_turned(asked, -1),
        later=_turned(asked, 1),
        now=asked.address(first=today.replace(day=1)),
    )


def _turned(asked: Asked, by: int) -> Turn:
    there = replace(asked, first=shifted(asked.first, by * asked.months))
    short = month_in_words(there.first).split()[0].capitalize() if asked.months == 1 else words.turned(by)
    return Turn(there.address(), there.title, short)


def _kinds(asked: Asked, seen: Iterable[Dated]) -> list[Choice]:
    """Only the kinds that stand in this period."""
    counted = Counter(one.kind for one in seen if asked.is_of_call(one))
    ways = [("", "Tout", counted.total())]
    ways += [(one.value, one.label, counted[one]) for one in DatedKind if counted[one] or one == asked.kind]
    return [
        Choice(value, label, many, asked.address(kind=value), value == asked.kind)
        for value, label, many in ways
    ]


def _calls(asked: Asked, seen: Iterable[Dated]) -> list[Choice]:
    """The calls whose dates stand in this period; nothing to choose where there is but one."""
    counted = Counter(one.code for one in seen if one.code and asked.kind in ("", one.kind))
    named = {one.code: one.call for one in seen if one.code}
    ways = [
        ("", "Tous les appels", counted.total()),
        *((code, named[code], counted[code]) for code in sorted(named)),
    ]
    if len(named) < 2 and not asked.call:
        return []
    return [
        Choice(value, label, many, asked.address(call=value), value == asked.call)
        for value, label, many in ways
    ]
