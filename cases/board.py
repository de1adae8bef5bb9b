"""The committee's table: dossiers by financiers, what is asked, opined, proposed and decided, and every envelope.

Three queries whatever the number of dossiers. The committee's page draws it; a programming page may draw it too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from cases import envelopes
from cases.line_life import TO_DECIDE
from cases.models import Dossier, Envelope, EnvelopeKind, FundingLine
from cases.states import DECIDED_LINE, DossierState, LineMove, LineState, Verdict
from workflow.models import Cycle
from workflow.money import euros

WORDS = {
    LineState.GRANTED: LineMove.GRANT,
    LineState.REFUSED: LineMove.REFUSE,
    LineState.UNDISCLOSED: LineMove.WITHHOLD,
}
"""What was said of a line, by the state it left it in."""

AGREES, DOUBTS = (Verdict.FAVOURABLE, Verdict.RESERVED), (Verdict.UNFAVOURABLE,)


@dataclass
class Cell:
    """One financier's line on the table; `word` and `amount` are what is noted, else what is proposed."""

    line: FundingLine
    word: str = ""
    amount: Decimal | str | None = None
    errors: list[str] = field(default_factory=list)

    def __post_init__(self):
        known = (self.line.decided, self.line.proposed, self.line.team_proposal)
        self.word = WORDS.get(self.line.state, "")
        self.amount = next((one for one in known if one is not None), None)

    @property
    def shown(self) -> str:
        """The amount as a field shows it: as it was typed, else in euros."""
        if self.amount is None or isinstance(self.amount, str):
            return self.amount or ""
        return euros(self.amount)

    def propose(self) -> None:
        """Show what its financier said, where nothing is noted yet: nothing is written before a person confirms."""
        if not self.is_open or self.word:
            return
        if self.line.verdict in AGREES and self.line.proposed:
            self.word = LineMove.GRANT
        elif self.line.verdict in DOUBTS:
            self.word = LineMove.REFUSE
        elif not self.line.verdict:
            self.word = LineMove.WITHHOLD

    @property
    def is_open(self) -> bool:
        """Whether a word may be noted: droit commun is asked for elsewhere, a settled line is over."""
        return not self.line.is_mainstream and self.line.state in TO_DECIDE

    @property
    def is_said(self) -> bool:
        return not self.is_open or self.line.state in DECIDED_LINE


@dataclass
class Row:
    """One dossier on the table."""

    dossier: Dossier
    cells: list[Cell] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    proposed: bool = False
    """Whether it shows proposals that nobody has confirmed yet."""

    @property
    def is_deferred(self) -> bool:
        return self.dossier.state == DossierState.DEFERRED

    @property
    def is_ready(self) -> bool:
        """Every financier's word is noted: only the committee's own is missing."""
        return not self.is_deferred and all(cell.is_said for cell in self.cells)

    @property
    def to_discuss(self) -> bool:
        """Somebody asks for it, or the opinions do not agree: committees spend their time on these."""
        said = {cell.line.verdict for cell in self.cells}
        return Verdict.DISCUSS in said or (bool(said & {*AGREES}) and bool(said & {*DOUBTS}))

    @property
    def requested(self) -> Decimal:
        return sum((cell.line.requested for cell in self.cells), Decimal(0))


@dataclass(frozen=True)
class Board:
    rows: list[Row]
    envelopes: list[Envelope]
    """The contract's own, each with its sums and `overrun`: droit commun is decided elsewhere."""

    @property
    def waiting(self) -> list[Row]:
        return [row for row in self.rows if not row.is_deferred]

    @property
    def deferred(self) -> list[Row]:
        return [row for row in self.rows if row.is_deferred]

    @property
    def ready(self) -> list[Row]:
        return [row for row in self.rows if row.is_ready]

    def row_of(self, uuid: str) -> Row | None:
        """The row of a dossier by its address; None where it is not on the table."""
        return next((row for row in self.rows if str(row.dossier.uuid) == uuid), None)


def board(dossiers: QuerySet[Dossier], cycle: Cycle) -> Board:
    """These dossiers of one cycle, those to discuss first, then by number."""
    laid = dossiers.select_related("organisation").defer("answers", "budget").order_by("number")
    rows = {one.pk: Row(one) for one in laid}
    known = {one.pk: one for one in envelopes.with_sums(Envelope.objects.of_cycle(cycle.pk))}
    for line in FundingLine.objects.filter(dossier__in=rows).order_by("envelope", "pk"):
        line.envelope = known[line.envelope_id]  # because a few envelopes serve hundreds of lines
        rows[line.dossier_id].cells.append(Cell(line))
    specific = [one for one in known.values() if one.nature != EnvelopeKind.MAINSTREAM]
    for one in specific:
        one.overrun = envelopes.overrun(one)
    return Board(_in_order(rows.values()), specific)


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (not row.to_discuss, row.dossier.number))
