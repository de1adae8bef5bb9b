"""That an answer was opened by its holder, once and for all: so that the team phones whoever has not read it."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class ConsultationQuerySet(models.QuerySet):
    def of(self, dossier):
        """Of one dossier, or of the one at hand in an outer query."""
        return self.filter(dossier=dossier)


class Consultation(models.Model):
    """One person of the holder opened, for the first time, what one financier answered; without a line, the sheet.

    A day and no hour, no address, no count of visits: pages show it by organisation, never by person.
    """

    dossier = models.ForeignKey("cases.Dossier", models.CASCADE, related_name="consultations")
    line = models.ForeignKey("cases.FundingLine", models.CASCADE, null=True, related_name="consultations")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="personne"
    )
    on = models.DateField("lu le")

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "consultation"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "reader"], condition=Q(line__isnull=False), name="consulted_once_per_line"
            ),
            models.UniqueConstraint(
                fields=["dossier", "reader"], condition=Q(line__isnull=True), name="consulted_once_per_sheet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.on}"
