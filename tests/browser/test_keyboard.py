"""The pages with a keyboard alone: where one is can be seen, the order is the page's own, and typing is only typing."""

import pytest
from playwright.sync_api import expect

from tests import year as play

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUS = """() => {
  const here = document.activeElement;
  const shown = here.closest(".choice") || here;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  return {
    tag: here.tagName,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    rank: [...document.querySelectorAll("*")].indexOf(here),
  };
}"""


@pytest.fixture
def a_list(signed_in, on_day):
    on_day(play.READING)
    year = play.a_year()
    for title in ("Atelier vélo", "Jardin"):
        play.submitted(year, title=title)
    return signed_in(year.instructor, "/dossiers/")


def test_the_first_key_offers_to_skip_the_menu(a_list):
    a_list.keyboard.press("Tab")
    skip = a_list.locator(".skip")
    assert skip.evaluate("one => one === document.activeElement && one.getBoundingClientRect().width > 100")
    a_list.keyboard.press("Enter")
    assert a_list.evaluate("document.activeElement.id") == "contenu"


def test_every_stop_is_seen_and_follows_the_page(a_list):
    stops = []
    while not stops or stops[-1]["tag"] != "BODY":
        a_list.keyboard.press("Tab")
        stops.append(a_list.evaluate(FOCUS))
    stops.pop()
    assert len(stops) > 20
    assert [one for one in stops if not (one["outlined"] and one["seen"])] == []
    assert [one["rank"] for one in stops] == sorted(one["rank"] for one in stops)


def test_the_teams_keys_move_choose_and_search(a_list):
    press = a_list.keyboard.press
    press("j")
    press("j")
    press("k")
    assert a_list.evaluate("document.activeElement.closest('tr').rowIndex") == 1
    press("x")
    expect(a_list.locator(".pick input:checked")).to_have_count(1)
    press("/")
    assert a_list.evaluate("document.activeElement.id") == "id_search"


def test_what_one_types_is_only_typed(a_list):
    search = a_list.get_by_label("Rechercher")
    search.press_sequentially("jkx?/")
    assert search.input_value() == "jkx?/"
    expect(a_list.locator(".pick input:checked")).to_have_count(0)
    expect(a_list.locator("dialog[open]")).to_have_count(0)


def test_the_keys_explain_themselves_and_can_be_turned_off(a_list):
    a_list.keyboard.press("?")
    expect(a_list.locator("dialog[open]")).to_be_visible()
    a_list.get_by_role("button", name="Ne plus utiliser ces touches").click()
    a_list.keyboard.press("j")
    assert a_list.evaluate("document.activeElement.closest('tbody')") is None
    a_list.keyboard.press("?")
    a_list.get_by_role("button", name="Activer ces touches").click()
    a_list.keyboard.press("j")
    assert a_list.evaluate("document.activeElement.closest('tbody') !== null")
