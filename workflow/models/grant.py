"""Who holds which role, in which cycle, for which organisation."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from workflow.roles import Role


class Grant(models.Model):
    """One role of one person. Without a cycle it holds in all of them: holders keep their projects over the years."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants", verbose_name="personne"
    )
    role = models.CharField(
        "rôle", max_length=12, choices=[choice for choice in Role.choices if choice[0] != "system"]
    )
    cycle = models.ForeignKey("workflow.Cycle", models.CASCADE, null=True, blank=True, related_name="grants")
    organisation = models.ForeignKey(
        "workflow.Organisation", models.PROTECT, null=True, blank=True, related_name="grants"
    )

    class Meta:
        verbose_name = "rôle tenu"
        verbose_name_plural = "rôles tenus"
        constraints = [
            models.UniqueConstraint(
                "user", "role", Coalesce("cycle", 0), Coalesce("organisation", 0), name="grant_once"
            ),
            models.CheckConstraint(
                condition=models.Q(role=Role.HOLDER) | models.Q(cycle__isnull=False),
                name="grant_only_holders_outlive_a_cycle",
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=[Role.HOLDER, Role.FINANCIER])
                | models.Q(organisation__isnull=False),
                name="grant_holders_and_financiers_stand_for_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
