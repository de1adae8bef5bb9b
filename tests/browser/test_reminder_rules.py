"""A coordinator adds a reminder: plain words, one sentence that says it back, what it sends, then publication."""

import pytest
from playwright.sync_api import expect

from tests import year as play

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width, light", [(1280, "light"), (390, "dark")])
def test_a_reminder_is_added_read_aloud_and_published(signed_in, on_day, sound, width, light):
    on_day(play.WRITING)
    year = play.a_year()
    play.a_draft(year)
    play.a_draft(year, title="Jardin")
    page = signed_in(year.coordinator, "/campagne/essai_2027/rappels/", width, light)
    sound(page)
    page.get_by_role("link", name="Ajouter un rappel").click()
    page.get_by_label("Nom du rappel").fill("Trois semaines avant")
    page.get_by_label("Ce qui n’est pas fait").select_option(label="Dossier commencé, pas déposé")
    page.get_by_label("Quel jalon").select_option(label="Cloture")
    page.get_by_label("Combien de jours avant").fill("22")
    sound(page)
    page.get_by_role("button", name="Enregistrer").click()
    said = page.locator("main").inner_text().replace("\u00a0", " ").replace("\u202f", " ")
    assert "Part 22 jours avant « Cloture » : le vendredi 23 octobre 2026" in said
    assert "2 messages de plus" in said
    sound(page)
    page.get_by_role("button", name="Enregistrer").click()
    sound(page)
    page.get_by_role("link", name="La campagne").click()
    page.get_by_role("link", name="Vérifier et publier").click()
    sound(page)
    page.get_by_role("button", name="Publier la version 2").click()
    expect(page.locator("#messages")).to_contain_text("La version 2 est publiée.")
    assert play.fresh(year.cycle).current.reminders.filter(label="Trois semaines avant").exists()
