"""The review: the team marks and invites; financiers answer by a seeded rule, by phone, or not at all."""

from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from cases.models import Dossier, Envelope, FundingLine, Instruction
from cases.models.criterion import CriterionKind
from cases.models.envelope import EnvelopeKind
from cases.states import DossierMove, DossierState, LineMove, LineState, Verdict
from notifications.rehearsal.dates import days
from notifications.rehearsal.inquiries import Inquiries
from notifications.rehearsal.stage import Stage
from notifications.rehearsal.team import specific
from workflow.calendar import paris_day
from workflow.journal import Code
from workflow.roles import SYSTEM

FAR_TOO_MUCH = Decimal(9_000_000)
"""Euros: a figure with zeros too many, above any request and any envelope."""

MOTIVES = {
    Verdict.FAVOURABLE: "",
    Verdict.RESERVED: "Une action utile, dont le budget peut être resserré.",
    Verdict.UNFAVOURABLE: "D’autres actions répondent déjà à ce besoin cette année.",
}


def hundreds(amount: Decimal) -> Decimal:
    """Euros rounded down to the hundred, as committees do; what is under a hundred stays whole."""
    rounded = (amount / 100).to_integral_value(ROUND_DOWN) * 100
    return rounded or amount.quantize(Decimal("0.01"), ROUND_DOWN)


class Reviewing:
    """The team's part: marks, lines of droit commun, agreements, invitations."""

    def __init__(self, stage: Stage, financiers: "Financiers"):
        self.stage, self.financiers, self.dates = stage, financiers, stage.dates
        self.instructor, self.coordinator = stage.cast.instructor, stage.cast.coordinator
        grid = stage.rules.criteria.filter(kind=CriterionKind.GRID).order_by("pk")
        self.grid = list(grid.values_list("code", flat=True))

    def prepare(self) -> None:
        for morning in self.dates.review_mornings:
            self.stage.diary.note(morning, 14, self.open)

    def open(self, at: datetime, _) -> None:
        ready = self.stage.dossiers(DossierState.INSTRUCTION)
        deadline = self.dates.review_deadline(paris_day(at))
        for dossier in self.stage.clumsy("unmarked", ready):
            facts = {"deadline": paris_day(at)}
            self.stage.fire(dossier, DossierMove.OPEN_REVIEW, by=self.instructor, at=at, **facts)
        self._mark(ready, at)
        self._mainstream(ready, at)
        self._carry_over(ready, at)
        self._invite(ready, at)
        opened = self.stage.fire_many(
            ready, DossierMove.OPEN_REVIEW, by=self.instructor, at=at, facts={"deadline": deadline}
        )
        self.financiers.expect(opened, at, deadline)

    def _mark(self, ready: list[Dossier], at: datetime) -> None:
        if not self.grid or self.stage.gentle:  # because no real holder is ever marked
            return
        for sheet in Instruction.objects.filter(dossier__in=ready, marks={}).order_by("pk"):
            chance = self.stage.rng("grille", self.stage.references[sheet.dossier_id])
            marks = {code: chance.randint(1, 4) for code in self.grid}
            self.stage.amend(sheet, by=self.instructor, at=at, marks=marks)

    def _mainstream(self, ready: list[Dossier], at: datetime) -> None:
        """Droit commun has no opinion to give: whoever invites it is told to route it instead."""
        envelopes = Envelope.objects.filter(
            financier__cycle=self.stage.cycle, nature=EnvelopeKind.MAINSTREAM
        ).select_related("financier__organisation")
        for envelope in envelopes.order_by("pk")[:1]:
            free = (one for one in ready if not one.lines.filter(envelope=envelope).exists())
            for dossier in self.stage.clumsy("droit commun", free):
                line = FundingLine(
                    dossier=dossier, envelope=envelope, cycle=dossier.cycle, organisation=dossier.organisation,
                    seat=envelope.financier.organisation, requested=Decimal(500),
                )  # fmt: skip
                self.stage.open([line], by=self.instructor, at=at)
        for line in self.stage.lines(LineState.REQUESTED, dossier__in=ready):
            if line.is_mainstream:
                self._mistake_mainstream(line, at)

    def _mistake_mainstream(self, line: FundingLine, at: datetime) -> None:
        for one in self.stage.clumsy("invites droit commun", [line]):
            self.stage.fire(one, LineMove.INVITE, by=self.instructor, at=at)
            facts = {"amount": one.requested, "agreement": "Convention 2026-2028"}
            self.stage.fire(one, LineMove.CARRY_OVER, by=self.coordinator, at=at, **facts)

    def _carry_over(self, ready: list[Dossier], at: datetime) -> None:
        """A convention of several years enters the programming without a review, once it is named."""
        several = (
            [
                lines[0]
                for one in ready
                if len(lines := specific(self.stage.lines(LineState.REQUESTED, dossier=one))) > 1
            ]
            if not self.stage.gentle
            else []
        )
        for line in self.stage.clumsy("several years", (one for one in several if one.previous)) or []:
            for amount, agreement in (
                (FAR_TOO_MUCH, " "),
                (hundreds(line.requested / 2), "Convention 2026-2028"),
            ):
                facts = {"amount": amount, "agreement": agreement}
                self.stage.fire(line, LineMove.CARRY_OVER, by=self.coordinator, at=at, **facts)

    def _invite(self, ready: list[Dossier], at: datetime) -> None:
        lines = specific(self.stage.lines(LineState.REQUESTED, dossier__in=ready))
        for line in self.stage.clumsy("specific to droit commun", lines):
            self.stage.fire(line, LineMove.ROUTE_MAINSTREAM, by=self.instructor, at=at)
        by_dossier: dict[int, list[FundingLine]] = {}
        for line in lines:
            by_dossier.setdefault(line.dossier_id, []).append(line)
        late = self.stage.clumsy("in flight", (own[-1] for own in by_dossier.values() if len(own) > 2))
        invited = [line for line in lines if line not in late]
        self.stage.fire_many(invited, LineMove.INVITE, by=self.instructor, at=at)
        several = (own[0] for own in by_dossier.values() if len(own) > 2)
        for line in self.stage.clumsy("excused before the round", several):
            self.stage.fire(line, LineMove.EXCUSE, by=self.coordinator, at=at, reason="Par erreur.")
        tomorrow = paris_day(at) + days(1)
        self.stage.diary.note_at_work(tomorrow, 10, self.invite_late, *(line.pk for line in late))

    def invite_late(self, at: datetime, keys: list[int]) -> None:
        for line in self.stage.lines(LineState.REQUESTED, pk__in=keys):
            if self.stage.fire(line, LineMove.INVITE, by=self.instructor, at=at):
                deadline = line.dossier.review_due_on or paris_day(at)
                self.financiers.expect_lines([line], at, deadline)


class Financiers:
    """Two in five stay silent, one is called by phone; the others weigh request, last year and envelope."""

    def __init__(self, stage: Stage):
        self.stage, self.cast, self.dates = stage, stage.cast, stage.dates
        self.inquiries = Inquiries(stage)
        seats = [giver.organisation_id for giver in self.cast.giving]
        count = 0 if stage.gentle else len(seats) * 2 // 5
        shuffled = stage.rng("silence").sample(seats, len(seats))
        self.silent, talking = set(shuffled[:count]), shuffled[count:]
        self.codes = {giver.organisation_id: giver.code for giver in self.cast.giving}
        self.phone = talking[0] if len(talking) > 1 and not stage.gentle else None
        self.weighed: dict[int, Decimal] = {}

    def expect(self, opened: list[Dossier], at: datetime, deadline) -> None:
        lines = self.stage.lines(LineState.INVITED, dossier__in=opened)
        self._excuse_everybody(opened, lines, at)
        self.expect_lines(lines, at, deadline)
        if opened:
            self.stage.diary.note(deadline, 23, self.check_clock, *(one.pk for one in opened))

    def _excuse_everybody(self, opened: list[Dossier], lines: list[FundingLine], at: datetime) -> None:
        """One after the other, though a round needs somebody; then they are asked again."""
        for dossier in self.stage.clumsy("excuses everybody", opened):
            asked = [line for line in lines if line.dossier_id == dossier.pk]
            for line in asked:
                self.stage.fire(line, LineMove.EXCUSE, by=self.cast.coordinator, at=at, reason="Par erreur.")
            self.stage.fire_many(asked, LineMove.INVITE, by=self.cast.instructor, at=at)

    def expect_lines(self, lines: list[FundingLine], at: datetime, deadline) -> None:
        """Each financier opens its list on two days of its own before the date."""
        opened = paris_day(at)
        span = max(1, (deadline - opened).days)
        for line in lines:
            if line.seat_id in self.silent:
                continue
            if line.seat_id == self.phone:
                eve = self.dates.worked_until(deadline - days(1))
                self.stage.diary.note(max(opened, eve), 16, self.phone_in, line.pk)
                continue
            days_open = self.stage.rng("jours", self.codes[line.seat_id], opened)
            mornings = [opened + days(1 + days_open.randrange(span)) for _ in range(2)]
            chosen = self.stage.rng("jour", line.envelope.code, line.dossier.number).choice(mornings)
            morning = min(self.dates.worked_from(chosen), deadline)
            self.stage.diary.note(morning, 9, self.inquiries.ask, line.pk)
            self.stage.diary.note(morning, 11, self.answer, line.pk)

    def answer(self, at: datetime, keys: list[int]) -> None:
        by_seat: dict[int, list[FundingLine]] = {}
        for line in self.stage.lines(LineState.INVITED, pk__in=keys, dossier__state=DossierState.REVIEW):
            by_seat.setdefault(line.seat_id, []).append(line)
        for seat, lines in by_seat.items():
            each = {line.pk: self.opinion(line) for line in lines}
            by = self.cast.financiers[seat]
            against = [line for line in lines if each[line.pk]["verdict"] == Verdict.UNFAVOURABLE]
            for line in self.stage.clumsy("no motive for against", against):
                self.stage.fire(line, LineMove.OPINE, by=by, at=at, verdict=Verdict.UNFAVOURABLE)
            for line in self.stage.clumsy("too much proposed", lines):
                facts = {"verdict": Verdict.FAVOURABLE, "amount": FAR_TOO_MUCH}
                self.stage.fire(line, LineMove.OPINE, by=by, at=at, **facts)
            for line in self.stage.clumsy("an old page", lines):
                facts = each[line.pk] | {"seen": Code("une page d’hier")}
                self.stage.fire(line, LineMove.OPINE, by=by, at=at, **facts)
            self.stage.fire_many(lines, LineMove.OPINE, by=by, at=at, each=each)

    def phone_in(self, at: datetime, keys: list[int]) -> None:
        """The financier answers the team's call: the team writes who said what, and when."""
        lines = self.stage.lines(LineState.INVITED, pk__in=keys, dossier__state=DossierState.REVIEW)
        by = self.cast.instructor
        for line in self.stage.clumsy("no source", lines):
            facts = {"verdict": "oui", "source": " ", "author": "La déléguée", "amount": FAR_TOO_MUCH}
            self.stage.fire(line, LineMove.RECORD_OPINION, by=by, at=at, **facts)
        said = {"source": f"Appel du {paris_day(at):%d/%m/%Y}", "author": "La personne référente"}
        each = {line.pk: self.opinion(line) | said for line in lines}
        for line in self.stage.clumsy("dates a call of tomorrow", lines):
            facts = each[line.pk] | {"received_on": paris_day(at) + days(1)}
            self.stage.fire(line, LineMove.RECORD_OPINION, by=by, at=at, **facts)
        self.stage.fire_many(lines, LineMove.RECORD_OPINION, by=by, at=at, each=each)

    def opinion(self, line: FundingLine) -> dict:
        """What this financier says of this line: a seeded rule over request, last year's award and the envelope."""
        if self.stage.gentle:
            return {"verdict": Verdict.FAVOURABLE, "amount": line.requested}
        chance = self.stage.rng("avis", line.envelope.code, line.dossier.number).random()
        grown = line.previous and line.requested > line.previous * Decimal("1.1")
        weighed = self.weighed.get(line.envelope_id, Decimal(0))
        short = line.envelope.share is not None and weighed + line.requested > line.envelope.share
        harsh = 0.1 + 0.15 * (not line.previous) + 0.2 * short
        if chance < harsh:
            verdict, amount = Verdict.UNFAVOURABLE, Decimal(0)
        elif chance < harsh + 0.25 or short:
            verdict, amount = Verdict.RESERVED, hundreds(line.requested * Decimal("0.6"))
        else:
            verdict, amount = Verdict.FAVOURABLE, line.previous if grown else line.requested
        self.weighed[line.envelope_id] = weighed + amount
        return {"verdict": verdict, "amount": amount, "motive": MOTIVES[verdict]}

    def check_clock(self, at: datetime, keys: list[int]) -> None:
        """One hour before midnight of its last day a round is still open, even for the system itself."""
        reviewed = self.stage.dossiers(DossierState.REVIEW, keys=keys)
        for dossier in self.stage.clumsy("clock", reviewed):
            self.stage.fire(dossier, DossierMove.CLOSE_REVIEW, by=SYSTEM, at=at)

    def come_late(self, at: datetime) -> None:
        """An opinion corrected once the round is closed."""
        answered = self.stage.lines(LineState.ANSWERED, dossier__state=DossierState.COMMITTEE)
        talking = (line for line in answered if line.seat_id != self.phone)
        for line in self.stage.clumsy("after closing", talking):
            by = self.cast.financiers[line.seat_id]
            facts = {"verdict": Verdict.FAVOURABLE, "amount": line.requested}
            self.stage.fire(line, LineMove.OPINE, by=by, at=at, **facts)
