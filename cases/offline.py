"""Opinions filled in away from the service: for which seats, and the table that leaves; `homecoming` is its return."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from cases.models import Financier, FundingLine
from cases.shown import Shown
from cases.states import DossierState, LineMove, LineState, Verdict
from cases.workbook.seat_sheet import Opinion, SheetLine, plain_words
from cases.workbook.seat_writing import write_seat
from workflow import roles

VERDICTS = {code: str(label) for code, label in Verdict.choices}
TO_FILL = (LineState.INVITED, LineState.ANSWERED, LineState.SILENT)


@dataclass(frozen=True)
class Seat:
    """One financier of one cycle, and whether it is the team that fills in for it."""

    financier: Financier
    by_team: bool

    @property
    def cycle(self):
        return self.financier.cycle

    @property
    def move(self) -> LineMove:
        return LineMove.RECORD_OPINION if self.by_team else LineMove.OPINE

    def lines(self) -> QuerySet[FundingLine]:
        """Everything asked of this seat: what comes back may be of another day."""
        mine = FundingLine.objects.filter(cycle=self.financier.cycle_id, seat=self.financier.organisation_id)
        return mine.exclude(state=LineState.REQUESTED).for_pages().order_by("dossier__number", "pk")

    def to_fill(self) -> QuerySet[FundingLine]:
        """Those on which an opinion may be written now; of a closed round the team alone still records one."""
        lines = self.lines().filter(state__in=TO_FILL)
        return lines if self.by_team else lines.filter(dossier__state=DossierState.REVIEW)


def seats_of(user) -> list[Seat]:
    """The seats for which this person may fill in a table: their own, and as the team every one that was asked."""
    asked = FundingLine.objects.filter(cycle=OuterRef("cycle"), seat=OuterRef("organisation"))
    asked = Exists(asked.exclude(state=LineState.REQUESTED))
    own = roles.seated(user, "line", "act", seat="organisation")
    team = roles.followed(user, "line", "act")
    found = Financier.objects.filter(asked, roles.either(own, team)).select_related("cycle", "organisation")
    crew = set(roles.cycles_of(user, "line", "act"))
    return [Seat(one, one.cycle_id in crew) for one in found.order_by("-cycle__year", "cycle__code", "pk")]


def seat_of(user, cycle: str, giver: str) -> Seat | None:
    """That seat, if this person may fill in for it."""
    named = (one for one in seats_of(user) if (one.cycle.code, one.financier.code) == (cycle, giver))
    return next(named, None)


def export(seat: Seat) -> bytes:
    """The table of a seat: each row carries its identifier, its version and a digest of what is shown of it."""
    lines = list(seat.to_fill())
    read = Shown(lines)
    rows = [_sheet_line(line, read.digest(line)) for line in lines]
    organisation = str(seat.financier.organisation.uuid)
    return write_seat(rows, cycle=seat.cycle.code, seat=organisation, verdicts=VERDICTS)


def _sheet_line(line: FundingLine, seen: str) -> SheetLine:
    dossier = line.dossier
    known = (dossier.total_cost, line.previous, line.requested, line.team_proposal)
    told = (dossier.reference, dossier.organisation.name, dossier.title)
    return SheetLine(str(line.uuid), line.version, seen, *told, *known, said_on(line))


def said_on(line: FundingLine) -> Opinion:
    """What stands on a line."""
    return Opinion(line.verdict, line.proposed, plain_words(line.motive), plain_words(line.conditions))
