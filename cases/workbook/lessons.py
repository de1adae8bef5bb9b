"""What the years teach, taken away: three sheets of figures, small ones left out, no name in them."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cases.workbook.writing import WholeText

FEW = "moins de 5"
LABELS_WIDE, FIGURES_WIDE = 46, 18
Sheet = tuple[str, Iterable[str], Iterable[Iterable[Any]]]
"""(its name, its titles, its rows); None stands for a figure too small to be shown."""


def write_lessons(sheets: Iterable[Sheet]) -> bytes:
    book = Workbook(write_only=True)
    for name, titles, rows in sheets:
        sheet, titles = book.create_sheet(name), list(titles)
        sheet.freeze_panes = "B2"
        for column in range(1, len(titles) + 1):
            wide = LABELS_WIDE if column == 1 else FIGURES_WIDE
            sheet.column_dimensions[get_column_letter(column)].width = wide
        cells = WholeText(sheet)
        sheet.append([_strong(cells.text(title)) for title in titles])
        for row in rows:
            sheet.append([cells.of(FEW if value is None else value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _strong(cell):
    cell.font = Font(bold=True)
    return cell
