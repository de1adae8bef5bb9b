"""A call's programming, one page of it: dossiers by envelopes, what is asked, opined, proposed, decided, and the sums.

A constant number of queries whatever the page shows; its rows are plain values, because a model per cell would cost
more than reading them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet, Window

from cases import programming_sums as sums
from cases.models import Dossier, Envelope, EnvelopeKind, FundingLine
from cases.programming_sums import NONE, NOTHING, Sums
from cases.states import LineState
from cases.tables import Pages
from workflow.models import Cycle

PER_PAGE = 50
OF_LINE = (
    "pk", "dossier", "envelope", "version", "previous", "requested", "in_kind",
    "team_proposal", "verdict", "state", "outcome", "proposed", "decided",
)  # fmt: skip


class Cell(NamedTuple):
    """One line, as it is or as a scenario supposes it; amounts in euros."""

    line: int
    dossier: int
    envelope: int
    version: int
    previous: Decimal | None
    requested: Decimal
    in_kind: bool
    team: Decimal | None
    verdict: str
    state: str
    outcome: str
    proposed: Decimal | None
    decided: Decimal | None

    @property
    def planned(self) -> Decimal | None:
        """What is decided, else what the team proposes, else what the financier proposes."""
        if self.outcome:
            return self.decided or NONE
        return self.proposed if self.team is None else self.team

    @property
    def is_silent(self) -> bool:
        return not self.verdict and self.state == LineState.SILENT


class Column:
    """One envelope, with its sums over the whole call and over what the filters keep.

    `available` is what its own lines may take: what its parts hold back, `split`, stands in their columns.
    """

    def __init__(
        self,
        envelope: Envelope,
        whole: Sums | None,
        kept: Sums | None,
        ceiling: Decimal | None = None,
        split: Decimal = NONE,
    ):
        self.envelope, self.whole, self.kept = envelope, whole or NOTHING, kept or NOTHING
        self.is_asked = whole is not None
        self.supposed, self.is_supposed = ceiling, ceiling is not None
        self.split = split
        known = envelope.available if ceiling is None else ceiling
        self.available = None if known is None else known - split

    @property
    def is_told(self) -> bool:
        """Whether it says something: money of the call always does, droit commun once somebody asks for it."""
        return self.is_asked or not self.is_mainstream

    @property
    def is_mainstream(self) -> bool:
        return self.envelope.nature == EnvelopeKind.MAINSTREAM

    @property
    def remaining(self) -> Decimal | None:
        """What is left of it once all that is programmed is given; None while it is unknown."""
        return None if self.available is None else self.available - self.whole.planned

    @property
    def overrun(self) -> Decimal:
        """How far the programming stands above it, over every dossier of the call: over-programming is said."""
        return NONE if self.remaining is None else max(NONE, -self.remaining)


@dataclass
class Row:
    """One dossier on the page, with its cells by envelope."""

    dossier: Dossier
    to_discuss: bool
    """Somebody asks for it, or the opinions do not agree."""
    group: Any
    cells: dict[int, Cell] = field(default_factory=dict)

    @property
    def given(self) -> dict[int, Decimal]:
        """{envelope: what counts}: what is programmed, as long as anything is; else what is asked."""
        money = {key: one for key, one in self.cells.items() if not one.in_kind}
        planned = {key: one.planned for key, one in money.items() if one.planned is not None}
        return planned or {key: one.requested for key, one in money.items()}

    @property
    def share(self) -> int | None:
        """How much of the cost these financiers would pay, in percent; None without a cost."""
        cost = self.dossier.total_cost
        return round(100 * sum(self.given.values(), NONE) / cost) if cost else None

    @property
    def share_over(self) -> int | None:
        """The call's usual ceiling, where the share is above it: it warns, and refuses nothing."""
        ceiling = self.dossier.rules.public_share
        return ceiling if None not in (self.share, ceiling) and self.share > ceiling else None

    def too_few(self, seats: dict[int, int]) -> int | None:
        """How many financiers would pay, where the call asks for more; `seats` {envelope: its financier}."""
        paying = len({seats[key] for key, amount in self.given.items() if amount})
        least = self.dossier.rules.least_financiers
        return paying if least and paying < least else None

    @property
    def planned(self) -> Decimal:
        """What is programmed for it in all."""
        return sum((one.planned or NONE for one in self.cells.values() if not one.in_kind), NONE)


@dataclass(frozen=True)
class Group:
    """Rows that stand together, with the sums over all of them, on this page or not."""

    key: Any
    label: str
    rows: list[Row]
    sums: dict[int, Sums]


@dataclass(frozen=True)
class Table:
    cycle: Cycle
    envelopes: list[Column]
    """Every envelope of the call; the table has a column for each that is asked for."""
    groups: list[Group]
    page: Any
    narrowed: bool

    @property
    def columns(self) -> list[Column]:
        return [one for one in self.envelopes if one.is_asked]

    @property
    def seats(self) -> dict[int, int]:
        return {one.envelope.pk: one.envelope.financier_id for one in self.columns}

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def planned(self) -> Decimal:
        """What is programmed over all that the filters keep."""
        return sum((one.kept.planned for one in self.columns), NONE)

    @property
    def total(self) -> int:
        return self.page.paginator.count


def columns_of(cycle: Cycle, scenario=None, kept: QuerySet[Dossier] | None = None) -> list[Column]:
    """Every envelope of a call with its sums, in two queries; three with what a scenario supposes."""
    return _columns(cycle, sums.read(cycle.pk, scenario, kept), scenario)


def _columns(cycle: Cycle, read: sums.Read, scenario) -> list[Column]:
    supposed = {} if scenario is None else dict(scenario.ceilings.values_list("envelope", "ceiling"))
    envelopes = list(Envelope.objects.of_cycle(cycle.pk))
    split: dict[int, Decimal] = {}
    for one in [part for part in envelopes if part.within_id]:
        split[one.within_id] = split.get(one.within_id, NONE) + supposed.get(one.pk, one.reserved)
    return [
        Column(
            one, read.whole.get(one.pk), read.kept.get(one.pk), supposed.get(one.pk), split.get(one.pk, NONE)
        )
        for one in envelopes
    ]


def table(cycle: Cycle, filters, *, page: int = 1, scenario=None) -> Table:
    """One page of the dossiers that the filters keep, in the order and the groups that they ask for."""
    kept = filters.kept(Dossier.objects.of_cycle(cycle.pk).programmed())
    read = sums.read(cycle.pk, scenario, kept if filters.narrows else None, filters.group_of_line)
    leaf = _leaf(filters.ordered(kept).values_list("pk", "is_calm", "group"), page)
    dossiers = filters.shown([key for key, *_ in leaf.object_list])
    rows = {key: Row(dossiers[key], not is_calm, group) for key, is_calm, group in leaf.object_list}
    for cell in cells_of(rows, scenario):
        rows[cell.dossier].cells[cell.envelope] = cell
    groups = _grouped(list(rows.values()), filters, read)
    return Table(cycle, _columns(cycle, read, scenario), groups, leaf, filters.narrows)


class Counted(Pages):
    """Pages of rows that were read one page at a time, how many there are in all beside each of them."""

    def page(self, number):
        return self._get_page(self.object_list, self.validate_number(number), self)


def _leaf(places: QuerySet, number: int):
    """(key, whether it is calm, its group) of each dossier of a page, in one query; beyond the last, the last."""
    counted = places.annotate(total=Window(Count("pk")))

    def rows(turn: int) -> list:
        return list(counted[(turn - 1) * PER_PAGE : turn * PER_PAGE])

    found = rows(max(number, 1))
    if not found and number > 1 and (many := places.count()):
        found = rows(-(-many // PER_PAGE))
    pages = Counted([row[:3] for row in found], PER_PAGE)
    pages.count = found[0][3] if found else 0
    return pages.get_page(number)


def cells_of(dossiers: Iterable[int], scenario=None) -> Iterable[Cell]:
    """The cells of these dossiers in one query; two with a scenario, whose amounts stand for the team's."""
    rows = FundingLine.objects.filter(dossier__in=list(dossiers)).order_by("dossier", "envelope")
    supposed = {}
    if scenario is not None:
        amounts = scenario.amounts.filter(line__dossier__in=list(dossiers))
        supposed = dict(amounts.values_list("line", "amount"))
    for row in rows.values_list(*OF_LINE):
        cell = Cell(*row)
        yield cell._replace(team=supposed[cell.line]) if cell.line in supposed else cell


def _grouped(rows: list[Row], filters, read: sums.Read) -> list[Group]:
    """The rows as they stand, group by group where they are grouped."""
    if not filters.grouping:
        return [Group(None, "", rows, {})]
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return [
        Group(key, filters.group_label(key, mine[0].dossier), mine, read.groups.get(key, {}))
        for key, mine in found.items()
    ]
