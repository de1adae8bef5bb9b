"""The sheets of a package as rows of cells: masked rows, merges, dates and missing results stay visible."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import IO, NamedTuple
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import range_boundaries

from cases.workbook.archive import TOO_BIG, UNREADABLE
from cases.workbook.errors import WorkbookErrors
from cases.workbook.markup import START, ForbiddenMarkup, events, walk

MOST_ROWS, MOST_COLUMNS = 20_000, 200
MOST_STRINGS = 1_000_000
LONGEST_FORMAT = 255

# What a cell holds; DATE is a serial number or an ISO text, PENDING a formula that was never computed.
NUMBER, TEXT, DATE, BOOLEAN, FAULT, PENDING = "number", "text", "date", "boolean", "fault", "pending"
_KINDS = {"n": NUMBER, "s": TEXT, "str": TEXT, "inlineStr": TEXT, "b": BOOLEAN, "e": FAULT, "d": DATE}


class Cell(NamedTuple):
    """One cell that is not blank: what it is, and its text as the file spells it."""

    kind: str
    text: str


class Merge(NamedTuple):
    """Cells merged into one: their reference, then their first and last columns and rows."""

    reference: str
    left: int
    top: int
    right: int
    bottom: int


class SheetRow(NamedTuple):
    """One row, with its blank cells left out; columns count from 1."""

    index: int
    hidden: bool
    cells: dict[int, Cell]


class OutOfTable(Exception):
    """Something is written beyond the rows or columns that are read."""

    def __init__(self, row: int, column: int):
        super().__init__(row, column)
        self.row, self.column = row, column


@contextmanager
def readable() -> Iterator[None]:
    """Turn every way in which a part can be broken into one sentence."""
    try:
        yield
    except ForbiddenMarkup:
        raise WorkbookErrors.of_file(TOO_BIG) from None
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise WorkbookErrors.of_file(UNREADABLE) from None
    except (LookupError, ValueError):
        # Because a missing part, a number that is none or a string that is not there all mean a broken file.
        raise WorkbookErrors.of_file(UNREADABLE) from None


class Book:
    """What every sheet of the package shares: its names, its strings, its formats and its first day."""

    def __init__(self, package: zipfile.ZipFile):
        self.package = package
        self.sheets: dict[str, str] = {}
        self.from_1904 = False
        with readable():
            [home] = self._targets("", "officeDocument")
            self._read_contents(home)
            self.strings = self._read_strings(home)
            self.dates = self._read_date_styles(home)

    def rows(self, sheet: str, merges: list[Merge]) -> Iterator[SheetRow]:
        """Rows in the order of the sheet, blank ones included; `merges` is filled when the end is reached."""
        with readable(), self.package.open(self.sheets[sheet]) as part:
            yield from _Rows(self.strings, self.dates, merges).read(part)

    def _relations(self, home: str) -> Iterator[dict[str, str]]:
        folder, name = posixpath.split(home)
        with self.package.open(posixpath.join(folder, "_rels", f"{name}.rels")) as part:
            for kind, tag, attributes in events(part):
                if kind == START and tag == "Relationship":
                    yield attributes

    def _targets(self, home: str, role: str) -> Iterator[str]:
        for relation in self._relations(home):
            if relation["Type"].endswith(f"/{role}"):
                yield _inside(home, relation["Target"])

    def _read_contents(self, home: str) -> None:
        """Keep the sheets that people see; a hidden sheet is not what they agreed on."""
        parts = {relation["Id"]: relation for relation in self._relations(home)}
        with self.package.open(home) as part:
            for kind, tag, attributes in events(part):
                if kind == START and tag == "workbookPr":
                    self.from_1904 = attributes.get("date1904") in {"1", "true"}
                elif kind == START and tag == "sheet" and attributes.get("state", "visible") == "visible":
                    [part_id] = (value for name, value in attributes.items() if name.endswith(" id"))
                    if parts[part_id]["Type"].endswith("/worksheet"):  # because a chart may be a sheet
                        self.sheets[attributes["name"]] = _inside(home, parts[part_id]["Target"])

    def _read_strings(self, home: str) -> list[str]:
        strings: list[str] = []
        pieces: list[str] = []
        before_guide = 0
        for kind, tag, payload in self._part(home, "sharedStrings"):
            if kind == START:
                before_guide = len(pieces) if tag == "rPh" else before_guide
            elif tag == "t":
                pieces.append(payload)
            elif tag == "rPh":
                del pieces[before_guide:]  # because a phonetic guide is not part of the text
            elif tag == "si":
                strings.append("".join(pieces))
                pieces.clear()
                if len(strings) > MOST_STRINGS:
                    raise ForbiddenMarkup
        return strings

    def _read_date_styles(self, home: str) -> frozenset[str]:
        """Numbers of the cell styles that show a date: the only trace that a number is one."""
        codes = {str(number): code for number, code in BUILTIN_FORMATS.items()}
        styles: list[str] = []
        inside = False
        for kind, tag, payload in self._part(home, "styles"):
            if tag == "cellXfs":
                inside = kind == START
            elif kind == START and tag == "numFmt":
                codes[payload["numFmtId"]] = payload.get("formatCode", "")[:LONGEST_FORMAT]
            elif kind == START and tag == "xf" and inside:
                styles.append(payload.get("numFmtId", "0"))
        dated = {number for number in set(styles) if is_date_format(codes.get(number, "General"))}
        return frozenset(str(index) for index, number in enumerate(styles) if number in dated)

    def _part(self, home: str, role: str):
        for target in self._targets(home, role):
            with self.package.open(target) as part:
                yield from events(part)


def _inside(home: str, target: str) -> str:
    """The name in the package of what a relation points to."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(home), target)).lstrip("/")


class _Rows:
    """Builds one row at a time while the sheet is parsed, and keeps nothing of the rows already given."""

    def __init__(self, strings: list[str], dates: frozenset[str], merges: list[Merge]):
        self.strings, self.dates, self.merges = strings, dates, merges
        self.row = SheetRow(0, hidden=False, cells={})
        self.done: list[SheetRow] = []
        self.far: OutOfTable | None = None
        self.column = self.before_guide = 0
        self.cell, self.value, self.formula, self.pieces = {}, "", False, []

    def read(self, part: IO[bytes]) -> Iterator[SheetRow]:
        for _ in walk(part, self.started, self.ended):
            yield from self.done
            self.done.clear()
            if self.far:
                raise self.far

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self.cell, self.value, self.formula, self.pieces = attributes, "", False, []
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.before_guide = len(self.pieces)
        elif tag == "mergeCell":
            self._merge(attributes)

    def ended(self, tag: str, text: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag == "v":
            self.value = text
        elif tag == "t":
            self.pieces.append(text)
        elif tag == "row":
            self.done.append(self.row)
        elif tag == "rPh":
            del self.pieces[self.before_guide :]

    def _start_row(self, attributes: dict[str, str]) -> None:
        index = int(attributes.get("r", self.row.index + 1))
        if index <= self.row.index:
            raise ValueError("rows out of order")
        self.row = SheetRow(index, attributes.get("hidden") in {"1", "true"}, {})
        self.column = 0

    def _end_cell(self) -> None:
        self.column = _column(self.cell.get("r", ""), self.column)
        text = self.value or "".join(self.pieces)
        if text or self.formula:
            self._keep(_cell(self.cell, text, self.strings, self.dates))

    def _keep(self, cell: Cell) -> None:
        if cell.kind == TEXT and not cell.text.strip():
            return
        if self.column > MOST_COLUMNS or self.row.index > MOST_ROWS:
            self.far = self.far or OutOfTable(self.row.index, self.column)
        else:
            self.row.cells[self.column] = cell

    def _merge(self, attributes: dict[str, str]) -> None:
        reference = attributes["ref"]
        self.merges.append(Merge(reference, *map(int, range_boundaries(reference))))
        if len(self.merges) > MOST_ROWS:
            raise ForbiddenMarkup


def _column(reference: str, previous: int) -> int:
    column = _column_of_letters(reference.rstrip("0123456789")) if reference else previous + 1
    if column <= previous:
        raise ValueError("cells out of order")
    return column


@lru_cache(maxsize=20_000)
def _column_of_letters(letters: str) -> int:
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise ValueError(letters)
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def _cell(attributes: dict[str, str], text: str, strings: list[str], dates: frozenset[str]) -> Cell:
    if not text:
        return Cell(PENDING, "")
    written = attributes.get("t", "n")
    if written == "n":
        return Cell(DATE if attributes.get("s") in dates else NUMBER, text)
    return Cell(_KINDS[written], strings[_position(text)] if written == "s" else text)


def _position(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)
