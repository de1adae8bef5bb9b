"""Any table of ours as a sheet that people know: typed cells, a header that stays, no formula."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from cases.workbook.writing import USUAL_WIDTH, Styles, mended, placed


class Table(NamedTuple):
    """One sheet; `frozen` is the first cell that moves, `widths` {title: characters}."""

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Mapping[str, int]
    frozen: str


def write_table(
    name: str, titles: Sequence[str], rows: Iterable[Sequence[Any]], *, widths: Mapping[str, int], frozen: str
) -> bytes:
    """One sheet of that name, row by row."""
    return write_tables([Table(name, titles, rows, widths, frozen)])


def write_tables(tables: Iterable[Table]) -> bytes:
    """A sheet after the other, each row by row."""
    book = Workbook(write_only=True)
    for table in tables:
        _write(book.create_sheet(table.name), table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet, table: Table) -> None:
    sheet.freeze_panes = table.frozen
    for column, title in enumerate(table.titles, 1):
        sheet.column_dimensions[get_column_letter(column)].width = table.widths.get(title, USUAL_WIDTH)
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"
    sheet._values_to_row = partial(placed, WriteOnlyCell(sheet))  # noqa: SLF001 because of what `writing` says
    styles = Styles(sheet)
    written = {str: styles.text, Decimal: styles.money, date: styles.day}
    sheet.append([styles.header(mended(title)) for title in table.titles])
    for row in table.rows:
        styles.used = 0
        sheet.append([written[type(value)](value) if type(value) in written else value for value in row])
