"""The full workshop and its waiting list: from the series in one go to the three who sat, told to each by mail."""

import pytest
from django.urls import reverse

from cases import models as cases
from notifications.models import Message
from tests import year as play
from tests.cases.views.test_sessions import text
from tests.pages import form_with
from tests.sessions import an_idea
from workflow.models import Organisation
from workflow.roles import Role

pytestmark = pytest.mark.django_db

DAY = play.day("2026-10-28", 14)


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


class Town:
    """The people of the story, each on a browser of their own."""

    def __init__(self, year, client, on_day):
        self.year, self.client_of, self.on_day = year, type(client), on_day
        self.houses = {"Les Tisseurs": year.holder}
        for name in ("Les Semeurs", "Les Voisins", "Le Fil"):
            house = Organisation.objects.create(name=name)
            self.houses[name] = play.person(name.split()[-1].lower(), Role.HOLDER, None, house)

    def browser(self, user):
        client = self.client_of()
        client.force_login(user)
        return client

    def books(self, name: str, about="none") -> str:
        client, session = self.browser(self.houses[name]), cases.Session.objects.get()
        path = reverse("session", args=[session.uuid])
        sent = form_with(client.get(path), "about").fields | {"about": str(about)}
        return text(client.post(path, sent, follow=True))

    def presses(self, user, name: str, *key, **typed) -> str:
        """Open a page with a form, type, and press its button."""
        client = self.browser(user)
        path = reverse(name, args=key)
        page = client.get(path)
        sent = form_with(page, *(typed or ["version"])).fields | typed
        return text(client.post(path, sent, follow=True))

    def home_of(self, name: str) -> str:
        return text(self.browser(self.houses[name]).get(reverse("todo")))

    def told(self, name: str) -> list[str]:
        mails = Message.objects.filter(recipient=self.houses[name], template__startswith="seance")
        return list(mails.order_by("pk").values_list("template", flat=True))


@pytest.fixture
def town(year, client, on_day):
    return Town(year, client, on_day)


def test_a_full_workshop_and_its_waiting_list(town, year):
    # Given a workshop of two seats that the team planned, and an idea that is no request yet
    usual = {"step": "rendez-vous", "day": "2026-10-28", "begins": "14:00", "ends": "16:00", "seats": "2"}
    usual |= {"place": "Médiathèque", "host": str(year.instructor.pk)}
    town.presses(year.instructor, "session-plan", year.cycle.code, **usual)
    session, idea = cases.Session.objects.get(), an_idea(year, title="Un jardin partagé")

    # When four associations book, the first two sit and the others wait in order
    assert "Vous avez une place" in town.books("Les Semeurs")
    assert "Vous avez une place" in town.books("Les Voisins")
    assert "vous êtes sur la liste d’attente" in town.books("Les Tisseurs", idea.uuid)
    assert "vous êtes sur la liste d’attente" in town.books("Le Fil")
    assert "Vous êtes en première place sur la liste d’attente" in town.home_of("Les Tisseurs")
    assert "Vous êtes en 2<sup>e</sup> place sur la liste d’attente" in town.home_of("Le Fil")

    # And one of those who sat cancels, then the first of the queue has the seat and is told
    left = session.bookings.get(organisation__name="Les Semeurs")
    town.presses(town.houses["Les Semeurs"], "booking-move", left.uuid, "cancel")
    assert "liste d’attente" not in town.home_of("Les Tisseurs")
    assert "Vous êtes en première place sur la liste d’attente" in town.home_of("Le Fil")
    assert town.told("Les Tisseurs") == ["seance_en_attente", "seance_place_liberee"]

    # And the team finds a larger room an hour later: who waits has a seat, and everybody reads the new place
    town.presses(year.instructor, "session-move", session.uuid, "resize", seats="3")
    moved = {"begins": "15:00", "ends": "17:00", "place": "Maison de quartier"}
    town.presses(year.instructor, "session-move", session.uuid, "reschedule", **moved)
    assert "mercredi 28 octobre 2026, de 15 h à 17 h" in town.home_of("Le Fil")
    assert town.told("Le Fil") == ["seance_en_attente", "seance_place_liberee", "seance_changee"]
    assert town.told("Les Semeurs") == ["seance_reservee"]

    # When the idea becomes a request before the day, then its seat is the request's
    became = town.presses(year.holder, "idea-move", idea.uuid, "become")
    assert "Votre idée est devenue une demande" in became
    draft = cases.Dossier.objects.get(title="Un jardin partagé")

    # And on the day the team says who came: the request was accompanied, the absence is said, the session is over
    town.on_day(play.day("2026-10-28", 18))
    came = [
        session.bookings.get(organisation__name=name)
        for name in ("Les Voisins", year.holder_organisation.name)
    ]
    absent = session.bookings.get(organisation__name="Le Fil")
    said = {f"{one.pk}-said": "attend" for one in came} | {f"{absent.pk}-said": "miss"}
    assert "Les présences sont notées." in town.presses(year.instructor, "session-desk", session.uuid, **said)
    assert [one.state for one in draft.supports.order_by("pk")] == ["held"]
    assert play.fresh(session).state == "held"
    states = list(session.bookings.order_by("pk").values_list("state", flat=True))
    assert states == ["cancelled", "attended", "attended", "absent"]


def test_a_workshop_that_falls_through_tells_each_why(town, year):
    # Given a workshop with one seat taken and one who waits
    usual = {"step": "rendez-vous", "day": "2026-10-28", "begins": "14:00", "ends": "16:00", "seats": "1"}
    usual |= {"place": "Médiathèque", "host": str(year.instructor.pk)}
    town.presses(year.instructor, "session-plan", year.cycle.code, **usual)
    session = cases.Session.objects.get()
    for name in ("Les Semeurs", "Le Fil"):
        town.books(name)

    # When the team cancels it
    town.presses(
        year.coordinator, "session-move", session.uuid, "cancel", reason="L’animatrice est malade ce jour-là."
    )

    # Then both read why on their first page, nobody takes the seat, and both were told once
    for name, first in (("Les Semeurs", "seance_reservee"), ("Le Fil", "seance_en_attente")):
        assert "L’animatrice est malade ce jour-là." in town.home_of(name)
        assert town.told(name) == [first, "seance_annulee"]
