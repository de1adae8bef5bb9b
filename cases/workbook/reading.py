"""From a workbook to its programming, or to every error in it at once; nothing is guessed or dropped."""

from bisect import bisect_left
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from cases.workbook import values
from cases.workbook.archive import open_package
from cases.workbook.columns import NOT_FOUND, PARTS, REQUIRED, TITLES, Layout, header_among, key, layout_of
from cases.workbook.errors import Findings, WorkbookErrors
from cases.workbook.programming import Programming, ProgrammingLine, ProgrammingRow
from cases.workbook.sheets import MOST_COLUMNS, MOST_ROWS, Book, Merge, OutOfTable, SheetRow

HIDDEN = "cette ligne est masquée : affichez-la ou supprimez-la."
MERGED = "ces cellules sont fusionnées : défusionnez-les et remplissez chaque ligne."
FAR_AWAY = (
    f"cette cellule est hors du tableau ({MOST_ROWS} lignes et {MOST_COLUMNS} colonnes au plus) : videz-la."
)
EMPTY = "aucun dossier sous les titres."


def read_programming(path: str | Path) -> Programming:
    """Read the one visible sheet that is a *tableau de programmation*; WorkbookErrors carries every error.

    A masked row is an error, because it is either a dossier forgotten by a filter or one that was set aside,
    and only a person knows which. Masked columns are read, blank rows and the row « Total » are not.
    """
    with closing(open_package(path)) as package:
        book = Book(package)
        sheet, header = _table_of(book)
        findings = Findings()
        layout = layout_of(sheet, header, findings)
        rows = _Table(book, layout, findings).read()
        findings.raise_any()
    return Programming(tuple(layout.financiers), rows, _letters(layout))


def _letters(layout: Layout) -> dict[str, str]:
    asked = {name: places["requested"] for name, places in layout.financiers.items()}
    return {name: get_column_letter(column) for name, column in (asked | layout.fields).items()}


def _table_of(book: Book) -> tuple[str, SheetRow]:
    found: list[tuple[str, SheetRow]] = []
    findings = Findings()
    for sheet in book.sheets:
        try:
            if header := header_among(book.rows(sheet, [])):
                found.append((sheet, header))
        except OutOfTable as far:
            findings.add(sheet, f"{get_column_letter(far.column)}{far.row}", FAR_AWAY)
    if not found:
        findings.raise_any()
        raise WorkbookErrors.of_file(NOT_FOUND)
    if len(found) > 1:
        names = ", ".join(f"« {name} »" for name, _ in found)
        raise WorkbookErrors.of_file(f"Plusieurs feuilles portent un tableau ({names}) : gardez-en une.")
    return found[0]


class _Table:
    """One pass over the rows under the header."""

    def __init__(self, book: Book, layout: Layout, findings: Findings):
        self.book, self.layout, self.findings = book, layout, findings
        self.columns = layout.columns
        self.numbers: dict[str, int] = {}
        self.taken: list[int] = []

    def read(self) -> tuple[ProgrammingRow, ...]:
        rows: list[ProgrammingRow] = []
        merges: list[Merge] = []
        try:
            for row in self.book.rows(self.layout.sheet, merges):
                if self._is_dossier(row):
                    self.taken.append(row.index)
                    rows.append(self._row(row))
        except OutOfTable as far:
            self._complain(far.row, far.column, FAR_AWAY)
        self._complain_of_merges(merges)
        if not self.taken:
            self.findings.add(self.layout.sheet, "", EMPTY)
        return tuple(rows)

    def _row(self, row: SheetRow) -> ProgrammingRow:
        if row.hidden:
            self.findings.add(self.layout.sheet, str(row.index), HIDDEN)
        facts: dict[str, Any] = {name: self._field(row, name, reader) for name, reader in _READERS.items()}
        for name in ("deliberated_on", "notified_on"):
            facts[name] = self._field(row, name, lambda cell: values.day(cell, from_1904=self.book.from_1904))
        facts["lines"] = self._lines(row)
        self._check_number(row, facts["number"])
        self._check_money(row, facts["total_cost"], facts["lines"])
        place = f"{self.layout.sheet}!A{row.index}"
        return ProgrammingRow(place=place, **facts)

    def _field(self, row: SheetRow, name: str, reader: Callable) -> Any:
        column = self.layout.fields.get(name)
        if column is None:
            return None if name in REQUIRED else reader(None)
        found, readable_cell = self._value(row, column, reader)
        if readable_cell and name in REQUIRED and found in (None, "", ()):
            self._complain(row.index, column, f"« {TITLES[name]} » est vide.")
        return found

    def _value(self, row: SheetRow, column: int, reader: Callable) -> tuple[Any, bool]:
        try:
            return reader(row.cells.get(column)), True
        except values.Unreadable as why:
            self._complain(row.index, column, str(why))
            return None, False

    def _lines(self, row: SheetRow) -> tuple[ProgrammingLine, ...]:
        lines = []
        for financier, places in self.layout.financiers.items():
            if not row.cells.keys().isdisjoint(places.values()):
                lines.append(self._line(row, financier, places))
        return tuple(lines)

    def _line(self, row: SheetRow, financier: str, places: dict[str, int]) -> ProgrammingLine:
        facts = {}
        for part, column in places.items():
            reader = values.line if part == "opinion" else values.amount
            facts[part], _ = self._value(row, column, reader)
        if places.get("requested") not in row.cells:
            for part in ("opinion", "proposed", "decided"):
                if places.get(part) in row.cells:
                    sentence = f"« {financier} – {PARTS[part]} » est rempli alors que rien n’est demandé."
                    self._complain(row.index, places[part], sentence)
        return ProgrammingLine(financier, **facts)

    def _check_number(self, row: SheetRow, number: str | None) -> None:
        if number and self.numbers.setdefault(number, row.index) != row.index:
            first = self.numbers[number]
            sentence = f"le numéro {values.quoted(number)} est déjà à la ligne {first}."
            self._complain(row.index, self.layout.fields["number"], sentence)

    def _check_money(self, row: SheetRow, total: Decimal | None, lines: tuple[ProgrammingLine, ...]) -> None:
        asked = sum((line.requested for line in lines if line.requested), Decimal(0))
        if not asked and not self._unread(row, lines):
            self.findings.add(self.layout.sheet, str(row.index), "rien n’est demandé à aucun financeur.")
        if total is not None and total < asked:
            sentence = f"le coût total ({total} €) est inférieur à ce qui est demandé ({asked} €)."
            self._complain(row.index, self.layout.fields["total_cost"], sentence)

    def _unread(self, row: SheetRow, lines: tuple[ProgrammingLine, ...]) -> bool:
        """True when an amount stands there that could not be read: « rien n’est demandé » would be false."""
        places = {line.financier: self.layout.financiers[line.financier] for line in lines}
        return any(
            line.requested is None and places[line.financier].get("requested") in row.cells for line in lines
        )

    def _is_dossier(self, row: SheetRow) -> bool:
        """Under the titles, not blank, and not the totals: these name no neighbourhood."""
        if row.index <= self.layout.header or self.columns.isdisjoint(row.cells):
            return False
        said = (row.cells.get(self.layout.fields.get(name, 0)) for name in ("number", "holder", "title"))
        named_total = any(cell and key(cell.text).startswith("total") for cell in said)
        return not named_total or self.layout.fields.get("neighbourhoods") in row.cells

    def _complain_of_merges(self, merges: list[Merge]) -> None:
        for merge in merges:
            next_taken = bisect_left(self.taken, merge.top)
            over_dossiers = any(index <= merge.bottom for index in self.taken[next_taken : next_taken + 1])
            if over_dossiers and any(merge.left <= column <= merge.right for column in self.columns):
                self.findings.add(self.layout.sheet, merge.reference, MERGED)

    def _complain(self, row: int, column: int, sentence: str) -> None:
        self.findings.add(self.layout.sheet, f"{get_column_letter(column)}{row}", sentence)


_READERS: dict[str, Callable] = {
    "number": values.line,
    "holder": values.line,
    "siret": values.siret,
    "title": values.line,
    "renewal": values.renewal,
    "orientation": values.line,
    "neighbourhoods": values.neighbourhoods,
    "public": values.line,
    "public_count": values.count,
    "total_cost": values.amount,
    "remarks": values.text,
    "committee_decision": values.line,
}
