"""What a list shows, taken away: the *tableau de programmation*'s own columns, row by row, never a live formula."""

import csv
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

from django.db.models import Prefetch

from cases.models import FundingLine
from cases.states import LineState
from cases.words import Audience, said
from cases.workbook import Programming, ProgrammingLine, ProgrammingRow, write_programming
from cases.workbook.columns import CLOSING_TITLES, PARTS, TITLES
from cases.workbook.writing import RENEWAL

CHUNK = 500
LIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
NO_LINE = ProgrammingLine("")


def as_workbook(dossiers, *, user, audience: Audience) -> bytes:
    """An .xlsx, written row by row to a temporary file so that memory holds the finished one only."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        write_programming(file.name, _programming(dossiers, user, audience))
        return Path(file.name).read_bytes()


def as_text(dossiers, *, user, audience: Audience) -> bytes:
    """The same table as a French .csv: semicolons, decimal commas, a mark by which spreadsheets read its accents."""
    programming, text = _programming(dossiers, user, audience), StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    columns = [f"{name} – {part}" for name in programming.financiers for part in PARTS.values()]
    writer.writerow([harmless(one) for one in (*TITLES.values(), *columns, *CLOSING_TITLES.values())])
    for row in programming.rows:
        writer.writerow([plain(value) for value in _cells(row, programming.financiers)])
    return text.getvalue().encode("utf-8-sig")


WRITERS = {
    "xlsx": (as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (as_text, "text/csv; charset=utf-8"),
}
"""{ending: (what writes it, its type)}."""


def harmless(text: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(LIVE) else text


def plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return harmless(str(value))


def _programming(dossiers, user, audience: Audience) -> Programming:
    lines = FundingLine.objects.visible_to(user)
    seats = lines.filter(dossier__in=dossiers.values("pk")).order_by("envelope__financier")
    named = seats.values_list("envelope__financier__name", "envelope__financier__organisation__name")
    financiers = tuple(dict.fromkeys(name or seat for name, seat in named.distinct()))
    found = dossiers.select_related("organisation", "orientation").prefetch_related(
        "neighbourhoods",
        Prefetch("lines", lines.select_related("envelope__financier__organisation").order_by("pk")),
    )
    rows = found.order_by("-cycle_id", "number").iterator(chunk_size=CHUNK)
    return Programming(financiers, (_row(one, audience) for one in rows))


def _row(dossier, audience: Audience) -> ProgrammingRow:
    lines = list(dossier.lines.all())
    notified = [line.notified_on for line in lines if line.notified_on]
    return ProgrammingRow(
        place="",
        number=dossier.reference,
        holder=dossier.organisation.name,
        siret=dossier.organisation.siret,
        title=dossier.title,
        renewal=dossier.renewal,
        orientation=str(dossier.orientation or ""),
        neighbourhoods=tuple(str(one) for one in dossier.neighbourhoods.all()),
        public=dossier.public,
        public_count=dossier.public_count,
        total_cost=dossier.total_cost,
        lines=tuple(_by_financier(lines, audience)),
        committee_decision=said(dossier.state, dossier.get_state_display(), audience),
        deliberated_on=_day(dossier.decided_at) if audience != Audience.HOLDER else None,
        notified_on=max(notified, default=None),
    )


def _by_financier(lines: list, audience: Audience) -> Iterator[ProgrammingLine]:
    """One entry per financier, its envelopes summed; a holder reads no opinion, and each answer with its letter."""
    seats: dict[str, list] = {}
    for line in lines:
        seats.setdefault(str(line.envelope.financier), []).append(line)
    for name, mine in seats.items():
        inside = audience != Audience.HOLDER
        yield ProgrammingLine(
            financier=name,
            previous=_sum(line.previous for line in mine),
            requested=_sum(line.requested for line in mine),
            opinion=", ".join(dict.fromkeys(_opinion(line) for line in mine)) if inside else "",
            proposed=_sum(line.proposed for line in mine) if inside else None,
            decided=_sum(line.decided for line in mine if inside or line.notified_on),
        )


def _opinion(line: FundingLine) -> str:
    return line.get_verdict_display() or (LineState.SILENT.label if line.state == LineState.SILENT else "")


def _sum(amounts) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _day(moment) -> date | None:
    return moment.date() if moment else None


def _cells(row: ProgrammingRow, financiers: tuple[str, ...]) -> Iterator[Any]:
    """The values of one row in the order of the titles."""
    yield from (row.number, row.holder, row.siret, row.title, RENEWAL[row.renewal], row.orientation)
    yield from (", ".join(row.neighbourhoods), row.public, row.public_count, row.total_cost)
    lines = {line.financier: line for line in row.lines}
    for name in financiers:
        line = lines.get(name, NO_LINE)
        yield from (line.previous, line.requested, line.opinion, line.proposed, line.decided)
    yield from (row.public_share, row.remarks, row.committee_decision, row.deliberated_on, row.notified_on)
