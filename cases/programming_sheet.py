"""A whole programming on paper, from plain data: as it is now, or as it was signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cases.programming import Cell
from cases.programming_sums import NONE, NOTHING, Sums
from cases.signing import OF_LINE, Table
from cases.states import DossierState

AMOUNTS = ("previous", "requested", "team_proposal", "proposed", "decided")


@dataclass(frozen=True)
class SheetColumn:
    """One envelope and the sums of its cells."""

    key: int
    financier: str
    label: str
    available: Decimal | None
    sums: Sums

    @property
    def overrun(self) -> Decimal:
        return NONE if self.available is None else max(NONE, self.sums.planned - self.available)


@dataclass(frozen=True)
class SheetRow:
    facts: dict[str, Any]
    cells: dict[int, Cell]

    @property
    def reference(self) -> str:
        return f"{self.facts['number']:03d}"

    @property
    def state(self) -> str:
        return DossierState(self.facts["state"]).label

    @property
    def planned(self) -> Decimal:
        return sum((one.planned or NONE for one in self.cells.values() if not one.in_kind), NONE)

    @property
    def cost(self) -> Decimal:
        return Decimal(self.facts["cost"])

    @property
    def share(self) -> int | None:
        return round(100 * self.planned / self.cost) if self.cost else None


@dataclass(frozen=True)
class Sheet:
    columns: list[SheetColumn]
    rows: list[SheetRow]

    @property
    def planned(self) -> Decimal:
        return sum((one.sums.planned for one in self.columns), NONE)


def sheet_of(table: Table) -> Sheet:
    """The columns that somebody asks for, every row, and the sums over all of them."""
    rows = [SheetRow(one, _cells(one)) for one in table.rows]
    columns = [_column(one, rows) for one in table.columns]
    return Sheet([one for one in columns if any(one.key in row.cells for row in rows)], rows)


def _column(told: dict[str, Any], rows: Iterable[SheetRow]) -> SheetColumn:
    key, sums = told["key"], NOTHING
    for row in rows:
        cell = row.cells.get(key)
        if cell is not None and not cell.in_kind:
            sums += _sums(cell)
    return SheetColumn(key, told["financier"], told["label"], _amount(told["available"]), sums)


def _sums(cell: Cell) -> Sums:
    told = (cell.previous, cell.requested, cell.proposed, cell.team, cell.planned, cell.decided)
    return Sums(*(one or NONE for one in told))


def _cells(row: dict[str, Any]) -> dict[int, Cell]:
    return {
        one["envelope"]: Cell(
            0, row["number"], one["envelope"], 0, *(_told(name, one[name]) for name in OF_LINE)
        )
        for one in row["lines"]
    }


def _told(name: str, value):
    """Amounts were kept as text, so that their digest never depends on a database."""
    return _amount(value) if name in AMOUNTS else value


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
