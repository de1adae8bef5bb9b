"""What a financier asks a holder while opinions are given."""

from django.conf import settings
from django.db import models

from cases.inquiry_life import InquiryLife, question_is_written, seat_was_asked
from cases.line_guards import line_is_of_its_dossier, round_is_open
from cases.models.instruction import OfDossier
from cases.querysets import InquiryQuerySet
from cases.states import InquiryMove
from workflow.models import Cycle, Organisation
from workflow.roles import Reach, Role


class Inquiry(InquiryLife, OfDossier):
    """Cycle, holder and seat stand on the row, as on a line, because rights and messages are scoped by them."""

    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="inquiries")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="porteur")
    seat = models.ForeignKey(Organisation, models.PROTECT, related_name="inquiries", verbose_name="financeur")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("posée le")
    question = models.TextField("question")

    objects = InquiryQuerySet.as_manager()

    kind = "inquiry"
    reads = ("dossier__rules", "seat")
    moves = InquiryMove
    opened_by = (Role.FINANCIER,)
    once = ("dossier", "seat", "asked_by", "question")
    opening = (line_is_of_its_dossier, round_is_open, seat_was_asked, question_is_written)

    class Meta:
        verbose_name = "question d’un financeur"
        verbose_name_plural = "questions des financeurs"
        ordering = ["dossier", "pk"]

    def __str__(self) -> str:
        return f"question {self.pk} · {self.dossier_id}"

    def reach_key(self, reach: Reach) -> int | None:
        return {Reach.CYCLE: self.cycle_id, Reach.OWN: self.organisation_id, Reach.SEAT: self.seat_id}.get(
            reach
        )
