"""Each role moves a dossier on, in a real browser, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from cases.models import Dossier
from tests import year as play

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = pytest.mark.parametrize("width", [1280, 390])
PDF = {"name": "budget.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 essai"}


def go(page, address):
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + address)


def says(page) -> str:
    return page.locator("#messages").inner_text()


@WIDTHS
def test_the_holder_begins_writes_and_files(signed_in, on_day, sound, width):
    on_day(play.WRITING)
    year = play.a_year()
    page = signed_in(year.holder, "/", width)
    sound(page)
    page.get_by_role("link", name="Commencer une demande").click()
    page.get_by_label("Nom de l’action").fill("Jardin partagé")
    sound(page)
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Résumé").fill("Planter ensemble, au pied des tours.")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Coût total de l’action").fill("12 500,50 €")
    page.get_by_label("Etat essai_2027").fill("4 000")
    sound(page)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Choisir le fichier").set_input_files(PDF)
    page.locator("#messages", has_text="est joint.").wait_for()
    assert "« budget.pdf » est joint." in says(page)
    sound(page)
    page.get_by_role("button", name="Continuer : vérifier et envoyer").click()
    page.get_by_label("Nom du représentant légal").fill("Awa Diallo")
    page.get_by_label("Le représentant légal confirme").check()
    sound(page)
    page.get_by_role("button", name="Déposer ma demande").click()
    assert "Votre demande « Jardin partagé » est déposée." in says(page)
    sound(page)
    dossier = Dossier.objects.get()
    assert (dossier.state, str(dossier.total_cost), dossier.number) == ("submitted", "12500.50", 1)


@WIDTHS
def test_the_team_admits_and_sends_to_the_financiers(signed_in, on_day, sound, width):
    on_day(play.READING)
    year = play.a_year()
    dossier = play.submitted(year)
    page = signed_in(year.instructor, "/", width)
    sound(page)
    page.get_by_role("link", name="Vérifier le dossier").click()
    page.get_by_role("group", name="Public des quartiers").get_by_label("Oui").check()
    page.get_by_role("radio", name="3").check()
    sound(page)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("link", name="Revenir au dossier").click()
    page.get_by_role("link", name="Déclarer recevable").first.click()
    page.get_by_role("button", name="Déclarer recevable").click()
    for name in ("Etat", "Agglo"):
        page.get_by_role("link", name=f"Demander l’avis · {name}").click()
        page.get_by_role("button", name="Demander l’avis").click()
    sound(page)
    page.get_by_role("link", name="Envoyer aux financeurs").first.click()
    page.get_by_label("Avis attendus avant le").fill("2027-01-15")
    page.get_by_role("button", name="Envoyer aux financeurs").click()
    assert play.fresh(dossier).state == "review"


@WIDTHS
def test_the_coordinator_decides_explains_and_answers(signed_in, on_day, sound, width):
    on_day(play.SITTING)
    year = play.a_year(feedback_check="self")
    dossier = play.in_committee(year)
    page = signed_in(year.coordinator, f"/dossiers/{dossier.uuid}/", width)
    sound(page)
    page.get_by_role("link", name="Noter l’accord · Etat").click()
    page.get_by_label("Montant accordé").fill("500")
    page.get_by_role("button", name="Noter l’accord").click()
    page.get_by_role("link", name="Noter « non retenu » · Agglo").click()
    page.get_by_role("button", name="Noter « non retenu »").click()
    page.get_by_role("link", name="Enregistrer la décision").first.click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Enregistrer la décision").click()
    for name in ("Etat", "Agglo"):
        page.get_by_role("link", name=f"Notifier · {name}").click()
        page.get_by_label("Notifié le").fill("2027-02-10")
        page.get_by_role("button", name="Notifier").click()
    page.get_by_role("link", name="Fiche de motivation").click()
    page.get_by_label("Motif publié").first.select_option("priorite")
    page.get_by_label("Fait du dossier").first.fill("Deux actions semblables existent.")
    page.get_by_label("Pourquoi moins").fill("L’enveloppe était plus petite.")
    page.get_by_label("Et maintenant").fill("Venez au petit-déjeuner de septembre.")
    page.get_by_role("button", name="Enregistrer la fiche").click()
    expect(page.locator(".sheet")).to_contain_text("Agglo essai_2027 n’a pas retenu votre demande")
    expect(page.locator(".sheet")).to_contain_text("Venez au petit-déjeuner de septembre.")
    sound(page)
    for label in ("J’ai relu la fiche", "Transmettre la fiche"):
        page.get_by_role("link", name=label).click()
        page.get_by_role("button", name=label).click()
    page.get_by_role("link", name="Revenir au dossier").click()
    page.get_by_role("link", name="Répondre au porteur").first.click()
    page.get_by_role("button", name="Répondre au porteur").click()
    assert play.fresh(dossier).state == "answered"


@pytest.mark.parametrize("light", ["light", "dark"])
@WIDTHS
def test_every_list_and_sheet_is_sound_in_both_lights(signed_in, on_day, sound, width, light):
    on_day(play.SITTING)
    year = play.a_year()
    dossier = play.decided(year)
    page = signed_in(year.coordinator, "/dossiers/", width, light)
    addresses = ("demande/", "instruction/", "fiche/", "", "drop/", "answer/")
    for address in ("/", "/dossiers/", *(f"/dossiers/{dossier.uuid}/{one}" for one in addresses)):
        go(page, address)
        sound(page)
