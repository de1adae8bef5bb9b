"""What django-q2 triggers: three ticks and a wake-up. Each is safe to run twice, or not at all until the next.

Every task ends by a sweep and says that it is alive, so that one that waits in the queue stands for a wake-up too.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone
from django_q.models import Schedule, Task

from cases import deadlines
from notifications import heartbeat, reminders, wakeups
from notifications.delivery import Swept, sweep
from workflow import registry
from workflow.calendar import PARIS, paris_day

NIGHT = time(4)  # because between two and three o'clock an hour is missing or comes twice
FAILURES_KEPT = timedelta(days=30)

SCHEDULES = {
    "minute": ("notifications.tasks.every_minute", Schedule.MINUTES),
    "hour": ("notifications.tasks.every_hour", Schedule.HOURLY),
    "night": ("notifications.tasks.every_night", Schedule.DAILY),
}


def wake() -> None:
    """Something was just written."""
    _sweep(timezone.now)


def every_minute() -> None:
    """The tick that needs no wake-up to have arrived."""
    _sweep(timezone.now)


def every_hour() -> None:
    """What the calendar asks for: reminders that are due, rounds and reports whose day has come."""
    follow_calendar(timezone.now())
    _sweep(timezone.now)


def every_night() -> None:
    """What may be forgotten."""
    tidy(timezone.now())
    _sweep(timezone.now)


def follow_calendar(at: datetime) -> int:
    """Do what the day asks for; returns how many reminders were planned."""
    deadlines.pass_day(at)
    return reminders.plan(at)


def tidy(at: datetime) -> None:
    """Forget sessions that have ended, beats of clusters that are gone, and what failed long ago."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    heartbeat.forget(at)
    Task.objects.filter(stopped__lt=at - FAILURES_KEPT).delete()


def _sweep(clock: Callable[[], datetime]) -> Swept:
    """Beat, then send; a second worker beats on while a long sweep goes its way, for it finds the place taken."""
    heartbeat.beat(clock())
    done = sweep(clock)
    if done.trouble:
        heartbeat.beat(clock(), trouble=done.trouble)
    if go_on(clock) or done.more:
        wakeups.ring()
    return done


def go_on(clock: Callable[[], datetime]) -> bool:
    """What other layers left to do; whether something of it is still to do. The mails come first."""
    left = [goes_on(clock) for goes_on in registry.works().values()]
    return any(left)


def ensure_schedules(at: datetime) -> None:
    """Exactly our three ticks, without arguments: one row that cannot be read would stop all of them."""
    kept = []
    for name, (function, kind) in SCHEDULES.items():
        exactly = {"name": name, "func": function, "schedule_type": kind, "minutes": 1}
        exactly |= {"args": None, "kwargs": None, "hook": None, "cluster": None, "repeats": -1}
        found = Schedule.objects.filter(**exactly).order_by("pk").first()
        kept.append(found or Schedule.objects.create(**exactly, next_run=_first_run(kind, at)))
    Schedule.objects.exclude(pk__in=[one.pk for one in kept]).delete()


def _first_run(kind: str, at: datetime) -> datetime:
    """At once, but the night's work in the coming night."""
    if kind != Schedule.DAILY:
        return at
    return datetime.combine(paris_day(at) + timedelta(days=1), NIGHT, PARIS)
