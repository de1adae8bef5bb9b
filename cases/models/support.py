"""Accompaniment of one dossier: a step of the year's rules asked, held, missed or waived."""

from django.db import models

from cases.models.instruction import OfDossier
from cases.states import SupportMove
from cases.support_life import SupportLife
from workflow.models import Step
from workflow.roles import TEAM


class Support(SupportLife, OfDossier):
    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="supports")
    step = models.ForeignKey(Step, models.PROTECT, related_name="+", verbose_name="étape")
    booking = models.OneToOneField(
        "cases.Booking",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="support",
        verbose_name="inscription",
    )
    """The booking that stands as this accompaniment: its attendance says whether it was held."""
    asked_at = models.DateTimeField("demandé le")
    content = models.JSONField("demande telle qu’elle était", null=True, editable=False)
    """What stood in the request when its re-reading was asked; blank for a meeting."""

    kind = "support"
    moves = SupportMove
    opened_by = TEAM

    class Meta:
        verbose_name = "accompagnement"
        ordering = ["dossier", "pk"]

    def __str__(self) -> str:
        return f"{self.step_id} · {self.get_state_display()}"

    @property
    def met_on(self):
        """The day of the meeting; a booking says its session's."""
        return self.held_on
