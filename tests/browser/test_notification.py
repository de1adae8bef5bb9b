"""After the committee in a browser: two decisions told at once, then the holder on a phone makes its action smaller."""

import pytest
from playwright.sync_api import expect

from cases.models import Dossier, RevisedBudget
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASKED = {"60": "1400.00", "64": "600.00"}
"""Even with the 2 000 € asked of two financiers."""


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


def test_a_batch_of_two_is_read_before_it_leaves_then_the_holder_adapts_on_a_phone(signed_in, sound, year):
    dossier = play.decided(year)
    Dossier.objects.filter(pk=dossier.pk).update(budget=ASKED)
    page = signed_in(year.coordinator, "/a-notifier/")
    page.get_by_label("Date de la notification").fill("2027-04-20")
    for box in page.locator("input[name=picked]").all():
        box.check()
    sound(page)
    page.get_by_role("button", name="Voir ce que les porteurs liront").click()
    page.get_by_role("heading", name="Par courriel").wait_for()
    expect(page.locator("summary")).to_contain_text("Des financeurs vous ont répondu")
    sound(page)
    page.get_by_role("button", name="Notifier 2 décisions").click()
    page.get_by_text("Les porteurs lisent désormais ces décisions.").wait_for()
    expect(page.get_by_text("Pas encore lu")).to_be_visible()

    phone = signed_in(year.holder, f"/dossiers/{dossier.uuid}/reponse/", width=390)
    sound(phone)
    phone.get_by_role("link", name="Adapter l’action").click()
    phone.get_by_label("Ce qui change dans l’action").fill("Dix séances au lieu de quinze.")
    sound(phone)
    phone.get_by_role("button", name="Voir avant et après").click()
    phone.get_by_role("link", name="Il manque 1 500 € de produits").wait_for()
    phone.get_by_label("60 · Achats").fill("400")
    phone.get_by_label("64 · Charges de personnel").fill("100")
    phone.get_by_role("button", name="Voir avant et après").click()
    phone.get_by_text("Le budget de l’action passe de").wait_for()
    sound(phone)
    phone.get_by_role("button", name="Confirmer : adapter l’action").click()
    phone.get_by_role("link", name="le budget adapté").click()
    phone.get_by_role("heading", name="Le budget adapté").wait_for()
    sound(phone)
    assert RevisedBudget.objects.get().accounts == {"60": "400.00", "64": "100.00"}


def test_a_refusal_is_said_by_voice_before_its_letter(signed_in, sound, year):
    User.objects.filter(pk=year.holder.pk).update(phone="06 12 34 56 78")
    line = reached.line_of(play.decided(year), 1)
    engine.amend(line, {"call_first": True}, by=year.coordinator, at=play.ANSWERING)
    page = signed_in(year.coordinator, "/a-notifier/", width=390)
    assert page.get_by_role("link", name="06 12 34 56 78").get_attribute("href") == "tel:0612345678"
    sound(page)
    page.get_by_role("button", name="Pas joint").click()
    page.get_by_text("Pas joint, 1 tentative (la dernière").wait_for()
    page.get_by_role("button", name="Appelé").click()
    page.get_by_text("L’appel est noté").wait_for()
    expect(page.get_by_role("heading", name="À appeler")).to_have_count(0)
