"""Who may book what, how a seat is had or waited for, and what attendance leaves behind."""

import pytest

from cases import ideas
from cases import models as cases
from tests import sessions
from tests import year as play
from tests.sessions import AFTER, a_house, a_session, an_idea, booked, full, moved
from workflow.models import Entry
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


def refused(call) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.codes


def states(session) -> list[str]:
    return list(session.bookings.order_by("pk").values_list("state", flat=True))


def test_the_first_to_come_sit_and_the_others_wait_in_order():
    year = play.a_year()
    session = a_session(year, seats=2)
    for name in ("Un", "Deux", "Trois", "Quatre"):
        booked(year, session, **a_house(year, name))
    assert states(session) == ["booked", "booked", "waiting", "waiting"]
    entry = Entry.objects.filter(subject_label="cases.booking", move="open").order_by("pk")
    assert list(entry.values_list("target", flat=True)) == ["booked", "booked", "waiting", "waiting"]


def test_a_seat_that_frees_goes_to_the_first_of_the_queue_and_to_nobody_else():
    year = play.a_year()
    session = full(year)
    first, second = (booked(year, session, **a_house(year, name)) for name in ("Un", "Deux"))
    sitting = session.bookings.order_by("pk").first()
    moved(sitting, "call_off", year.instructor, reason="À sa demande.")
    assert states(session) == ["cancelled", "booked", "waiting"]
    moved(second, "cancel", second.person)
    assert states(session) == ["cancelled", "booked", "cancelled"]
    assert play.fresh(first).version == 2


def test_more_seats_are_taken_by_the_queue_at_once():
    year = play.a_year()
    session = full(year)
    for name in ("Un", "Deux", "Trois"):
        booked(year, session, **a_house(year, name))
    moved(session, "resize", year.instructor, seats=3)
    assert states(session) == ["booked", "booked", "booked", "waiting"]


def test_who_waits_frees_no_seat_by_leaving():
    year = play.a_year()
    session = full(year)
    one, two = (booked(year, session, **a_house(year, name)) for name in ("Un", "Deux"))
    moved(one, "cancel", one.person)
    assert states(session) == ["booked", "cancelled", "waiting"]
    assert play.fresh(two).state == "waiting"


def test_the_same_click_books_once_and_what_was_cancelled_may_be_booked_again():
    year = play.a_year()
    session = a_session(year)
    first = booked(year, session)
    assert refused(lambda: booked(year, session)) == ["already"]
    moved(first, "cancel", year.holder)
    assert booked(year, session).state == "booked"
    assert states(session) == ["cancelled", "booked"]


def test_a_request_has_one_place_in_a_session_though_it_was_booked_as_an_idea():
    year = play.a_year()
    session, idea = a_session(year), an_idea(year)
    booked(year, session, idea=idea)
    draft = ideas.become(idea, by=year.holder, at=play.WRITING)
    assert refused(lambda: booked(year, session, dossier=draft)) == ["already"]
    assert refused(lambda: booked(year, session, dossier=draft, by=year.instructor)) == ["already"]
    assert booked(year, a_session(year), dossier=draft).state == "booked"
    moved(session.bookings.get(), "cancel", year.holder)
    assert booked(year, session, dossier=draft).state == "booked"


@pytest.mark.parametrize(
    "spoilt, codes",
    [
        (
            lambda year, session: moved(session, "cancel", year.instructor, reason="Grippe"),
            ["session_cancelled"],
        ),
        (lambda year, session: moved(session, "hold", year.instructor, AFTER), ["session_past"]),
        (lambda year, session: session, []),
    ],
)
def test_only_a_session_to_come_is_booked(spoilt, codes):
    year = play.a_year()
    session = spoilt(year, a_session(year))
    if codes:
        assert refused(lambda: booked(year, session)) == codes
    else:
        assert refused(lambda: booked(year, session, at=AFTER)) == ["session_past"]


def test_one_books_for_ones_own_request_or_idea_while_it_is_written():
    year, other = play.a_year(), play.a_year("ailleurs_2027")
    session = a_session(year)
    foreign = {"dossier": play.a_draft(other), "idea": an_idea(other)}
    assert refused(lambda: booked(year, session, **foreign)) == ["not_its_own", "not_its_own"]
    assert refused(lambda: booked(year, session, dossier=play.submitted(year))) == ["dossier_filed"]
    aside = moved(an_idea(year), "set_aside", year.holder)
    assert refused(lambda: booked(year, session, idea=aside)) == ["idea_closed"]
    assert booked(year, session, dossier=play.a_draft(year)).state == "booked"
    assert booked(year, session, idea=an_idea(year, title="Une autre")).state == "booked"
    assert refused(lambda: booked(year, session, by=other.holder)) == ["no_right"]


def test_attendance_is_said_once_the_session_has_begun():
    year = play.a_year()
    one = booked(year, a_session(year))
    assert refused(lambda: moved(one, "attend", year.instructor)) == ["not_begun"]
    assert refused(lambda: moved(one, "cancel", year.holder, AFTER)) == ["session_past"]
    assert moved(one, "miss", year.instructor, AFTER).state == "absent"
    assert moved(one, "attend", year.instructor, AFTER).state == "attended"


def test_attendance_for_a_request_is_its_accompaniment():
    year = play.a_year()
    session, draft = a_session(year), play.a_draft(year)
    came = booked(year, session, dossier=draft)
    moved(came, "attend", year.instructor, AFTER)
    [support] = draft.supports.order_by("pk")
    assert (support.state, support.held_on.isoformat(), support.booking) == ("held", "2026-10-22", came)
    assert support.step.code == "rendez-vous"


def test_an_absence_is_a_missed_accompaniment_until_it_is_corrected():
    year = play.a_year()
    draft = play.a_draft(year)
    late = booked(year, a_session(year), dossier=draft)
    late = moved(late, "miss", year.instructor, AFTER)
    assert draft.supports.get().state == "missed"
    moved(late, "attend", year.instructor, AFTER)
    assert draft.supports.get().state == "held"


def test_a_presence_said_by_mistake_is_taken_back_until_something_is_written():
    year = play.a_year()
    draft = play.a_draft(year)
    here = moved(booked(year, a_session(year), dossier=draft), "attend", year.instructor, AFTER)
    here = moved(here, "miss", year.instructor, AFTER)
    support = draft.supports.get()
    assert (here.state, support.state, support.held_on) == ("absent", "missed", None)
    here = moved(here, "attend", year.instructor, AFTER)
    assert refused(lambda: moved(draft.supports.get(), "miss", year.instructor, AFTER)) == ["already_held"]
    moved(draft.supports.get(), "note", year.instructor, AFTER, record="Le budget est à revoir.")
    assert refused(lambda: moved(here, "miss", year.instructor, AFTER)) == ["already_recorded"]


def test_without_a_request_attendance_leaves_no_accompaniment():
    year = play.a_year()
    moved(booked(year, a_session(year)), "attend", year.instructor, AFTER)
    assert cases.Support.objects.count() == 0


def test_the_end_of_another_accompaniment_leaves_a_booked_one_alone():
    year = play.a_year()
    draft = play.a_draft(year)
    late = moved(booked(year, a_session(year), dossier=draft), "miss", year.instructor, AFTER)
    asked = sessions.moved(draft, "ask_support", year.holder, step="rendez-vous")
    moved(asked, "end_support", year.instructor, AFTER, held=True, record="Trois actions.")
    held = draft.supports.get(booking=None)
    assert (held.state, held.record, draft.supports.get(booking=late).state) == (
        "held",
        "Trois actions.",
        "missed",
    )


def test_a_cancelled_session_calls_everybody_off_with_its_reason():
    year = play.a_year()
    session = full(year)
    booked(year, session)
    moved(session, "cancel", year.instructor, reason="L’animatrice est malade.")
    rows = session.bookings.order_by("pk").values_list("state", "reason")
    assert list(rows) == [("cancelled", "L’animatrice est malade.")] * 2


def test_a_withdrawn_request_gives_its_seats_back():
    year = play.a_year()
    session, draft = a_session(year, seats=1), play.a_draft(year)
    mine = booked(year, session, dossier=draft)
    next_ = booked(year, session, **a_house(year, "Voisins"))
    moved(draft, "withdraw", year.holder)
    assert (play.fresh(mine).state, play.fresh(next_).state) == ("cancelled", "booked")
