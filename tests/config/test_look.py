"""The pages as a browser shows them: four sizes and lights, no fault for axe, nothing wider than the screen."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.config.addresses"),
    pytest.mark.django_db(transaction=True),
]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ["/composants/", "/connexion/", "/code-source/", "/nulle-part/"]


@pytest.fixture
def opened(chromium, live_server):
    """Open a page, and keep what the browser complained of and where it went."""
    contexts = []

    def open_page(path, width=1280, light="light", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 860}, color_scheme=light, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.said, page.bodies = [], {}
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on(
            "requestfinished", lambda request: page.bodies.update({request.url: request.response().body()})
        )
        page.goto(live_server.url + path, wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_fits_and_keeps_to_itself(opened, live_server, path, width, light):
    page = opened(path, width, light)
    found = [
        (fault["id"], len(fault["nodes"])) for fault in Axe().run(page, options=RULES).response["violations"]
    ]
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert [said for said in page.said if "404 (Not Found)" not in said] == []
    assert [url for url in page.bodies if not url.startswith(live_server.url)] == []
    assert sum(len(gzip.compress(body)) for body in page.bodies.values()) < 80 * 1024


def test_headers_of_cards_stay_for_readers(opened):
    page = opened("/composants/", 390)
    dossiers = page.get_by_role("table", name="24 dossiers")
    assert dossiers.get_by_role("columnheader").count() == 7
    assert dossiers.get_by_role("row").count() == 7


def test_a_month_is_a_table_on_a_wide_screen_and_its_full_days_on_a_phone(opened):
    wide, narrow = (
        opened("/composants/", width).get_by_role("table", name="Novembre 2026") for width in (1280, 390)
    )
    assert wide.get_by_role("cell").count() == 42
    assert wide.get_by_role("columnheader").count() == narrow.get_by_role("columnheader").count() == 7
    said = [one.inner_text().replace("\n", " ") for one in narrow.locator("td:visible .date").all()]
    assert said == ["mercredi 11 novembre", "mardi 17 novembre", "mardi 24 novembre", "jeudi 26 novembre"]


def test_the_bulk_bar_counts_and_covers_nothing_on_a_phone(opened):
    page = opened("/composants/", 390)
    assert page.locator(".bulk").is_visible() is False
    page.get_by_label("Choisir le dossier 2027-002").check()
    assert page.locator("[data-chosen]").inner_text() == "1 ligne choisie"
    assert page.locator(".bulk").evaluate("bar => getComputedStyle(bar).position") == "static"


def test_one_box_checks_the_whole_page(opened):
    page = opened("/composants/")
    page.get_by_label("Choisir toutes les lignes de cette page").check()
    assert page.locator("[data-chosen]").inner_text() == "6 lignes choisies"


def test_errors_take_the_focus(opened):
    page = opened("/composants/")
    assert page.evaluate("document.activeElement.className") == "errors"


def test_without_script_everything_is_there(opened):
    page = opened("/composants/", java_script_enabled=False)
    page.get_by_label("Choisir le dossier 2027-002").check()
    assert page.get_by_role("button", name="Déclarer recevables").is_visible()
    assert page.get_by_label("Choisir toutes les lignes de cette page").is_visible() is False
    assert page.get_by_role("button", name="Filtrer").is_visible()


def test_the_filter_changes_the_address_without_leaving_the_page(opened):
    page = opened("/composants/")
    page.get_by_role("combobox", name="État").select_option("draft")
    page.wait_for_url("**/composants/?search=&state=draft")
    assert page.locator("#resultats").count() == 1


def test_paper_shows_what_one_reads(opened):
    page = opened("/composants/")
    page.emulate_media(media="print")
    shown = [
        page.locator(name).first.is_visible() for name in (".filters", ".pages", ".btn", ".badge", ".sheet")
    ]
    assert shown == [False, False, False, True, True]
    page.set_viewport_size(
        {"width": 688, "height": 1000}
    )  # because that is what A4 leaves between its margins
    assert page.locator("tbody tr").first.evaluate("row => getComputedStyle(row).display") == "table-row"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
