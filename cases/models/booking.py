"""Who comes to a session: an organisation, for a request, for an idea, or to ask."""

from django.conf import settings
from django.db import models

from cases import seating
from cases.booking_life import BOOKING, BookingLife
from cases.models.dossier import Dossier
from cases.models.idea import Idea
from cases.models.session import Session
from cases.models.support import Support
from cases.session_querysets import BookingQuerySet
from cases.states import BookingMove
from workflow.calendar import paris_day
from workflow.engine import OPEN
from workflow.models import Cycle, Organisation
from workflow.roles import TEAM, Reach, Role
from workflow.subject import Edit, Subject

SAYING = (OPEN, BookingMove.ATTEND, BookingMove.MISS)
"""What looks at the request, or writes its accompaniment: it holds both before the session."""


class Booking(BookingLife, Subject):
    """Cycle and holder stand on the row, because rights and messages are scoped by them. Its rank in the queue is the
    order of its key among those that wait: both are given under the session's lock."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="bookings", verbose_name="séance")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="bookings", verbose_name="association"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="inscrit par"
    )
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="bookings", verbose_name="demande"
    )
    idea = models.ForeignKey(
        Idea, models.PROTECT, null=True, blank=True, related_name="bookings", verbose_name="idée"
    )
    booked_at = models.DateTimeField("inscrit le")

    objects = BookingQuerySet.as_manager()

    kind = "booking"
    moves = BookingMove
    reads = ("session",)
    opened_by = (Role.HOLDER, *TEAM)
    opening = BOOKING
    once = ("session", "organisation", "dossier", "idea", "ended_at")
    edits = {"dossier_id": Edit(by=(Role.SYSTEM,))}

    class Meta:
        verbose_name = "inscription"
        ordering = ["session", "pk"]
        indexes = [models.Index(fields=["session", "state"], name="booking_by_state")]

    def __str__(self) -> str:
        return f"{self.organisation_id} · {self.get_state_display()}"

    @property
    def met(self) -> "Support | Booking":
        """Where the record of this meeting stands: on the request's accompaniment, else on the booking itself."""
        return getattr(self, "support", None) or self

    @property
    def met_on(self):
        return paris_day(self.session.starts_at)

    def reach_key(self, reach: Reach) -> int | None:
        return {Reach.CYCLE: self.cycle_id, Reach.OWN: self.organisation_id}.get(reach)

    @classmethod
    def also_locks(cls, subjects, move):
        """Always the session, so that its seats are counted by one at a time."""
        sessions = Session.objects.filter(pk__in={one.session_id for one in subjects})
        if move not in SAYING:
            return [sessions]
        dossiers = Dossier.objects.filter(pk__in={one.dossier_id for one in subjects} - {None})
        ideas = Idea.objects.filter(pk__in={one.idea_id for one in subjects} - {None})
        supports = Support.objects.filter(booking__in=[one.pk for one in subjects if one.pk])
        return [dossiers, supports, ideas, sessions]

    @classmethod
    def at_opening(cls, new):
        """Each takes a seat while there is one; the others wait."""
        seating.seat_new(new)
