"""Booking a session, by its holder or by the team on the telephone; who came, said on the day."""

from collections.abc import Mapping
from datetime import datetime

from cases.models import Booking, Dossier, Idea, Session
from cases.states import EDITABLE, BookingMove, BookingState, IdeaState
from workflow import engine, roles
from workflow.models import Organisation
from workflow.refusal import Refusal
from workflow.roles import Reach


def houses_of(user, session: Session):
    """The associations for which this person may book in that call."""
    own = roles.reached(user, "booking", "act", Reach.OWN)
    mine = {one.organisation_id for one in own if one.cycle_id in (None, session.cycle_id)} - {None}
    return Organisation.objects.filter(pk__in=mine).order_by("name", "pk")


def known_houses(cycle):
    """The associations that the team knows in a call: those that ask, book, note ideas, or were invited."""
    known = Organisation.objects.none()
    for way in ("dossiers__cycle", "bookings__cycle", "ideas__cycle", "grants__invited_in", "grants__cycle"):
        known |= Organisation.objects.filter(**{way: cycle})
    return known.exclude(financing__cycle=cycle).distinct().order_by("name", "pk")


def requests_of(houses, session: Session):
    """What these houses may book for: their requests that are still written, and the ideas of their notebook."""
    dossiers = Dossier.objects.filter(organisation__in=houses, cycle=session.cycle_id, state__in=EDITABLE)
    ideas = Idea.objects.filter(organisation__in=houses, cycle=session.cycle_id, state=IdeaState.OPEN)
    return dossiers.order_by("number"), ideas.order_by("noted_at", "pk")


def book(session: Session, house: Organisation, about, *, by, at: datetime) -> Booking:
    """A seat, or a place in the queue. `about` is a request, an idea or None. Raises `Refused`."""
    booking = Booking(
        session=session,
        cycle=session.cycle,
        organisation=house,
        person=by,
        dossier=about if isinstance(about, Dossier) else None,
        idea=about if isinstance(about, Idea) else None,
        booked_at=at,
    )
    engine.open_many([booking], by=by, at=at)
    return booking


def on_list(session: Session) -> tuple[list[Booking], list[Booking], list[Booking]]:
    """(who has a seat, who waits, who left) in the order of their booking."""
    rows = list(session.bookings.for_pages().select_related("support").order_by("pk"))
    waiting = [one for one in rows if one.state == BookingState.WAITING]
    gone = [one for one in rows if one.state == BookingState.CANCELLED]
    return [one for one in rows if one not in waiting and one not in gone], waiting, gone


def note_attendance(
    said: Mapping[Booking, str], versions: Mapping[int, int], *, by, at: datetime
) -> dict[int, tuple[Refusal, ...]]:
    """Who came and who did not, where that changes something; what was refused, by booking."""
    refused = {}
    for move, state in ((BookingMove.ATTEND, BookingState.ATTENDED), (BookingMove.MISS, BookingState.ABSENT)):
        asked = [one for one, word in said.items() if word == move and one.state != state]
        outcomes = engine.fire_many(asked, move, by=by, at=at, versions=versions)
        refused |= {one.subject_id: one.refusals for one in outcomes if one.refusals}
    return refused
