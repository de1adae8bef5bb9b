"""What the guards of sessions, bookings and ideas look at: the programme, the open calls, who hosts, who sits."""

from functools import cache

from cases import drafts, models, seating
from cases.programme import steps_of
from cases.states import BookingState, SessionState
from workflow import statements
from workflow.models import Grant, Step


def programme(subjects) -> dict:
    """How to find the step of a session by the cycle's present rules; None where this year offers it no more."""

    @cache
    def offered(cycle: int) -> dict[str, Step]:
        return steps_of([cycle]).get(cycle, {})

    return {one.pk: lambda session: offered(session.cycle_id).get(session.step) for one in subjects}


def calls(ideas) -> dict:
    """How to learn in which calls one may still ask."""

    @cache
    def open_at(at) -> set[int]:
        return set(drafts.open_calls(at).values_list("pk", flat=True))

    return {one.pk: open_at for one in ideas}


def hosts(sessions) -> dict[int, set[int]]:
    """Who may host in each session's cycle."""
    from cases.session_life import HOSTS

    held = Grant.objects.filter(cycle__in={one.cycle_id for one in sessions}, role__in=HOSTS)
    found: dict[int, set[int]] = {}
    for cycle, user in held.order_by("pk").values_list("cycle", "user"):
        found.setdefault(cycle, set()).add(user)
    return {one.pk: found.get(one.cycle_id, set()) for one in sessions}


def busy(sessions) -> dict:
    """How to learn which other planned sessions a host has at that time, in any call."""

    @cache
    def diary(host: int) -> list:
        rows = models.Session.objects.filter(host=host, state=SessionState.PLANNED)
        return list(rows.select_related("host").order_by("starts_at", "pk"))

    def meanwhile(session, host: int, starts_at, ends_at) -> list:
        return [
            one
            for one in diary(host)
            if one.pk != session.pk
            and not _are_one(one, session)
            and one.starts_at < ends_at
            and starts_at < one.ends_at
        ]

    return {one.pk: meanwhile for one in sessions}


def _are_one(one, other) -> bool:
    """The same click twice is the door's to say: nobody is kept busy by the very session that is being planned."""
    return all(getattr(one, name) == getattr(other, name) for name in one.once)


def taken(sessions) -> dict[int, int]:
    keys = {one.pk for one in sessions} - {None}
    full = seating.taken(keys) if keys else {}
    return {one.pk: full.get(one.pk, 0) for one in sessions}


def comes_already(bookings) -> dict:
    """How to learn whether a request has a place in a session already, by whatever way it was booked."""

    def known(booking) -> bool:
        same = {"session": booking.session_id, "dossier": booking.dossier_id}
        return models.Booking.objects.filter(**same, ended_at=None).exists()

    return {one.pk: known for one in bookings}


def minutes(bookings) -> dict[int, str]:
    """The record of each meeting, on the request's accompaniment or on the booking itself; blank: none yet."""
    keys = [one.pk for one in bookings]
    rows = statements.rows_by(models.Support, "booking", keys)
    return {one.pk: one.record for one in bookings} | {row.booking_id: row.record for row in rows}


def unsaid(sessions) -> dict[int, int]:
    """How many of each session nobody said yet whether they came."""
    keys = [one.pk for one in sessions]
    rows = statements.rows_by(models.Booking, "session", keys, state=BookingState.BOOKED)
    return {key: sum(row.session_id == key for row in rows) for key in keys}


def came(sessions) -> dict[int, int]:
    """How many of each session were met there."""
    keys = [one.pk for one in sessions]
    rows = statements.rows_by(models.Booking, "session", keys, state=BookingState.ATTENDED)
    return {key: sum(row.session_id == key for row in rows) for key in keys}
