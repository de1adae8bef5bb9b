"""The life of a session: planned, then held or cancelled; its date, place, host and seats change while planned."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django_fsm import FSMField, transition

from cases import seating as after
from cases.states import SessionState as S
from cases.states import Venue
from workflow.calendar import paris_day
from workflow.charts import rule
from workflow.refusal import Refusal, window_closed
from workflow.roles import SYSTEM, TEAM, Role
from workflow.wording import instant_in_words

HOSTS = (*TEAM, Role.THIRD_PARTY)
"""Who may host a session and say who came; a third party decides nothing else."""


# What must hold ------------------------------------------------------------------------------------------------------


class Plan(NamedTuple):
    """When, where and with whom: of a new session what stands on it, of a planned one what somebody typed."""

    starts_at: datetime
    ends_at: datetime
    venue: str
    place: str
    host: int
    anyway: bool

    @classmethod
    def of(cls, session, facts: Mapping[str, Any] | None) -> "Plan | None":
        """None while nothing was typed yet, or not all of it."""
        if facts is None:
            return cls._standing(session) if session.pk is None else None
        typed = [facts.get(name) for name in ("starts_at", "ends_at", "venue", "place", "host")]
        whole = typed[0] and typed[1] and typed[4]
        return cls(*typed, bool(facts.get("anyway"))) if whole else None

    @classmethod
    def _standing(cls, session) -> "Plan":
        when, where = (session.starts_at, session.ends_at), (session.venue, session.place)
        return cls(*when, *where, session.host_id, session.anyway)


def it_ends_after_it_starts(session, facts) -> Iterator[Refusal]:
    plan = Plan.of(session, facts)
    if plan and plan.ends_at <= plan.starts_at:
        yield Refusal("ends_before_start", "La séance finit avant de commencer.", place="ends_at")


def it_is_to_come(session, facts, at) -> Iterator[Refusal]:
    plan = Plan.of(session, facts)
    if plan and plan.starts_at <= at:
        yield Refusal("session_past", "La séance doit être à venir.", place="starts_at")


def it_falls_in_its_step(session, facts, programme) -> Iterator[Refusal]:
    """The step is one of the accompaniments of this year's rules, and its window holds the session's day."""
    plan, step = Plan.of(session, facts), programme(session)
    if step is None:
        yield Refusal("unknown_step", "Cet accompagnement n’est pas proposé cette année.", place="step")
    elif plan and not step.window.contains(plan.starts_at):
        closed = window_closed(step.label, step.first_day, step.last_day, paris_day(plan.starts_at))
        yield Refusal("outside_window", closed.sentence, place="starts_at")


def its_place_is_said(session, facts) -> Iterator[Refusal]:
    plan = Plan.of(session, facts)
    if plan and plan.venue == Venue.OURS and not str(plan.place or "").strip():
        yield Refusal("no_place", "Dites où la séance a lieu.", place="place")


def its_host_has_a_role(session, facts, hosts) -> Iterator[Refusal]:
    plan = Plan.of(session, facts)
    if plan and plan.host not in hosts:
        sentence = "Cette personne n’est ni dans l’équipe ni tiers facilitateur de cet appel."
        yield Refusal("host_without_role", sentence, place="host")


def its_host_is_free(session, facts, busy) -> Iterator[Refusal]:
    """Two sessions at once are said, never forbidden: the box « quand même » is ticked knowingly."""
    plan = Plan.of(session, facts)
    if plan is None or plan.anyway or plan.ends_at <= plan.starts_at:
        return
    for other in busy(session, plan.host, plan.starts_at, plan.ends_at):
        said = f"{other.host} anime déjà une séance : {other.when}, {other.place_said}."
        yield Refusal("host_busy", f"{said} Cochez « quand même » pour garder cet horaire.", place="anyway")


def it_has_a_seat(session, facts, taken) -> Iterator[Refusal]:
    """At least one, and never fewer than those who were told that they have theirs."""
    seats = session.seats if facts is None else facts.get("seats")
    if seats is None:
        return
    if seats < 1:
        yield Refusal("no_seat", "Il faut au moins une place.", place="seats")
    elif seats < taken:
        sentence = f"{taken} places sont prises : annulez d’abord des inscriptions."
        yield Refusal("seats_taken", sentence, place="seats")


def it_has_begun(session, at) -> Iterator[Refusal]:
    if at < session.starts_at:
        yield Refusal("not_begun", f"La séance commence le {instant_in_words(session.starts_at)}.")


def nobody_came_yet(session, came) -> Iterator[Refusal]:
    """Where somebody was met, the day and the place are facts: what was written of it would be of another day."""
    if came:
        yield Refusal(
            "took_place", "Des présences sont notées : cette séance a eu lieu. Planifiez-en une autre."
        )


def everybody_is_said(session, unsaid) -> Iterator[Refusal]:
    """No absence is guessed: somebody says of each who came and who did not."""
    if unsaid:
        yield Refusal("unsaid", "Dites d’abord qui est venu et qui n’est pas venu.")


def a_third_party_speaks_of_its_own(session, by, holds) -> Iterator[Refusal]:
    if by is SYSTEM or any(holds(role) for role in TEAM):
        return
    if session.host_id != by.pk:
        yield Refusal("not_host", "Vous n’animez pas cette séance.")


PLANNING = (
    it_ends_after_it_starts,
    it_is_to_come,
    it_falls_in_its_step,
    its_place_is_said,
    its_host_has_a_role,
    its_host_is_free,
)


# The chart -----------------------------------------------------------------------------------------------------------


class SessionLife(models.Model):
    state = FSMField("état", max_length=9, choices=S, default=S.PLANNED, protected=True)
    starts_at = models.DateTimeField("commence le")
    ends_at = models.DateTimeField("finit le")
    venue = models.CharField("où", max_length=8, choices=Venue, default=Venue.OURS)
    place = models.CharField("lieu", max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField("places")
    note = models.TextField("à savoir avant de venir", blank=True)
    reason = models.TextField("pourquoi elle est annulée", blank=True)

    class Meta:
        abstract = True

    @transition(
        "state", source=S.PLANNED, target=S.PLANNED, custom=rule(by=TEAM, guards=[nobody_came_yet, *PLANNING])
    )
    def reschedule(
        self,
        starts_at: datetime,
        ends_at: datetime,
        venue: str,
        host: int,
        place: str = "",
        note: str = "",
        anyway: bool = False,
    ):
        """Whoever is on the list is told; `anyway` says that the host's other session was seen."""
        self.starts_at, self.ends_at, self.venue, self.place = starts_at, ends_at, venue, place
        self.host_id, self.note = host, note

    @transition(
        "state",
        source=S.PLANNED,
        target=S.PLANNED,
        custom=rule(by=TEAM, guards=[it_has_a_seat], then=[after.fill_seats]),
    )
    def resize(self, seats: int):
        self.seats = seats

    @transition(
        "state",
        source=S.PLANNED,
        target=S.HELD,
        custom=rule(
            by=[*HOSTS, Role.SYSTEM],
            guards=[it_has_begun, everybody_is_said, a_third_party_speaks_of_its_own],
        ),
    )
    def hold(self):
        """It took place; what was said is each booking's own record."""

    @transition(
        "state",
        source=S.PLANNED,
        target=S.CANCELLED,
        custom=rule(by=TEAM, guards=[nobody_came_yet], then=[after.call_everybody_off]),
    )
    def cancel(self, reason: str):
        self.reason = reason
