"""The year at a glance: its dates in order, and each window as a bar on one common scale."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workflow import loading
from workflow.calendar import span
from workflow.promises import days_of
from workflow.wording import date_in_words


@dataclass(frozen=True)
class Mark:
    """One date of the calendar; `status` is that of `components/path.html`."""

    code: str
    label: str
    status: str
    when: str
    note: str
    public: bool


@dataclass(frozen=True)
class Bar:
    """One step; `x` and `width` are per cent of the year's scale, blank where it has no date."""

    code: str
    label: str
    said: str
    x: str = ""
    width: str = ""


@dataclass(frozen=True)
class Scale:
    """From the first to the last day of the calendar, both in full."""

    first: date
    last: date

    def at(self, on: date) -> float:
        """Where a day begins, in per cent; a day outside stands at the nearest end."""
        length = (self.last - self.first).days + 1
        return min(max((on - self.first).days / length, 0), 1) * 100

    def holds(self, on: date) -> bool:
        return self.first <= on <= self.last


def marks(document: loading.CycleDocument, on: date) -> list[Mark]:
    """Every milestone by its first day; past, going on, to come."""
    rows = sorted(document["jalons"].items(), key=lambda item: (item[1]["starts_on"], item[1]["ends_on"]))
    return [
        Mark(
            code,
            row["label"],
            _status(row, on),
            date_in_words(row["starts_on"], row["ends_on"], row["precision"]),
            row["note"],
            row["public"],
        )
        for code, row in rows
    ]


def _status(row: dict, on: date) -> str:
    first, last = span(row["starts_on"], row["ends_on"], row["precision"])
    return "done" if last < on else "current" if first <= on else "todo"


def scale_of(document: loading.CycleDocument) -> Scale | None:
    """None where the calendar is still empty."""
    rows = document["jalons"].values()
    if not rows:
        return None
    return Scale(min(row["starts_on"] for row in rows), max(row["ends_on"] for row in rows))


def bars(document: loading.CycleDocument, scale: Scale | None) -> list[Bar]:
    section = next(one for one in loading.sections() if one.name == "étapes")
    return [_bar(document, code, row, section.says(document, row), scale) for code, row in _steps(document)]


def _steps(document: loading.CycleDocument) -> Iterable[tuple[str, dict]]:
    return sorted(document["étapes"].items(), key=lambda item: days_of(document, item[0]).first)


def _bar(document, code: str, row: dict, said: str, scale: Scale | None) -> Bar:
    days = days_of(document, code)
    if scale is None or days.is_empty or (days.first, days.last) == (date.min, date.max):
        return Bar(code, row["label"], said)
    begins, ends = max(days.first, scale.first), min(days.last, scale.last)
    x = scale.at(begins)
    width = max(scale.at(ends) + 100 / ((scale.last - scale.first).days + 1) - x, 1)
    return Bar(code, row["label"], said, f"{x:.2f}", f"{width:.2f}")
