"""Project holders: they write, ask for company, file early, late or twice, complete, withdraw and come back."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from cases.budget import Account
from cases.models import CompletionRequest, Document, Dossier
from cases.models.criterion import QuestionKind
from cases.states import EDITABLE, DossierMove, DossierState, LineState
from notifications.rehearsal.dates import days
from notifications.rehearsal.stage import Stage
from workflow.calendar import paris_day
from workflow.models import Filing, Requirement, Step
from workflow.models.step import StepKind

FATES = (
    "late", "takes_back", "checked_early", "incomplete", "restores", "inadmissible", "withdraws", "dropped", "never",
)  # fmt: skip
"""What befalls one dossier in thirty each, so that a rehearsal shows the ways back and the ways out."""

EARLY = ("takes_back", "checked_early", "restores")

SAMPLES = {
    QuestionKind.NUMBER: "12",
    QuestionKind.MONEY: "1000",
    QuestionKind.YES_NO: "oui",
    QuestionKind.DATE: "2027-01-15",
}


class Holders:
    """`team` is whom they call: it joins them when it is cast."""

    team: Any

    def __init__(self, stage: Stage):
        self.stage, self.dates, self.cast = stage, stage.dates, stage.cast
        rules = stage.rules
        self.priority = stage.cycle.orientations.order_by("pk").first()
        self.quarters = sorted(stage.cycle.contract.neighbourhoods.values_list("pk", flat=True))
        self.questions = list(rules.questions.order_by("pk"))
        kinds = [kind.value for kind in StepKind if kind.accompanies]
        self.steps = list(Step.objects.filter(version=rules, kind__in=kinds).order_by("pk"))
        self.required = [step for step in self.steps if step.requirement == Requirement.REQUIRED]
        self.elsewhere = next((step.code for step in self.dates.steps.values()), "promenade")
        self.fates: dict[int, str] = {}
        self.tried: dict[int, int] = {}

    def prepare(self, dossiers: list[Dossier]) -> None:
        """Cast lots over the whole year: who writes and files when, and what befalls whom."""
        self.fates = self._fates(dossiers)
        opens, closes = self.dates.filing_opens, self.dates.filing_closes
        span = (closes - opens).days
        for dossier in dossiers:
            fate, rng = self.fates.get(dossier.pk), self.stage.rng("porteur", dossier.number)
            filed = opens + days(round(span * rng.triangular(0.2, 1, 0.9)))
            if fate in EARLY:
                filed = opens + days(span // 2)
            room = (filed - opens).days - 4 * len(self.required)
            self.stage.diary.note(opens + days(rng.randint(0, max(0, room))), 8, self.write, dossier.pk)
            if fate != "never":
                filed = closes + days(1) if fate == "late" else filed
                self.stage.diary.note(filed, rng.choice((9, 16, 22)), self.file, dossier.pk)
        self.stage.diary.note(self.dates.start, 17, self.try_too_early)
        withdrawing = [key for key, fate in self.fates.items() if fate == "withdraws"]
        self.stage.diary.note(closes + days(2), 10, self.withdraw, *withdrawing)

    def _fates(self, dossiers: list[Dossier]) -> dict[int, str]:
        if self.stage.gentle:
            return {}
        shuffled = self.stage.rng("sort").sample(dossiers, len(dossiers))
        lots = FATES * max(1, len(dossiers) // 30)
        return {one.pk: fate for one, fate in zip(shuffled[: 3 * len(dossiers) // 4], lots, strict=False)}

    def fated(self, fate: str, dossiers: Iterable[Dossier]) -> list[Dossier]:
        return [dossier for dossier in dossiers if self.fates.get(dossier.pk) == fate]

    # Writing ---------------------------------------------------------------------------------------------------------

    def try_too_early(self, at: datetime, _) -> None:
        drafts = self.stage.dossiers(DossierState.DRAFT)
        for draft in self.stage.clumsy("too early", reversed(drafts)):
            self.stage.fire(draft, DossierMove.SUBMIT, by=self.cast.holder(draft), at=at)

    def write(self, at: datetime, keys: list[int]) -> None:
        drafts = self.stage.dossiers(*EDITABLE, keys=keys)
        for draft in self.stage.clumsy("unfinished", drafts):
            self.stage.fire(draft, DossierMove.SUBMIT, by=self.cast.holder(draft), at=at)
        for draft in drafts:
            self.stage.amend(draft, by=self.cast.holder(draft), at=at, **self._words(draft, at))
        self._join_documents(drafts, at)
        self._stumble(drafts, at)
        self._ask_company(drafts, at)

    def _words(self, draft: Dossier, at: datetime) -> dict[str, Any]:
        """All that filing asks for; where Dauphin holds the request, its number there."""
        words = {"answers": self._answers(), "commitment_by": "Représentant légal", "commitment_at": at}
        if self.stage.rules.filing != Filing.HERE:
            words["dauphin_reference"] = f"REP-{draft.number:05d}"
        return words | self._place(draft)

    def _place(self, draft: Dossier) -> dict[str, Any]:
        """Where the table did not say it: a priority of the call, a quarter of the contract."""
        placed: dict[str, Any] = {}
        if draft.orientation_id is None and self.priority:
            placed["orientation_id"] = self.priority.pk
        if self.quarters and not draft.neighbourhoods.exists():
            placed["neighbourhoods"] = self.quarters[:1]
        return placed

    def _answers(self) -> dict[str, str]:
        written = (one for one in self.questions if one.kind != QuestionKind.DOCUMENT)
        return {one.code: SAMPLES.get(QuestionKind(one.kind), "Réponse de la répétition.") for one in written}

    def _join_documents(self, drafts: list[Dossier], at: datetime) -> None:
        pieces = [one for one in self.questions if one.kind == QuestionKind.DOCUMENT]
        Document.objects.bulk_create(
            Document(dossier=draft, code=piece.code, name=f"{piece.code}.pdf", at=at)
            for draft in drafts
            for piece in pieces
        )

    def _stumble(self, drafts: list[Dossier], at: datetime) -> None:
        """Two answers forgotten and three mistakes of figures, seen at the door and mended."""
        for draft in self.stage.clumsy("no priority", drafts):
            self._file_with(draft, at, orientation_id=None)
        for draft in self.stage.clumsy("no quarter", drafts):
            self._file_with(draft, at, neighbourhoods=[])
        for draft in self.stage.clumsy("over cost", drafts):
            self._file_with(draft, at, total_cost=1)
        for draft in self.stage.clumsy("unbalanced", drafts):
            self._file_with(draft, at, budget={Account.PURCHASES.value: "1", Account.KIND_USED.value: "1"})
        for draft in self.stage.clumsy("asks nothing", reversed(drafts)):
            holder = self.cast.holder(draft)
            lines = self.stage.lines(LineState.REQUESTED, dossier=draft)
            for line in lines:
                self.stage.amend(line, by=holder, at=at, requested=0 * line.requested)
            self.stage.fire(draft, DossierMove.SUBMIT, by=holder, at=at)
            for line in lines:
                self.stage.amend(line, by=holder, at=at, requested=line.requested)

    def _file_with(self, draft: Dossier, at: datetime, **wrong) -> None:
        holder = self.cast.holder(draft)
        right = {name: self._now(draft, name) for name in wrong}
        self.stage.amend(draft, by=holder, at=at, **wrong)
        self.stage.fire(draft, DossierMove.SUBMIT, by=holder, at=at)
        self.stage.amend(draft, by=holder, at=at, **right)

    def _now(self, draft: Dossier, name: str):
        """What is written there now, as the door takes it."""
        if name == "neighbourhoods":
            return sorted(draft.neighbourhoods.values_list("pk", flat=True))
        return getattr(Dossier.objects.get(pk=draft.pk), name)

    # Company ---------------------------------------------------------------------------------------------------------

    def _ask_company(self, drafts: list[Dossier], at: datetime) -> None:
        for draft in self.stage.clumsy("unknown step", drafts):
            self.stage.fire(
                draft, DossierMove.ASK_SUPPORT, by=self.cast.holder(draft), at=at, step=self.elsewhere
            )
        if self.required:
            self.ask_for(self.required[0], drafts, at)
        elif self.steps and not self.stage.gentle:
            asking = [draft for draft in drafts if self.stage.rng("rencontre", draft.number).random() < 1 / 3]
            for draft in asking:
                step = self.stage.rng("étape", draft.number).choice(self.steps)
                self.ask_for(step, [draft], at)

    def ask_for(self, step: Step, drafts: list[Dossier], at: datetime) -> None:
        for holder, own in self.by_holder(drafts):
            passed = self.stage.fire_many(
                own, DossierMove.ASK_SUPPORT, by=holder, at=at, facts={"step": step.code}
            )
            self.stage.diary.note_at_work(
                paris_day(at) + days(2), 14, self.team.meet, *(draft.pk for draft in passed)
            )

    # Filing ----------------------------------------------------------------------------------------------------------

    def file(self, at: datetime, keys: list[int]) -> None:
        for holder, own in self.by_holder(self.stage.dossiers(*EDITABLE, keys=keys)):
            passed = self.stage.fire_many(own, DossierMove.SUBMIT, by=holder, at=at)
            self._follow_filed(passed, at)
            filed = {draft.pk for draft in passed}
            self._try_again([draft for draft in own if draft.pk not in filed], at)

    def _follow_filed(self, filed: list[Dossier], at: datetime) -> None:
        diary, tomorrow = self.stage.diary, paris_day(at) + days(1)
        for dossier in filed:
            if self.tried.get(dossier.pk):
                continue
            match self.fates.get(dossier.pk):
                case "takes_back":
                    diary.note(tomorrow, 10, self.take_back, dossier.pk)
                case "restores":
                    diary.note(tomorrow, 10, self.withdraw, dossier.pk)
                case "checked_early":
                    diary.note_at_work(tomorrow, 10, self.team.begin_check, dossier.pk)
            self.tried[dossier.pk] = 1

    def _try_again(self, refused: list[Dossier], at: datetime) -> None:
        """After the deadline the holder calls for a derogation; before it, files again two days later."""
        for draft in refused:
            if self.tried.get(draft.pk, 0) >= 2:
                continue
            self.tried[draft.pk] = self.tried.get(draft.pk, 0) + 1
            if paris_day(at) >= self.dates.filing_closes:
                self.stage.diary.note_at_work(paris_day(at) + days(1), 9, self.team.derogate, draft.pk)
            else:
                self.stage.diary.note(paris_day(at) + days(2), 9, self.file, draft.pk)

    def take_back(self, at: datetime, keys: list[int]) -> None:
        for dossier in self.stage.dossiers(DossierState.SUBMITTED, keys=keys):
            if self.stage.fire(dossier, DossierMove.TAKE_BACK, by=self.cast.holder(dossier), at=at):
                self.stage.diary.note(paris_day(at) + days(1), 18, self.file, dossier.pk)

    def withdraw(self, at: datetime, keys: list[int]) -> None:
        before_decision = (DossierState.SUBMITTED, DossierState.INCOMPLETE, DossierState.INSTRUCTION)
        for dossier in self.stage.dossiers(*EDITABLE, *before_decision, keys=keys):
            reason = "Nous n’avons plus d’animateur."
            self.stage.fire(dossier, DossierMove.WITHDRAW, by=self.cast.holder(dossier), at=at, reason=reason)
            if self.fates.get(dossier.pk) == "restores":
                self.stage.diary.note(paris_day(at) + days(1), 10, self.restore, dossier.pk)

    def restore(self, at: datetime, keys: list[int]) -> None:
        for dossier in self.stage.dossiers(DossierState.WITHDRAWN, keys=keys):
            if self.stage.fire(dossier, DossierMove.RESTORE, by=self.cast.holder(dossier), at=at):
                self.stage.diary.note(paris_day(at) + days(1), 18, self.file, dossier.pk)

    # Completing ------------------------------------------------------------------------------------------------------

    def complete(self, at: datetime, keys: list[int]) -> None:
        """One item a visit: the holder believes to be done after each."""
        for dossier in self.stage.dossiers(DossierState.INCOMPLETE, keys=keys):
            holder = self.cast.holder(dossier)
            if self.stage.fire(dossier, DossierMove.COMPLETE, by=holder, at=at):
                continue
            request = CompletionRequest.objects.get(dossier=dossier, closed_at=None)
            replies = {**request.replies, str(len(request.replies)): "Voici la pièce."}
            self.stage.amend(request, by=holder, at=at, replies=replies)
            self.stage.diary.note(paris_day(at) + days(1), 17, self.complete, dossier.pk)

    def by_holder(self, dossiers: Iterable[Dossier]) -> Iterator[tuple]:
        """Each person with the dossiers of their organisation, so that they cost one call of the door."""
        grouped: dict[int, list[Dossier]] = {}
        for dossier in dossiers:
            grouped.setdefault(dossier.organisation_id, []).append(dossier)
        for own in grouped.values():
            yield self.cast.holder(own[0]), own
