"""The life of a role that somebody holds: given, then withdrawn, never erased, so that the journal can name it."""

from collections.abc import Iterator
from datetime import datetime

from django.db import models
from django_fsm import FSMField, transition

from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import Role


class GrantState(models.TextChoices):
    HELD = "held", "Tenu"
    ENDED = "ended", "Retiré"


def somebody_still_coordinates(grant, coordinators) -> Iterator[Refusal]:
    """A cycle that nobody coordinates could never be mended from inside."""
    if grant.role == Role.COORDINATOR and not coordinators - {grant.user_id}:
        yield Refusal(
            "last_coordinator",
            "Il faut au moins une personne à la coordination. Invitez d’abord quelqu’un d’autre.",
        )


def lasting_role_comes_from_its_own_house(grant, colleagues, holds) -> Iterator[Refusal]:
    """A coordinator opens an association's door for good only where nobody else keeps it: the door leads to every
    year and every town in which the association asks."""
    if grant.cycle_id is None and holds(Role.COORDINATOR) and colleagues:
        yield Refusal(
            "not_first_here",
            "Cette organisation a déjà des responsables : elle invite elle-même, ou le rôle vaut pour ce cycle seul.",
            place="organisation",
        )


class GrantLife(models.Model):
    state = FSMField("état", max_length=8, choices=GrantState, default=GrantState.HELD, protected=True)
    ended_at = models.DateTimeField("retiré le", null=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        "state",
        source=GrantState.HELD,
        target=GrantState.ENDED,
        custom=rule(by=[Role.COORDINATOR, Role.HOLDER, Role.SYSTEM], guards=[somebody_still_coordinates]),
    )
    def end(self, at: datetime):
        self.ended_at = at
