"""The accompaniment as it is lived: a holder on a phone, the team at a desk; every page they open is looked at."""

import pytest
from playwright.sync_api import expect

from cases.models import AgreedAction, Booking
from tests import year as play
from tests.sessions import AFTER, MEETING, a_session, full

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 390
PROPOSED = "Réparer ensemble trente vélos, chaque samedi."
AGREED = (
    ("Demander un devis pour les outils", "Le porteur", "2026-10-30"),
    ("Choisir la salle", "Le porteur", "2026-11-06"),
    ("Relire le budget", "Instruction-essai_2027", "2026-11-10"),
)


@pytest.fixture
def year(on_day):
    """A year with a full session, one that has seats on the same day, and a draft."""
    on_day(play.WRITING)
    year = play.a_year()
    full(year)
    a_session(year, MEETING.replace(hour=17), 1)
    play.a_draft(year)
    return year


@pytest.fixture
def looked(sound):
    """Press what has this name, then look at the page that comes."""

    def press(page, name: str, role: str = "link"):
        with page.expect_navigation():
            page.get_by_role(role, name=name).first.click()
        sound(page)

    return press


def here(page, path: str) -> None:
    page.goto("/".join(page.url.split("/")[:3]) + path)


def test_an_idea_waits_for_a_seat_and_a_meeting_becomes_a_list_that_is_ticked(
    year, on_day, signed_in, sound, looked
):
    phone = signed_in(year.holder, "/idees/", PHONE)
    phone.get_by_label("Votre idée en quelques mots").fill("Réparer des trottinettes")
    looked(phone, "Noter cette idée", "button")
    looked(phone, "Prendre rendez-vous")
    looked(phone, "M’inscrire en attente")
    assert phone.get_by_label("Réparer des trottinettes").is_checked()
    looked(phone, "M’inscrire sur la liste d’attente", "button")
    expect(phone.get_by_role("heading", name="Vous êtes sur la liste d’attente")).to_be_visible()
    looked(phone, "Toutes les séances")
    looked(phone, "Réserver")
    phone.get_by_label("Atelier vélo").check()
    looked(phone, "Réserver une place", "button")
    expect(phone.get_by_role("heading", name="Vous avez une place")).to_be_visible()
    states = Booking.objects.filter(person=year.holder).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["waiting", "booked"]

    on_day(AFTER.replace(hour=19))
    desk = signed_in(year.instructor, "/accompagnement/")
    sound(desk)
    desk.get_by_role("link", name="Rendez-vous").last.click()
    desk.get_by_label("Est venu", exact=True).check()
    looked(desk, "Noter les présences", "button")
    looked(desk, "Écrire le compte rendu")
    desk.get_by_label("Ce qui a été dit").fill("Le projet touche trente habitants.")
    for rank, (what, who, day) in enumerate(AGREED, start=1):
        desk.get_by_label(f"À faire ({rank})").fill(what)
        desk.get_by_label(f"Qui ({rank})").select_option(who)
        desk.get_by_label(f"Avant le ({rank})").fill(day)
    looked(desk, "Enregistrer et envoyer au porteur", "button")
    expect(desk.locator(".agreed-row")).to_have_count(3)

    phone = signed_in(year.holder, "/", PHONE)  # two days later, that session is over
    sound(phone)
    looked(phone, "C’est fait : Choisir la salle", "button")
    expect(phone.locator(".agreed-row")).to_have_count(1)
    assert AgreedAction.objects.get(text="Choisir la salle").ended_by == year.holder
    looked(phone, "Où en est mon dossier ?")
    expect(phone.get_by_text("Le projet touche trente habitants.")).to_be_visible()


def test_a_draft_is_re_read_one_sentence_is_taken_and_both_versions_are_compared(
    year, signed_in, sound, looked
):
    phone = signed_in(year.holder, "/", PHONE)
    looked(phone, "Où en est mon dossier ?")
    looked(phone, "Demander un accompagnement")
    phone.get_by_label("Relecture").check()
    looked(phone, "Demander un accompagnement", "button")

    desk = signed_in(year.instructor, "/")
    looked(desk, "Consigner l’accompagnement")
    looked(desk, "Relire la demande")
    looked(desk, "Ajouter une remarque : Résumé")
    desk.get_by_label("Votre remarque").fill("Dites combien, et quand.")
    desk.get_by_label("Texte proposé").fill(PROPOSED)
    looked(desk, "Garder cette remarque", "button")
    looked(desk, "Terminer la relecture")
    looked(desk, "Terminer la relecture", "button")

    here(phone, "/")
    looked(phone, "1 remarque à lire")
    looked(phone, "L’action : 1 remarque")
    looked(phone, "Reprendre cette phrase", "button")
    looked(phone, "Reprendre cette phrase", "button")
    expect(phone.locator("#messages")).to_contain_text("La phrase proposée est dans votre demande.")
    assert phone.get_by_label("Résumé").input_value() == PROPOSED
    looked(phone, "Enregistrer et sortir", "button")
    looked(phone, "Comparer les versions")
    assert any("trente vélos" in one for one in phone.locator(".difference ins").all_inner_texts())
