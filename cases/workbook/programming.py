"""The programming as plain facts: one row per dossier, one line per financier that is concerned by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

KINDS = ("decided", "proposed", "requested")
"""What is known of a line, the last word first."""


class ProgrammingLine(NamedTuple):
    """What one financier was asked for one dossier, in euros; `requested` is None when only N-1 is known."""

    financier: str
    previous: Decimal | None = None
    requested: Decimal | None = None
    opinion: str = ""
    proposed: Decimal | None = None
    decided: Decimal | None = None


class ProgrammingRow(NamedTuple):
    """One dossier; `place` says where it stood (« Programmation!A12 ») and is blank when it comes from elsewhere."""

    place: str
    number: str
    holder: str
    siret: str
    title: str
    renewal: bool
    orientation: str
    neighbourhoods: tuple[str, ...]
    public: str
    public_count: int | None
    total_cost: Decimal
    lines: tuple[ProgrammingLine, ...]
    remarks: str = ""
    committee_decision: str = ""
    deliberated_on: date | None = None
    notified_on: date | None = None
    reference: str = ""

    @property
    def asked(self) -> tuple[ProgrammingLine, ...]:
        """The lines with money really asked: a zero asks nothing."""
        return tuple(line for line in self.lines if line.requested)

    @property
    def public_share(self) -> Decimal | None:
        """Percent of the cost paid by the financiers: decided, else proposed, else requested; None without cost."""
        for kind in KINDS:
            amounts = [amount for line in self.lines if (amount := getattr(line, kind)) is not None]
            if amounts:
                return percent(sum(amounts), self.total_cost)
        return None


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """To the first decimal; None of nothing. Both in the same unit."""
    return round(100 * Decimal(part) / Decimal(whole), 1) if whole else None


@dataclass(frozen=True)
class Programming:
    """The whole table; the financiers stand in the order of its columns.

    `columns` says under which letter each field and each request stood, so that a later check can name a cell.
    """

    financiers: tuple[str, ...]
    rows: tuple[ProgrammingRow, ...]
    columns: Mapping[str, str] = field(default_factory=dict, compare=False)
