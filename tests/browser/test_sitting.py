"""The projected page in a browser: keys, a click, no script at all; large, sound and legible in each light."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import year as play
from tests.cases.reached import item
from tests.cases.test_projection import prepared, torn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    year = play.a_year()
    for title in ("Atelier vélo", "Fête des voisins"):
        play.in_committee(year, title=title)
    torn(year, title="Jardin partagé des deux rives")
    item(year, "Signature de la convention cadre", kind_of="signature", minutes=15)
    prepared(year)
    return year


@pytest.fixture
def stage(signed_in, year):
    """Open the projected page as its coordinator."""
    address = reverse("committee-sitting", args=[year.cycle.committees.get().uuid])
    return lambda **options: signed_in(year.coordinator, address, **options)


def heading(page) -> str:
    return page.locator("h1").inner_text()


def press(page, key: str) -> None:
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)


def test_arrows_turn_the_pages_and_one_key_decides_once_it_is_confirmed(stage, sound, year):
    page = stage()
    press(page, "ArrowRight")
    assert heading(page) == "Signature de la convention cadre"
    press(page, "ArrowRight")
    assert heading(page) == "Liste de consentement : 2 dossiers".replace(" :", "\u00a0:")
    sound(page)
    press(page, "d")
    expect(page.locator("h2", has_text="Vous enregistrez")).to_be_visible()
    press(page, "Escape")
    press(page, "d")
    press(page, "Enter")
    expect(page.get_by_role("status").get_by_text("2 décisions sont enregistrées.")).to_be_visible()
    press(page, "ArrowRight")
    assert heading(page) == "Jardin partagé des deux rives"
    sound(page)
    press(page, "d")
    press(page, "Enter")
    expect(page.locator(".verdict")).to_be_visible()
    assert sorted(one.state for one in year.cycle.dossiers.all()) == ["decided"] * 3
    press(page, "ArrowLeft")
    press(page, "Home")
    expect(page.get_by_text("Quitter l’écran")).to_be_visible()


def test_what_is_typed_is_only_typed_and_the_keys_can_be_turned_off(stage):
    page = stage()
    page.goto(f"{page.url}?n=3")
    amount = page.locator("input[inputmode=decimal]").first
    amount.fill("")
    amount.press_sequentially("d?n")
    assert amount.input_value() == "d?n"
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("dialog[open]").get_by_text("Décider", exact=True)).to_be_visible()
    page.get_by_role("button", name="Ne plus utiliser ces touches").click()
    page.keyboard.press("ArrowRight")
    assert page.url.endswith("?n=3")
    page.keyboard.press("?")
    page.get_by_role("button", name="Activer ces touches").click()
    press(page, "ArrowLeft")
    assert page.url.endswith("?n=2")


def test_without_script_links_and_buttons_do_the_same(stage, year):
    page = stage(java_script_enabled=False)
    page.get_by_role("link", name="Après").click()
    page.get_by_role("link", name="Après").click()
    page.get_by_role("button", name="Régler ces 2 dossiers d’un coup").click()
    page.get_by_role("button", name="Confirmer ces décisions").click()
    page.get_by_role("link", name="Après").click()
    page.get_by_role("button", name="Décider", exact=True).click()
    page.get_by_role("button", name="Confirmer la décision").click()
    assert sorted(one.state for one in year.cycle.dossiers.all()) == ["decided"] * 3


@pytest.mark.parametrize("width, light", [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_every_page_is_sound_on_a_wall_and_on_a_telephone(stage, sound, width, light):
    page = stage(width=width, light=light)
    home = page.url
    for number in range(4):
        page.goto(f"{home}?n={number}")
        sound(page)


def test_a_screen_that_only_looks_follows_what_is_decided(signed_in, stage, year):
    address = reverse("committee-sitting", args=[year.cycle.committees.get().uuid])
    reader = signed_in(year.instructor, f"{address}?n=3")
    expect(reader.locator(".stage").get_by_text("Décidé")).to_have_count(0)
    page = stage()
    page.goto(f"{page.url}?n=3")
    press(page, "d")
    press(page, "Enter")
    reader.locator(".verdict").wait_for(timeout=15_000)
