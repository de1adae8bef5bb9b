"""Dates of the cycle: when a day opens and closes in Paris, which days are worked, how a vague date is said.

Nothing here reads the clock. A closing day counts in full, so an end is the next midnight, exclusive.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from holidays import country_holidays

PARIS = ZoneInfo("Europe/Paris")


class Region(TextChoices):
    """Where public holidays differ: by local law in Alsace and Moselle, by the end of slavery or by custom overseas."""

    METROPOLE = "metropole", "France métropolitaine"
    ALSACE_MOSELLE = "alsace_moselle", "Alsace et Moselle"
    GUADELOUPE = "guadeloupe", "Guadeloupe"
    MARTINIQUE = "martinique", "Martinique"
    GUYANE = "guyane", "Guyane"
    REUNION = "reunion", "La Réunion"
    MAYOTTE = "mayotte", "Mayotte"
    SAINT_MARTIN = "saint_martin", "Saint-Martin"
    SAINT_BARTHELEMY = "saint_barthelemy", "Saint-Barthélemy"
    SAINT_PIERRE = "saint_pierre_et_miquelon", "Saint-Pierre-et-Miquelon"
    POLYNESIE = "polynesie", "Polynésie française"
    NOUVELLE_CALEDONIE = "nouvelle_caledonie", "Nouvelle-Calédonie"
    WALLIS_ET_FUTUNA = "wallis_et_futuna", "Wallis-et-Futuna"


class WorkedDay(TextChoices):
    """What becomes of a day that nobody works: a rule says it, nothing guesses it."""

    BEFORE = "avant", "Le dernier jour ouvré avant"
    AFTER = "après", "Le premier jour ouvré après"
    ANY = "inchangé", "Ce jour-là, ouvré ou non"


class Precision(TextChoices):
    """How exact a published date is; the framing letter often says « mi-avril » and no more."""

    DAY = "jour", "Au jour près"
    TEN_DAYS = "decade", "À dix jours près"
    FORTNIGHT = "quinzaine", "À la quinzaine près"
    MONTH = "mois", "Au mois près"
    QUARTER = "trimestre", "Au trimestre près"


# ── A day in Paris ──────────────────────────────────────────────────────────────────────────────────


def opens(on: date) -> datetime:
    """The first instant of that day in Paris."""
    return datetime.combine(on, time(), PARIS)


def closes(on: date) -> datetime:
    """The end of that day in full: the next midnight in Paris, exclusive; some days last 23 or 25 hours."""
    return opens(on + timedelta(days=1))


def paris_day(at: datetime) -> date:
    """The date people in Paris read on their calendar at that instant; ValueError when `at` is naive."""
    return _utc(at).astimezone(PARIS).date()


@dataclass(frozen=True)
class Window:
    """When a door is open: `opens_at` counts, `closes_at` does not; None leaves that side open for ever."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @classmethod
    def of_days(cls, first: date | None, last: date | None) -> "Window":
        """Both days counted in full."""
        return cls(opens(first) if first else None, closes(last) if last else None)

    def contains(self, at: datetime) -> bool:
        # In UTC, because two Paris datetimes compare by wall clock and 02:30 exists twice in October.
        instant = _utc(at)
        begun = self.opens_at is None or _utc(self.opens_at) <= instant
        return begun and (self.closes_at is None or instant < _utc(self.closes_at))

    def is_over(self, at: datetime) -> bool:
        """True once its last day has passed; a window without an end never is."""
        return self.closes_at is not None and _utc(self.closes_at) <= _utc(at)

    @property
    def empty(self) -> bool:
        """True when no instant fits: publishing such a window is refused."""
        if self.opens_at is None or self.closes_at is None:
            return False
        return _utc(self.closes_at) <= _utc(self.opens_at)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a naive datetime has no place here")
    return at.astimezone(UTC)


# ── Days that are worked ────────────────────────────────────────────────────────────────────────────


# "57" stands for the local law, because the package gives Alsace and Moselle the same two extra days.
_SUBDIVISIONS = {
    Region.ALSACE_MOSELLE: "57",
    Region.GUADELOUPE: "971",
    Region.MARTINIQUE: "972",
    Region.GUYANE: "973",
    Region.REUNION: "974",
    Region.MAYOTTE: "976",
    Region.SAINT_MARTIN: "MF",
    Region.SAINT_BARTHELEMY: "BL",
    Region.SAINT_PIERRE: "PM",
    Region.POLYNESIE: "PF",
    Region.NOUVELLE_CALEDONIE: "NC",
    Region.WALLIS_ET_FUTUNA: "WF",
}


@lru_cache(maxsize=256)
def public_holidays(year: int, region: str = Region.METROPOLE) -> Mapping[date, str]:
    """{day: its French name} of one civil year (source: the `holidays` package, checked 2024-2040 in the tests)."""
    subdivision = _SUBDIVISIONS.get(Region(region))
    known = country_holidays("FR", subdiv=subdivision, years=year, language="fr")
    return MappingProxyType({on: known[on].replace("'", "’") for on in sorted(known)})


def is_working_day(on: date, region: str = Region.METROPOLE) -> bool:
    """Monday to Friday, public holidays excepted."""
    return on.weekday() < 5 and on not in public_holidays(on.year, region)


def next_working_day(on: date, region: str = Region.METROPOLE) -> date:
    """That day if it is worked, else the first one after it."""
    while not is_working_day(on, region):
        on += timedelta(days=1)
    return on


def previous_working_day(on: date, region: str = Region.METROPOLE) -> date:
    """That day if it is worked, else the last one before it."""
    while not is_working_day(on, region):
        on -= timedelta(days=1)
    return on


def on_working_day(on: date, rule: str, region: str = Region.METROPOLE) -> date:
    """That day if it is worked, else the day that the rule chooses."""
    moves = {WorkedDay.BEFORE: previous_working_day, WorkedDay.AFTER: next_working_day}
    chosen = moves.get(WorkedDay(rule))
    return chosen(on, region) if chosen else on


def shift_year(on: date) -> date:
    """The same weekday 52 weeks later: a Tuesday meeting stays on a Tuesday when a cycle is cloned."""
    return on + timedelta(weeks=52)


def week_of(on: date) -> date:
    """The Monday of that week: the key under which a week's load is counted."""
    return on - timedelta(days=on.weekday())


# ── Vague dates ─────────────────────────────────────────────────────────────────────────────────────


def span(starts_on: date, ends_on: date, precision: str) -> tuple[date, date]:
    """First and last day that a vague date may mean; ValueError when it ends before it starts."""
    if ends_on < starts_on:
        raise ValueError(f"{ends_on} comes before {starts_on}")
    unit = _UNITS[precision]
    if precision == Precision.FORTNIGHT and starts_on != ends_on:
        unit = _half_month
    return unit(starts_on)[0], unit(ends_on)[1]


def _day(on: date) -> tuple[date, date]:
    return on, on


def _ten_days(on: date) -> tuple[date, date]:
    first = (1, 11, 21)[min((on.day - 1) // 10, 2)]
    return on.replace(day=first), on.replace(day=first + 9) if first < 21 else _month(on)[1]


def _fortnight(on: date) -> tuple[date, date]:
    """Fifteen days at the start, middle or end of the month, because « mi-avril » lies across both halves."""
    if on.day < 8:
        return on.replace(day=1), on.replace(day=15)
    if on.day <= 22:
        return on.replace(day=8), on.replace(day=22)
    return on.replace(day=16), _month(on)[1]


def _half_month(on: date) -> tuple[date, date]:
    """The 1st to the 15th, or the rest: what two different days mean when they bound fortnights."""
    return (on.replace(day=1), on.replace(day=15)) if on.day < 16 else (on.replace(day=16), _month(on)[1])


def _month(on: date) -> tuple[date, date]:
    return on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])


def _quarter(on: date) -> tuple[date, date]:
    first = 3 * ((on.month - 1) // 3) + 1
    return date(on.year, first, 1), _month(date(on.year, first + 2, 1))[1]


_UNITS = {
    Precision.DAY: _day,
    Precision.TEN_DAYS: _ten_days,
    Precision.FORTNIGHT: _fortnight,
    Precision.MONTH: _month,
    Precision.QUARTER: _quarter,
}
