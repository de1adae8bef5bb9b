"""Five seats, forty people at the same instant: five sit, the others wait in order, and nobody is told wrong."""

import os
from functools import partial

import pytest

from cases import ideas
from cases import models as cases
from tests import sessions
from tests import year as play
from tests.races.crowd import crowd, moves_of, rewound, tally
from workflow import engine
from workflow.models import Organisation
from workflow.refusal import Refused

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 100 if os.environ.get("JALONS_SOAK") else 10
SEATS, PEOPLE = 5, 40


def houses(many: int) -> list[Organisation]:
    """New associations, for which the team books by telephone."""
    known = Organisation.objects.count()
    return [Organisation.objects.create(name=f"Association {known + rank}") for rank in range(many)]


def booking(year, session, house):
    """What one click does, ready to be fired."""
    facts = {"organisation": house, "person": year.instructor, "booked_at": play.WRITING}

    def click():
        one = cases.Booking(session=session, cycle=session.cycle, **facts)
        return engine.open_many([one], by=year.instructor, at=play.WRITING)

    return click


def with_queue(year, many, waiting: int):
    """A session whose seats are taken, with some who wait."""
    session = sessions.a_session(year, seats=SEATS)
    for house in many[: SEATS + waiting]:
        booking(year, session, house)()
    return session


def rows(session) -> list[str]:
    """What became of each booking, in the order of the queue."""
    return list(session.bookings.order_by("pk").values_list("state", flat=True))


def untroubled(results) -> list:
    """The results of a crowd of which nobody met anything but the door's own refusals."""
    troubles = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert troubles == []
    return results


def test_forty_people_for_five_seats():
    year, many = play.a_year(), houses(PEOPLE)
    for session in rewound(partial(sessions.a_session, year, seats=SEATS), ROUNDS):
        untroubled(crowd([booking(year, session, house) for house in many]))
        assert rows(session) == ["booked"] * SEATS + ["waiting"] * (PEOPLE - SEATS)


def test_seats_that_free_at_the_same_instant_go_to_the_first_of_the_queue():
    year, many = play.a_year(), houses(20)
    for session in rewound(partial(with_queue, year, many, 10), ROUNDS):
        sitting = list(session.bookings.order_by("pk")[:SEATS])
        call_off = partial(engine.fire, by=year.instructor, at=play.WRITING, facts={"reason": "Malade."})
        leaving = [partial(call_off, one, "call_off") for one in sitting]
        untroubled(crowd([*leaving, *(booking(year, session, house) for house in many[15:])]))
        assert rows(session) == ["cancelled"] * SEATS + ["booked"] * SEATS + ["waiting"] * 10


def test_more_seats_and_more_people_at_the_same_instant():
    year, many = play.a_year(), houses(20)
    for session in rewound(partial(with_queue, year, many, 5), ROUNDS):
        more = {"by": year.instructor, "at": play.WRITING, "facts": {"seats": SEATS + 3}}
        grow = partial(engine.fire, session, "resize", **more)
        untroubled(crowd([grow, *(booking(year, session, house) for house in many[10:])]))
        assert rows(session) == ["booked"] * (SEATS + 3) + ["waiting"] * 12


def test_twenty_same_clicks_book_once():
    year, [house] = play.a_year(), houses(1)
    for session in rewound(partial(sessions.a_session, year), ROUNDS):
        results = untroubled(crowd([booking(year, session, house)] * 20))
        assert [one.codes for one in results if isinstance(one, Refused)] == [["already"]] * 19
        assert moves_of(session.bookings.get()) == ["open"]


def test_a_session_cancelled_while_people_book_leaves_nobody_on_its_list():
    year, many = play.a_year(), houses(19)
    for session in rewound(partial(sessions.a_session, year, seats=SEATS), ROUNDS):
        why = {"by": year.instructor, "at": play.WRITING, "facts": {"reason": "Neige."}}
        cancel = partial(engine.fire, session, "cancel", **why)
        results = untroubled(crowd([*(booking(year, session, house) for house in many), cancel]))
        assert tally([results[-1]])["done"] == 1
        assert set(rows(session)) <= {"cancelled"}
        refused = {tuple(one.codes) for one in results if isinstance(one, Refused)}
        assert refused <= {("session_cancelled",)}


def crossed(year) -> tuple:
    """A draft that has the seats of two sessions, and an idea that took the same two in the other order."""
    draft, idea = play.a_draft(year), sessions.an_idea(year)
    first, second = sessions.a_session(year), sessions.a_session(year)
    for session, about in (
        (second, {"idea": idea}),
        (first, {"idea": idea}),
        (first, {"dossier": draft}),
        (second, {"dossier": draft}),
    ):
        sessions.booked(year, session, **about)
    return draft, idea


def test_an_idea_becomes_a_request_while_another_request_leaves_the_same_sessions():
    year = play.a_year()
    at = {"by": year.holder, "at": play.WRITING}
    for draft, idea in rewound(partial(crossed, year), ROUNDS * 2):
        become = partial(ideas.become, idea, **at)
        untroubled(crowd([become, partial(engine.fire, draft, "withdraw", **at)]))
        became = play.fresh(idea).dossier
        followed = cases.Booking.objects.filter(idea=idea, dossier=became, state="booked")
        left = cases.Booking.objects.filter(dossier=draft, state="cancelled")
        assert (followed.count(), left.count()) == (2, 2)


def with_idea(year):
    session, idea = sessions.a_session(year, seats=20), sessions.an_idea(year)
    sessions.booked(year, session, idea=idea)
    return session, idea


def test_an_idea_becomes_a_request_while_others_book_the_same_session():
    year, many = play.a_year(), houses(8)
    for session, idea in rewound(partial(with_idea, year), ROUNDS * 2):
        become = partial(ideas.become, idea, by=year.holder, at=play.WRITING)
        untroubled(crowd([become, *(booking(year, session, house) for house in many)]))
        assert rows(session) == ["booked"] * 9
        assert play.fresh(idea).dossier_id == session.bookings.get(idea=idea).dossier_id
