"""That a partner was asked what it expects of a committee: once per seat, so that no press sends the mail twice."""

from collections.abc import Iterator
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef

from cases.models.attendee import Attendee
from cases.models.decision import Committee
from workflow import roles
from workflow.calendar import paris_day
from workflow.models import Cycle, Grant, Organisation
from workflow.refusal import Refusal
from workflow.roles import Reach, Role
from workflow.subject import Subject


def committee_is_to_come(request, at) -> Iterator[Refusal]:
    if request.committee.on < paris_day(at):
        yield Refusal("committee_over", "Ce comité est passé : il n’y a plus rien à demander.")


class GoalsRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A request is seen with its committee."""
        return self.filter(cycle__in=roles.cycles_of(user, "committee", "see"))

    def of(self, committee):
        return self.filter(committee=committee).select_related("seat").order_by("asked_at", "pk")

    def awaiting(self, user, on: date):
        """Those that this person may still answer that day: the committee is to come, and its seat has not spoken."""
        said = Attendee.objects.with_goals().filter(committee=OuterRef("committee"), seat=OuterRef("seat"))
        held = Grant.objects.filter(
            user=user, role=Role.FINANCIER, organisation=OuterRef("seat"), cycle=OuterRef("cycle")
        )
        return self.filter(~Exists(said), Exists(held), committee__on__gte=on)


class GoalsRequest(Subject):
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="goals_requests")
    seat = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="siège")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField("demandé le")

    objects = GoalsRequestQuerySet.as_manager()

    kind = "committee"
    lock_rank = 10  # because its committee is held first
    reads = ("committee",)
    opened_by = (Role.COORDINATOR,)
    opening = (committee_is_to_come,)
    once = ("committee", "seat")

    class Meta:
        verbose_name = "demande d’attentes"
        verbose_name_plural = "demandes d’attentes"
        ordering = ["committee", "pk"]
        constraints = [models.UniqueConstraint(fields=["committee", "seat"], name="goals_asked_once")]

    def __str__(self) -> str:
        return f"{self.committee} · {self.seat}"

    def reach_key(self, reach: Reach) -> int | None:
        return self.cycle_id if reach == Reach.CYCLE else None

    @classmethod
    def also_locks(cls, subjects, move):
        """The committee, so that one press asks once."""
        return [Committee.objects.filter(pk__in={one.committee_id for one in subjects})]
