"""The fiche de motivation: a voluntary, checked, frozen explanation, apart from the legal letter."""

from django.conf import settings
from django.db import models

from cases.feedback_life import FeedbackLife
from cases.feedback_querysets import FeedbackQuerySet, VersionQuerySet
from cases.models.instruction import OfDossier
from cases.states import FeedbackMove, FeedbackState
from workflow.roles import TEAM
from workflow.subject import Edit


class Feedback(FeedbackLife, OfDossier):
    """A part for each financier, in the order of its motives; None as a line stands for a request not examined."""

    dossier = models.OneToOneField("cases.Dossier", models.PROTECT, related_name="feedback")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    appreciated = models.TextField("ce qui a été apprécié", blank=True)
    advice = models.TextField("et maintenant", blank=True)
    meeting_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="rendez-vous proposé avec",
    )
    motives = models.JSONField("motifs", default=list, blank=True)
    """[{"line": key or null, "reason": code or "", "fact": text, "free": text}]; a free motive is marked as such."""
    silent = models.JSONField("motifs non communiqués", default=list, blank=True)
    """Keys of the lines whose financier does not communicate its motive."""
    lesser = models.JSONField("pourquoi moins", default=list, blank=True)
    """[{"line": key, "why": one line}]: why a little less was granted than asked."""

    objects = FeedbackQuerySet.as_manager()

    kind = "feedback"
    moves = FeedbackMove
    opened_by = TEAM
    once = ("dossier",)
    edits = {
        name: Edit(by=TEAM, states=(FeedbackState.DRAFT,))
        for name in ("appreciated", "advice", "meeting_with_id", "motives", "silent", "lesser")
    }

    class Meta:
        verbose_name = "fiche de motivation"
        verbose_name_plural = "fiches de motivation"

    def __str__(self) -> str:
        return f"fiche {self.dossier_id}"


class FeedbackVersion(models.Model):
    """The very words that a holder received: never changed, so that a correction stands beside what it corrects."""

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("version n°")
    at = models.DateTimeField("transmise le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    because = models.TextField("pourquoi elle corrige la précédente", blank=True)
    content = models.JSONField("contenu")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version de fiche"
        verbose_name_plural = "versions de fiches"
        ordering = ["feedback", "number"]
        constraints = [models.UniqueConstraint(fields=["feedback", "number"], name="sheet_version_once")]

    def __str__(self) -> str:
        return f"version {self.number}"
