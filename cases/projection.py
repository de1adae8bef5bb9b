"""What a committee looks at together, page after page: each point of the agenda, its money, its decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from cases import sitting
from cases.board import Board, Cell, Row, board
from cases.models import Committee, Dossier, Envelope
from cases.order_of_day import Point, order_of_day
from cases.states import DECIDED_LINE, LineMove
from workflow import engine

ORDER = (LineMove.REFUSE, LineMove.WITHHOLD, LineMove.GRANT)
"""What gives money back comes before what takes it."""


@dataclass
class Slide:
    """One page of the projection: `number` counts from 1; 0 is the cover."""

    number: int
    many: int
    points: list[Point]
    point: Point | None = None
    board: Board | None = None

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 0 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.many else None

    @property
    def rows(self) -> list[Row]:
        return self.board.rows if self.board else []

    @property
    def row(self) -> Row | None:
        """The dossier of a page that shows one."""
        return self.rows[0] if len(self.rows) == 1 else None

    @property
    def is_list(self) -> bool:
        return len(self.rows) > 1

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if _waits(row)]

    @property
    def agreed(self) -> list[Row]:
        """Those that one click settles: each financier's word is noted, or proposed without a doubt."""
        return [row for row in self.open_rows if is_complete(row)]

    @property
    def purses(self) -> list["Purse"]:
        return purses_of(self.rows, self.board.envelopes) if self.board else []

    @property
    def seen(self) -> str:
        """A digest of what stands on it, so that a screen that only looks is swapped when something changed."""
        item = [self.point.item.version] if self.point else [one.item.version for one in self.points]
        return seen_of(self.rows, *item)


@dataclass(frozen=True)
class Purse:
    """One envelope beside what these dossiers would take from it, in euros."""

    envelope: Envelope
    remaining: Decimal | None
    taken: Decimal

    @property
    def left(self) -> Decimal | None:
        return None if self.remaining is None else self.remaining - self.taken

    @property
    def over(self) -> Decimal:
        return max(Decimal(0), -self.left) if self.left is not None else Decimal(0)


def slide(committee: Committee, number: int, *, proposing: bool) -> Slide:
    """One page, with the board of its own dossiers only; beyond the last the last.

    `proposing` fills in what the financiers proposed where nothing is noted yet: nothing is written.
    """
    points = order_of_day(committee)
    found = Slide(max(0, min(number, len(points))), len(points), points)
    if found.number:
        found.point = points[found.number - 1]
        found.board = _board(committee, found.point)
    if proposing:
        propose(found.open_rows)
    return found


def propose(rows: Iterable[Row]) -> None:
    for cell in [cell for row in rows for cell in row.cells]:
        cell.propose()


def _board(committee: Committee, point: Point) -> Board | None:
    """In the order of the agenda."""
    if not point.dossiers:
        return None
    laid = board(Dossier.objects.filter(pk__in=point.item.dossiers), committee.cycle)
    rank = {key: place for place, key in enumerate(point.item.dossiers)}
    rows = sorted(laid.rows, key=lambda row: rank[row.dossier.pk])
    return Board(rows, laid.envelopes)


def _waits(row: Row) -> bool:
    return row.dossier.state in sitting.ON_THE_TABLE and not row.is_deferred


def is_complete(row: Row) -> bool:
    return all(not cell.is_open or _speaks(cell) for cell in row.cells)


def _speaks(cell: Cell) -> bool:
    return bool(cell.word) and (cell.word != LineMove.GRANT or bool(cell.amount))


def _is_written(cell: Cell) -> bool:
    return cell.line.state in DECIDED_LINE


def seen_of(rows: Iterable[Row], *more) -> str:
    """A digest of what stands on the page about these dossiers."""
    told = [[row.dossier.version, [cell.line.version for cell in row.cells]] for row in rows]
    return sha256(repr([told, more]).encode()).hexdigest()[:16]


def purses_of(rows: Iterable[Row], envelopes: Iterable[Envelope]) -> list[Purse]:
    """What would remain of each envelope that these dossiers ask something of."""
    taken: dict[int, Decimal] = {}
    for cell in [cell for row in rows for cell in row.cells]:
        gives = cell.word == LineMove.GRANT and not _is_written(cell) and isinstance(cell.amount, Decimal)
        taken.setdefault(cell.line.envelope_id, Decimal(0))
        taken[cell.line.envelope_id] += cell.amount if gives else Decimal(0)
    return [Purse(one, one.room, taken[one.pk]) for one in envelopes if one.pk in taken]


def settle(rows: list[Row], committee: Committee, *, by, at: datetime) -> list[sitting.Result]:
    """Write every proposed word of these dossiers, then the committee's decision on each of them that stands whole.

    The versions are those just read: whoever calls has compared them with what the page showed (`seen_of`).
    """
    propose(rows)
    cells = [cell for row in rows for cell in row.cells if cell.is_open and not _is_written(cell)]
    refused: dict[int, tuple] = {}
    for move in ORDER:
        told = [cell for cell in cells if cell.word == move]
        each = {cell.line.pk: {"amount": cell.amount} for cell in told if move == LineMove.GRANT}
        versions = {cell.line.pk: cell.line.version for cell in told}
        lines = [cell.line for cell in told]
        outcomes = engine.fire_many(lines, move, by=by, at=at, versions=versions, each=each)
        refused |= {one.subject_id: one.refusals for one in outcomes if one.refusals}
    whole = [row for row in rows if not any(cell.line.pk in refused for cell in row.cells)]
    versions = {row.dossier.pk: row.dossier.version for row in whole}
    results = sitting.decide(whole, committee, versions, by=by, at=at)
    decided = {one.row.dossier.pk: one for one in results}
    return [
        decided.get(row.dossier.pk) or sitting.Result(row, _why(row, refused), repeated=False) for row in rows
    ]


def _why(row: Row, refused: dict[int, tuple]) -> tuple:
    return tuple(dict.fromkeys(one for cell in row.cells for one in refused.get(cell.line.pk, ())))
