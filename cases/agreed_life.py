"""The life of what was agreed in a meeting: to do, then done, or left with a reason; a hasty tick is undone."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from cases.states import AgreedState as S
from workflow.calendar import paris_day
from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import SYSTEM, TEAM, Role


def action_is_written(action, at) -> Iterator[Refusal]:
    if not action.text.strip():
        yield Refusal("no_action", "Écrivez ce qu’il y a à faire.", place="text")


def its_day_is_ahead(action, at) -> Iterator[Refusal]:
    if action.due_on < paris_day(at):
        yield Refusal(
            "date_past", "Ce qui est à faire est à faire plus tard : vérifiez la date.", place="due_on"
        )


def whoever_does_it_is_known(action, crew) -> Iterator[Refusal]:
    """The holder, or somebody who accompanies in this cycle: a name from elsewhere would never read it."""
    if action.member_id is not None and action.member_id not in crew:
        yield Refusal(
            "not_of_the_team", "Choisissez une personne de l’équipe de cette année.", place="member"
        )


def it_is_in_their_hands(action, by, holds) -> Iterator[Refusal]:
    """What the team took on is ticked by the team; what the holder took on, by both."""
    if action.member_id is not None and by is not SYSTEM and not any(holds(role) for role in TEAM):
        yield Refusal("not_in_your_hands", "C’est à l’équipe de le faire : elle le cochera.")


class AgreedLife(models.Model):
    state = FSMField("état", max_length=5, choices=S, default=S.OPEN, protected=True)
    ended_at = models.DateTimeField("fait ou abandonné le", null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    @transition(
        "state",
        source=S.OPEN,
        target=S.DONE,
        custom=rule(by=[Role.HOLDER, *TEAM], guards=[it_is_in_their_hands]),
    )
    def tick(self, at: datetime, by):
        self._end(at, by)

    @transition(
        "state",
        source=S.DONE,
        target=S.OPEN,
        custom=rule(by=[Role.HOLDER, *TEAM], guards=[it_is_in_their_hands]),
    )
    def untick(self):
        """One tap too many costs one tap."""
        self._end(None, None)

    @transition("state", source=S.OPEN, target=S.LEFT, custom=rule(by=TEAM))
    def leave(self, reason: str, at: datetime, by):
        self._end(at, by)

    @transition("state", source=S.LEFT, target=S.OPEN, custom=rule(by=TEAM))
    def resume(self):
        self._end(None, None)

    def _end(self, at: datetime | None, by) -> None:
        self.ended_at, self.ended_by_id = at, by and by.pk
