"""Sessions as pages show them: a holder's to come, the team's agenda week by week with its load."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cases.models import Booking, Session
from cases.programme import labels_of, steps_of
from cases.session_life import HOSTS
from cases.states import BookingState, SessionState
from workflow.calendar import paris_day, week_of
from workflow.models import Step, User
from workflow.wording import window_in_words

PAST_SHOWN = 30
CANCELLED_FOR = timedelta(days=30)
"""For how long a holder still reads on the first page what was cancelled, and why."""


@dataclass(frozen=True)
class Shown:
    """One session with the name of its step; `booked` and `waiting` stand on it."""

    session: Session
    label: str
    step: Step | None = None
    """What the rules of the day say of it; None where they offer it no more."""
    mine: list[Booking] = field(default_factory=list)
    """The bookings of the reader's own house that count."""

    @property
    def left(self) -> int:
        return max(self.session.seats - self.session.booked, 0)

    @property
    def full(self) -> bool:
        return not self.left

    @property
    def strays(self) -> bool:
        """Whether it stands outside the days of its step, or of every step: the calendar or the rules moved since."""
        planned = self.session.state == SessionState.PLANNED
        return planned and not (self.step and self.step.window.contains(self.session.starts_at))

    @property
    def allowed(self) -> str:
        """The days of its step, in words."""
        return window_in_words(self.step.first_day, self.step.last_day) if self.step else ""

    @property
    def hours(self) -> float:
        return (self.session.ends_at - self.session.starts_at) / timedelta(hours=1)


@dataclass(frozen=True)
class Load:
    """What a step asks of the team in one week, in hours; `most` is what its rules allow, None without limit."""

    label: str
    hours: float
    most: int | None

    @property
    def over(self) -> bool:
        return self.most is not None and self.hours > self.most


@dataclass(frozen=True)
class Week:
    monday: date
    sessions: list[Shown]
    loads: list[Load]


@dataclass(frozen=True)
class Agenda:
    """The team's page: what is still to be said, what comes week by week, what is over."""

    unsaid: list[Shown]
    weeks: list[Week]
    past: list[Shown]


@dataclass(frozen=True)
class Appointment:
    """A booking as its holder reads it."""

    booking: Booking
    label: str
    rank: int = 0
    """In the queue, from 1; 0 where there is a seat."""


def hosts_of(cycle: int):
    """Who may host a session of a call, and meet a holder: its team and its third parties, by name."""
    held = User.objects.filter(grants__cycle=cycle, grants__role__in=HOSTS, grants__state="held")
    return held.distinct().order_by("last_name", "first_name", "pk")


def called(session: Session) -> str:
    """Which session it is, and when."""
    label = labels_of([session.cycle_id]).get((session.cycle_id, session.step), session.step)
    return f"{label} · {session.when}"


def shown(sessions, user=None) -> list[Shown]:
    """Sessions with their step's name, and this person's own bookings of them."""
    rows = list(sessions)
    labels, steps = (read(one.cycle_id for one in rows) for read in (labels_of, steps_of))
    mine: dict[int, list[Booking]] = defaultdict(list)
    if user is not None:
        own = Booking.objects.of_holder(user).live().filter(session__in=rows)
        for booking in own.select_related("organisation", "dossier", "idea").order_by("pk"):
            mine[booking.session_id].append(booking)
    return [
        Shown(
            session=one,
            label=labels.get((one.cycle_id, one.step), one.step),
            step=steps.get(one.cycle_id, {}).get(one.step),
            mine=mine.get(one.pk, []),
        )
        for one in rows
    ]


def to_come(user, at: datetime) -> list[Shown]:
    """What a holder may still book, the nearest first."""
    return shown(Session.objects.visible_to(user).to_come(at).with_counts().for_pages(), user)


def agenda(user, at: datetime) -> Agenda:
    """Everything of one's cycles: this week and those to come, what nobody said yet, and the last that are over."""
    reached = Session.objects.within_reach(user).with_counts().for_pages()
    monday = week_of(paris_day(at))
    coming = shown(reached.starting_from(monday).exclude(state=SessionState.CANCELLED))
    past = shown(reached.starting_before(monday).order_by("-starts_at", "-pk")[:PAST_SHOWN])
    every = [*past, *coming]
    begun = [
        one for one in every if one.session.state == SessionState.PLANNED and one.session.starts_at <= at
    ]
    cancelled = shown(reached.starting_from(monday).filter(state=SessionState.CANCELLED))
    return Agenda(
        unsaid=sorted(begun, key=lambda one: one.session.starts_at),
        weeks=_weeks(coming),
        past=[*cancelled, *(one for one in past if one not in begun)],
    )


def unsaid(user, at: datetime) -> list[Shown]:
    """The sessions that have begun, of which nobody said yet who came; the oldest first."""
    begun = Session.objects.within_reach(user).begun(at)
    return shown(begun.with_counts().for_pages())


def _weeks(coming: list[Shown]) -> list[Week]:
    found: dict[date, list[Shown]] = defaultdict(list)
    for one in coming:
        found[week_of(paris_day(one.session.starts_at))].append(one)
    return [Week(monday, found[monday], loads(found[monday])) for monday in sorted(found)]


def loads(week: list[Shown]) -> list[Load]:
    """The hours of one week, step by step."""
    hours: dict[tuple[int, str], list[Shown]] = defaultdict(list)
    for one in week:
        hours[one.session.cycle_id, one.session.step].append(one)
    return [
        Load(same[0].label, sum(one.hours for one in same), same[0].step and same[0].step.weekly_load)
        for same in hours.values()
    ]


def heavy_weeks(cycle, step: str, days: list[date]) -> list[tuple[date, Load]]:
    """The weeks of these days in which the step asks more of the team than its rules allow."""
    mondays = {week_of(day) for day in days}
    rows = Session.objects.filter(cycle=cycle, step=step).exclude(state=SessionState.CANCELLED)
    near = rows.starting_from(min(mondays)).starting_before(max(mondays) + timedelta(weeks=1))
    weeks = _weeks(shown(near.with_counts().for_pages()))
    return [(one.monday, load) for one in weeks if one.monday in mondays for load in one.loads if load.over]


def appointments(user, at: datetime) -> list[Appointment]:
    """A holder's own: those to come with their rank in the queue, and for a while those that were called off."""
    rows = list(Booking.objects.of_holder(user).on_home(at, at - CANCELLED_FOR).for_pages())
    labels = labels_of(one.cycle_id for one in rows)
    ranks = ranks_of({one.session_id for one in rows if one.state == BookingState.WAITING})
    return [
        Appointment(one, labels.get((one.cycle_id, one.session.step), one.session.step), ranks.get(one.pk, 0))
        for one in rows
    ]


def ranked(mine: list[Booking]) -> list[tuple[Booking, int]]:
    """One's bookings of a session, each with its rank in the queue: 0 where there is a seat."""
    ranks = ranks_of({one.session_id for one in mine if one.state == BookingState.WAITING})
    return [(one, ranks.get(one.pk, 0)) for one in mine]


def ranks_of(sessions: set[int]) -> dict[int, int]:
    """{booking key: its rank in the queue of its session, from 1}."""
    if not sessions:
        return {}
    waiting = Booking.objects.filter(session__in=sessions, state=BookingState.WAITING).order_by("pk")
    ranks: dict[int, int] = {}
    last: dict[int, int] = defaultdict(int)
    for key, session in waiting.values_list("pk", "session"):
        last[session] += 1
        ranks[key] = last[session]
    return ranks
