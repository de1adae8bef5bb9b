"""What a list shows, taken away: the *tableau de programmation*'s own columns, row by row, never a live formula."""

import tempfile
from pathlib import Path

from cases import exported_money, exported_sheets
from cases.exported_lines import CHUNK, CLOSING, OF_DOSSIER, Lines
from cases.exported_text import as_text
from cases.states import DossierState
from cases.words import Audience, said
from cases.workbook import Programming, ProgrammingLine, ProgrammingRow, write_programming


def as_workbook(dossiers, *, user, audience: Audience) -> bytes:
    """An .xlsx, written row by row to a temporary file so that memory holds the finished one only."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        write_programming(file.name, _programming(dossiers, user, audience))
        return Path(file.name).read_bytes()


XLSX, CSV = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv; charset=utf-8"
WRITERS = {
    ("dossiers", "xlsx"): (as_workbook, XLSX),
    ("dossiers", "csv"): (as_text, CSV),
    ("financements", "xlsx"): (exported_money.as_workbook, XLSX),
    ("financements", "csv"): (exported_money.as_text, CSV),
    ("fiches", "xlsx"): (exported_sheets.as_workbook, XLSX),
}
"""{(table, ending): (what writes it, its type)}."""
OF_TEAM = ("fiches",)
"""Tables that the team alone takes away."""


def _programming(dossiers, user, audience: Audience) -> Programming:
    """Five queries whatever the number of rows: the dossiers, their lines and envelopes, their quarters and names."""
    chosen = dossiers.order_by().values("pk")
    lines = Lines(chosen, user, inside=audience != Audience.HOLDER)
    quarters = dossiers.quarters()
    rows = dossiers.order_by("-cycle_id", "number").values_list(*OF_DOSSIER, *CLOSING)
    states = {code: said(code, label, audience) for code, label in DossierState.choices}
    told = (_row(one, lines, quarters.get(one[0], ()), states) for one in rows.iterator(CHUNK))
    return Programming(tuple(lines.seats), told)


def _row(one: tuple, lines: Lines, quarters: tuple[str, ...], states: dict[str, str]) -> ProgrammingRow:
    key, number, holder, siret, title, renewal, orientation, public, count, cost, state, decided_on = one
    given = zip(lines.seats, lines.by_seat(key), strict=True)
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
        lines=tuple(ProgrammingLine(name, *line) for name, line in given if line),
        committee_decision=states[state],
        deliberated_on=decided_on if lines.inside else None,
        notified_on=lines.notified.get(key),
    )
