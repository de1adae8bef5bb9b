"""Who holds which role, in which cycle, for which organisation."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from workflow.grant_life import GrantLife, GrantState, lasting_role_comes_from_its_own_house
from workflow.models.cycle import Cycle
from workflow.roles import Reach, Role
from workflow.subject import Subject


class HeldManager(models.Manager):
    """Only what is held now: whoever forgets that a role was withdrawn must not give it back."""

    def get_queryset(self):
        return super().get_queryset().filter(state=GrantState.HELD)


class Grant(GrantLife, Subject):
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

    invited_in = models.ForeignKey(
        "workflow.Cycle", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = HeldManager()
    ever = models.Manager()

    kind = "grant"
    opened_by = (Role.COORDINATOR, Role.HOLDER)
    opening = (lasting_role_comes_from_its_own_house,)

    class Meta:
        verbose_name = "rôle tenu"
        verbose_name_plural = "rôles tenus"
        constraints = [
            models.UniqueConstraint(
                "user",
                "role",
                Coalesce("cycle", 0),
                Coalesce("organisation", 0),
                condition=models.Q(state=GrantState.HELD),
                name="grant_once",
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

    def reach_key(self, reach: Reach) -> int | None:
        """A coordinator reaches what was opened in the cycle; a holder its own organisation's holders."""
        own = self.organisation_id if self.role == Role.HOLDER else None
        return {Reach.CYCLE: self.cycle_id or self.invited_in_id, Reach.OWN: own}.get(reach)

    @classmethod
    def also_locks(cls, subjects, move):
        """The cycle, so that its last two coordinators never leave at the same instant."""
        return [Cycle.objects.filter(pk__in={one.reach_key(Reach.CYCLE) for one in subjects})]
