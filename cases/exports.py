"""What a list shows, taken away: the *tableau de programmation*'s own columns, row by row, never a live formula."""

import csv
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import Case, CharField, F, When

from cases.models import FundingLine
from cases.states import DossierState, LineState, Verdict
from cases.words import Audience, said
from cases.workbook import Programming, ProgrammingLine, ProgrammingRow, write_programming
from cases.workbook.columns import CLOSING_TITLES, PARTS, TITLES
from cases.workbook.writing import RENEWAL
from workflow.calendar import paris_day

CHUNK = 2_000
STATES, VERDICTS = dict(DossierState.choices), dict(Verdict.choices)
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


class Line(NamedTuple):
    """One line of one dossier as plain values: rows of models would cost ten times as much."""

    dossier: int
    seat: str
    previous: Decimal | None
    requested: Decimal
    verdict: str
    state: str
    proposed: Decimal | None
    decided: Decimal | None
    notified_on: date | None


OF_LINE = ("previous", "requested", "verdict", "state", "proposed", "decided", "notified_on")
OF_DOSSIER = (
    "pk",
    "number",
    "organisation__name",
    "organisation__siret",
    "title",
    "renewal",
    "orientation__label",
)
OF_ACTION = ("public", "public_count", "total_cost", "state", "decided_at")


def _programming(dossiers, user, audience: Audience) -> Programming:
    """Three queries whatever the number of rows: the dossiers, their lines, their quarters."""
    chosen = dossiers.order_by().values("pk")
    lines, financiers = _lines(chosen, user)
    quarters = _quarters(dossiers.model, chosen)
    rows = dossiers.order_by("-cycle_id", "number").values_list(*OF_DOSSIER, *OF_ACTION)
    told = (
        _row(one, lines.get(one[0], []), quarters.get(one[0], ()), audience) for one in rows.iterator(CHUNK)
    )
    return Programming(financiers, told)


def _lines(chosen, user) -> tuple[dict[int, list[Line]], tuple[str, ...]]:
    """{dossier: its lines that this person may see}, and the financiers in the order of their calls."""
    rows = FundingLine.objects.visible_to(user).filter(dossier__in=chosen)
    name = Case(
        When(envelope__financier__name="", then=F("envelope__financier__organisation__name")),
        default=F("envelope__financier__name"),
        output_field=CharField(),
    )
    found: dict[int, list[Line]] = {}
    financiers: dict[str, None] = {}
    told = rows.annotate(told=name).order_by("envelope__financier_id", "pk")
    for one in map(Line._make, told.values_list("dossier", "told", *OF_LINE).iterator(CHUNK)):
        found.setdefault(one.dossier, []).append(one)
        financiers[one.seat] = None
    return found, tuple(financiers)


def _quarters(model, chosen) -> dict[int, tuple[str, ...]]:
    through = model.neighbourhoods.through.objects.filter(dossier__in=chosen).order_by("neighbourhood__code")
    found: dict[int, tuple[str, ...]] = {}
    for dossier, name in through.values_list("dossier", "neighbourhood__name"):
        found[dossier] = (*found.get(dossier, ()), name)
    return found


def _row(one: tuple, lines: list[Line], quarters: tuple[str, ...], audience: Audience) -> ProgrammingRow:
    _, number, holder, siret, title, renewal, orientation, public, count, cost, state, decided_at = one
    return ProgrammingRow(
        place="",
        number=f"{number:03d}",
        holder=holder,
        siret=siret,
        title=title,
        renewal=renewal,
        orientation=orientation or "",
        neighbourhoods=quarters,
        public=public,
        public_count=count,
        total_cost=cost,
        lines=tuple(_by_financier(lines, audience)),
        committee_decision=said(state, STATES[state], audience),
        deliberated_on=paris_day(decided_at) if decided_at and audience != Audience.HOLDER else None,
        notified_on=max((line.notified_on for line in lines if line.notified_on), default=None),
    )


def _by_financier(lines: list[Line], audience: Audience) -> Iterator[ProgrammingLine]:
    """One entry per financier, its envelopes summed; a holder reads no opinion, and each answer with its letter."""
    seats: dict[str, list[Line]] = {}
    for line in lines:
        seats.setdefault(line.seat, []).append(line)
    inside = audience != Audience.HOLDER
    for name, mine in seats.items():
        yield ProgrammingLine(
            financier=name,
            previous=_sum(line.previous for line in mine),
            requested=_sum(line.requested for line in mine),
            opinion=", ".join(filter(None, dict.fromkeys(map(_opinion, mine)))) if inside else "",
            proposed=_sum(line.proposed for line in mine) if inside else None,
            decided=_sum(line.decided for line in mine if inside or line.notified_on),
        )


def _opinion(line: Line) -> str:
    return VERDICTS.get(line.verdict) or (LineState.SILENT.label if line.state == LineState.SILENT else "")


def _sum(amounts) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _cells(row: ProgrammingRow, financiers: tuple[str, ...]) -> Iterator[Any]:
    """The values of one row in the order of the titles."""
    yield from (row.number, row.holder, row.siret, row.title, RENEWAL[row.renewal], row.orientation)
    yield from (", ".join(row.neighbourhoods), row.public, row.public_count, row.total_cost)
    lines = {line.financier: line for line in row.lines}
    for name in financiers:
        line = lines.get(name, NO_LINE)
        yield from (line.previous, line.requested, line.opinion, line.proposed, line.decided)
    yield from (row.public_share, row.remarks, row.committee_decision, row.deliberated_on, row.notified_on)
