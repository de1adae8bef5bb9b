"""What is written after a session: its record and what was agreed, with the mistakes that are made of them."""

from datetime import datetime

from cases.models import AgreedAction, Booking
from cases.states import AgreedMove, BookingMove, SupportMove
from notifications.rehearsal.dates import days
from notifications.rehearsal.stage import Stage
from workflow.calendar import paris_day

SAID = "Nous avons cherché une salle et un premier partenaire."


class Records:
    """Written at six, once who came was said: on the request's accompaniment, else on the booking itself."""

    def __init__(self, stage: Stage):
        self.stage, self.cast = stage, stage.cast
        self.instructor = stage.cast.instructor

    def write(self, at: datetime, keys: list[int]) -> None:
        """First by somebody who was not there, for a day that is over; then rightly; then once more."""
        bookings = list(Booking.objects.filter(pk__in=keys).select_related("support").order_by("pk"))
        with self.cast.third_party(at) as third:
            self.stage.fire_many(bookings, BookingMove.NOTE, by=third, at=at, facts=agreed(at, -1))
        mine = agreed(at, 7, self.instructor.pk)
        for booking in bookings:
            move = BookingMove.NOTE if booking.met is booking else SupportMove.NOTE
            for _ in range(2):
                self.stage.fire(booking.met, move, by=self.instructor, at=at, **mine)
        self._tick(bookings, at)

    def _tick(self, bookings: list[Booking], at: datetime) -> None:
        """A holder has a hand in what the team took on, before and after the team did it."""
        for action in AgreedAction.objects.filter(booking__in=bookings).order_by("pk"):
            holder = self.cast.holder(action)
            self.stage.fire(action, AgreedMove.TICK, by=holder, at=at)
            self.stage.fire(action, AgreedMove.TICK, by=self.instructor, at=at)
            self.stage.fire(action, AgreedMove.UNTICK, by=holder, at=at)


def agreed(at: datetime, later: int, member: int | None = None) -> dict:
    """A record with one thing to do, that many days later."""
    due_on = paris_day(at) + days(later)
    return {"record": SAID, "actions": [{"text": "Visiter la salle", "member": member, "due_on": due_on}]}
