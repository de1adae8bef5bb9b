"""A volunteer writes Vitry's whole request on a telephone, from the sign-in page to « Déposé », and loses nothing."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from cases.models import Dossier
from tests import year as play
from tests.cycles import VITRY
from workflow import loading
from workflow.models import Organisation
from workflow.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PDF = {"name": "budget.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 essai"}
PHOTO = {"name": "IMG_0421.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 photo"}
LONG = "Chaque mercredi, au pied des tours, avec les familles."
SCREENS, TAPS = 14, 35
"""With the page that was closed and opened again, and one per document; a field that is touched is a tap."""


class Thumb:
    """One hand on a telephone: counts what it taps and the screens it is led to."""

    def __init__(self, page):
        self.taps, self.screens = 0, 1
        self.hold(page)

    def hold(self, page):
        self.page = page
        page.on("load", lambda _: setattr(self, "screens", self.screens + 1))

    def tap(self, role: str, name: str, **options):
        self.taps += 1
        self.page.get_by_role(role, name=name, **options).first.click()

    def type(self, label: str, text: str):
        self.taps += 1
        self.page.get_by_role("textbox", name=label).or_(
            self.page.get_by_role("spinbutton", name=label)
        ).fill(text)

    def give(self, rank: int, file: dict):
        self.taps += 2  # the file's button, then the picture in the telephone's own list
        self.page.locator("input[type=file]").nth(rank).set_input_files(file)
        says(self.page, f"« {file['name']} » est joint.", "#messages")


@pytest.fixture
def volunteer(on_day):
    on_day(play.WRITING)
    loading.load(VITRY, at=play.BEFORE)
    return play.person("awa", Role.HOLDER, None, Organisation.objects.create(name="Les Tisseurs de liens"))


@pytest.fixture
def telephone(chromium):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context
    context.close()


def says(page, words: str, place: str = "#etat") -> None:
    """Wait until the page says so; a function of the page's own would be an `eval`, which its policy forbids."""
    expect(page.locator(place)).to_contain_text(words)


def saved(page) -> None:
    says(page, "Enregistré à 10")


def test_from_the_sign_in_page_to_filed_with_the_connection_cut_twice(telephone, live_server, volunteer):
    page = telephone.new_page()
    page.goto(f"{live_server.url}/connexion/")
    thumb = Thumb(page)
    thumb.type("Adresse électronique", volunteer.email)
    thumb.type("Mot de passe", "jalons-essai")
    thumb.tap("button", "Se connecter", exact=True)
    thumb.tap("link", "Commencer une demande")
    thumb.type("Nom de l’action", "Jardin partagé")
    thumb.tap("button", "Commencer")

    page.get_by_label("À quelle priorité").select_option(label="Cadre de vie et tranquillité")
    thumb.taps += 2
    thumb.tap("checkbox", "Le Hamois")
    thumb.tap("button", "Continuer")

    thumb.type("Que voulez-vous faire ?", "Planter ensemble.")
    saved(page)
    telephone.set_offline(True)
    thumb.type("À quel besoin du quartier", LONG)
    says(page, "Pas de connexion")
    thumb.tap("button", "Continuer")  # nothing leaves, nothing is lost
    assert page.get_by_label("À quel besoin du quartier").input_value() == LONG
    telephone.set_offline(False)
    saved(page)
    dossier = Dossier.objects.get()
    assert dossier.answers == {"resume": "Planter ensemble.", "besoin": LONG}
    thumb.type("Comment l’action se passe-t-elle", LONG)
    thumb.tap("button", "Continuer")

    thumb.type("Combien de personnes viennent", "40")
    telephone.set_offline(True)
    thumb.type("Comment les habitants seront-ils informés", LONG)
    here = page.url
    page.close()  # the telephone is put away before the connection is back
    telephone.set_offline(False)
    page = telephone.new_page()
    thumb.hold(page)
    page.goto(here)
    saved(page)
    assert page.get_by_label("Comment les habitants seront-ils informés").input_value() == LONG
    assert play.fresh(dossier).answers["part_qpv"] == 40
    thumb.tap("radio", "Oui")
    thumb.tap("button", "Continuer")

    thumb.type("Où l’action a-t-elle lieu", "Place des Tilleuls")
    thumb.type("Qui s’en occupe", LONG)
    thumb.type("À quoi verrez-vous", LONG)
    thumb.tap("button", "Continuer")
    thumb.type("Coût total de l’action", "4 500 €")
    thumb.type("État · Politique de la ville (BOP 147)", "3 000")
    thumb.tap("button", "Continuer")
    for rank, file in enumerate((PDF, PHOTO)):
        thumb.give(rank, file)
    thumb.tap("button", "Continuer : vérifier et envoyer")
    thumb.tap("link", "Aller au dépôt")
    thumb.type("Nom du représentant légal", "Awa Diallo")
    thumb.tap("checkbox", "Le représentant légal confirme")
    thumb.tap("button", "Déposer ma demande")
    expect(page.locator("#messages")).to_contain_text("Votre demande « Jardin partagé » est déposée.")
    filed = play.fresh(dossier)
    assert (filed.state, filed.answers["comment_informer"], filed.documents.count()) == ("submitted", LONG, 2)
    assert page.evaluate("Object.keys(localStorage)") == []
    assert (thumb.screens, thumb.taps) == (SCREENS, TAPS)


def test_a_session_that_ends_while_one_writes_is_opened_again_in_another_tab(
    telephone, live_server, volunteer
):
    page = telephone.new_page()
    page.goto(f"{live_server.url}/connexion/?next=/appels/vitry_2027/demande/")
    sign_in(page, volunteer)
    page.get_by_label("Nom de l’action").fill("Jardin partagé")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Pour qui").fill("Les collégiens")
    saved(page)
    kept = telephone.cookies()
    telephone.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Pour qui").fill("Les collégiens et leurs parents")
    says(page, "plus connecté")
    assert kept
    with telephone.expect_page() as opened:
        page.get_by_role("link", name="Se connecter dans un autre onglet").click()
    sign_in(opened.value, volunteer)
    opened.value.wait_for_load_state()
    page.bring_to_front()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    saved(page)
    assert Dossier.objects.get().public == "Les collégiens et leurs parents"


def sign_in(page, person) -> None:
    page.get_by_label("Adresse électronique").fill(person.email)
    page.get_by_role("textbox", name="Mot de passe").fill("jalons-essai")
    page.get_by_role("button", name="Se connecter", exact=True).click()


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_topic_is_sound_in_both_lights(signed_in, on_day, sound, width, light):
    on_day(play.WRITING)
    year = play.a_year()
    dossier = play.a_draft(year)
    page = signed_in(year.holder, f"/dossiers/{dossier.uuid}/demande/", width, light)
    sound(page)
    for topic in ("essentiel", "l-action", "budget", "pieces"):
        page.goto(page.url.split("/demande/")[0] + f"/demande/{topic}/")
        for folded in page.locator("details").all():
            folded.evaluate("one => one.open = true")
        sound(page)


def test_the_totals_are_said_as_one_types(signed_in, on_day, sound):
    on_day(play.WRITING)
    year = play.a_year()
    dossier = play.a_draft(year)
    page = signed_in(year.holder, f"/dossiers/{dossier.uuid}/demande/budget/", 390)
    page.get_by_text("Détailler le budget").click()
    page.get_by_label("60 · Achats").fill("2 500 €")
    says(page, "Il manque 500", "#totaux")
    page.get_by_label("70 · Ventes").fill("500")
    says(page, "est équilibré", "#totaux")
    sound(page)


def test_the_whole_request_is_written_and_filed_without_javascript(signed_in, on_day):
    on_day(play.WRITING)
    year = play.a_year()
    dossier = play.a_draft(year)
    path = f"/dossiers/{dossier.uuid}/demande/essentiel/"
    page = signed_in(year.holder, path, 390, java_script_enabled=False)
    page.get_by_label("Nom de l’action").fill("Jardin partagé")
    for _ in range(3):
        page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Ajouter un autre fichier").set_input_files(PDF)
    page.get_by_role("button", name="Joindre").click()
    page.get_by_role("button", name="Continuer : vérifier et envoyer").click()
    page.get_by_role("button", name="Déposer ma demande").click()
    filed = play.fresh(dossier)
    assert (filed.state, filed.title, filed.documents.count()) == ("submitted", "Jardin partagé", 2)
