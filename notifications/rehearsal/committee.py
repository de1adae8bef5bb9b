"""The committee: line by line within the envelopes, on its own dates; what is not ripe waits for the next one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cases.models import AgendaItem, Committee, Dossier, Envelope, Feedback, FundingLine, ItemKind
from cases.models.envelope import EnvelopeStatus
from cases.states import (
    DECIDED_LINE,
    DossierMove,
    DossierState,
    FeedbackMove,
    ItemMove,
    LineMove,
    LineState,
    Verdict,
)
from notifications.rehearsal.dates import days
from notifications.rehearsal.review import FAR_TOO_MUCH, Financiers, hundreds
from notifications.rehearsal.stage import Stage
from notifications.rehearsal.team import specific
from workflow.calendar import paris_day

LEAST = Decimal(300)
"""Euros: what is left of an envelope below this is not worth an action."""


@dataclass(frozen=True)
class Cell:
    """What one financier says of one dossier on the committee's table."""

    state: str
    verdict: str
    proposed: Decimal | None


Table = dict[str, tuple[str, dict[str, Cell]]]
"""{dossier's number: (title, {financier's code: cell})}"""


class Sitting:
    """The team around the committee's table."""

    def __init__(self, stage: Stage, financiers: Financiers):
        self.stage, self.financiers, self.dates = stage, financiers, stage.dates
        self.by, self.instructor = stage.cast.coordinator, stage.cast.instructor
        self.tables: dict[date, Table] = {}

    def prepare(self) -> None:
        for committee in self.dates.committees:
            self.stage.diary.note(committee.on, 10, self.sit, committee.pk)
            self.stage.diary.note_at_work(committee.on + days(1), 10, self.route_mainstream)
        for morning in self.dates.review_mornings:
            self.stage.diary.note(self.dates.review_deadline(morning), 15, self.hurry)
        self.stage.diary.note(self.dates.worked_until(self.dates.committee_on - days(1)), 9, self.eve)

    # Before ----------------------------------------------------------------------------------------------------------

    def hurry(self, at: datetime, _) -> None:
        """Decisions noted or taken back while financiers still answer."""
        answered = self.stage.lines(LineState.ANSWERED, dossier__state=DossierState.REVIEW)
        for line in self.stage.clumsy("decides during the round", answered):
            self.stage.fire(line, LineMove.GRANT, by=self.by, at=at, amount=line.requested)
            for move in (LineMove.REFUSE, LineMove.WITHHOLD, LineMove.RELEASE):
                self.stage.fire(line, move, by=self.by, at=at)

    def eve(self, at: datetime, _) -> None:
        self.financiers.come_late(at)
        waiting = self.stage.dossiers(DossierState.COMMITTEE)
        for dossier in self.stage.clumsy("sheet before the decision", waiting):
            first = self.stage.lines(dossier=dossier)[0].pk
            sheet = Feedback(
                dossier=dossier, author=self.instructor, advice="Appelez-nous dès septembre.",
                motives=[{"line": first, "reason": "", "free": "À préciser", "fact": "Le budget est à préciser."}],
            )  # fmt: skip
            self.stage.open([sheet], by=self.instructor, at=at)
            self.stage.fire(sheet, FeedbackMove.PROOFREAD, by=self.by, at=at)
            self.stage.fire(sheet, FeedbackMove.DELIVER, by=self.by, at=at)

    # The day itself --------------------------------------------------------------------------------------------------

    def sit(self, at: datetime, keys: list[int]) -> None:
        committee = Committee.objects.get(pk=keys[0])
        back = [one for one in self.stage.dossiers(DossierState.DEFERRED) if self._is_back(one, committee)]
        self.stage.fire_many(back, DossierMove.RESUME, by=self.by, at=at)
        waiting = self.stage.dossiers(DossierState.COMMITTEE)
        self.tables[committee.on] = self.table(waiting)
        waiting = self._defer(waiting, committee, at)
        self._mistakes_before(waiting, at)
        ready = self._decide_lines(waiting, at)
        self._mistakes_after(ready, at)
        facts = {"committee": committee.pk}
        self._cut(ready, facts, at)
        self.stage.fire_many(ready, DossierMove.DECIDE, by=self.by, at=at, facts=facts)
        self._leave_over(committee, at)

    def _leave_over(self, committee: Committee, at: datetime) -> None:
        """A point that nobody had time for is carried to this very committee by mistake, then to the next one."""
        following = [one.pk for one in self.dates.committees if one.on > committee.on]
        for sitting in self.stage.clumsy("carries to the same day", [committee] if following else []):
            point = AgendaItem(
                committee=sitting, rank=1, kind_of=ItemKind.EXCHANGE, title="Le prêt de la salle", minutes=10
            )
            self.stage.open([point], by=self.by, at=at)
            for target in (sitting.pk, following[0]):
                self.stage.fire(point, ItemMove.POSTPONE, by=self.by, at=at, committee=target)

    def _is_back(self, dossier: Dossier, committee: Committee) -> bool:
        return dossier.next_committee_on is not None and dossier.next_committee_on <= committee.on

    def table(self, waiting: list[Dossier]) -> Table:
        titles = {dossier.pk: (dossier.reference, dossier.title) for dossier in waiting}
        codes = {giver.organisation_id: giver.code for giver in self.stage.cast.giving}
        rows: Table = {reference: (title, {}) for reference, title in titles.values()}
        for line in self.stage.lines(dossier__in=waiting):
            cell = Cell(str(line.state), str(line.verdict), line.proposed)
            rows[titles[line.dossier_id][0]][1].setdefault(codes[line.seat_id], cell)
        return rows

    def _defer(self, waiting: list[Dossier], committee: Committee, at: datetime) -> list[Dossier]:
        """One dossier in thirty is not ripe; it waits for the next committee, where there is one."""
        following = [one.on for one in self.dates.committees if one.on > committee.on]
        deferred = self.stage.clumsy("deferred", reversed(waiting)) if following else []
        for dossier in deferred:
            for on in (committee.on, following[0]):
                facts = {"reason": "Le partenariat avec l’école est à confirmer.", "next_committee_on": on}
                self.stage.fire(dossier, DossierMove.DEFER, by=self.by, at=at, **facts)
        return [dossier for dossier in waiting if dossier not in deferred]

    def _mistakes_before(self, waiting: list[Dossier], at: datetime) -> None:
        for dossier in self.stage.clumsy("decides nothing", waiting):
            self.stage.fire(dossier, DossierMove.DECIDE, by=self.by, at=at, committee=0)
        lines = self.stage.lines(dossier__in=waiting)
        for line in self.stage.clumsy("zeros too many", specific(lines)):
            self.stage.fire(line, LineMove.GRANT, by=self.by, at=at, amount=FAR_TOO_MUCH)
        for line in self.stage.clumsy("grants droit commun", (one for one in lines if one.is_mainstream)):
            self.stage.fire(line, LineMove.GRANT, by=self.by, at=at, amount=line.requested)

    def _decide_lines(self, waiting: list[Dossier], at: datetime) -> list[Dossier]:
        """Note every line; gentle committees leave a dossier waiting rather than cut or refuse anything."""
        states = (LineState.REQUESTED, LineState.ANSWERED, LineState.SILENT)
        lines = specific(self.stage.lines(*states, dossier__in=waiting))
        left = self._left()
        if self.stage.gentle:
            waiting, lines = self._affordable(waiting, lines, left)
        moves: dict[str, list[FundingLine]] = {move: [] for move in (LineMove.GRANT, *_WITHOUT_MONEY)}
        amounts = {}
        for line in lines:
            move, amount = self._word(line, left, at)
            moves[move].append(line)
            if move == LineMove.GRANT:
                amounts[line.pk] = {"amount": amount}
        self.stage.fire_many(moves[LineMove.GRANT], LineMove.GRANT, by=self.by, at=at, each=amounts)
        for move in _WITHOUT_MONEY:
            self.stage.fire_many(moves[move], move, by=self.by, at=at)
        return waiting

    def _left(self) -> dict[int, Decimal]:
        envelopes = Envelope.objects.of_cycle(self.stage.cycle.pk)
        return {one.pk: FAR_TOO_MUCH if one.room is None else one.room for one in envelopes}

    def _affordable(self, waiting: list[Dossier], lines: list[FundingLine], left: dict[int, Decimal]):
        """Those whose every line can be granted in full, first come first served."""
        room, kept = dict(left), set()
        by_dossier: dict[int, list[FundingLine]] = {dossier.pk: [] for dossier in waiting}
        for line in lines:
            by_dossier[line.dossier_id].append(line)
        for key, own in by_dossier.items():
            if own and all(line.state == LineState.ANSWERED for line in own) and _fits(own, room):
                kept.add(key)
                for line in own:
                    room[line.envelope_id] -= line.requested
        return [one for one in waiting if one.pk in kept], [one for one in lines if one.dossier_id in kept]

    def _word(self, line: FundingLine, left: dict[int, Decimal], at: datetime) -> tuple[str, Decimal]:
        """What is noted for one line: the financier's proposal within its envelope; silence is « non communiqué »."""
        if line.state == LineState.SILENT and not line.previous:
            return LineMove.WITHHOLD, Decimal(0)
        if line.verdict == Verdict.UNFAVOURABLE:
            return LineMove.REFUSE, Decimal(0)
        wished = (
            line.proposed
            if line.proposed is not None
            else min(line.previous or line.requested, line.requested)
        )
        room = left[line.envelope_id]
        if wished > room:
            for one in self.stage.clumsy("beyond the envelope", [line]):
                self.stage.fire(one, LineMove.GRANT, by=self.by, at=at, amount=wished)
            wished = hundreds(room) if room >= LEAST else Decimal(0)
        if wished <= 0:
            return LineMove.REFUSE, Decimal(0)
        left[line.envelope_id] = room - wished
        return LineMove.GRANT, wished

    def _mistakes_after(self, ready: list[Dossier], at: datetime) -> None:
        """Noted is not decided: nothing is notified yet, and no round reopens over a decision."""
        for line in self.stage.clumsy(
            "notifies before the decision", self.stage.lines(*DECIDED_LINE[:2], dossier__in=ready)
        ):
            self.stage.fire(line, LineMove.NOTIFY, by=self.by, at=at, notified_on=paris_day(at))
        for line in self.stage.clumsy(
            "calls before the decision", self.stage.lines(LineState.REFUSED, dossier__in=ready)
        ):
            self.stage.fire(line, LineMove.CALL, by=self.by, at=at, reached=True)
        talked = (
            [
                dossier
                for dossier in ready
                if not any(line.state == LineState.SILENT for line in self.stage.lines(dossier=dossier))
            ]
            if not self.stage.gentle
            else []
        )
        for dossier in self.stage.clumsy("reopens the round", talked):
            facts = {"reason": "Un financeur veut revenir sur son avis.", "deadline": paris_day(at)}
            self.stage.fire(dossier, DossierMove.REOPEN_REVIEW, by=self.by, at=at, **facts)

    def _cut(self, ready: list[Dossier], facts: dict, at: datetime) -> None:
        """A financier cuts its envelope during the sitting: what exceeds it is arbitrated before deciding."""
        granted = self.stage.lines(LineState.GRANTED, dossier__in=ready, agreement="")
        for line in self.stage.clumsy("cut", (one for one in granted if one.award >= 2 * LEAST)):
            envelope = Envelope.objects.get(pk=line.envelope_id)
            cut = envelope.decided - LEAST
            self.stage.amend(envelope, by=self.by, at=at, status=EnvelopeStatus.CUT, cut_to=cut)
            self.stage.fire(line.dossier, DossierMove.DECIDE, by=self.by, at=at, **facts)
            self.stage.fire(line, LineMove.RELEASE, by=self.by, at=at)
            self.stage.fire(line, LineMove.GRANT, by=self.by, at=at, amount=line.award - LEAST)

    # The day after ---------------------------------------------------------------------------------------------------

    def route_mainstream(self, at: datetime, _) -> None:
        """Droit commun is asked for elsewhere once the committee has spoken; six services in ten say yes."""
        asked = self.stage.lines(LineState.REQUESTED, dossier__state=DossierState.DECIDED)
        asked = [line for line in asked if line.is_mainstream]
        for line in self.stage.clumsy("carries over too late", asked):
            facts = {"amount": line.requested, "agreement": "Convention 2026-2028"}
            self.stage.fire(line, LineMove.CARRY_OVER, by=self.by, at=at, **facts)
        routed = self.stage.fire_many(asked, LineMove.ROUTE_MAINSTREAM, by=self.instructor, at=at)
        confirmed = [line for line in routed if self._is_willing(line)]
        self.stage.fire_many(confirmed, LineMove.CONFIRM, by=self.instructor, at=at)
        declined = [line for line in routed if line not in confirmed]
        self.stage.fire_many(declined, LineMove.DECLINE, by=self.instructor, at=at)

    def _is_willing(self, line: FundingLine) -> bool:
        return self.stage.rng("droit commun", line.dossier.number).random() < 0.6


_WITHOUT_MONEY = (LineMove.REFUSE, LineMove.WITHHOLD)


def _fits(lines: list[FundingLine], room: dict[int, Decimal]) -> bool:
    """Whether all of a dossier's requests fit into what their envelopes have left."""
    asked: dict[int, Decimal] = {}
    for line in lines:
        asked[line.envelope_id] = asked.get(line.envelope_id, Decimal(0)) + line.requested
    return all(amount <= room[key] for key, amount in asked.items())
