"""What each partner expects of a committee, asked before it: of which seats, when, and who has answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from cases import attendance
from cases.models import Attendee, Committee, GoalsRequest
from workflow import engine, locks
from workflow.calendar import paris_day
from workflow.models import Grant, Organisation
from workflow.roles import Role


@dataclass(frozen=True)
class Asking:
    """Where a committee stands with its partners."""

    seats: int
    asked: list[GoalsRequest]
    said: set[int]
    """The keys of the seats that have spoken."""
    to_ask: list[Organisation]
    unheard: list[str]
    """Seats of which nobody has an account: they are asked by telephone."""

    @property
    def last_at(self) -> datetime | None:
        return max((one.asked_at for one in self.asked), default=None)


def asking_of(committee: Committee, people: list[Attendee] | None = None) -> Asking:
    """In three queries whatever the number of partners, two where a page has read its `people` with their seats."""
    if people is None:
        people = list(Attendee.objects.of(committee).select_related("seat"))
    asked = list(GoalsRequest.objects.of(committee))
    heard = _with_people(committee)
    seats, said = {}, set()
    for one in (one for one in people if one.seat_id):
        seats[one.seat_id] = one.seat
        if one.goals:
            said.add(one.seat_id)
    gone = said | {one.seat_id for one in asked}
    open_ = {key: seat for key, seat in seats.items() if key not in gone}
    return Asking(
        seats=len(seats),
        asked=asked,
        said=said,
        to_ask=[seat for key, seat in open_.items() if key in heard],
        unheard=[str(seat) for key, seat in open_.items() if key not in heard],
    )


def ask(committee: Committee, *, by, at: datetime) -> list[GoalsRequest]:
    """Ask every invited partner that was not asked yet; returns those of this press. Raises `Refused`.

    Where no partner is on the list yet, all of the call are invited first.
    """
    with transaction.atomic(), locks.holding():
        locks.take([Committee.objects.filter(pk=committee.pk)])
        if not Attendee.objects.filter(committee=committee).exclude(seat=None).exists():
            attendance.invite_financiers(committee, by=by, at=at)
        new = [
            GoalsRequest(committee=committee, seat=seat, cycle_id=committee.cycle_id, asked_at=at)
            for seat in asking_of(committee).to_ask
        ]
        engine.open_many(new, by=by, at=at)
    return new


def path_for(user, request: GoalsRequest) -> str:
    """The page on which this person writes: their own line of the list, else their seat's."""
    rows = list(Attendee.objects.of(request.committee).filter(seat=request.seat_id))
    own = next((one for one in rows if one.name == str(user)), rows[0] if rows else None)
    return attendance.path_of(own) if own else reverse("opinions")


def still_asks(request: int, user, at: datetime) -> bool:
    """Whether a mail that waits has still something to ask of this person."""
    return GoalsRequest.objects.filter(pk=request).awaiting(user, paris_day(at)).exists()


def _with_people(committee: Committee) -> set[int]:
    """The seats of which somebody hears."""
    held = Grant.objects.filter(cycle=committee.cycle_id, role=Role.FINANCIER, user__is_active=True)
    return set(held.order_by("pk").values_list("organisation", flat=True))
