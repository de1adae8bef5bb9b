"""A table of opinions as a person fills it in: by the titles of its columns, in a real spreadsheet file."""

from io import BytesIO

import openpyxl

from cases import homecoming, offline


class Filled:
    """The exported table of a seat, opened, written in, saved again."""

    def __init__(self, raw: bytes):
        self.book = openpyxl.load_workbook(BytesIO(raw))
        self.sheet = self.book.active
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def row_of(self, number: str) -> int:
        column = self.columns["N°"]
        return next(row for row in range(2, 500) if self.sheet.cell(row, column).value == number)

    def cell(self, number: str, title: str):
        return self.sheet.cell(self.row_of(number), self.columns[title])

    def write(self, number: str, *, verdict=None, amount=None, motive=None, conditions=None) -> "Filled":
        own = {"Avis": verdict, "Montant proposé": amount, "Motif": motive, "Condition": conditions}
        for title, value in own.items():
            if value is not None:
                self.cell(number, title).value = value
        return self

    @property
    def raw(self) -> bytes:
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()


def seat(year, name: str = "etat", user=None) -> offline.Seat:
    return offline.seat_of(user or year.financiers[name], year.cycle.code, name)


def exported(year, name: str = "etat", user=None) -> Filled:
    return Filled(offline.export(seat(year, name, user)))


def preview(year, filled: Filled, *, at, name="etat", user=None, told=None) -> homecoming.Preview:
    table = homecoming.read(filled.raw)
    return homecoming.preview(
        table, seat(year, name, user), told or {}, by=user or year.financiers[name], at=at
    )
