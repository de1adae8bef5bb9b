"""A table of somebody else's: whatever its columns are called, its titles and its rows as they stand."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter

from cases.workbook.archive import open_package
from cases.workbook.columns import HEADER_WITHIN
from cases.workbook.errors import Findings, WorkbookErrors
from cases.workbook.reading import FAR_AWAY, HIDDEN, MERGED
from cases.workbook.sheets import TEXT, Book, Cell, Merge, OutOfTable, SheetRow

FEWEST_TITLES = 3
MOST_ROWS = 2_000
NO_TITLES = "Aucune feuille visible ne commence par une ligne de titres : il en faut au moins trois."
TOO_LONG = f"Ce tableau a plus de {MOST_ROWS} lignes : coupez-le en plusieurs fichiers."
NO_ROWS = "Il n’y a aucune ligne sous les titres."


@dataclass(frozen=True)
class ForeignTable:
    """Columns count from 1; `rows` are (index in the sheet, {column: cell}), blank ones left out."""

    sheet: str
    titles: Mapping[int, str]
    rows: tuple[tuple[int, Mapping[int, Cell]], ...]
    from_1904: bool = False

    def place(self, row: int, column: int | None) -> str:
        return f"{get_column_letter(column)}{row}" if column else str(row)

    def example(self, column: int) -> str:
        """The first thing that stands in a column."""
        return next((cells[column].text for _, cells in self.rows if column in cells), "")


def read_foreign(path: str | Path) -> ForeignTable:
    """Read the first visible sheet that has titles; WorkbookErrors for anything that nobody should guess about."""
    with closing(open_package(path)) as package:
        book = Book(package)
        for sheet in book.sheets:
            if found := _read(book, sheet):
                return found
    raise WorkbookErrors.of_file(NO_TITLES)


def _read(book: Book, sheet: str) -> ForeignTable | None:
    findings, merges = Findings(), []
    try:
        rows = [row for row in book.rows(sheet, merges) if row.cells]
    except OutOfTable as far:
        findings.add(sheet, f"{get_column_letter(far.column)}{far.row}", FAR_AWAY)
        findings.raise_any()
    header = _header(rows)
    if header is None:
        return None
    under = [row for row in rows if row.index > header.index and header.cells.keys() & row.cells.keys()]
    _complain(sheet, header, under, merges, findings)
    if not under or len(under) > MOST_ROWS:
        raise WorkbookErrors.of_file(TOO_LONG if under else NO_ROWS)
    titles = {column: " ".join(cell.text.split()) for column, cell in header.cells.items()}
    kept = tuple(
        (row.index, {column: row.cells[column] for column in titles if column in row.cells}) for row in under
    )
    return ForeignTable(sheet, titles, kept, book.from_1904)


def _header(rows: list[SheetRow]) -> SheetRow | None:
    """The fullest row of texts among the first fifteen."""
    first = [row for row in rows if row.index <= HEADER_WITHIN]
    texts = [(sum(cell.kind == TEXT for cell in row.cells.values()), -row.index, row) for row in first]
    many, _, row = max(texts, key=lambda one: one[:2], default=(0, 0, None))
    return row if many >= FEWEST_TITLES else None


def _complain(
    sheet: str, header: SheetRow, rows: list[SheetRow], merges: list[Merge], findings: Findings
) -> None:
    for row in rows:
        if row.hidden:
            findings.add(sheet, str(row.index), HIDDEN)
    for merge in merges:
        if merge.bottom > header.index:
            findings.add(sheet, merge.reference, MERGED)
    findings.raise_any()
