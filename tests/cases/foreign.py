"""Somebody else's table, as a real file."""

from pathlib import Path

import openpyxl

from cases.workbook.foreign import ForeignTable, read_foreign


def a_table(folder: Path, titles: list, *rows: list, name: str = "Extraction") -> Path:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in (titles, *rows):
        book.active.append(row)
    path = folder / "tableau.xlsx"
    book.save(path)
    return path


def read(folder: Path, titles: list, *rows: list) -> ForeignTable:
    return read_foreign(a_table(folder, titles, *rows))
