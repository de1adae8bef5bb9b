"""What becomes of a table of opinions when it comes back: first a trial, then all of it in one go, or nothing.

The trial goes through the door and is given up again, so that a preview says what the door will say.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from cases import standing_in
from cases.exchange_words import (
    AMOUNT_ASKED,
    NO_AMOUNT_HERE,
    NOT_IN_THIS_TABLE,
    OPINION_ASKED,
    OPINION_ERASED,
)
from cases.models import FundingLine
from cases.offline import VERDICTS, Seat, said_on
from cases.shown import Shown
from cases.states import Verdict
from cases.workbook.errors import CellError
from cases.workbook.seat_reading import read_seat
from cases.workbook.seat_sheet import SHEET, Opinion, SeatTable, TypedLine
from workflow import engine
from workflow.calendar import paris_day
from workflow.journal import Code
from workflow.refusal import Refusal

WITHOUT_MONEY = (Verdict.UNFAVOURABLE, Verdict.ABSTENTION, Verdict.RECUSED)
WITH_MONEY = (Verdict.FAVOURABLE, Verdict.RESERVED)


@dataclass
class Change:
    """One row that was filled in: what stands here, what it says, and what the door answers."""

    row: TypedLine
    line: FundingLine
    seen: str
    refusals: tuple[Refusal, ...] = ()

    @property
    def now(self) -> Opinion:
        return said_on(self.line)

    @property
    def said(self) -> Opinion:
        return self.row.opinion

    @property
    def is_stale(self) -> bool:
        """Whether something changed here since the table left."""
        return (self.line.version, self.seen) != (self.row.version, self.row.seen)

    @property
    def mark(self) -> str:
        """What somebody who maintains this opinion was shown."""
        return f"{self.line.uuid}:{self.line.version}:{self.seen}"


@dataclass
class Preview:
    """What a table would do. With `errors` it does nothing."""

    table: SeatTable
    changes: list[Change] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    @property
    def ready(self) -> list[Change]:
        return [one for one in self.changes if not one.is_stale and not one.refusals]

    @property
    def stale(self) -> list[Change]:
        return [one for one in self.changes if one.is_stale and not one.refusals]

    @property
    def refused(self) -> list[Change]:
        return [one for one in self.changes if one.refusals]

    @property
    def unchanged(self) -> int:
        return len(self.table.rows) - len(self.changes)


def read(raw: bytes) -> SeatTable:
    """The table in a file; raises WorkbookErrors."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "avis.xlsx"
        path.write_bytes(raw)
        return read_seat(path, verdicts=VERDICTS)


def is_of(table: SeatTable, seat: Seat) -> bool:
    """Whether it left from here, for this very seat."""
    return (table.cycle, table.seat) == (seat.cycle.code, str(seat.financier.organisation.uuid))


def preview(table: SeatTable, seat: Seat, told: dict[str, Any], *, by, at: datetime) -> Preview:
    """Every row that would change something, as the door answers it; nothing is kept. `told`: how the team heard."""
    found = Preview(table)
    lines = {str(line.uuid): line for line in seat.lines().named([row.uuid for row in table.rows])}
    shown = Shown(lines.values())
    for row in table.rows:
        line = lines.get(row.uuid)
        if line is None:
            found.errors.append(CellError(SHEET, str(row.row), NOT_IN_THIS_TABLE))
        elif row.is_filled and row.opinion != said_on(line):
            found.changes.append(Change(row, line, shown.digest(line)))
            found.errors += _misfilled(table, row)
    if found.changes and not found.errors:
        _try(found, seat, told, by, at)
    return found


def _misfilled(table: SeatTable, row: TypedLine) -> Iterable[CellError]:
    """What a verdict asks of its amount; the rest is the door's to say."""
    verdict, amount, *_ = row.opinion
    if not verdict:
        was_given = row.base != Opinion().mark
        yield CellError(SHEET, table.cell(row, "verdict"), OPINION_ERASED if was_given else OPINION_ASKED)
    elif verdict in WITHOUT_MONEY and amount:
        yield CellError(SHEET, table.cell(row, "amount"), NO_AMOUNT_HERE)
    elif verdict in WITH_MONEY and amount is None:
        yield CellError(SHEET, table.cell(row, "amount"), AMOUNT_ASKED)


def _try(found: Preview, seat: Seat, told: dict[str, Any], by, at: datetime) -> None:
    with transaction.atomic():
        answers = _fire(found.changes, seat, told, by, at)
        transaction.set_rollback(True)
    for change, refusals in zip(found.changes, answers, strict=True):
        change.refusals = refusals
        found.errors += [
            CellError(SHEET, found.table.cell(change.row, one.place), one.sentence)
            for one in refusals
            if one.place in found.table.columns
        ]


def _fire(changes: list[Change], seat: Seat, told: dict[str, Any], by, at: datetime) -> list[tuple]:
    """One call of the door for all: each row on the version and the digest that the person has before them."""
    versions = {one.line.pk: one.line.version for one in changes}
    lines = [one.line for one in changes]
    away = {} if seat.by_team else standing_in.delegations(by, lines, paris_day(at))
    each = {one.line.pk: _facts(one, seat) | away.get(one.line.pk, {}) for one in changes}
    outcomes = engine.fire_many(lines, seat.move, by=by, at=at, versions=versions, facts=told, each=each)
    return [one.refusals for one in outcomes]


def _facts(change: Change, seat: Seat) -> dict[str, Any]:
    """A table does not ask in the name of which level: it stays, or is the first."""
    verdict, amount, motive, conditions = change.said
    amount = None if verdict in WITHOUT_MONEY else amount
    facts = {"verdict": Verdict(verdict), "amount": amount, "motive": motive, "conditions": conditions}
    facts["level"] = change.line.level or next(iter(seat.financier.levels), "")
    return facts if seat.by_team else facts | {"seen": Code(change.seen)}


def keep(
    found: Preview,
    promised: set[str],
    maintained: set[str],
    seat: Seat,
    told: dict[str, Any],
    *,
    by,
    at: datetime,
) -> int | None:
    """Give the opinions that were promised, and those that were maintained as they were shown: how many.

    None, and nothing is kept, where one of them is no longer as it was shown: the preview is to be read again.
    """
    chosen = [one for one in found.changes if one.row.uuid in promised or one.mark in maintained]
    shown = {mark.partition(":")[0] for mark in maintained} | promised
    moved = [one for one in chosen if one.is_stale and one.mark not in maintained]
    if found.errors or moved or any(one.row.uuid in shown and one not in chosen for one in found.changes):
        return None
    with transaction.atomic():
        refused = bool(chosen) and any(_fire(chosen, seat, told, by, at))
        transaction.set_rollback(refused)
    return None if refused else len(chosen)
