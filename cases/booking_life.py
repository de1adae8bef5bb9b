"""The life of a booking: a seat, or a place in the queue; then who came. The session's row is locked by every move."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from cases import seating as after
from cases.agreeing import agree
from cases.session_life import HOSTS, a_third_party_speaks_of_its_own, it_has_begun
from cases.states import EDITABLE, IdeaState, SessionState
from cases.states import BookingState as S
from cases.support_life import agreed_days_are_ahead, record_is_awaited
from workflow.charts import rule
from workflow.refusal import Refusal, already
from workflow.roles import SYSTEM, TEAM, Role
from workflow.wording import instant_in_words

# What must hold to book ----------------------------------------------------------------------------------------------


def session_takes_bookings(booking, at) -> Iterator[Refusal]:
    session = booking.session
    if session.state == SessionState.CANCELLED:
        yield Refusal("session_cancelled", "Cette séance est annulée. Choisissez-en une autre.")
    elif session.state == SessionState.HELD or session.starts_at <= at:
        said = instant_in_words(session.starts_at)
        yield Refusal("session_past", f"Cette séance a commencé le {said}. Choisissez-en une autre.")


def step_is_still_offered(booking, programme) -> Iterator[Refusal]:
    if programme(booking.session) is None:
        yield Refusal("unknown_step", "Cet accompagnement n’est plus proposé cette année.")


def what_it_is_for_is_its_own(booking) -> Iterator[Refusal]:
    """The request or the idea is of that house and that call, and still being written."""
    for one, place in ((booking.dossier, "dossier"), (booking.idea, "idea")):
        if one and (one.organisation_id, one.cycle_id) != (
            booking.organisation_id,
            booking.session.cycle_id,
        ):
            yield Refusal("not_its_own", "Cette demande n’est pas celle de l’association.", place=place)
    if booking.dossier and booking.dossier.state not in EDITABLE:
        yield Refusal("dossier_filed", "Cette demande est déjà déposée.", place="dossier")
    if booking.idea and booking.idea.state != IdeaState.OPEN:
        yield Refusal("idea_closed", "Cette idée n’est plus dans le carnet.", place="idea")


def its_request_has_no_seat_yet(booking, comes_already) -> Iterator[Refusal]:
    """What was booked for an idea is booked for the request it became: a second seat would be somebody else's."""
    if booking.dossier and comes_already(booking):
        yield already()


BOOKING = (
    session_takes_bookings,
    step_is_still_offered,
    what_it_is_for_is_its_own,
    its_request_has_no_seat_yet,
)


# What must hold afterwards -------------------------------------------------------------------------------------------


def session_is_to_come(booking, at, by) -> Iterator[Refusal]:
    if by is not SYSTEM and booking.session.starts_at <= at:
        yield Refusal("session_past", "La séance a commencé : l’équipe dira qui est venu.")


def session_has_begun(booking, at) -> Iterator[Refusal]:
    yield from it_has_begun(booking.session, at)


def who_speaks_was_there(booking, by, holds) -> Iterator[Refusal]:
    yield from a_third_party_speaks_of_its_own(booking.session, by, holds)


def it_has_no_request(booking) -> Iterator[Refusal]:
    if booking.dossier_id:
        yield Refusal("has_request", "Cette rencontre se consigne sur la demande de l’association.")


def nothing_was_written(booking, minutes) -> Iterator[Refusal]:
    """Who was said present by mistake may be said absent, until somebody wrote what was said with them."""
    if minutes:
        yield Refusal("already_recorded", "Un compte rendu dit que cette association est venue.")


class BookingLife(models.Model):
    state = FSMField("état", max_length=9, choices=S, default=S.WAITING, protected=True)
    ended_at = models.DateTimeField("annulée le", null=True, editable=False)
    """None while it counts, so that what was cancelled may be booked again."""
    reason = models.TextField("pourquoi elle est annulée", blank=True)
    record = models.TextField("ce qui a été dit", blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    @transition("state", source=S.WAITING, target=S.BOOKED, custom=rule(by=[Role.SYSTEM]))
    def take_seat(self):
        """A seat is free: at once when there is one, else in the order of the queue."""

    @transition(
        "state",
        source=[S.BOOKED, S.WAITING],
        target=S.CANCELLED,
        custom=rule(by=[Role.HOLDER, Role.SYSTEM], guards=[session_is_to_come], then=[after.free_seats]),
    )
    def cancel(self, at: datetime):
        self.ended_at = at

    @transition(
        "state",
        source=[S.BOOKED, S.WAITING],
        target=S.CANCELLED,
        custom=rule(by=[*TEAM, Role.SYSTEM], guards=[session_is_to_come], then=[after.free_seats]),
    )
    def call_off(self, reason: str, at: datetime):
        """The team withdraws it, or the whole session is cancelled: the holder reads why."""
        self.ended_at, self.reason = at, reason

    @transition(
        "state",
        source=[S.BOOKED, S.ABSENT],
        target=S.ATTENDED,
        custom=rule(by=HOSTS, guards=[session_has_begun, who_speaks_was_there], then=[after.keep_supports]),
    )
    def attend(self):
        """Somebody who was said absent may have come late."""

    @transition(
        "state",
        source=[S.BOOKED, S.ATTENDED],
        target=S.ABSENT,
        custom=rule(
            by=HOSTS,
            guards=[session_has_begun, nothing_was_written, who_speaks_was_there],
            then=[after.keep_supports],
        ),
    )
    def miss(self):
        """Said, never guessed; somebody who was said present by mistake was not there."""

    @transition(
        "state",
        source=S.ATTENDED,
        target=S.ATTENDED,
        custom=rule(
            by=HOSTS,
            guards=[it_has_no_request, record_is_awaited, agreed_days_are_ahead, who_speaks_was_there],
            then=[agree],
        ),
    )
    def note(self, record: str, by):
        """What was said before there is a request: it is the association's, and follows its idea."""
        self.record, self.noted_by_id = record, by.pk
