"""The budget of an action made smaller: each version as its holder wrote it, beside the one that was asked for."""

from decimal import Decimal

from django.db import models


class RevisionQuerySet(models.QuerySet):
    def of(self, dossier):
        """One dossier's versions in force, the first one first: an adaptation that was taken back has none."""
        rows = self.filter(dossier=dossier, line__state__in=("adapted", "settled"))
        return rows.select_related("line__envelope__financier__organisation").order_by("number")

    def in_force(self, dossiers):
        """Those of several dossiers, by their keys, the last one of each last."""
        rows = self.filter(dossier__in=dossiers, line__state__in=("adapted", "settled"))
        return rows.order_by("dossier", "number")


class RevisedBudget(models.Model):
    """Append-only: what the accounts held and what was granted when an action was adapted; the request keeps its own.

    `accounts` {two digits: euros as text}; `granted` [{"line": key, "who": name, "amount": euros as text}].
    """

    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="revisions")
    line = models.ForeignKey("cases.FundingLine", models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField("version")
    at = models.DateTimeField("écrit le")
    accounts = models.JSONField("comptes", default=dict)
    granted = models.JSONField("accordé", default=list)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "budget adapté"
        verbose_name_plural = "budgets adaptés"
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="revised_budget_number_once")
        ]

    def __str__(self) -> str:
        return f"budget adapté {self.dossier_id} · {self.number}"

    @property
    def amounts(self) -> dict[str, Decimal]:
        return {code: Decimal(amount) for code, amount in self.accounts.items()}

    @property
    def awards(self) -> dict[int, Decimal]:
        """{line key: euros granted then}."""
        return {one["line"]: Decimal(one["amount"]) for one in self.granted}
