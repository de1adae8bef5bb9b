"""The main path of the year with JavaScript switched off: the pages are whole without it."""

import pytest
from playwright.sync_api import expect

from cases import seat_links
from cases.models import Dossier
from tests import year as play
from tests.browser.test_a_year import PDF, go, says
from workflow.models import Milestone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(signed_in):
    """Open a page as a person, on a phone, with no script at all."""

    def open_as(user, path="/", width=390):
        return signed_in(user, path, width, java_script_enabled=False)

    return open_as


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def test_a_request_goes_from_its_first_word_to_its_answer(plain, on_day):
    on_day(play.WRITING)
    year = play.a_year(feedback_check="self")
    the_holder_files(plain(year.holder))
    dossier = Dossier.objects.get()
    on_day(play.REVIEWING)
    the_instructor_admits_and_asks(plain(year.instructor))
    assert play.fresh(dossier).state == "review"
    for name in ("etat", "agglo"):
        page = plain(year.financiers[name])
        page.context.clear_cookies()
        the_financier_answers(page, seat_links.path_for(year.financiers[name], dossier, play.REVIEWING))
    assert play.fresh(dossier).state == "committee"
    on_day(play.SITTING)
    dossier = the_coordinator_decides(plain(year.coordinator, f"/dossiers/{dossier.uuid}/", 1280))
    assert dossier.state == "decided"
    assert list(dossier.lines.order_by("pk").values_list("state", "decided")) == [
        ("granted", 500),
        ("refused", 0),
    ]
    on_day(play.ANSWERING)
    play.explained(year, dossier)
    the_coordinator_notifies(plain(year.coordinator, "/a-notifier/"))
    assert {line.state for line in dossier.lines.all()} == {"notified"}
    assert play.fresh(dossier).state == "answered"


def the_holder_files(page) -> None:
    follow(page, "Commencer une demande")
    page.get_by_label("Nom de l’action").fill("Jardin partagé")
    press(page, "Commencer")
    press(page, "Continuer")
    page.get_by_label("Résumé").fill("Planter ensemble, au pied des tours.")
    press(page, "Continuer")
    page.get_by_label("Coût total de l’action").fill("12 500,50 €")
    for name in ("Etat", "Agglo"):
        page.get_by_label(f"{name} essai_2027").fill("4 000")
    press(page, "Continuer")
    page.get_by_label("Choisir le fichier").set_input_files(PDF)
    page.get_by_role("button", name="Joindre").click()
    press(page, "Continuer : vérifier et envoyer")
    page.get_by_label("Nom du représentant légal").fill("Awa Diallo")
    page.get_by_label("Le représentant légal confirme").check()
    press(page, "Déposer ma demande")
    assert "Votre demande « Jardin partagé » est déposée." in says(page)


def the_instructor_admits_and_asks(page) -> None:
    follow(page, "Vérifier le dossier")
    page.get_by_role("group", name="Public des quartiers").get_by_label("Oui").check()
    page.get_by_role("radio", name="3").check()
    press(page, "Enregistrer")
    follow(page, "Revenir au dossier")
    follow(page, "Déclarer recevable")
    press(page, "Déclarer recevable")
    for name in ("Etat", "Agglo"):
        follow(page, f"Demander l’avis · {name}")
        press(page, "Demander l’avis")
    follow(page, "Envoyer aux financeurs")
    page.get_by_label("Avis attendus avant le").fill("2027-01-15")
    press(page, "Envoyer aux financeurs")


def the_financier_answers(page, path: str) -> None:
    go(page, path)
    page.get_by_text("Favorable", exact=True).click()
    page.get_by_text("Comme demandé").click()
    press(page, "Transmettre mon avis")
    page.get_by_text("Votre avis est transmis. C’était le dernier : merci.").wait_for()


def the_coordinator_decides(page):
    follow(page, "Noter l’accord · Etat")
    page.get_by_label("Montant accordé").fill("500")
    press(page, "Noter l’accord")
    follow(page, "Noter « non retenu » · Agglo")
    press(page, "Noter « non retenu »")
    follow(page, "Enregistrer la décision")
    page.get_by_role("radio").first.check()
    press(page, "Enregistrer la décision")
    return Dossier.objects.get()


def the_coordinator_notifies(page) -> None:
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Date de la notification").fill("2027-04-20")
    press(page, "Voir ce que les porteurs liront")
    press(page, "Notifier 2 décisions")
    assert "Les porteurs lisent désormais ces décisions." in says(page)
    press(page, "Répondre à ces porteurs")
    assert "Ces porteurs ont leur réponse." in says(page)


def test_a_date_of_the_campaign_moves(plain, on_day):
    on_day(play.WRITING)
    year = play.a_year()
    page = plain(year.coordinator, "/campagne/essai_2027/")
    follow(page, "Déplacer « Cloture »")
    for label in ("Premier jour", "Dernier jour"):
        page.get_by_label(label).fill("2026-11-20")
    press(page, "Enregistrer")
    expect(page.get_by_role("heading", name="Voici ce qui bouge")).to_be_visible()
    press(page, "Enregistrer")
    assert str(Milestone.objects.get(code="cloture").ends_on) == "2026-11-20"
