"""The *tableau de programmation* as a workbook: read with every error at once, written as people know it.

Reading does not use openpyxl, because its read-only mode hides masked rows, merged cells and formulas without
a result, and builds in memory whatever a hostile file asks for. Writing does.
"""

from cases.workbook.errors import CellError, WorkbookErrors
from cases.workbook.programming import Programming, ProgrammingLine, ProgrammingRow
from cases.workbook.reading import read_programming
from cases.workbook.writing import write_programming

__all__ = [
    "CellError",
    "Programming",
    "ProgrammingLine",
    "ProgrammingRow",
    "WorkbookErrors",
    "read_programming",
    "write_programming",
]
