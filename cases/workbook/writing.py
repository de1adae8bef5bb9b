"""The programming written as the table people know: same columns, totals, and never a live formula."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from cases.workbook.columns import CLOSING_TITLES, PARTS, TITLES
from cases.workbook.programming import Programming, ProgrammingLine, ProgrammingRow

SHEET = "Programmation"
# How a French spreadsheet's « # ##0 € » is spelt in the file; the cents show only where there are some.
WHOLE_EUROS, EUROS_AND_CENTS = '#,##0\\ "€"', '#,##0.00\\ "€"'
DAY = "dd/mm/yyyy"
RENEWAL = {True: "Reconduction", False: "Nouvelle"}
WIDTHS = {"Porteur": 30, "Intitulé de l’action": 42, "Orientation": 18, "QPV": 20, "Remarques": 40}
USUAL_WIDTH = 14
BLANK_LINE = ProgrammingLine("")

_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def write_programming(path: str | Path, programming: Programming) -> None:
    """Write one sheet, row by row: `programming.rows` may be any iterable, so that memory need not grow with it."""
    financiers = programming.financiers
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    titles = _titles(financiers)
    _lay_out(sheet, titles)
    # Because openpyxl finds out by an exception that a value is already a cell, then makes one more: half as slow
    # again as a bare loop. A test holds this private name.
    sheet._values_to_row = partial(placed, WriteOnlyCell(sheet))  # noqa: SLF001
    styles = Styles(sheet)
    sheet.append([styles.header(title) for title in titles])
    totals = _Totals(financiers)
    for row in programming.rows:
        totals.add(row)
        styles.used = 0  # because a row that is written leaves its cells to the next one
        sheet.append(_cells(row, financiers, styles))
    sheet.append([styles.strong(value) for value in totals.row()])
    book.save(path)


def placed(plain: WriteOnlyCell, values: list[Any], index: int) -> Iterator[WriteOnlyCell]:
    """The cells of one row in their places; `plain` carries one value after the other."""
    for column, value in enumerate(values, 1):
        if value is None:
            continue
        if isinstance(value, Cell):
            cell = value
        else:
            cell = plain
            cell.value = value
        cell.column, cell.row = column, index
        yield cell


def _titles(financiers: tuple[str, ...]) -> list[str]:
    by_financier = [f"{financier} – {part}" for financier in financiers for part in PARTS.values()]
    return [*TITLES.values(), *by_financier, *CLOSING_TITLES.values()]


def _lay_out(sheet, titles: list[str]) -> None:
    sheet.freeze_panes = "E2"  # because number, holder, SIRET and title say which row one reads
    for column, title in enumerate(titles, 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(title, USUAL_WIDTH)
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"


def _cells(row: ProgrammingRow, financiers: tuple[str, ...], styles: "Styles") -> list[Any]:
    text, money = styles.text, styles.money
    cells = [text(row.number), text(row.holder), text(row.siret), text(row.title), RENEWAL[row.renewal]]
    cells += (text(row.orientation), ", ".join(row.neighbourhoods), text(row.public), row.public_count)
    cells.append(money(row.total_cost))
    lines = {line.financier: line for line in row.lines}
    for financier in financiers:
        _, previous, requested, opinion, proposed, decided = lines.get(financier, BLANK_LINE)
        cells += (money(previous), money(requested), text(opinion), money(proposed), money(decided))
    cells += (row.public_share, text(row.remarks), text(row.committee_decision))
    cells += (styles.day(row.deliberated_on), styles.day(row.notified_on))
    return cells


class _Looked(Cell):
    """A cell that knows its look by number, because openpyxl looks a look up again for each cell it writes."""

    __slots__ = ("style_id",)
    has_style = True


class Styles:
    """Cells with their looks; a plain value stays a plain value, because a styled cell costs twice as much."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.pool: list[_Looked] = []
        self.used = 0
        self.whole = self._look(WHOLE_EUROS)
        self.cents = self._look(EUROS_AND_CENTS)
        self.dated = self._look(DAY)

    def text(self, value: str | None) -> Any:
        if not value:
            return None
        value = mended(value)
        if value[:1] not in "=#":
            return value
        cell = WriteOnlyCell(self.sheet, value)
        cell.data_type = "s"  # because openpyxl would make it a formula or an error
        return cell

    def money(self, value: Decimal | None) -> Any:
        if value is None:
            return None
        return self._styled(value, self.whole if value == value.to_integral_value() else self.cents)

    def day(self, value: date | None) -> Any:
        return None if value is None else self._styled(value, self.dated)

    def header(self, title: str) -> WriteOnlyCell:
        cell = self.strong(title)
        cell.fill = PatternFill("solid", fgColor="E6EBF2")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        return cell

    def strong(self, value: Any) -> WriteOnlyCell:
        cell = WriteOnlyCell(self.sheet)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        elif value is not None:
            cell.number_format = EUROS_AND_CENTS if value % 1 else WHOLE_EUROS
        cell.font = Font(bold=True)
        return cell

    def _look(self, number_format: str) -> int:
        cell = WriteOnlyCell(self.sheet)
        cell.number_format = number_format
        return cell.style_id

    def _styled(self, value: Any, look: int) -> _Looked:
        if self.used == len(self.pool):
            self.pool.append(_Looked(self.sheet, row=1, column=1))
        cell = self.pool[self.used]
        self.used += 1
        cell.value, cell.style_id = value, look
        return cell


class WholeText:
    """Cells of a small sheet, each with a look of its own: texts stay texts whatever they begin with."""

    def __init__(self, sheet):
        self.sheet = sheet

    def of(self, value: Any) -> WriteOnlyCell:
        if isinstance(value, str):
            return self.text(value)
        cell = WriteOnlyCell(self.sheet, value)
        if isinstance(value, Decimal):
            cell.number_format = EUROS_AND_CENTS if value % 1 else WHOLE_EUROS
        elif isinstance(value, date):
            cell.number_format = DAY
        return cell

    def text(self, value: str) -> WriteOnlyCell:
        cell = WriteOnlyCell(self.sheet, mended(value) or None)
        if cell.value is not None:
            cell.data_type = "s"  # because openpyxl would make it a formula or an error
        return cell

    def formula(self, value: str) -> WriteOnlyCell:
        return WriteOnlyCell(self.sheet, value)


def mended(value: str) -> str:
    """A text as a workbook may hold it: without what XML refuses, and nothing in it taken for an escape."""
    if "_x" in value or not value.isprintable():  # because most texts hold nothing to mend
        return _ESCAPE_LIKE.sub("_x005F_", _ILLEGAL.sub("", value))
    return value


class _Totals:
    """Sums kept while rows pass by, as values: a formula would be blank until a spreadsheet opens the file."""

    MONEY = ("previous", "requested", "proposed", "decided")

    def __init__(self, financiers: tuple[str, ...]):
        self.financiers = financiers
        self.cost = Decimal(0)
        self.sums = {(name, kind): Decimal(0) for name in financiers for kind in self.MONEY}

    def add(self, row: ProgrammingRow) -> None:
        self.cost += row.total_cost
        for line in row.lines:
            for kind in self.MONEY:
                if (value := getattr(line, kind)) is not None:
                    self.sums[line.financier, kind] += value

    def row(self) -> list[Any]:
        by_financier = [self.sums.get((name, part)) for name in self.financiers for part in PARTS]
        before = [None] * (len(TITLES) - 2)
        return ["Total", *before, self.cost, *by_financier, *(None for _ in CLOSING_TITLES)]
