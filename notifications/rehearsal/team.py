"""The team before the review: meetings, derogations, admissibility, completions, and the start of the year's rules."""

from collections.abc import Iterable
from datetime import datetime
from math import ceil

from cases.models import Dossier, Instruction, Support
from cases.models.criterion import CriterionKind, ReasonKind
from cases.states import DossierMove, DossierState, LineMove, SupportMove, SupportState
from notifications.rehearsal.dates import days
from notifications.rehearsal.holders import Holders
from notifications.rehearsal.stage import Stage
from workflow.calendar import paris_day
from workflow.models import CycleVersion, Derogation
from workflow.roles import SYSTEM

ITEMS = ["Le budget signé", "Le dernier compte de résultat"]


class Team:
    def __init__(self, stage: Stage, holders: Holders):
        self.stage, self.holders, self.dates = stage, holders, stage.dates
        self.instructor, self.coordinator = stage.cast.instructor, stage.cast.coordinator
        criteria = stage.rules.criteria.order_by("pk")
        self.checks = {one.code: True for one in criteria if one.kind == CriterionKind.ADMISSIBILITY}
        self.reasons = list(stage.rules.reasons.filter(kind=ReasonKind.INADMISSIBLE).order_by("pk"))
        self.judged: set[int] = set()
        holders.team = self

    def prepare(self) -> None:
        for morning in self.dates.admission_mornings:
            self.stage.diary.note(morning, 10, self.check)
        self.stage.diary.note_at_work(self.dates.filing_opens, 9, self.publish_too_soon)
        self.stage.diary.note(self.dates.worked_until(self.dates.committee_on - days(2)), 9, self.drop)

    def publish_too_soon(self, at: datetime, _) -> None:
        """The coordinator prepares new rules during the year, and publishes them before they say anything."""
        for rules in self.stage.clumsy("empty rules", [self.stage.rules]):
            draft = CycleVersion(cycle=rules.cycle, number=rules.number + 1)
            self.stage.open([draft], by=SYSTEM, at=at)
            self.stage.fire(draft, "publish", by=self.coordinator, at=at)

    # Meetings and derogations ----------------------------------------------------------------------------------------

    def meet(self, at: datetime, keys: list[int]) -> None:
        met = self.stage.dossiers(DossierState.SUPPORT, keys=keys)
        for dossier in self.stage.clumsy("no record", met):
            self._record([dossier], at, held=True, record=" ")
        missed = self.stage.clumsy("missed", reversed(met))
        self._record(missed, at, held=False)
        held = [dossier for dossier in met if dossier not in missed]
        self._record(
            held, at, held=True, record="Nous avons relu le projet ensemble et convenu de trois points."
        )
        self._waive(missed, at)
        self._ask_next_step(met, at)

    def _record(self, dossiers: list[Dossier], at: datetime, **facts) -> None:
        self.stage.fire_many(dossiers, DossierMove.END_SUPPORT, by=self.instructor, at=at, facts=facts)

    def _waive(self, dossiers: list[Dossier], at: datetime) -> None:
        required = [step.pk for step in self.holders.required]
        supports = Support.objects.filter(dossier__in=dossiers, step__in=required, state=SupportState.MISSED)
        facts = {"reason": "Le rendez-vous n’a pas pu se tenir."}
        self.stage.fire_many(
            supports.order_by("pk"), SupportMove.WAIVE, by=self.instructor, at=at, facts=facts
        )

    def _ask_next_step(self, dossiers: list[Dossier], at: datetime) -> None:
        for dossier in dossiers:
            done = set(dossier.supports.values_list("step", flat=True))
            missing = [step for step in self.holders.required if step.pk not in done]
            if missing:
                self.holders.ask_for(missing[0], [dossier], at)

    def derogate(self, at: datetime, keys: list[int]) -> None:
        today = paris_day(at)
        late = self.stage.dossiers(DossierState.DRAFT, DossierState.SUPPORT, keys=keys)
        derogations = [
            Derogation(
                cycle=dossier.cycle, subject_label=dossier._meta.label_lower, subject_id=dossier.pk,
                move=DossierMove.SUBMIT, until=today + days(3), reason="Coupure de réseau le dernier soir.",
            )
            for dossier in late
        ]  # fmt: skip
        self.stage.open(derogations, by=self.coordinator, at=at)
        self.stage.diary.note(today + days(1), 9, self.holders.file, *(dossier.pk for dossier in late))

    # Admissibility ---------------------------------------------------------------------------------------------------

    def begin_check(self, at: datetime, keys: list[int]) -> None:
        """A check that begins before the deadline: the holder cannot take the dossier back any longer."""
        begun = self.stage.dossiers(DossierState.SUBMITTED, keys=keys)
        first = dict.fromkeys(list(self.checks)[:1], True)
        self.stage.open([Instruction(dossier=one, checks=first) for one in begun], by=self.instructor, at=at)
        self.stage.diary.note(paris_day(at), 15, self.holders.take_back, *(one.pk for one in begun))

    def check(self, at: datetime, _) -> None:
        """Each working day its share, in the order of filing numbers."""
        waiting = self.stage.dossiers(DossierState.SUBMITTED)
        left = sum(morning >= paris_day(at) for morning in self.dates.admission_mornings)
        share = waiting[: ceil(len(waiting) / max(1, min(left, 15)))]
        self._hurry(share, at)
        self._fill_sheets(share, at)
        admitted = share
        for fate, judge in (
            ("incomplete", self._ask_completion),
            ("dropped", self._ask_completion),
            ("inadmissible", self._declare_inadmissible),
        ):
            found = [one for one in self.holders.fated(fate, share) if one.pk not in self.judged]
            self.judged.update(one.pk for one in found)
            admitted = [one for one in admitted if one not in found]
            for dossier in found:
                judge(dossier, at)
        self.stage.fire_many(admitted, DossierMove.ADMIT, by=self.instructor, at=at)

    def _hurry(self, share: list[Dossier], at: datetime) -> None:
        for dossier in self.stage.clumsy("unchecked", share):
            self.stage.fire(dossier, DossierMove.ADMIT, by=self.instructor, at=at)
        for line in self.stage.clumsy("invites too early", self.stage.lines(dossier__in=share)):
            self.stage.fire(line, LineMove.INVITE, by=self.instructor, at=at)

    def _fill_sheets(self, share: list[Dossier], at: datetime) -> None:
        sheets = {one.dossier_id: one for one in Instruction.objects.filter(dossier__in=share)}
        for sheet in sheets.values():
            if sheet.checks != self.checks:
                self.stage.amend(sheet, by=self.instructor, at=at, checks=self.checks)
        new = [Instruction(dossier=one, checks=self.checks) for one in share if one.pk not in sheets]
        self.stage.open(new, by=self.instructor, at=at)

    def _ask_completion(self, dossier: Dossier, at: datetime) -> None:
        today = paris_day(at)
        for one in self.stage.clumsy("completion yesterday", [dossier]):
            self._ask(one, at, today - days(1))
        self._ask(dossier, at, today + days(10))
        if self.holders.fates[dossier.pk] == "incomplete":
            self.stage.diary.note(today + days(2), 17, self.holders.complete, dossier.pk)

    def _ask(self, dossier: Dossier, at: datetime, due_on) -> None:
        facts = {"items": ITEMS, "due_on": due_on}
        self.stage.fire(dossier, DossierMove.ASK_COMPLETION, by=self.instructor, at=at, **facts)

    def _declare_inadmissible(self, dossier: Dossier, at: datetime) -> None:
        move = DossierMove.DECLARE_INADMISSIBLE
        for one in self.stage.clumsy("no motive", [dossier]):
            self.stage.fire(one, move, by=self.coordinator, at=at, reason="autre", fact="—")
            self.stage.fire(one, move, by=self.coordinator, at=at, reason=self._reason(), fact=" ")
        fact = "Le lieu de l’action est hors des quartiers du contrat."
        self.stage.fire(dossier, move, by=self.coordinator, at=at, reason=self._reason(), fact=fact)

    def _reason(self) -> str:
        return self.reasons[0].code if self.reasons else ""

    def drop(self, at: datetime, _) -> None:
        """Before the committee the coordinator closes what was never completed."""
        silent = self.holders.fated("dropped", self.stage.dossiers(DossierState.INCOMPLETE))
        facts = {"reason": "Compléments jamais reçus malgré trois appels."}
        self.stage.fire_many(silent, DossierMove.DROP, by=self.coordinator, at=at, facts=facts)


def specific(lines: Iterable) -> list:
    """Lines on the contract's own money: droit commun goes its own way."""
    return [line for line in lines if not line.is_mainstream]
