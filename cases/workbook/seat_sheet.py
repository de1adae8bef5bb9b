"""A financier's own columns, filled in away from the service: what a row holds, and of which cycle and seat it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from cases.workbook.values import readable

SHEET = "Avis"
MARK = "jalons-avis/1"
IDENTITY = {"version": "Version", "seen": "Empreinte"}
"""Beside the identifiers, whose title is the mark of the sheet."""
READ_ONLY = {
    "number": "N°",
    "holder": "Porteur",
    "title": "Intitulé de l’action",
    "total_cost": "Coût total",
    "previous": "N-1",
    "requested": "Demandé",
    "team_proposal": "Proposé par l’équipe",
}
OWN = {"verdict": "Avis", "amount": "Montant proposé", "motive": "Motif", "conditions": "Condition"}
"""The four columns that a financier fills in."""


class Opinion(NamedTuple):
    """What a financier says of one dossier; the verdict is its code, the amount in euros."""

    verdict: str = ""
    amount: Decimal | None = None
    motive: str = ""
    conditions: str = ""

    @property
    def mark(self) -> str:
        """What tells a row that was filled in from one that was left as it came."""
        amount = "" if self.amount is None else f"{self.amount:.2f}"
        return sha256(f"{self.verdict}|{amount}|{self.motive}|{self.conditions}".encode()).hexdigest()[:16]


def plain_words(text: str) -> str:
    """A motive or a condition as it comes back: line endings and last blanks differ between spreadsheets."""
    return "\n".join(line.rstrip() for line in readable(text).splitlines()).strip()


class SheetLine(NamedTuple):
    """One dossier as it leaves; `seen` is the digest of what this financier is shown of it."""

    uuid: str
    version: int
    seen: str
    number: str
    holder: str
    title: str
    total_cost: Decimal
    previous: Decimal | None
    requested: Decimal
    team_proposal: Decimal | None
    opinion: Opinion


class TypedLine(NamedTuple):
    """One dossier as it comes back; `base` is the mark of the opinion with which it left."""

    row: int
    uuid: str
    version: int
    seen: str
    base: str
    opinion: Opinion

    @property
    def is_filled(self) -> bool:
        """Whether somebody wrote in it since it left."""
        return self.opinion.mark != self.base


@dataclass(frozen=True)
class SeatTable:
    """The whole sheet that came back. `columns` says under which letter each own column stands."""

    cycle: str
    seat: str
    rows: tuple[TypedLine, ...]
    columns: Mapping[str, str]

    def cell(self, row: TypedLine, name: str) -> str:
        """The address of one of a row's own cells: « K12 »; the row alone where it is about none of them."""
        return f"{self.columns.get(name, '')}{row.row}"


def title_of(cycle: str, seat: str) -> str:
    """What stands above the identifiers: of which cycle and of whose seat this sheet is."""
    return f"{MARK}/{cycle}/{seat}"


def origin_of(title: str) -> tuple[str, str] | None:
    """The cycle and the seat that such a title names; None where it is none of ours."""
    if not title.startswith(f"{MARK}/"):
        return None
    cycle, _, seat = title.removeprefix(f"{MARK}/").partition("/")
    return (cycle, seat) if cycle and seat and "/" not in seat else None
