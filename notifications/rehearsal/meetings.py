"""Sessions of a rehearsed year: planned, booked and held, with every mistake that their guards are there for."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from cases.models import Booking, Session
from cases.programme import steps_of
from cases.states import BookingMove, DossierState, SessionMove, Venue
from notifications.rehearsal.dates import days
from notifications.rehearsal.stage import Stage
from workflow import engine
from workflow.calendar import opens, paris_day
from workflow.models import Grant, User
from workflow.roles import SYSTEM, Role

HOURS = timedelta(hours=1)


class Meetings:
    """Planned at nine for the next day at two; who came is said at five. Gentle years are real: nobody is invented."""

    def __init__(self, stage: Stage):
        self.stage, self.dates = stage, stage.dates
        self.instructor, self.coordinator = stage.cast.instructor, stage.cast.coordinator

    def prepare(self) -> None:
        if not self.stage.gentle:
            self.stage.diary.note(self.dates.worked_from(self.dates.filing_opens + days(1)), 9, self.plan)

    def plan(self, at: datetime, _) -> None:
        """Two sessions of one host, two associations on the first."""
        starts_at = opens(self.dates.worked_from(paris_day(at) + days(1))) + 14 * HOURS
        offered = steps_of([self.stage.cycle.pk]).get(self.stage.cycle.pk, {}).values()
        step = next((one for one in offered if one.window.contains(starts_at)), None)
        drafts = self.stage.dossiers(DossierState.DRAFT)
        if step is None or not drafts:
            return
        first, second = (self._session(step.code, starts_at + later * HOURS) for later in (0, 3))
        self.stage.open([first, second], by=self.coordinator, at=at)
        houses = list(dict.fromkeys(one.organisation_id for one in drafts))[:2]
        bookings = [self._book(first, house, at) for house in houses]
        self._misplan(first, second, at)
        self._speak_too_soon(first, bookings[0], at)
        self.stage.diary.note(paris_day(starts_at), 17, self.meet, *(one.pk for one in bookings))

    def meet(self, at: datetime, keys: list[int]) -> None:
        """Nobody leaves a list once the session has begun; then who came is said."""
        for booking in Booking.objects.filter(pk__in=keys).order_by("pk")[:1]:
            holder, reason = self.stage.cast.holder(booking), {"reason": "Trop tard."}
            self.stage.fire(booking, BookingMove.CANCEL, by=holder, at=at)
            self.stage.fire(booking, BookingMove.CALL_OFF, by=self.instructor, at=at, **reason)
        came = list(Booking.objects.filter(pk__in=keys).order_by("pk"))
        self.stage.fire_many(came, BookingMove.ATTEND, by=self.instructor, at=at)

    # The mistakes ----------------------------------------------------------------------------------------------------

    def _misplan(self, first: Session, second: Session, at: datetime) -> None:
        """Everything wrong at once; then at the hour of the host's other session; then too few seats."""
        stranger = self.stage.cast.holders[min(self.stage.cast.holders)]
        past = opens(self.dates.start) - HOURS
        wrong = self._facts(first, past, past - HOURS) | {"place": "", "host": stranger.pk}
        busy = self._facts(second, first.starts_at, first.ends_at)
        for session, facts in ((first, wrong), (second, busy)):
            self.stage.fire(session, SessionMove.RESCHEDULE, by=self.coordinator, at=at, **facts)
        self.stage.fire(first, SessionMove.RESIZE, by=self.coordinator, at=at, seats=1)

    def _speak_too_soon(self, session: Session, booking: Booking, at: datetime) -> None:
        """A third party who hosts another session says the day before who came to this one."""
        third, grant = self._third_party(at)
        self.stage.fire(session, SessionMove.HOLD, by=third, at=at)
        for move in (BookingMove.ATTEND, BookingMove.MISS):
            self.stage.fire(booking, move, by=third, at=at)
        engine.fire(grant, "end", by=SYSTEM, at=at)

    # Who and what ----------------------------------------------------------------------------------------------------

    def _third_party(self, at: datetime) -> tuple[User, Grant]:
        """For one morning only, so that the year tells nobody more than it would."""
        third = User.objects.create(
            email="tiers@repetition.test", first_name="Tiers", password=make_password(None)
        )
        self.stage.cast.roles[third.pk] = Role.THIRD_PARTY
        return third, Grant.objects.create(user=third, role=Role.THIRD_PARTY, cycle=self.stage.cycle)

    def _session(self, step: str, starts_at: datetime) -> Session:
        return Session(
            cycle=self.stage.cycle, step=step, starts_at=starts_at, ends_at=starts_at + 2 * HOURS,
            venue=Venue.OURS, place="Maison de quartier", host=self.instructor, seats=12,
        )  # fmt: skip

    def _facts(self, session: Session, starts_at: datetime, ends_at: datetime) -> dict:
        when = {"starts_at": starts_at, "ends_at": ends_at}
        return when | {"venue": Venue.OURS, "place": session.place, "host": session.host_id, "note": ""}

    def _book(self, session: Session, house: int, at: datetime) -> Booking:
        person = self.stage.cast.holders[house]
        [booking] = self.stage.open(
            [
                Booking(
                    session=session,
                    cycle=self.stage.cycle,
                    organisation_id=house,
                    person=person,
                    booked_at=at,
                )
            ],
            by=person,
            at=at,
        )
        return booking
