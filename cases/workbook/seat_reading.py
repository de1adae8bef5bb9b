"""From the sheet that a financier sends back to its opinions, or to every error in it at once."""

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

from openpyxl.utils import get_column_letter

from cases.workbook import values
from cases.workbook.archive import open_package
from cases.workbook.columns import HEADER_WITHIN, key
from cases.workbook.errors import Findings, WorkbookErrors
from cases.workbook.reading import FAR_AWAY, HIDDEN, MERGED
from cases.workbook.seat_sheet import IDENTITY, OWN, Opinion, SeatTable, TypedLine, origin_of, plain_words
from cases.workbook.sheets import Book, Cell, Merge, OutOfTable, SheetRow

NOT_OURS = "Ce classeur n’est pas un tableau d’avis de Jalons : téléchargez le vôtre, remplissez-le, puis renvoyez-le."
STRANGER = "cette ligne n’a pas d’identifiant : elle ne vient pas du tableau téléchargé."
_TITLES = {key(title): name for name, title in (IDENTITY | OWN).items()}


def read_seat(path: str | Path, *, verdicts: Mapping[str, str]) -> SeatTable:
    """Read what came back; WorkbookErrors carries every error with its cell. `verdicts`: {code: what people read}."""
    with closing(open_package(path)) as package:
        book = Book(package)
        sheet, header, identifiers = _table_of(book)
        findings = Findings()
        columns = _columns(sheet, header, findings)
        rows = _Sheet(book, sheet, header.index, {"uuid": identifiers, **columns}, findings, verdicts).read()
        findings.raise_any()
    cycle, seat = origin_of(header.cells[identifiers].text) or ("", "")
    letters = {name: get_column_letter(columns[name]) for name in OWN}
    return SeatTable(cycle, seat, rows, letters)


def _table_of(book: Book) -> tuple[str, SheetRow, int]:
    """The first visible sheet that carries our mark, its row of titles, and the column of the mark."""
    for sheet in book.sheets:
        try:
            for row in book.rows(sheet, []):
                if row.index > HEADER_WITHIN:
                    break
                for column, cell in row.cells.items():
                    if origin_of(cell.text):
                        return sheet, row, column
        except OutOfTable as far:
            place = f"{get_column_letter(far.column)}{far.row}"
            findings = Findings()
            findings.add(sheet, place, FAR_AWAY)
            findings.raise_any()
    raise WorkbookErrors.of_file(NOT_OURS)


def _columns(sheet: str, header: SheetRow, findings: Findings) -> dict[str, int]:
    """Where each column stands, found by its title: somebody may have moved or added some."""
    found: dict[str, int] = {}
    for column, cell in sorted(header.cells.items()):
        name = _TITLES.get(key(cell.text))
        if name in found:
            place = f"{get_column_letter(column)}{header.index}"
            sentence = f"le titre « {cell.text} » est déjà là : gardez une seule colonne."
            findings.add(sheet, place, sentence)
        elif name:
            found[name] = column
    for name, title in (IDENTITY | OWN).items():
        if name not in found:
            findings.add(sheet, str(header.index), f"la colonne « {title} » manque.")
    findings.raise_any()
    return found


class _Sheet:
    """One pass over the rows under the titles."""

    def __init__(self, book: Book, sheet: str, header: int, columns: dict[str, int], findings, verdicts):
        self.book, self.sheet, self.header = book, sheet, header
        self.columns, self.findings = columns, findings
        self.codes = {key(label): code for code, label in verdicts.items()}
        self.labels = ", ".join(verdicts.values())
        self.known: dict[str, int] = {}

    def read(self) -> tuple[TypedLine, ...]:
        rows: list[TypedLine] = []
        merges: list[Merge] = []
        try:
            under = (row for row in self.book.rows(self.sheet, merges) if row.index > self.header)
            rows.extend(found for row in under if (found := self._row(row)))
        except OutOfTable as far:
            self._complain(far.row, far.column, FAR_AWAY)
        for merge in merges:
            if merge.bottom > self.header:
                self.findings.add(self.sheet, merge.reference, MERGED)
        return tuple(rows)

    def _row(self, row: SheetRow) -> TypedLine | None:
        if self.columns["uuid"] not in row.cells:
            self._check_stranger(row)
            return None
        uuid = self._value(row, "uuid", _uuid)
        version = self._value(row, "version", values.count)
        seen, _, base = (self._value(row, "seen", values.line) or "").partition("/")
        amount, motive, conditions = (self._value(row, name, read) for name, read in _READERS.items())
        said = Opinion(
            self._value(row, "verdict", self._verdict) or "", amount, motive or "", conditions or ""
        )
        if uuid is None or self._is_double(row, uuid):
            return None
        line = TypedLine(row.index, uuid, version if version is not None else -1, seen, base, said)
        if row.hidden and line.is_filled:
            self.findings.add(self.sheet, str(row.index), HIDDEN)
        return line

    def _check_stranger(self, row: SheetRow) -> None:
        """A row of somebody's own with an opinion in it would be lost without a word; the totals say nothing."""
        own = [self.columns[name] for name in OWN if self.columns[name] in row.cells]
        is_total = any(key(cell.text) == "total" for cell in row.cells.values())
        if own and not is_total:
            self._complain(row.index, own[0], STRANGER)

    def _is_double(self, row: SheetRow, uuid: str) -> bool:
        first = self.known.setdefault(uuid, row.index)
        if first != row.index:
            sentence = f"ce dossier est déjà à la ligne {first} : gardez-en une."
            self._complain(row.index, self.columns["uuid"], sentence)
        return first != row.index

    def _value(self, row: SheetRow, name: str, reader: Callable[[Cell | None], Any]) -> Any:
        try:
            return reader(row.cells.get(self.columns[name]))
        except values.Unreadable as why:
            self._complain(row.index, self.columns[name], str(why))
            return None

    def _verdict(self, cell: Cell | None) -> str:
        said = values.line(cell)
        if said and key(said) not in self.codes:
            raise values.Unreadable(f"{values.quoted(said)} n’est pas un avis : écrivez {self.labels}.")
        return self.codes.get(key(said), "")

    def _complain(self, row: int, column: int, sentence: str) -> None:
        self.findings.add(self.sheet, f"{get_column_letter(column)}{row}", sentence)


def _uuid(cell: Cell | None) -> str:
    said = values.line(cell)
    try:
        return str(UUID(said))
    except ValueError:
        raise values.Unreadable("cet identifiant n’est pas celui du tableau téléchargé.") from None


def _words(cell: Cell | None) -> str:
    return plain_words(values.text(cell))


_READERS: dict[str, Callable[[Cell | None], Any]] = {
    "amount": values.amount,
    "motive": _words,
    "conditions": _words,
}
