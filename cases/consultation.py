"""Whether an answer was read: noted by our own page the first time, said to the team by organisation and day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cases.models import Consultation, Dossier, FundingLine
from cases.words import Audience
from workflow.calendar import paris_day

if TYPE_CHECKING:
    from cases.answer import Answer

AHEAD = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
"""Headers by which a browser says that it fetches a page which nobody looks at yet."""


@dataclass(frozen=True)
class Read:
    """By how many people of the holder one answer was opened, and on which day first; zero and None for nobody."""

    people: int = 0
    on: date | None = None


def looked_at(method: str, headers: Mapping[str, str]) -> bool:
    """Whether somebody looks: neither a HEAD nor a page that a browser fetches ahead."""
    return method == "GET" and not any("prefetch" in headers.get(name, "").lower() for name in AHEAD)


def note(dossier: Dossier, audience: Audience, answer: "Answer", *, by, at: datetime) -> int:
    """Keep what this person of the holder opens for the first time; returns how many rows are new.

    `dossier` is read `for_its_page`. It changes nothing that anybody decides, so it goes round the door: the row is
    unique, and the second opening, or two at once, write nothing.
    """
    if audience != Audience.HOLDER:
        return 0
    known = {line for line, reader, _ in dossier.consulted or () if reader == by.pk}
    opened = [one.line.pk for one in answer.told] or ([None] if answer.sheet else [])
    new = [
        Consultation(dossier=dossier, line_id=line, reader=by, on=paris_day(at))
        for line in opened
        if line not in known
    ]
    if new:
        Consultation.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def read_of(rows: Iterable | None) -> dict[int | None, Read]:
    """{line key, None for the sheet: how it was read} of what `for_its_page` gathered."""
    days: dict[int | None, list[date]] = {}
    for line, _, on in rows or ():
        days.setdefault(line, []).append(date.fromisoformat(on))
    return {line: Read(len(found), min(found)) for line, found in days.items()}


def unread(lines: Iterable[FundingLine]) -> list[FundingLine]:
    """Those of these notified lines that nobody of their holder has opened yet; one query."""
    asked = list(lines)
    opened = Consultation.objects.filter(line__in=asked).order_by("pk").values_list("line", flat=True)
    seen = set(opened)
    return [one for one in asked if one.pk not in seen]
