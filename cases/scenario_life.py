"""The life of a scenario: worked on, applied as often as it takes, set aside, never deleted."""

from collections.abc import Iterator
from datetime import datetime

from django.db import models
from django_fsm import FSMField, transition

from cases.programming_states import ProgrammingState
from cases.programming_states import ScenarioState as S
from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import TEAM

SIGNED = "La programmation est arrêtée : la coordination peut la rouvrir, avec une raison."


def programming_is_open(subject, programming) -> Iterator[Refusal]:
    """What the committee has voted no longer moves; a programming that nobody has opened is in preparation."""
    if programming is not None and programming.state == ProgrammingState.SIGNED:
        yield Refusal("programming_signed", SIGNED)


def name_is_written(scenario, value) -> Iterator[Refusal]:
    if not value.strip():
        yield Refusal("no_name", "Donnez un nom au scénario.", place="name")


class ScenarioLife(models.Model):
    state = FSMField("état", max_length=5, choices=S, default=S.OPEN, protected=True)
    applied_at = models.DateTimeField("appliqué le", null=True, editable=False)

    class Meta:
        abstract = True

    @transition("state", source=S.OPEN, target=S.OPEN, custom=rule(by=TEAM, guards=[programming_is_open]))
    def apply(self, at: datetime):
        """Its amounts become the team's proposals, each line through the door by itself."""
        self.applied_at = at

    @transition("state", source=S.OPEN, target=S.ASIDE, custom=rule(by=TEAM))
    def set_aside(self):
        """Kept as it was, out of the list."""

    @transition("state", source=S.ASIDE, target=S.OPEN, custom=rule(by=TEAM))
    def take_up(self):
        """Back among those that are worked on."""
