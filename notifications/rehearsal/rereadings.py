"""A re-reading in a rehearsed year: asked, remarked on, answered and finished, with every mistake on the way."""

from datetime import datetime

from cases.models import Dossier, Remark, Support
from cases.remark_life import mark_of, text_of
from cases.states import (
    EDITABLE,
    DossierMove,
    DossierState,
    RemarkMove,
    RemarkState,
    SupportMove,
    SupportState,
)
from notifications.rehearsal.dates import days
from notifications.rehearsal.holders import Holders
from notifications.rehearsal.records import agreed
from notifications.rehearsal.stage import Stage
from workflow.calendar import paris_day
from workflow.models.step import StepKind

LEFT = "Qui vient à vos ateliers ?"
FOLLOWED = "Précisez le lieu."
REWORDED = "Une phrase plus courte dirait mieux."


class Rereadings:
    """Asked at ten, finished at noon, so that the request's own year goes on. Gentle years are real: nobody remarks."""

    def __init__(self, stage: Stage, holders: Holders):
        self.stage, self.dates, self.cast = stage, stage.dates, stage.cast
        self.holders, self.instructor = holders, stage.cast.instructor
        self.step = next((one for one in holders.steps if one.kind == StepKind.REREADING), None)

    def prepare(self) -> None:
        if self.stage.gentle or self.step is None:
            return
        morning = self.dates.worked_from(self.dates.filing_opens + days(1))
        self.stage.diary.note(morning, 10, self.ask)
        self.stage.diary.note(self.dates.filing_closes + days(2), 20, self.answer_too_late)

    def ask(self, at: datetime, _) -> None:
        """For one request to which nothing else befalls, so that it is filed."""
        drafts = [one for one in self.stage.dossiers(DossierState.DRAFT) if one.pk not in self.holders.fates]
        facts = {"step": self.step.code}
        for draft in drafts[:1]:
            holder = self.cast.holder(draft)
            if self.stage.fire(draft, DossierMove.ASK_SUPPORT, by=holder, at=at, **facts):
                self._remark(draft, at)
                self.stage.diary.note(paris_day(at), 11, self.answer, draft.pk)
                self.stage.diary.note(paris_day(at), 12, self.finish, draft.pk)

    def _remark(self, draft: Dossier, at: datetime) -> None:
        rereading = Support.objects.get(dossier=draft, state=SupportState.ASKED)
        said = ((LEFT, ""), (FOLLOWED, ""), (REWORDED, "Les jeunes du quartier"))
        new = [
            Remark(
                dossier=draft, support=rereading, author=self.instructor, part="public", text=text,
                wording=wording,
            )
            for text, wording in said
        ]  # fmt: skip
        self.stage.open(new, by=self.instructor, at=at)

    def answer(self, at: datetime, keys: list[int]) -> None:
        """One remark is followed; a sentence is taken up from a page of yesterday, then from today's; one is left."""
        for remark in Remark.objects.filter(dossier__in=keys).select_related("dossier").order_by("pk"):
            holder = self.cast.holder(remark.dossier)
            if remark.text == FOLLOWED:
                self.stage.fire(remark, RemarkMove.HANDLE, by=holder, at=at)
            for seen in ("hier", mark_of(text_of(remark.dossier, remark.part))) if remark.wording else ():
                self.stage.fire(remark, RemarkMove.TAKE, by=holder, at=at, seen=seen)

    def finish(self, at: datetime, keys: list[int]) -> None:
        """Taken for a meeting that is still to come; ended as what it is; then noted as a meeting again."""
        ahead = agreed(at, -1) | {"held_on": paris_day(at) + days(1)}
        rows = Support.objects.filter(dossier__in=keys, content__isnull=False).select_related("dossier")
        for rereading in rows.order_by("pk"):
            draft, by = rereading.dossier, self.instructor
            self.stage.fire(rereading, SupportMove.HOLD, by=by, at=at, **ahead)
            self.stage.fire(draft, DossierMove.END_SUPPORT, by=by, at=at, held=True, **ahead)
            self.stage.fire(draft, DossierMove.END_SUPPORT, by=by, at=at, held=True, record="Bien avancé.")
            self.stage.fire(rereading, SupportMove.NOTE, by=by, at=at, **agreed(at, -1))
        self._finish_a_meeting(at)

    def _finish_a_meeting(self, at: datetime) -> None:
        awaited = Support.objects.filter(
            dossier__cycle=self.stage.cycle, content__isnull=True, state=SupportState.ASKED
        )
        for meeting in awaited.order_by("pk")[:1]:
            self.stage.fire(meeting, SupportMove.FINISH, by=self.instructor, at=at)

    def answer_too_late(self, at: datetime, _) -> None:
        """The request is filed: a remark is an answer to nothing any more, whether it was read or not."""
        filed = Remark.objects.filter(dossier__cycle=self.stage.cycle).exclude(dossier__state__in=EDITABLE)
        facts = {"seen": "hier", "reason": "Trop tard."}
        for remark in filed.select_related("dossier").order_by("pk"):
            holder, open_ = self.cast.holder(remark.dossier), remark.state == RemarkState.OPEN
            moves = (RemarkMove.HANDLE, RemarkMove.KEEP, RemarkMove.TAKE) if open_ else (RemarkMove.AGAIN,)
            for move in moves:
                self.stage.fire(remark, move, by=holder, at=at, **facts)
