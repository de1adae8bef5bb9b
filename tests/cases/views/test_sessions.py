"""The holder's pages of sessions: what is left, a click that books, the queue, and what was called off."""

import pytest
from django.urls import reverse

from cases import models as cases
from tests import sessions
from tests import year as play
from tests.pages import form_with
from tests.sessions import MEETING, a_house, a_session, an_idea, booked, full, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


def text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def book(client, session, about="none"):
    path = reverse("session", args=[session.uuid])
    form = form_with(client.get(path), "about")
    return client.post(path, form.fields | {"about": about}, follow=True)


def test_a_seat_is_booked_for_a_request_for_an_idea_or_to_ask(client, year):
    client.force_login(year.holder)
    draft, idea = play.a_draft(year), an_idea(year)
    for about, one in ((draft.uuid, draft), (idea.uuid, idea), ("none", None)):
        session = a_session(year)
        page = book(client, session, about)
        assert "Vous avez une place. Un message vous le confirme." in text(page)
        booking = session.bookings.get()
        assert (booking.state, booking.dossier or booking.idea) == ("booked", one)
        assert (booking.person, booking.organisation) == (year.holder, year.holder_organisation)


def test_an_idea_that_wants_an_appointment_is_the_one_that_is_booked_for(client, year):
    session, idea = a_session(year), an_idea(year)
    play.a_draft(year)
    client.force_login(year.holder)
    assert f"{reverse('sessions')}?pour={idea.uuid}" in text(client.get(reverse("ideas")))
    path = f"{reverse('session', args=[session.uuid])}?pour={idea.uuid}"
    assert path in text(client.get(reverse("sessions"), {"pour": str(idea.uuid)}))
    assert client.get(path).context["form"].initial["about"] == str(idea.uuid)
    assert client.get(path.replace(str(idea.uuid), "autre")).context["form"].initial["about"] is None


def test_a_full_session_takes_one_in_the_queue_and_says_which_rank(client, year):
    session = full(year)
    booked(year, session, **a_house(year, "Voisins"))
    client.force_login(year.holder)
    assert "Complet : 1 en attente. Vous pouvez vous mettre sur la liste" in text(
        client.get(reverse("sessions"))
    )
    page = book(client, session)
    assert "La séance est complète : vous êtes sur la liste d’attente." in text(page)
    assert "Vous êtes en 2<sup>e</sup> place." in text(page)
    home = text(client.get(reverse("todo")))
    assert "Vous êtes en 2<sup>e</sup> place sur la liste d’attente." in home
    assert "jeudi 22 octobre 2026, de 14 h à 16 h" in home


def test_the_same_click_twice_is_done_already(client, year):
    session = a_session(year)
    client.force_login(year.holder)
    book(client, session)
    assert "C’est déjà fait" in text(book(client, session))
    assert session.bookings.count() == 1


def test_a_booking_is_cancelled_by_its_holder(client, year):
    booking = booked(year, a_session(year))
    client.force_login(year.holder)
    path = reverse("booking-move", args=[booking.uuid, "cancel"])
    page = client.post(path, form_with(client.get(path), "version").fields, follow=True)
    assert "L’inscription est annulée." in text(page)
    assert play.fresh(booking).state == "cancelled"
    assert "Mes rendez-vous" not in text(client.get(reverse("todo")))


def test_whoever_cancels_reads_which_session_it_is_and_what_becomes_of_their_place(client, year):
    session = a_session(year, seats=1)
    sitting = booked(year, session)
    waiting = booked(year, session, idea=an_idea(year))
    client.force_login(year.holder)
    for booking, said in (
        (sitting, "La première association qui attend reçoit votre place."),
        (waiting, "Vous quittez la liste d’attente."),
    ):
        page = text(client.get(reverse("booking-move", args=[booking.uuid, "cancel"])))
        assert "Rendez-vous · jeudi 22 octobre 2026, de 14 h à 16 h" in page
        assert said in page


def test_a_full_session_proposes_its_queue_to_whoever_has_no_place_in_it(client, year):
    session = a_session(year, seats=1)
    client.force_login(year.holder)
    book(client, session)
    page = text(client.get(reverse("sessions")))
    assert "Complet." in page
    assert "vous mettre sur la liste" not in page


def test_what_was_cancelled_and_why_stands_on_the_first_page(client, year):
    session = a_session(year)
    booked(year, session)
    moved(session, "cancel", year.instructor, reason="L’animatrice est malade.")
    client.force_login(year.holder)
    home = text(client.get(reverse("todo")))
    assert "L’animatrice est malade." in home
    assert "L’animatrice est malade." in text(client.get(reverse("session", args=[session.uuid])))


def test_what_can_no_longer_be_booked_offers_no_form(client, year, on_day):
    session = a_session(year)
    on_day(sessions.AFTER)
    client.force_login(year.holder)
    page = client.get(reverse("session", args=[session.uuid]))
    assert "Réserver une place" not in text(page)
    refused = client.post(
        reverse("session", args=[session.uuid]),
        {"organisation": year.holder_organisation.pk, "about": "none"},
    )
    assert refused.status_code == 422
    assert cases.Booking.objects.count() == 0
    assert text(client.get(reverse("sessions"))).count("Aucune séance n’est annoncée") == 1


def test_nobody_books_with_anothers_request(client, year):
    other = play.a_year("ailleurs_2027")
    draft, session = play.a_draft(other), a_session(year)
    client.force_login(year.holder)
    sent = {"organisation": year.holder_organisation.pk, "about": str(draft.uuid)}
    assert client.post(reverse("session", args=[session.uuid]), sent).status_code == 422
    assert cases.Booking.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_session_and_for_three(client, year, django_assert_num_queries, rows):
    for rank in range(rows):
        booked(year, full(year), idea=an_idea(year))
        a_session(year, MEETING.replace(day=23 + rank))
    client.force_login(year.holder)
    with django_assert_num_queries(10):
        client.get(reverse("sessions"))
