"""What an elected member reads before a committee: the agenda, each dossier in short, the money. Never a draft, a mark
of the grid, a comment on anybody, nor why a financier thinks what it thinks."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.board import Board, Row, board
from cases.models import Attendee, Committee, Dossier, Instruction
from cases.order_of_day import Point, order_of_day
from cases.sitting import ON_THE_TABLE
from cases.states import DossierState

READABLE = (
    *ON_THE_TABLE,
    DossierState.DECIDED,
    DossierState.ANSWERED,
    DossierState.REPORTING,
    DossierState.CLOSED,
)
"""From when on a dossier is the committee's business."""


@dataclass(frozen=True)
class Leaf:
    """One dossier of the pack."""

    row: Row
    summary: str
    neighbourhoods: tuple[str, ...]

    @property
    def dossier(self) -> Dossier:
        return self.row.dossier


@dataclass(frozen=True)
class Pack:
    points: list[Point]
    leaves: list[Leaf]
    board: Board
    expected: list[Attendee]


def pack(committee: Committee) -> Pack:
    """Ten queries whatever the number of dossiers."""
    points = order_of_day(committee)
    for point in points:
        point.dossiers = [one for one in point.dossiers if one.state in READABLE]
    called = {one.pk for point in points for one in point.dossiers}
    waiting = Dossier.objects.in_state(*ON_THE_TABLE).filter(committee.takes)
    laid = Dossier.objects.filter(pk__in=called) | waiting
    table = board(laid.select_related("orientation"), committee.cycle)
    return Pack(points, _leaves(table.rows), table, list(Attendee.objects.of(committee).with_goals()))


def _leaves(rows: Iterable[Row]) -> list[Leaf]:
    found = sorted(rows, key=lambda row: row.dossier.number)
    keys = [row.dossier.pk for row in found]
    sheets = Instruction.objects.filter(dossier__in=keys).order_by("pk")
    summaries = dict(sheets.values_list("dossier", "summary"))
    quarters = Dossier.objects.filter(pk__in=keys).quarters()
    return [Leaf(row, summaries.get(row.dossier.pk, ""), quarters.get(row.dossier.pk, ())) for row in found]
