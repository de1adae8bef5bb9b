"""What a list shows, taken away: the *tableau de programmation*'s own columns, row by row, never a live formula."""

import csv
import tempfile
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from types import NoneType
from typing import Any

from django.db.models import Case, CharField, F, When

from cases.models import FundingLine
from cases.states import DossierState, LineState, Verdict
from cases.words import Audience, said
from cases.workbook import Programming, ProgrammingLine, ProgrammingRow, write_programming
from cases.workbook.columns import CLOSING_TITLES, PARTS, TITLES
from cases.workbook.writing import RENEWAL

CHUNK = 2_000
VERDICTS = dict(Verdict.choices)
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
    rows = (_cells(row, programming.financiers) for row in programming.rows)
    writer.writerows([WRITTEN[type(value)](value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


WRITERS = {
    "xlsx": (as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (as_text, "text/csv; charset=utf-8"),
}
"""{ending: (what writes it, its type)}."""


def harmless(text: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in LIVE else text


def with_comma(amount: Decimal) -> str:
    return str(amount).replace(".", ",")


def on_day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


WRITTEN = {str: harmless, Decimal: with_comma, date: on_day, int: str, NoneType: lambda _: ""}
"""How a value of each kind stands in a text."""


OF_LINE = (
    "dossier",
    "told",
    "previous",
    "requested",
    "verdict",
    "state",
    "proposed",
    "decided",
    "notified_on",
)
OF_DOSSIER = (
    "pk",
    "number",
    "organisation__name",
    "organisation__siret",
    "title",
    "renewal",
    "orientation__label",
)
OF_ACTION = ("public", "public_count", "total_cost", "state", "decided_at__date")


def _programming(dossiers, user, audience: Audience) -> Programming:
    """Three queries whatever the number of rows: the dossiers, their lines, their quarters."""
    chosen = dossiers.order_by().values("pk")
    lines = Lines(chosen, user, inside=audience != Audience.HOLDER)
    quarters = _quarters(dossiers.model, chosen)
    rows = dossiers.order_by("-cycle_id", "number").values_list(*OF_DOSSIER, *OF_ACTION)
    states = {code: said(code, label, audience) for code, label in DossierState.choices}
    told = (_row(one, lines, quarters.get(one[0], ()), states) for one in rows.iterator(CHUNK))
    return Programming(tuple(lines.financiers), told)


class Lines:
    """The lines that this person may see, as plain values: rows of models would cost ten times as much.

    One per dossier and financier, its envelopes summed. Outside (`inside` is false) stands a holder, who reads no
    opinion, and each answer with its letter.
    """

    def __init__(self, chosen, user, *, inside: bool):
        self.inside = inside
        self.financiers: dict[str, None] = {}
        """In the order of their calls."""
        self.of: dict[int, dict[str, ProgrammingLine]] = {}
        self.notified: dict[int, date] = {}
        rows = FundingLine.objects.visible_to(user).filter(dossier__in=chosen).annotate(told=_NAME)
        for one in rows.order_by("envelope__financier_id", "pk").values_list(*OF_LINE).iterator(CHUNK):
            self._add(*one)

    def _add(self, dossier, seat, previous, requested, verdict, state, proposed, decided, on) -> None:
        if self.inside:
            line = ProgrammingLine(seat, previous, requested, _opinion(verdict, state), proposed, decided)
        else:
            line = ProgrammingLine(seat, previous, requested, decided=decided if on else None)
        self.financiers[seat] = None
        mine = self.of.setdefault(dossier, {})
        mine[seat] = _joined(mine[seat], line) if seat in mine else line
        if on:
            self.notified[dossier] = max(on, self.notified.get(dossier, on))


_NAME = Case(
    When(envelope__financier__name="", then=F("envelope__financier__organisation__name")),
    default=F("envelope__financier__name"),
    output_field=CharField(),
)


def _opinion(verdict: str, state: str) -> str:
    return VERDICTS.get(verdict) or (LineState.SILENT.label if state == LineState.SILENT else "")


def _joined(one: ProgrammingLine, other: ProgrammingLine) -> ProgrammingLine:
    """Two envelopes of one financier on one dossier."""
    said_of_both = [*one.opinion.split(", "), other.opinion]
    return ProgrammingLine(
        financier=one.financier,
        previous=_sum(one.previous, other.previous),
        requested=_sum(one.requested, other.requested),
        opinion=", ".join(filter(None, dict.fromkeys(said_of_both))),
        proposed=_sum(one.proposed, other.proposed),
        decided=_sum(one.decided, other.decided),
    )


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else other if one is None else one + other


def _quarters(model, chosen) -> dict[int, tuple[str, ...]]:
    through = model.neighbourhoods.through.objects.filter(dossier__in=chosen).order_by("neighbourhood__code")
    found: dict[int, tuple[str, ...]] = {}
    for dossier, name in through.values_list("dossier", "neighbourhood__name").iterator(CHUNK):
        found[dossier] = (*found.get(dossier, ()), name)
    return found


def _row(one: tuple, lines: Lines, quarters: tuple[str, ...], states: dict[str, str]) -> ProgrammingRow:
    key, number, holder, siret, title, renewal, orientation, public, count, cost, state, decided_on = one
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
        lines=tuple(lines.of.get(key, {}).values()),
        committee_decision=states[state],
        deliberated_on=decided_on if lines.inside else None,
        notified_on=lines.notified.get(key),
    )


def _cells(row: ProgrammingRow, financiers: tuple[str, ...]) -> list[Any]:
    """The values of one row in the order of the titles."""
    lines = {line.financier: line for line in row.lines}
    return [
        *(row.number, row.holder, row.siret, row.title, RENEWAL[row.renewal], row.orientation),
        *(", ".join(row.neighbourhoods), row.public, row.public_count, row.total_cost),
        *(value for name in financiers for value in lines.get(name, NO_LINE)[1:]),
        *(row.public_share, row.remarks, row.committee_decision, row.deliberated_on, row.notified_on),
    ]
