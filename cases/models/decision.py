"""Committees, and each dossier's passage before them."""

from django.db import models

from workflow.models import Cycle
from workflow.roles import Reach, Role
from workflow.subject import Edit, Subject


class CommitteeKind(models.TextChoices):
    TECHNICAL = "technical", "Comité technique"
    FINANCIERS = "financiers", "Comité des financeurs"
    STEERING = "steering", "Comité de pilotage"


class Committee(Subject):
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="committees")
    kind_of = models.CharField(
        "nature", max_length=12, choices=CommitteeKind, default=CommitteeKind.FINANCIERS
    )
    on = models.DateField("date")
    label = models.CharField("libellé", max_length=200)
    source = models.CharField("source", max_length=300, blank=True)

    kind = "committee"
    opened_by = (Role.COORDINATOR,)
    edits = {name: Edit(by=(Role.COORDINATOR,)) for name in ("on", "label", "source")}

    class Meta:
        verbose_name = "comité"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.label

    def reach_key(self, reach: Reach) -> int | None:
        return self.cycle_id if reach is Reach.CYCLE else None


class Passage(models.Model):
    """One dossier before one committee; it may pass several times."""

    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="passages")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="passages")
    at = models.DateTimeField("enregistré le")

    class Meta:
        verbose_name = "passage en comité"
        verbose_name_plural = "passages en comité"
        ordering = ["dossier", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.committee_id}"
