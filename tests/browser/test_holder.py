"""The holder after filing, in a real browser: receipt, points, answer, payments; and the call, read by anybody."""

from datetime import date

import pytest
from playwright.sync_api import expect

from cases.models import CompletionRequest, Payment
from tests import year as play
from tests.browser.test_a_year import PDF, WIDTHS, go, says
from tests.cases import reached
from tests.cycles import VITRY
from workflow import engine, loading

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIGHTS = pytest.mark.parametrize("light", ["light", "dark"])


@LIGHTS
@WIDTHS
def test_the_call_and_its_questions_are_sound_for_a_visitor(signed_in, on_day, sound, width, light):
    on_day(play.WRITING)
    cycle, stranger = loading.load(VITRY, at=play.BEFORE), play.person("visiteuse")
    page = signed_in(stranger, "/appels/", width, light)
    page.context.clear_cookies()
    for address in ("/appels/", f"/appels/{cycle.code}/", f"/appels/{cycle.code}/puis-je-demander/"):
        go(page, address)
        sound(page)
    for question in page.get_by_role("group").all():
        question.get_by_text("Oui", exact=True).click()
    page.get_by_role("button", name="Voir la réponse").click()
    expect(page.locator(".next")).to_contain_text("Oui, vous pouvez demander")
    sound(page)


@WIDTHS
def test_the_holder_answers_point_by_point_and_sends(signed_in, on_day, sound, width):
    on_day(play.READING)
    year = play.a_year()
    dossier = play.submitted(year)
    facts = {"items": ["Le RIB est illisible.", "Quels jours ?"], "due_on": date(2026, 12, 20)}
    engine.fire(dossier, "ask_completion", by=year.instructor, at=play.READING, facts=facts)
    page = signed_in(year.holder, "/", width)
    sound(page)
    page.get_by_role("link", name="Compléter mon dossier").click()
    sound(page)
    page.locator("#point-1").get_by_label("Joindre une pièce").set_input_files(PDF)
    page.get_by_role("button", name="Enregistrer ma réponse au point 1").click()
    assert "Il reste 1 point." in says(page)
    page.locator("#point-2").get_by_label("Votre réponse").fill("Le mercredi.")
    page.get_by_role("button", name="Enregistrer ma réponse au point 2").click()
    sound(page)
    page.get_by_role("link", name="Envoyer mes compléments").click()
    page.get_by_role("button", name="Envoyer les compléments").click()
    assert play.fresh(dossier).state == "submitted"
    assert CompletionRequest.objects.get().replies == {
        "0": "Pièce jointe : budget.pdf.",
        "1": "Le mercredi.",
    }


@LIGHTS
@WIDTHS
def test_the_holder_reads_the_answer_chooses_and_follows_the_money(signed_in, on_day, sound, width, light):
    on_day(play.ANSWERING)
    year = play.a_year()
    dossier = play.answered(year)
    line = dossier.lines.order_by("pk").first()
    payments = [Payment(line=line, amount=amount, kind_of="advance") for amount in (100, 200)]
    engine.open_many(payments, by=year.instructor, at=play.ANSWERING)
    page = signed_in(year.holder, "/", width, light)
    page.get_by_role("link", name="Lire la réponse").click()
    sound(page)
    page.get_by_role("link", name="Adapter l’action").click()
    page.get_by_label("Ce qui change dans l’action").fill("Un atelier de moins.")
    sound(page)
    page.get_by_role("button", name="Voir avant et après").click()
    page.get_by_role("heading", name="Avant et après").wait_for()
    sound(page)
    page.get_by_role("button", name="Confirmer : adapter l’action").click()
    expect(page.get_by_role("heading", name="La réponse", exact=True)).to_be_visible()
    assert play.fresh(line).state == "adapted"
    for address in ("", "recepisse/", "reponse/"):
        go(page, f"/dossiers/{dossier.uuid}/{address}")
        sound(page)
    go(page, "/paiements/")
    sound(page)


@WIDTHS
def test_the_team_notes_a_payment(signed_in, on_day, sound, width):
    on_day(play.ANSWERING)
    year = play.a_year()
    line = reached.notified(year)
    page = signed_in(year.instructor, f"/dossiers/{line.dossier.uuid}/", width)
    page.get_by_role("link", name="Versements · Etat").click()
    sound(page)
    page.get_by_label("Montant").fill("1 00,50 €")
    page.get_by_label("Reçu le").fill("2027-04-20")
    page.get_by_role("button", name="Noter ce versement").click()
    assert "Le versement est enregistré." in says(page)
    sound(page)
    page.get_by_role("link", name="Corriger").click()
    sound(page)
    assert str(Payment.objects.get().amount) == "100.50"
