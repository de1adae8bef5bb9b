"""The life of an idea in a holder's notebook: it becomes a request, or is set aside."""

from collections.abc import Iterator

from django.db import models
from django_fsm import FSMField, transition

from cases import seating as after
from cases.states import IdeaState as S
from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import Role


def its_call_takes_requests(idea, at, calls) -> Iterator[Refusal]:
    """A draft that could never be filed would only promise: the idea waits in its notebook."""
    if idea.cycle_id not in calls(at):
        yield Refusal("call_closed", "Cet appel ne prend plus de demandes : gardez l’idée pour le prochain.")


class IdeaLife(models.Model):
    state = FSMField("état", max_length=9, choices=S, default=S.OPEN, protected=True)

    class Meta:
        abstract = True

    @transition(
        "state",
        source=S.OPEN,
        target=S.DRAFTED,
        custom=rule(by=[Role.HOLDER], guards=[its_call_takes_requests], then=[after.follow_the_draft]),
    )
    def become(self, dossier: int):
        """Its words stand in the draft; what was booked for it is booked for the draft."""
        self.dossier_id = dossier

    @transition("state", source=S.OPEN, target=S.ASIDE, custom=rule(by=[Role.HOLDER]))
    def set_aside(self):
        """Kept, but no longer in sight."""

    @transition("state", source=S.ASIDE, target=S.OPEN, custom=rule(by=[Role.HOLDER]))
    def take_up(self):
        """Back in the notebook."""
