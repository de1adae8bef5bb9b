"""Sessions, bookings and ideas for the tests, planned and booked through the door."""

from datetime import datetime, timedelta

from cases import models as cases
from tests import year as play
from workflow import engine
from workflow.models import Organisation
from workflow.roles import Role

MEETING = play.day("2026-10-22", 14)
"""When the sessions of the tests begin; they are planned and booked at `play.WRITING`, two days before."""
AFTER = play.day("2026-10-22", 17)


def unsaved(year, starts_at: datetime = MEETING, hours: int = 2, *, anyway=False, **facts) -> cases.Session:
    usual = {"step": "rendez-vous", "place": "Maison de quartier", "seats": 5, "host": year.instructor}
    when = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=hours)}
    session = cases.Session(cycle=year.cycle, **when, **usual | facts)
    session.anyway = anyway
    return session


def a_session(year, *args, by=None, at=play.WRITING, **facts) -> cases.Session:
    """Planned beside whatever its host does already: most tests speak of something else."""
    session = unsaved(year, *args, **{"place": _place(), "anyway": True} | facts)
    engine.open_many([session], by=by or year.coordinator, at=at)
    return play.fresh(session)


def _place() -> str:
    """A room of its own, so that no session is the double of another."""
    rank = cases.Session.objects.count() + 1
    return "Maison de quartier" if rank == 1 else f"Salle {rank}"


def booked(year, session, *, by=None, at=play.WRITING, **facts) -> cases.Booking:
    by = by or year.holder
    facts = {"organisation": year.holder_organisation, "person": by, "booked_at": at} | facts
    booking = cases.Booking(session=session, cycle=session.cycle, **facts)
    engine.open_many([booking], by=by, at=at)
    return play.fresh(booking)


def a_house(year, name: str) -> dict:
    """Another association with one person: what a booking of its own is made of."""
    organisation = Organisation.objects.create(name=name)
    return {"organisation": organisation, "by": play.person(name.lower(), Role.HOLDER, None, organisation)}


def full(year, seats: int = 1) -> cases.Session:
    """A session whose seats are taken by other associations, for which the team booked."""
    session = a_session(year, seats=seats)
    for rank in range(seats):
        house = Organisation.objects.create(name=f"Association {rank} de la séance {session.pk}")
        booked(year, session, organisation=house, by=year.instructor)
    return session


def an_idea(year, **facts) -> cases.Idea:
    title = f"Réparer des vélos {cases.Idea.objects.count() + 1}"
    usual = {"title": title, "need": "Les jeunes n’ont pas de vélo.", "noted_at": play.WRITING}
    idea = cases.Idea(cycle=year.cycle, organisation=year.holder_organisation, **usual | facts)
    engine.open_many([idea], by=year.holder, at=play.WRITING)
    return play.fresh(idea)


def moved(subject, move: str, by, at=play.WRITING, **facts):
    """Fire one move and read the subject again."""
    engine.fire(subject, move, by=by, at=at, facts=facts)
    return play.fresh(subject)
