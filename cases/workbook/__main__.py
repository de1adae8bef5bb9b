"""Make a workbook from a table that a person can read and compare: python -m cases.workbook TABLE.csv OUT.xlsx

The table has the same titles, a semicolon between columns, UTF-8. Its cells are taken as texts, as they stand.
"""

import csv
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook

from cases.workbook import WorkbookErrors, read_programming, write_programming
from cases.workbook.writing import SHEET


def convert(table: Path, out: Path) -> None:
    """Read every cell of `table` under the workbook's own rules, then write `out`; raises WorkbookErrors."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "table.xlsx"
        book = Workbook(write_only=True)
        sheet = book.create_sheet(SHEET)
        with table.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines, delimiter=";"):
                sheet.append(row)
        book.save(bare)
        write_programming(out, read_programming(bare))


if __name__ == "__main__":
    try:
        convert(Path(sys.argv[1]), Path(sys.argv[2]))
    except WorkbookErrors as errors:
        sys.exit(str(errors))
