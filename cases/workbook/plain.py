"""Any table of ours as a sheet that people know: typed cells, a header that stays, no formula."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from cases.workbook.writing import USUAL_WIDTH, Styles, placed


def write_table(
    name: str, titles: Sequence[str], rows: Iterable[Sequence[Any]], *, widths: Mapping[str, int], frozen: str
) -> bytes:
    """One sheet of that name, row by row; `frozen` is the first cell that moves, `widths` {title: characters}."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = frozen
    for column, title in enumerate(titles, 1):
        sheet.column_dimensions[get_column_letter(column)].width = widths.get(title, USUAL_WIDTH)
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"
    sheet._values_to_row = partial(placed, WriteOnlyCell(sheet))  # noqa: SLF001 because of what `writing` says
    styles = Styles(sheet)
    written = {str: styles.text, Decimal: styles.money, date: styles.day}
    sheet.append([styles.header(title) for title in titles])
    for row in rows:
        styles.used = 0
        sheet.append([written[type(value)](value) if type(value) in written else value for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
