"""Dates as French people say them: « mardi 24 novembre 2026 », « mi-avril 2025 », « 1er trimestre 2018 »."""

from datetime import date, datetime, time

from workflow.calendar import PARIS, Precision

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def day_in_words(on: date, *, year: bool = True) -> str:
    """« jeudi 1er octobre 2026 »."""
    number = "1er" if on.day == 1 else on.day
    return f"{WEEKDAYS[on.weekday()]} {number} {MONTHS[on.month - 1]}" + (f" {on.year}" if year else "")


def hour_in_words(at: datetime) -> str:
    """« 9 h », « 14 h 30 », as the clock in Paris says it."""
    return clock_in_words(at.astimezone(PARIS).time())


def clock_in_words(at: time) -> str:
    """« 9 h », « 14 h 30 », of an hour that is said without its day."""
    return f"{at.hour}\u00a0h" + (f"\u00a0{at.minute:02d}" if at.minute else "")


def instant_in_words(at: datetime) -> str:
    """« jeudi 8 octobre 2026 à 9 h »."""
    return f"{day_in_words(at.astimezone(PARIS).date())} à {hour_in_words(at)}"


def meeting_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """« jeudi 8 octobre 2026, de 9 h à 11 h 30 »; where it ends another day, that day is said too."""
    first, last = starts_at.astimezone(PARIS).date(), ends_at.astimezone(PARIS).date()
    if first != last:
        return f"du {instant_in_words(starts_at)} au {instant_in_words(ends_at)}"
    return f"{day_in_words(first)}, de {hour_in_words(starts_at)} à {hour_in_words(ends_at)}"


def date_in_words(starts_on: date, ends_on: date, precision: str) -> str:
    """What a published date says and no more; the year is said once when it is the same."""
    if precision == Precision.DAY:
        return _days(starts_on, ends_on)
    halves = precision == Precision.FORTNIGHT and starts_on != ends_on
    name = _half_of_month if halves else _NAMES[precision]
    first, last = name(starts_on), name(ends_on)
    if (first, starts_on.year) == (last, ends_on.year):
        return f"{last} {ends_on.year}"
    if starts_on.year == ends_on.year:
        return f"{_shortened(first, last)}–{last} {ends_on.year}"
    return f"{first} {starts_on.year}–{last} {ends_on.year}"


def month_in_words(on: date) -> str:
    """« novembre 2026 »."""
    return f"{MONTHS[on.month - 1]} {on.year}"


def window_in_words(first: date | None, last: date | None) -> str:
    """What a window says of itself; None where that side has no date."""
    if first and last:
        return _days(first, last) if first <= last else f"ouvre le {day_in_words(first)}, ferme avant"
    if first:
        return f"à partir du {day_in_words(first)}"
    return f"jusqu’au {day_in_words(last)}" if last else "sans date"


def listed(words: list[str]) -> str:
    """« 15, 7 et 1 »."""
    return " et ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _days(starts_on: date, ends_on: date) -> str:
    if starts_on == ends_on:
        return day_in_words(ends_on)
    if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
        number = "1er" if starts_on.day == 1 else starts_on.day
        return f"du {WEEKDAYS[starts_on.weekday()]} {number} au {day_in_words(ends_on)}"
    same_year = starts_on.year == ends_on.year
    return f"du {day_in_words(starts_on, year=not same_year)} au {day_in_words(ends_on)}"


def _shortened(first: str, last: str) -> str:
    """« 1er–2e trimestre », because the word said once is enough."""
    return first.removesuffix(" trimestre") if last.endswith(" trimestre") else first


def _part_of_month(on: date, middle: tuple[int, int]) -> str:
    month = MONTHS[on.month - 1]
    if on.day < middle[0]:
        return f"début {month}"
    return f"mi-{month}" if on.day <= middle[1] else f"fin {month}"


def _half_of_month(on: date) -> str:
    month = MONTHS[on.month - 1]
    of_month = f"d’{month}" if month[0] in "ao" else f"de {month}"
    return f"{'première' if on.day < 16 else 'seconde'} quinzaine {of_month}"


_NAMES = {
    Precision.TEN_DAYS: lambda on: _part_of_month(on, (11, 20)),
    Precision.FORTNIGHT: lambda on: _part_of_month(on, (8, 22)),
    Precision.MONTH: lambda on: MONTHS[on.month - 1],
    Precision.QUARTER: lambda on: ("1er", "2e", "3e", "4e")[(on.month - 1) // 3] + " trimestre",
}
