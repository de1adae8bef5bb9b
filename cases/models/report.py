"""What the holder owes back: the report of the year, intermediate or final, with its financial statement."""

from django.db import models

from cases.models.instruction import OfDossier
from cases.report_guards import amount_is_sane
from cases.report_life import ReportLife
from cases.report_querysets import ReportQuerySet
from cases.states import ReportMove, ReportState
from workflow.roles import TEAM, Role
from workflow.subject import Edit


class ReportKind(models.TextChoices):
    INTERMEDIATE = "intermediate", "Bilan intermédiaire"
    FINAL = "final", "Bilan final"


_WRITTEN = (
    "text",
    "difficulties",
    "onward",
    "people",
    "people_qpv",
    "realised",
    "explained",
    "replies",
    "certified_by",
    "certified_at",
)
_OPEN = (ReportState.DRAFT, ReportState.TO_CORRECT)


class Report(ReportLife, OfDossier):
    """`realised` {account (`budget.Account`, or `statement.USED`): euros as text}; `explained` {the same: why it
    differs}; `replies` {rank of a correction as text: text}."""

    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="reports")
    kind_of = models.CharField("nature", max_length=12, choices=ReportKind, default=ReportKind.FINAL)
    text = models.TextField("ce qui a été fait", blank=True)
    difficulties = models.TextField("ce qui a été difficile", blank=True)
    onward = models.TextField("la suite", blank=True)
    people = models.PositiveIntegerField("personnes touchées", null=True, blank=True)
    people_qpv = models.PositiveIntegerField("dont des quartiers", null=True, blank=True)
    spent = models.DecimalField("dépensé", max_digits=12, decimal_places=2, null=True, blank=True)
    realised = models.JSONField("comptes réalisés", default=dict, blank=True)
    explained = models.JSONField("écarts expliqués", default=dict, blank=True)
    replies = models.JSONField("réponses à l’équipe", default=dict, blank=True)
    certified_by = models.CharField("comptes confirmés par", max_length=200, blank=True)
    certified_at = models.DateTimeField("comptes confirmés le", null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    kind = "report"
    moves = ReportMove
    opened_by = (Role.HOLDER, *TEAM)
    once = ("dossier", "kind_of")
    edits = {
        name: Edit(by=(Role.HOLDER, *TEAM), states=_OPEN, quiet=(ReportState.DRAFT,)) for name in _WRITTEN
    } | {
        "spent": Edit(
            by=(Role.HOLDER, *TEAM), states=_OPEN, quiet=(ReportState.DRAFT,), guards=(amount_is_sane,)
        )
    }

    class Meta:
        verbose_name = "bilan"
        ordering = ["dossier", "pk"]
        constraints = [models.UniqueConstraint(fields=["dossier", "kind_of"], name="report_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_of_display()} · {self.dossier_id}"

    @property
    def is_final(self) -> bool:
        return self.kind_of == ReportKind.FINAL

    @property
    def exchanges(self) -> list[tuple[str, str]]:
        """(what the team asked for, what the holder answered so far), point by point; its last asking alone."""
        return [(asked, self.replies.get(str(rank), "")) for rank, asked in enumerate(self.corrections)]
