"""The fiche de motivation: a voluntary, checked, frozen explanation, apart from the legal letter."""

from django.conf import settings
from django.db import models

from cases.feedback_life import FeedbackLife
from cases.feedback_querysets import FeedbackQuerySet
from cases.models.instruction import OfDossier
from cases.states import FeedbackMove, FeedbackState
from workflow.roles import TEAM
from workflow.subject import Edit


class Feedback(FeedbackLife, OfDossier):
    dossier = models.OneToOneField("cases.Dossier", models.PROTECT, related_name="feedback")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    appreciated = models.TextField("ce qui a été apprécié", blank=True)
    advice = models.TextField("et maintenant", blank=True)
    meeting_with = models.CharField("rendez-vous proposé avec", max_length=200, blank=True)
    motives = models.JSONField("motifs", default=list, blank=True)
    """[{"line": key or null, "reason": code or "", "fact": text, "free": text}]; a free motive is marked as such."""

    objects = FeedbackQuerySet.as_manager()

    kind = "feedback"
    moves = FeedbackMove
    opened_by = TEAM
    once = ("dossier",)
    edits = {
        name: Edit(by=TEAM, states=(FeedbackState.DRAFT,))
        for name in ("appreciated", "advice", "meeting_with", "motives")
    }

    class Meta:
        verbose_name = "fiche de motivation"
        verbose_name_plural = "fiches de motivation"

    def __str__(self) -> str:
        return f"fiche {self.dossier_id}"
