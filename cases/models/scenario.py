"""What if: a named set of amounts and of ceilings beside the team's own proposals, kept until somebody applies it."""

from django.db import models
from django.db.models import Q

from cases.models.funding import Envelope, FundingLine
from cases.programming_states import ScenarioMove, ScenarioState
from cases.scenario_life import ScenarioLife, name_is_written
from workflow import roles
from workflow.models import Cycle
from workflow.roles import TEAM, Reach
from workflow.subject import Edit, Subject


class ScenarioQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's team's calls: a scenario is a rough sheet, nobody else reads it."""
        return self.filter(roles.followed(user, "scenario", "see"))

    def of_cycle(self, cycle):
        return self.filter(cycle=cycle).order_by("name", "pk")

    def for_pages(self):
        return self.select_related("cycle__programming")

    def named(self, uuids):
        return self.filter(uuid__in=uuids).order_by("name", "pk")


class Scenario(ScenarioLife, Subject):
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="scenarios", verbose_name="appel")
    name = models.CharField("nom", max_length=80)

    objects = ScenarioQuerySet.as_manager()

    kind = "scenario"
    moves = ScenarioMove
    opened_by = TEAM
    once = ("cycle", "name")
    edits = {
        "rows": Edit(by=TEAM, states=(ScenarioState.OPEN,)),
        "name": Edit(by=TEAM, guards=(name_is_written,)),
    }
    rows: dict | None = None
    """What an edit did to its amounts and ceilings: written in its journal, kept nowhere else."""

    class Meta:
        verbose_name = "scénario"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "name"], name="scenario_name_once")]

    def __str__(self) -> str:
        return self.name

    def reach_key(self, reach: Reach) -> int | None:
        return self.cycle_id if reach is Reach.CYCLE else None

    @classmethod
    def also_locks(cls, subjects, move):
        """The call for a new one, so that two clicks begin one."""
        if any(one.pk is None for one in subjects):
            return [Cycle.objects.filter(pk__in={one.cycle_id for one in subjects})]
        return []


class ScenarioAmount(models.Model):
    """What the scenario proposes on one line, in euros; `base` is the proposal it was written against."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="amounts")
    line = models.ForeignKey(FundingLine, models.CASCADE, related_name="supposed")
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2, null=True)
    base = models.DecimalField("proposé alors", max_digits=12, decimal_places=2, null=True)

    class Meta:
        verbose_name = "montant d’un scénario"
        verbose_name_plural = "montants d’un scénario"
        ordering = ["scenario", "line"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "line"], name="scenario_amount_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="scenario_amount_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id} · {self.line_id}"


class ScenarioCeiling(models.Model):
    """What the scenario supposes that an envelope holds, in euros."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="ceilings")
    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="+")
    ceiling = models.DecimalField("montant supposé", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "hypothèse d’un scénario"
        verbose_name_plural = "hypothèses d’un scénario"
        ordering = ["scenario", "envelope"]
        constraints = [models.UniqueConstraint(fields=["scenario", "envelope"], name="scenario_ceiling_once")]

    def __str__(self) -> str:
        return f"{self.scenario_id} · {self.envelope_id}"
