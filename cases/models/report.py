"""What the holder owes back: the report of the year, intermediate or final."""

from django.db import models

from cases.models.instruction import OfDossier
from cases.report_life import ReportLife
from cases.states import ReportMove, ReportState
from workflow.roles import TEAM, Role
from workflow.subject import Edit


class ReportKind(models.TextChoices):
    INTERMEDIATE = "intermediate", "Bilan intermédiaire"
    FINAL = "final", "Bilan final"


class Report(ReportLife, OfDossier):
    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="reports")
    kind_of = models.CharField("nature", max_length=12, choices=ReportKind, default=ReportKind.FINAL)
    text = models.TextField("ce qui a été fait", blank=True)
    people = models.PositiveIntegerField("personnes touchées", null=True, blank=True)
    spent = models.DecimalField("dépensé", max_digits=12, decimal_places=2, null=True, blank=True)

    kind = "report"
    moves = ReportMove
    opened_by = (Role.HOLDER, *TEAM)
    edits = {
        name: Edit(
            by=(Role.HOLDER, *TEAM),
            states=(ReportState.DRAFT, ReportState.TO_CORRECT),
            quiet=(ReportState.DRAFT,),
        )
        for name in ("text", "people", "spent")
    }

    class Meta:
        verbose_name = "bilan"
        ordering = ["dossier", "pk"]
        constraints = [models.UniqueConstraint(fields=["dossier", "kind_of"], name="report_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_of_display()} · {self.dossier_id}"
