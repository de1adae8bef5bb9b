"""Committees, and each dossier's passage before them."""

from django.db import models

from cases.states import DossierState
from workflow import roles
from workflow.models import Cycle
from workflow.roles import Reach, Role
from workflow.subject import Edit, Subject


class CommitteeKind(models.TextChoices):
    TECHNICAL = "technical", "Comité technique"
    FINANCIERS = "financiers", "Comité des financeurs"
    STEERING = "steering", "Comité de pilotage"


class CommitteeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the cycles in which a person may follow the committees."""
        cycles = roles.cycles_of(user, "committee", "see")
        return self.filter(cycle__in=cycles).select_related("cycle").order_by("cycle", "on", "pk")

    def between(self, first, last):
        return self.filter(on__range=(first, last))

    def of_cycle(self, cycle: int):
        return self.filter(cycle=cycle)

    def with_counts(self):
        """`decided` dossiers of each committee, and how many are `waiting` for one in its cycle."""
        waiting = models.Q(cycle__dossiers__state=DossierState.COMMITTEE)
        return self.annotate(
            decided=models.Count("passages", distinct=True),
            waiting=models.Count("cycle__dossiers", filter=waiting, distinct=True),
        )


class Committee(Subject):
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="committees")
    kind_of = models.CharField(
        "nature", max_length=12, choices=CommitteeKind, default=CommitteeKind.FINANCIERS
    )
    on = models.DateField("date")
    label = models.CharField("libellé", max_length=200)
    source = models.CharField("source", max_length=300, blank=True)

    objects = CommitteeQuerySet.as_manager()

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


class PassageQuerySet(models.QuerySet):
    def for_pages(self):
        return self.select_related("dossier__organisation").order_by("dossier__number", "pk")


class Passage(models.Model):
    """One dossier before one committee; it may pass several times."""

    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="passages")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="passages")
    at = models.DateTimeField("enregistré le")

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = "passage en comité"
        verbose_name_plural = "passages en comité"
        ordering = ["dossier", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.committee_id}"
