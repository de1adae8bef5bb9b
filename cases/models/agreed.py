"""What was agreed in a meeting: what to do, who does it, by when. It outlasts the year in which it was agreed."""

from datetime import date

from django.conf import settings
from django.db import models

from cases.agreed_life import AgreedLife, action_is_written, its_day_is_ahead, whoever_does_it_is_known
from cases.agreed_querysets import AgreedQuerySet
from cases.models.project import Project
from cases.states import AgreedMove, AgreedState
from workflow.models import Cycle, Organisation
from workflow.roles import TEAM, Reach, Role
from workflow.subject import Subject


class AgreedAction(AgreedLife, Subject):
    """Cycle and holder stand on the row, because a meeting may come before any request. Next year's draft of the same
    project reads the very row: nothing is copied, so that it is ticked once."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="agreed", verbose_name="porteur"
    )
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="agreed")
    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, null=True, blank=True, related_name="agreed")
    support = models.ForeignKey("cases.Support", models.PROTECT, null=True, blank=True, related_name="agreed")
    booking = models.ForeignKey("cases.Booking", models.PROTECT, null=True, blank=True, related_name="agreed")
    """The session at which it was agreed where there was no request yet."""
    text = models.CharField("à faire", max_length=200)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="qui"
    )
    """Who of the team does it; blank: the holder."""
    due_on = models.DateField("avant le")

    objects = AgreedQuerySet.as_manager()

    kind = "agreed"
    moves = AgreedMove
    opened_by = (*TEAM, Role.THIRD_PARTY)
    opening = (action_is_written, its_day_is_ahead, whoever_does_it_is_known)

    class Meta:
        verbose_name = "action convenue"
        verbose_name_plural = "actions convenues"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["organisation", "state"], name="agreed_by_holder"),
            models.Index(fields=["cycle", "state", "due_on"], name="agreed_by_due_day"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.state == AgreedState.OPEN

    def is_late(self, on: date) -> bool:
        return self.is_open and self.due_on < on

    def reach_key(self, reach: Reach) -> int | None:
        return {Reach.CYCLE: self.cycle_id, Reach.OWN: self.organisation_id}.get(reach)
