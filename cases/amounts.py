"""Amounts typed in a programming: which cells changed, each kept through the door or refused by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from cases import programming_words as words
from cases.forms.fields import MoneyField
from cases.models import EnvelopeKind, FundingLine
from workflow import engine
from workflow.models import Cycle

MONEY = MoneyField(required=False)
SEEN, AMOUNT, CEILING = "-seen", "-amount", "-ceiling"
STALE = "stale"


def mark(version: int, amount: Decimal | None) -> str:
    """What a cell carries of what it showed: « 7:800.00 »."""
    return f"{version}:{'' if amount is None else format(amount, '.2f')}"


@dataclass
class Typed:
    """One cell of which somebody changed the amount; `error` says why it is not kept.

    `line` is the key of what it stands for: a line, or in a scenario's hypotheses an envelope.
    """

    line: int
    raw: str
    version: int
    was: Decimal | None
    amount: Decimal | None = None
    error: str = ""
    stale: bool = False
    saved: bool = False

    @property
    def changes(self) -> bool:
        return bool(self.error) or self.amount != self.was


def is_whole(data: Mapping[str, str]) -> bool:
    """Whether anything sent says what it showed: else the page came incomplete."""
    return any(name.endswith(SEEN) for name in data)


def read(data: Mapping[str, str], only: str = "", kind: str = AMOUNT) -> list[Typed]:
    """The cells that were changed, among those sent or the one named; what makes no sense is left out."""
    names = [only] if only else list(data)
    cells = [_cell(data, name.removesuffix(kind), kind) for name in names if name.endswith(kind)]
    return [cell for cell in cells if cell is not None and cell.changes]


def known(cells: Iterable[Typed], there: Mapping[int, Any]) -> list[Typed]:
    """Those of which the place is still there and the amount makes sense; the others learn why not."""
    for cell in cells:
        if cell.line not in there:
            cell.error = words.NO_SUCH_LINE
    return [cell for cell in cells if not cell.error]


def _cell(data: Mapping[str, str], key: str, kind: str) -> Typed | None:
    version, colon, was = data.get(f"{key}{SEEN}", "").partition(":")
    if not (key.isdecimal() and version.isdecimal() and colon and len(key) < 19 and len(version) < 10):
        return None
    raw = data.get(f"{key}{kind}", "")[:40]
    try:
        cell = Typed(int(key), raw, int(version), MONEY.to_python(was))
    except ValidationError:
        return None
    try:
        cell.amount = MONEY.to_python(raw)
    except ValidationError:
        cell.error = words.NOT_AN_AMOUNT
    return cell


def lines_of(cycle: Cycle, keys: Iterable[int]) -> dict[int, FundingLine]:
    """Those among these lines whose proposal is still to make, in the programming of one call."""
    rows = FundingLine.objects.filter(pk__in=list(keys), cycle=cycle.pk, in_kind=False, outcome="")
    rows = rows.exclude(envelope__nature=EnvelopeKind.MAINSTREAM).select_related("envelope", "dossier")
    return {line.pk: line for line in rows.order_by("pk")}


def keep(cycle: Cycle, cells: list[Typed], *, by, at: datetime) -> None:
    """Each amount through the door by itself, in one call; what became of it is written on the cell."""
    lines = lines_of(cycle, [cell.line for cell in cells])
    there = known(cells, lines)
    outcomes = engine.amend_many(
        {lines[cell.line]: {"team_proposal": cell.amount} for cell in there},
        by=by,
        at=at,
        versions={cell.line: cell.version for cell in there},
    )
    told = {one.subject_id: one for one in outcomes}
    now = lines_of(cycle, [cell.line for cell in there])
    for cell in there:
        _tell(cell, told[cell.line], now.get(cell.line))


def _tell(cell: Typed, outcome, line: FundingLine | None) -> None:
    cell.saved = not outcome.refusals
    cell.stale = any(one.code == STALE for one in outcome.refusals)
    if cell.stale and line is not None:
        cell.error = words.changed_meanwhile(line.team_proposal)
    elif outcome.refusals:
        cell.error = " ".join(one.sentence for one in outcome.refusals)
    if line is not None and (cell.saved or cell.stale):
        cell.version, cell.was = line.version, line.team_proposal
