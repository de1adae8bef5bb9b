"""Questions of the round: a financier asks before it answers, a holder first sends nothing, then a sentence."""

from datetime import datetime

from cases.models import FundingLine, Inquiry
from cases.states import DossierState, InquiryMove, LineState
from notifications.rehearsal.stage import Stage
from workflow.calendar import paris_day


class Inquiries:
    """Asked at nine, answered at ten: the round waits for neither."""

    def __init__(self, stage: Stage):
        self.stage, self.cast = stage, stage.cast

    def ask(self, at: datetime, keys: list[int]) -> None:
        lines = self.stage.lines(LineState.INVITED, pk__in=keys, dossier__state=DossierState.REVIEW)
        for line in self.stage.clumsy("asks first", lines):
            inquiry = self._about(line, at)
            self.stage.open([inquiry], by=inquiry.asked_by, at=at)
            self.stage.diary.note(paris_day(at), 10, self.reply, inquiry.pk)

    def reply(self, at: datetime, keys: list[int]) -> None:
        for inquiry in Inquiry.objects.filter(pk__in=keys).order_by("pk"):
            for answer in (" ", "Oui, la salle est réservée toute l’année."):
                by = self.cast.holder(inquiry)
                self.stage.fire(inquiry, InquiryMove.REPLY, by=by, at=at, answer=answer)

    def _about(self, line: FundingLine, at: datetime) -> Inquiry:
        return Inquiry(
            dossier=line.dossier,
            cycle_id=line.cycle_id,
            organisation_id=line.organisation_id,
            seat_id=line.seat_id,
            asked_by=self.cast.financiers[line.seat_id],
            asked_at=at,
            question="La salle est-elle déjà réservée ?",
        )
