"""Who sits and who waits: what follows the moves of sessions, bookings and ideas inside their transaction.

The session's row is locked by every move that frees or takes a seat, so that seats are counted by one at a time.
"""

from collections import Counter

from cases import (
    models,
)  # because the models import the charts that name these functions: read at call time only
from cases.states import BookingMove, BookingState, SessionMove, SessionState, SupportMove, SupportState
from workflow import engine, locks, published
from workflow.calendar import paris_day
from workflow.models import Step
from workflow.roles import SYSTEM

SEATED = (BookingState.BOOKED, BookingState.ATTENDED)
LIVE = (BookingState.BOOKED, BookingState.WAITING)


def taken(sessions) -> Counter:
    """{session key: how many seats are taken}; ask it under the sessions' locks."""
    rows = models.Booking.objects.filter(session__in=sessions, state__in=SEATED)
    return Counter(rows.order_by("pk").values_list("session", flat=True))


def seat_new(bookings) -> None:
    """A seat for each new booking while its session has one, in order; the others wait. Their sessions are locked."""
    full = taken({one.session_id for one in bookings})
    for one in bookings:
        if full[one.session_id] < one.session.seats:
            one.take_seat()
            full[one.session_id] += 1


def fill_seats(records, *, by, at) -> None:
    """A session has more seats: the first of the queue take them."""
    _move_up([record.subject for record in records], at)


def free_seats(records, *, by, at) -> None:
    """A booking is gone: so is its seat, and the first of the queue takes it."""
    keys = {record.subject.session_id for record in records if record.source == BookingState.BOOKED}
    _move_up(list(models.Session.objects.filter(pk__in=keys).order_by("pk")), at)


def _move_up(sessions: list, at) -> None:
    open_ = [one for one in sessions if one.state == SessionState.PLANNED and one.starts_at > at]
    full, next_ = taken({one.pk for one in open_}), []
    waiting = models.Booking.objects.filter(session__in=open_, state=BookingState.WAITING).order_by("pk")
    queues: dict[int, list] = {}
    for one in waiting if open_ else ():
        queues.setdefault(one.session_id, []).append(one)
    for session in open_:
        next_ += queues.get(session.pk, [])[: max(session.seats - full[session.pk], 0)]
    engine.fire_many(next_, BookingMove.TAKE_SEAT, by=SYSTEM, at=at)


def call_everybody_off(records, *, by, at) -> None:
    """The session is cancelled, and each who was on its list reads why."""
    reasons = {record.subject.pk: record.facts["reason"] for record in records}
    rows = models.Booking.objects.filter(session__in=reasons, state__in=LIVE).order_by("pk")
    bookings = list(rows)
    each = {one.pk: {"reason": reasons[one.session_id]} for one in bookings}
    engine.fire_many(bookings, BookingMove.CALL_OFF, by=SYSTEM, at=at, each=each)


def leave_sessions(records, *, by, at) -> None:
    """A request that is withdrawn, dropped or not admissible keeps nobody else from its seats."""
    rows = models.Booking.objects.filter(
        dossier__in=[record.subject.pk for record in records],
        state__in=LIVE,
        session__state=SessionState.PLANNED,
        session__starts_at__gt=at,
    )
    engine.fire_many(rows.order_by("pk"), BookingMove.CANCEL, by=SYSTEM, at=at)


def keep_supports(records, *, by, at) -> None:
    """Who came, or did not, for a request: that is its accompaniment, held or missed. Then the session is over."""
    stand_for([record.subject for record in records], at)
    _close(records, at)


def stand_for(bookings: list, at) -> None:
    """The accompaniment of each booking that is for a request, where the request's own rules have the step."""
    said = [
        one
        for one in bookings
        if one.dossier_id and one.state in (BookingState.ATTENDED, BookingState.ABSENT)
    ]
    known = {row.booking_id: row for row in models.Support.objects.filter(booking__in=said).order_by("pk")}
    fresh = _supports([one for one in said if one.pk not in known])
    engine.open_many(fresh, by=SYSTEM, at=at)
    rows = known | {row.booking_id: row for row in fresh}
    came = [one for one in said if one.state == BookingState.ATTENDED and one.pk in rows]
    each = {rows[one.pk].pk: {"held_on": paris_day(one.session.starts_at)} for one in came}
    engine.fire_many([rows[one.pk] for one in came], SupportMove.HOLD, by=SYSTEM, at=at, each=each)
    missed = [rows[one.pk] for one in said if one.state == BookingState.ABSENT and one.pk in rows]
    untold = [row for row in missed if row.state != SupportState.MISSED]
    engine.fire_many(untold, SupportMove.MISS, by=SYSTEM, at=at)


def _supports(bookings: list) -> list:
    """One new row per booking whose request follows rules that have the session's step."""
    keys = {one.dossier_id for one in bookings}
    dossiers = models.Dossier.objects.select_related("rules").in_bulk(keys) if keys else {}
    steps = published.rows_of(Step, (one.rules for one in dossiers.values()))
    found = []
    for one in bookings:
        dossier = dossiers[one.dossier_id]
        own = [step for step in steps[dossier.rules_id] if step.code == one.session.step]
        found += [
            models.Support(dossier=dossier, step=step, booking=one, asked_at=one.booked_at) for step in own
        ]
    return found


def _close(records, at) -> None:
    """A session of which everybody is said is held, without anybody's click."""
    keys = {record.subject.session_id for record in records}
    unsaid = models.Booking.objects.filter(session__in=keys, state=BookingState.BOOKED)
    left = set(unsaid.order_by("pk").values_list("session", flat=True))
    over = models.Session.objects.filter(pk__in=keys - left, state=SessionState.PLANNED)
    engine.fire_many(over.order_by("pk"), SessionMove.HOLD, by=SYSTEM, at=at)


def follow_the_draft(records, *, by, at) -> None:
    """What was booked for an idea is booked for the request it became."""
    became = {record.subject.pk: record.subject.dossier_id for record in records}
    booked = models.Booking.objects.filter(idea__in=became, ended_at=None).order_by("pk")
    # All their sessions first, because one after the other would wait for whoever holds them in another order.
    locks.take([models.Session.objects.filter(pk__in=booked.order_by().values("session"))])
    for one in booked:
        engine.amend(one, {"dossier_id": became[one.idea_id]}, by=SYSTEM, at=at)
