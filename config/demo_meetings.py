"""The demo's sessions and its notebook of ideas: planned, booked and held through the door, before whoever opens it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from cases import bookings, ideas
from cases.models import Booking, Dossier, Idea, Neighbourhood, Session
from cases.states import BookingMove, BookingState, Venue
from workflow import engine
from workflow.calendar import PARIS, paris_day
from workflow.models import Cycle, Organisation, User

PLANNED, NOTED, BOOKED = -49, -20, -8
"""Days from the deadline on which sessions were planned, ideas noted, and seats booked."""


class Meetings:
    """One telling: the ideas first, then each session with its list, then who came to those that are over."""

    def __init__(self, cycle: Cycle, deadline: date, now: datetime):
        self.cycle, self.deadline, self.now = cycle, deadline, now

    def hold(self, written: dict[str, Any]) -> None:
        self.ideas = {one["code"]: self._note(one) for one in written["idées"]}
        for one in written["séances"]:
            session = self._plan(one)
            self._book(session, one)
            if paris_day(session.ends_at) < paris_day(self.now):
                self._say_who_came(session, one.get("absentes", ()))

    def _at(self, days: int, hour: int = 10) -> datetime:
        return datetime.combine(self.deadline + timedelta(days=days), time(hour), PARIS)

    def _dossier(self, number: int) -> Dossier:
        return Dossier.objects.select_related("organisation").get(cycle=self.cycle, number=number)

    def _holder(self, organisation: Organisation) -> User:
        return User.objects.filter(grants__organisation=organisation).order_by("pk")[0]

    def _person(self, name: str) -> User:
        return User.objects.get(email=f"{name}@exemple.test")

    def _note(self, one: dict) -> Idea:
        house = self._dossier(one["association"]).organisation
        facts = {"organisation": house, "title": one["titre"], "need": one["besoin"]}
        if "orientation" in one:
            facts["orientation"] = self.cycle.orientations.get(code=one["orientation"])
        facts["neighbourhoods"] = Neighbourhood.objects.filter(code__in=one["quartiers"]).order_by("pk")
        return ideas.note(self.cycle, facts, by=self._holder(house), at=self._at(NOTED))

    def _plan(self, one: dict) -> Session:
        session = Session(
            cycle=self.cycle, step=one["étape"], host=self._person(one["anime"]), seats=one["places"],
            place=one.get("lieu", ""), venue=Venue(one.get("où", Venue.OURS)), note=one.get("à_savoir", ""),
            starts_at=self._at(one["jour"], one["de"]), ends_at=self._at(one["jour"], one["à"]),
        )  # fmt: skip
        engine.open_many([session], by=self._person("coordination"), at=self._at(PLANNED))
        return session

    def _book(self, session: Session, one: dict) -> None:
        """Each by its own holder, in the order of the file."""
        dossiers = [self._dossier(number) for number in one.get("demandes", ())]
        come = [(dossier.organisation, dossier) for dossier in dossiers]
        come += [(self._dossier(number).organisation, None) for number in one.get("associations", ())]
        come += [(self.ideas[code].organisation, self.ideas[code]) for code in one.get("idées", ())]
        at = min(self._at(BOOKED), session.starts_at - timedelta(days=1))
        for house, about in come:
            bookings.book(session, house, about, by=self._holder(house), at=at)

    def _say_who_came(self, session: Session, absent) -> None:
        stayed = {self._dossier(number).organisation_id for number in absent}
        rows = list(Booking.objects.filter(session=session, state=BookingState.BOOKED).order_by("pk"))
        missed = [one for one in rows if one.organisation_id in stayed]
        came = [one for one in rows if one not in missed]
        for move, several in ((BookingMove.ATTEND, came), (BookingMove.MISS, missed)):
            engine.fire_many(several, move, by=session.host, at=session.ends_at)
