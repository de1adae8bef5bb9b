"""After the committee: each financier notifies on its own day, sheets are written and read over, holders choose."""

from datetime import datetime
from decimal import Decimal

from cases.budget import Account
from cases.explaining import Owed, feedback_is_due, owed
from cases.models import Dossier, Feedback, FundingLine
from cases.models.criterion import ReasonKind
from cases.models.envelope import EnvelopeStatus
from cases.models.telling import ENOUGH_TRIES
from cases.states import DossierMove, DossierState, FeedbackMove, FeedbackState, LineMove, LineState
from notifications.rehearsal.committee import LEAST
from notifications.rehearsal.dates import days
from notifications.rehearsal.stage import Stage
from workflow.calendar import paris_day

FACT = "Les demandes dépassent les crédits ; le dossier décrit peu la présence dans le quartier."
RANKED = "Votre demande est classée en 12e position."
LESS = "L’enveloppe était plus petite que les demandes."
ADVICE = "Rencontrez-nous en septembre, avant l’ouverture du prochain appel."


class Answers:
    def __init__(self, stage: Stage):
        self.stage, self.dates, self.cast = stage, stage.dates, stage.cast
        self.by, self.instructor = stage.cast.coordinator, stage.cast.instructor
        reasons = list(stage.rules.reasons.order_by("pk"))
        self.inadmissible = next((one.code for one in reasons if one.kind == ReasonKind.INADMISSIBLE), "")
        self.merit = [one.code for one in reasons if one.kind != ReasonKind.INADMISSIBLE]

    def prepare(self) -> None:
        seats = list(self.cast.financiers)
        for committee in self.dates.committees:
            first = self.dates.answers_from(committee.on)
            answer_on = self.dates.answer_on(committee.on, len(seats))
            self.stage.diary.note_at_work(committee.on + days(5), 10, self.write_sheets)
            for rank, seat in enumerate(self.stage.rng("courriers").sample(seats, len(seats))):
                on = min(answer_on, self.dates.worked_from(first + days(2 * rank)))
                self.stage.diary.note(on, 9, self.notify, seat)
            self.stage.diary.note(first, 8, self.answer_too_soon)
            self.stage.diary.note(answer_on, 10, self.deliver)
            self.stage.diary.note(answer_on, 14, self.answer)
            self.stage.diary.note(answer_on + days(8), 18, self.choose)
            self.stage.diary.note_at_work(answer_on + days(20), 10, self.second_thoughts)
        eve = self.dates.worked_until(self.dates.reporting_from - days(1))
        self.stage.diary.note(eve, 9, self.hear_late_word)

    # Sheets ----------------------------------------------------------------------------------------------------------

    def write_sheets(self, at: datetime, _) -> None:
        """The instructor writes, the coordinator reads over: nobody signs off their own words."""
        due = self._due()
        written = self._written_before(due, at)
        new = [Feedback(dossier=one, author=self.instructor) for one in due if one.pk not in written]
        self.stage.open(new, by=self.instructor, at=at)
        for sheet in new:
            self.stage.amend(sheet, by=self.instructor, at=at, **self._words(sheet.dossier))
        for sheet in self.stage.clumsy("empty sheet", new):
            self.stage.amend(sheet, by=self.instructor, at=at, motives=[], lesser=[])
            self.stage.fire(sheet, FeedbackMove.HAND_OVER, by=self.instructor, at=at)
            self.stage.fire(sheet, FeedbackMove.PROOFREAD, by=self.by, at=at)
            self.stage.amend(sheet, by=self.instructor, at=at, **self._words(sheet.dossier))
        for sheet in new:
            self.stage.amend(sheet, by=self.instructor, at=at, advice=ADVICE)
        for sheet in self.stage.clumsy("ranks a holder", new):
            self.stage.amend(sheet, by=self.instructor, at=at, advice=RANKED)
            self.stage.fire(sheet, FeedbackMove.HAND_OVER, by=self.instructor, at=at)
            self.stage.fire(sheet, FeedbackMove.PROOFREAD, by=self.by, at=at)
            self.stage.amend(sheet, by=self.instructor, at=at, advice=ADVICE)
        for sheet in self.stage.clumsy("own reader", new):
            self.stage.fire(sheet, FeedbackMove.PROOFREAD, by=self.instructor, at=at)
        draft = self._sheets(FeedbackState.DRAFT)
        self.stage.fire_many(draft, FeedbackMove.HAND_OVER, by=self.instructor, at=at)
        self.stage.fire_many(draft, FeedbackMove.PROOFREAD, by=self.by, at=at)

    def _due(self) -> list[Dossier]:
        states = (DossierState.DECIDED, DossierState.INADMISSIBLE)
        lines: dict[int, list[FundingLine]] = {}
        for line in self.stage.lines(dossier__state__in=states):
            lines.setdefault(line.dossier_id, []).append(line)
        rules = self.stage.rules
        return [
            one for one in self.stage.dossiers(*states) if feedback_is_due(one, lines.get(one.pk, []), rules)
        ]

    def _written_before(self, due: list[Dossier], at: datetime) -> set[int]:
        """Sheets of the eve: what was decided since is said in them, and they are read over again."""
        found = list(Feedback.objects.filter(dossier__in=due).select_related("dossier").order_by("pk"))
        early = [one for one in found if one.state == FeedbackState.CHECKED]
        self.stage.fire_many(early, FeedbackMove.DELIVER, by=self.by, at=at)
        self.stage.fire_many(early, FeedbackMove.CORRECT, by=self.instructor, at=at)
        for sheet in early:
            self.stage.amend(sheet, by=self.instructor, at=at, **self._words(sheet.dossier))
        return {one.dossier_id for one in found}

    def _words(self, dossier: Dossier) -> dict:
        """A motive where a whole explanation is owed, one line where one is."""
        due = owed(dossier, self.stage.lines(dossier=dossier), self.stage.rules)
        full = [line for line, much in due.items() if much == Owed.FULL]
        less = [line for line, much in due.items() if much == Owed.LINE]
        return {
            "motives": [self._motive(dossier, line) for line in full],
            "lesser": [{"line": line, "why": LESS} for line in less],
        }

    def _motive(self, dossier: Dossier, line: int | None) -> dict:
        chance = self.stage.rng("motif", dossier.number)
        merit = chance.choice(self.merit) if self.merit else ""
        reason = self.inadmissible if line is None else merit
        return {"line": line, "reason": reason, "fact": FACT, "free": "" if reason else "Autres priorités"}

    def _sheets(self, state: str) -> list[Feedback]:
        decided = (DossierState.DECIDED, DossierState.INADMISSIBLE)
        found = Feedback.objects.filter(
            dossier__cycle=self.stage.cycle, dossier__state__in=decided, state=state
        )
        return list(found.order_by("dossier__number"))

    # The answer ------------------------------------------------------------------------------------------------------

    def notify(self, at: datetime, seats: list[int]) -> None:
        lines = self.stage.lines(
            LineState.GRANTED, LineState.REFUSED, seat__in=seats, dossier__state=DossierState.DECIDED
        )
        facts = {"notified_on": paris_day(at)}
        for line in self.stage.clumsy("dates a letter of tomorrow", lines):
            tomorrow = paris_day(at) + days(1)
            self.stage.fire(line, LineMove.NOTIFY, by=self.by, at=at, notified_on=tomorrow)
        capped = (line for line in lines if line.award and line.envelope.ceiling)
        for line in self.stage.clumsy("does not read the cut", capped):
            self._cut(line, at)
        self._call([line for line in lines if line.state == LineState.REFUSED], at)
        known = {line.pk: {"knows": line.purse_version} for line in lines if line.is_cut_since_vote}
        self.stage.fire_many(lines, LineMove.NOTIFY, by=self.by, at=at, facts=facts, each=known)

    def _cut(self, line: FundingLine, at: datetime) -> None:
        """Less than was voted, said by somebody who then writes to the holder as if nothing were; given again."""
        envelope = line.envelope
        before = {"status": envelope.status, "cut_to": envelope.cut_to}
        self.stage.amend(envelope, by=self.by, at=at, status=EnvelopeStatus.CUT, cut_to=Decimal(0))
        self.stage.fire(line, LineMove.NOTIFY, by=self.by, at=at, notified_on=paris_day(at))
        self.stage.amend(envelope, by=self.by, at=at, **before)

    def _call(self, refused: list[FundingLine], at: datetime) -> None:
        """Where the year says a refusal by voice first, or somebody wishes it; one holder in ten is never there."""
        for line in self.stage.clumsy("calls whom nobody asked to call", refused):
            self.stage.fire(line, LineMove.CALL, by=self.by, at=at, reached=True)
        wished = self.stage.clumsy("does not call", refused)
        for line in wished:
            self.stage.amend(line, by=self.by, at=at, call_first=True)
            self.stage.fire(line, LineMove.NOTIFY, by=self.by, at=at, notified_on=paris_day(at))
        called = refused if self.stage.rules.call_on_refusal else wished
        away = [line for line in called if self.stage.rng("appel", line.dossier.number).random() < 0.1]
        there = [line for line in called if line not in away]
        self.stage.fire_many(there, LineMove.CALL, by=self.by, at=at, facts={"reached": True})
        for _ in range(ENOUGH_TRIES):
            self.stage.fire_many(away, LineMove.CALL, by=self.by, at=at, facts={"reached": False})

    def answer_too_soon(self, at: datetime, _) -> None:
        due = {one.pk for one in self._due()}
        hasty = [one for one in self.stage.dossiers(DossierState.DECIDED) if one.pk in due]
        for dossier in self.stage.clumsy("answers too soon", hasty):
            self.stage.fire(dossier, DossierMove.ANSWER, by=self.by, at=at)

    def deliver(self, at: datetime, _) -> None:
        checked = self._sheets(FeedbackState.CHECKED)
        for sheet in self.stage.clumsy("abandons what was never delivered", checked):
            self.stage.fire(sheet, FeedbackMove.ABANDON, by=self.instructor, at=at)
        delivered = self.stage.fire_many(checked, FeedbackMove.DELIVER, by=self.by, at=at)
        for sheet in self.stage.clumsy("corrects what was delivered", delivered):
            self.stage.fire(sheet, FeedbackMove.CORRECT, by=self.instructor, at=at)
            self.stage.fire(sheet, FeedbackMove.REVISE, by=self.instructor, at=at, reason=RANKED)
            self.stage.fire(sheet, FeedbackMove.REVISE, by=self.instructor, at=at, reason="une faute.")
            self.stage.fire(sheet, FeedbackMove.ABANDON, by=self.instructor, at=at)
        decided = [one.dossier for one in delivered if one.dossier.state == DossierState.DECIDED]
        for dossier in self.stage.clumsy("takes back what was told", decided):
            self.stage.fire(dossier, DossierMove.UNDECIDE, by=self.by, at=at, reason="Erreur de saisie ?")

    def answer(self, at: datetime, _) -> None:
        ready = self.stage.dossiers(DossierState.DECIDED, DossierState.INADMISSIBLE)
        self.stage.fire_many(ready, DossierMove.ANSWER, by=self.by, at=at)

    # What holders do with it -----------------------------------------------------------------------------------------

    def choose(self, at: datetime, _) -> None:
        """Keep the action, make it smaller, or give it up: by how much less was granted, and by chance."""
        notified = self.stage.lines(LineState.NOTIFIED, dossier__state=DossierState.ANSWERED)
        granted = [line for line in notified if line.award]
        self._mistakes([line for line in notified if not line.award], granted, at)
        by_holder: dict[tuple[int, str], list[FundingLine]] = {}
        for line in granted:
            by_holder.setdefault((line.organisation_id, self._choice(line)), []).append(line)
        for (organisation, move), lines in by_holder.items():
            facts = {"adaptation": "Dix séances au lieu de quinze."} if move == LineMove.ADAPT else None
            self.stage.fire_many(lines, move, by=self.cast.holders[organisation], at=at, facts=facts)

    def _choice(self, line: FundingLine) -> str:
        chance = self.stage.rng("choix", line.envelope.code, line.dossier.number).random()
        if line.cut_percent >= 30 and not self.stage.gentle:
            return LineMove.RENOUNCE if chance < 0.25 else LineMove.ADAPT
        return LineMove.ACCEPT

    def _mistakes(self, refused: list[FundingLine], granted: list[FundingLine], at: datetime) -> None:
        for line in self.stage.clumsy("chooses over nothing", refused):
            holder = self.cast.holder(line)
            self.stage.fire(line, LineMove.ACCEPT, by=holder, at=at)
            self.stage.fire(line, LineMove.ADAPT, by=holder, at=at, adaptation="Moins de séances.")
            self.stage.fire(line, LineMove.RENOUNCE, by=holder, at=at)
            self.stage.fire(line, LineMove.SETTLE, by=self.instructor, at=at)
        whole = (line for line in granted if line.award == line.requested)
        for line in self.stage.clumsy("adapts what is whole", whole):
            facts = {"adaptation": "Moins de séances."}
            self.stage.fire(line, LineMove.ADAPT, by=self.cast.holder(line), at=at, **facts)
        less = (line for line in granted if line.award < line.requested)
        for line in self.stage.clumsy("adapts on an uneven budget", less):
            facts = {"adaptation": "Moins de séances.", "budget": {Account.PURCHASES.value: Decimal(1)}}
            self.stage.fire(line, LineMove.ADAPT, by=self.cast.holder(line), at=at, **facts)

    def hear_late_word(self, at: datetime, _) -> None:
        """A financier says at last what it gives, just before the reports: the dossier waits until it is told."""
        kept = self.stage.lines(LineState.UNDISCLOSED, dossier__state=DossierState.ANSWERED)
        rich = (line for line in kept if line.envelope.room is None or line.envelope.room >= LEAST)
        for line in self.stage.clumsy("late word", rich):
            amount = min(LEAST, line.requested)
            self.stage.fire(line, LineMove.GRANT, by=self.by, at=at, amount=amount)
            self.stage.fire(line.dossier, DossierMove.CLOSE, by=self.by, at=at)
            self.stage.diary.note_at_work(self.dates.reporting_from + days(1), 9, self.notify_late, line.pk)

    def notify_late(self, at: datetime, keys: list[int]) -> None:
        lines = self.stage.lines(LineState.GRANTED, pk__in=keys)
        self.stage.fire_many(lines, LineMove.NOTIFY, by=self.by, at=at, facts={"notified_on": paris_day(at)})

    def second_thoughts(self, at: datetime, _) -> None:
        """The coordinator would close before the report, or reopen without saying that it withdraws an award."""
        answered = self.stage.dossiers(DossierState.ANSWERED)
        kept = {
            line.dossier_id
            for line in self.stage.lines(LineState.ACCEPTED, LineState.ADAPTED, dossier__in=answered)
            if line.award > Decimal(0)
        }
        for dossier in self.stage.clumsy("second thoughts", (one for one in answered if one.pk in kept)):
            self.stage.fire(dossier, DossierMove.CLOSE, by=self.by, at=at)
            self.stage.fire(dossier, DossierMove.REOPEN, by=self.by, at=at, reason="Erreur de saisie ?")
            self.stage.fire(self.by.grants.get(), "end", by=self.by, at=at)
