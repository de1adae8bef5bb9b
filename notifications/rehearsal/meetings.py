"""Sessions of a rehearsed year: planned, booked and held, with every mistake that their guards are there for."""

from datetime import datetime, timedelta

from cases.models import Booking, Dossier, Idea, Session, Support
from cases.programme import steps_of
from cases.states import (
    BookingMove,
    DossierState,
    IdeaMove,
    IdeaState,
    SessionMove,
    SupportMove,
    Venue,
)
from notifications.rehearsal.dates import days
from notifications.rehearsal.records import Records
from notifications.rehearsal.stage import Stage
from workflow.calendar import opens, paris_day

HOURS = timedelta(hours=1)


class Meetings:
    """Planned at nine for the next day at two; who came is said at five. Gentle years are real: nobody is invented."""

    def __init__(self, stage: Stage):
        self.stage, self.dates = stage, stage.dates
        self.instructor, self.coordinator = stage.cast.instructor, stage.cast.coordinator
        self.records = Records(stage)

    def prepare(self) -> None:
        if self.stage.gentle:
            return
        self.stage.diary.note(self.dates.worked_from(self.dates.filing_opens + days(1)), 9, self.plan)
        self.stage.diary.note(self.dates.filing_closes + days(1), 21, self.begin_too_late)

    def plan(self, at: datetime, _) -> None:
        """Two sessions of one host; on the first, one association with an idea, and one with a request."""
        starts_at = opens(self.dates.worked_from(paris_day(at) + days(1))) + 14 * HOURS
        offered = steps_of([self.stage.cycle.pk]).get(self.stage.cycle.pk, {}).values()
        step = next((one for one in offered if one.window.contains(starts_at)), None)
        drafts = self.stage.dossiers(DossierState.DRAFT)
        if step is None or not drafts:
            return
        first, second = (self._session(step.code, starts_at + later * HOURS) for later in (0, 3))
        self.stage.open([first, second], by=self.coordinator, at=at)
        by_house = {one.organisation_id: one for one in reversed(drafts)}
        houses = list(dict.fromkeys(one.organisation_id for one in drafts))[:2]
        bookings = [self._book(first, houses[0], at, idea=self._note_idea(houses[0], at))]
        bookings += [self._book(first, house, at, dossier=by_house[house]) for house in houses[1:]]
        self._misplan(first, second, at)
        self._speak_too_soon(first, bookings[0], at)
        self.stage.diary.note(paris_day(starts_at), 17, self.meet, *(one.pk for one in bookings))

    def meet(self, at: datetime, keys: list[int]) -> None:
        """Nobody leaves a list once the session has begun; then who came is said."""
        first, *others = Booking.objects.filter(pk__in=keys).select_related("session").order_by("pk")
        self.stage.fire(first, BookingMove.CANCEL, by=self.stage.cast.holder(first), at=at)
        self.stage.fire(first, BookingMove.CALL_OFF, by=self.instructor, at=at, reason="Trop tard.")
        self.stage.fire(first, BookingMove.ATTEND, by=self.instructor, at=at)
        if others:
            self._undo(first.session, at)
        self.stage.fire_many(others, BookingMove.ATTEND, by=self.instructor, at=at)
        for support in Support.objects.filter(booking__in=others).order_by("pk"):
            self.stage.fire(support, SupportMove.MISS, by=self.instructor, at=at)
        self.stage.diary.note(paris_day(at), 18, self.records.write, *keys)
        self.stage.diary.note(paris_day(at), 19, self.correct_too_late, *keys)

    def correct_too_late(self, at: datetime, keys: list[int]) -> None:
        """What was said there is written: nobody was absent any more."""
        for booking in Booking.objects.filter(pk__in=keys).order_by("pk"):
            self.stage.fire(booking, BookingMove.MISS, by=self.instructor, at=at)

    def begin_too_late(self, at: datetime, _) -> None:
        """The call is over, and somebody opens the notebook again."""
        for idea in Idea.objects.filter(cycle=self.stage.cycle, state=IdeaState.OPEN).order_by("pk"):
            own = Dossier.objects.filter(cycle=idea.cycle_id, organisation=idea.organisation_id)
            facts = {"dossier": own.earliest("pk").pk}
            self.stage.fire(idea, IdeaMove.BECOME, by=self.stage.cast.holder(idea), at=at, **facts)

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
        with self.stage.cast.third_party(at) as third:
            self.stage.fire(session, SessionMove.HOLD, by=third, at=at)
            for move in (BookingMove.ATTEND, BookingMove.MISS):
                self.stage.fire(booking, move, by=third, at=at)

    def _undo(self, session: Session, at: datetime) -> None:
        """Somebody came, and the day is to be another one, or none."""
        facts = self._facts(session, session.starts_at, session.ends_at)
        self.stage.fire(session, SessionMove.RESCHEDULE, by=self.coordinator, at=at, **facts)
        self.stage.fire(session, SessionMove.CANCEL, by=self.coordinator, at=at, reason="Il pleut.")

    # Who and what ----------------------------------------------------------------------------------------------------

    def _session(self, step: str, starts_at: datetime) -> Session:
        return Session(
            cycle=self.stage.cycle, step=step, starts_at=starts_at, ends_at=starts_at + 2 * HOURS,
            venue=Venue.OURS, place="Maison de quartier", host=self.instructor, seats=12,
        )  # fmt: skip

    def _facts(self, session: Session, starts_at: datetime, ends_at: datetime) -> dict:
        when = {"starts_at": starts_at, "ends_at": ends_at}
        return when | {"venue": Venue.OURS, "place": session.place, "host": session.host_id, "note": ""}

    def _book(self, session: Session, house: int, at: datetime, **why) -> Booking:
        person = self.stage.cast.holders[house]
        booking = Booking(
            session=session, cycle=self.stage.cycle, organisation_id=house, person=person, booked_at=at, **why
        )  # fmt: skip
        self.stage.open([booking], by=person, at=at)
        return booking

    def _note_idea(self, house: int, at: datetime) -> Idea:
        idea = Idea(cycle=self.stage.cycle, organisation_id=house, title="Un jardin partagé", noted_at=at)
        [noted] = self.stage.open([idea], by=self.stage.cast.holders[house], at=at)
        return noted
