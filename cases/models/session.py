"""A meeting of the calendar: one accompaniment, one day, one place, one host, so many seats."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.session_life import PLANNING, SessionLife, it_has_a_seat
from cases.session_querysets import SessionQuerySet
from cases.states import SessionMove, SessionState, Venue
from workflow.models import Cycle
from workflow.roles import TEAM, Reach
from workflow.subject import Subject
from workflow.wording import meeting_in_words


class Session(SessionLife, Subject):
    """It belongs to the cycle, its step to a version: the row keeps the step's code, and each reader finds the step by
    the rules of the day. `series` is shared by those that were created in one go. Its `version` grows with every
    change, as a calendar's SEQUENCE must."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="sessions", verbose_name="cycle")
    step = models.SlugField("étape", max_length=40)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="hosted_sessions", verbose_name="animée par"
    )
    series = models.UUIDField("série", null=True, blank=True, editable=False)

    objects = SessionQuerySet.as_manager()

    kind = "session"
    moves = SessionMove
    opened_by = TEAM
    opening = (*PLANNING, it_has_a_seat)
    once = ("cycle", "step", "starts_at", "ends_at", "host", "place", "state")
    anyway: bool = False
    """Whether whoever plans it saw the host's other session at that time, and keeps both: asked once, kept nowhere."""

    class Meta:
        verbose_name = "séance"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(seats__gt=0), name="session_has_a_seat"),
        ]
        indexes = [models.Index(fields=["cycle", "starts_at"], name="session_by_day")]

    def __str__(self) -> str:
        return f"{self.step} · {self.when}"

    @property
    def when(self) -> str:
        return meeting_in_words(self.starts_at, self.ends_at)

    @property
    def place_said(self) -> str:
        """Where to go, or that one stays at home."""
        kind = Venue(self.venue)
        if kind is Venue.OURS:
            return self.place
        return f"{kind.label} ({self.place})" if self.place else str(kind.label)

    def is_to_come(self, at) -> bool:
        return self.state == SessionState.PLANNED and at < self.starts_at

    def reach_key(self, reach: Reach) -> int | None:
        return self.cycle_id if reach is Reach.CYCLE else None

    @classmethod
    def also_locks(cls, subjects, move):
        """The cycle for a new one, so that one click plans it once."""
        if any(one.pk is None for one in subjects):
            return [Cycle.objects.filter(pk__in={one.cycle_id for one in subjects})]
        return []
