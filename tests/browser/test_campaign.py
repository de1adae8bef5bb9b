"""A coordinator moves a date and publishes a rule, on a desk and on a phone, by day and by night."""

import pytest
from playwright.sync_api import expect

from tests import year as play

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width, light", [(1280, "light"), (390, "dark")])
def test_a_date_moves_and_a_rule_is_published(signed_in, on_day, sound, width, light):
    on_day(play.WRITING)
    year = play.a_year()
    page = signed_in(year.coordinator, "/campagne/essai_2027/", width, light)
    sound(page)
    page.get_by_role("link", name="Déplacer « Cloture »").click()
    page.get_by_label("Premier jour").fill("2026-11-20")
    page.get_by_label("Dernier jour").fill("2026-11-20")
    sound(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Voici ce qui bouge")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#messages")).to_contain_text("C’est enregistré.")
    sound(page)
    page.get_by_role("link", name="La campagne").click()
    page.locator("summary", has_text="Règles").click()
    page.get_by_role("link", name="Modifier Règles").click()
    page.get_by_label("Durée du tour d’avis, en jours").fill("28")
    sound(page)
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Vérifier et publier").click()
    sound(page)
    page.get_by_role("button", name="Publier la version 2").click()
    expect(page.locator("#messages")).to_contain_text("La version 2 est publiée.")
    assert play.fresh(year.cycle).current.review_days == 28
