"""The calendar in a real browser: every width and light, without a script, on paper, and into somebody's agenda."""

from datetime import date
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests import year as play
from tests.browser.test_a_year import WIDTHS
from tests.sessions import a_session, booked
from workflow import engine
from workflow.models import Milestone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIGHTS = pytest.mark.parametrize("light", ["light", "dark"])
PLAIN = {"java_script_enabled": False}


@pytest.fixture
def year(on_day):
    """A year in which November holds a bit of everything."""
    on_day(play.WRITING)
    year = play.a_year()
    answer = Milestone.objects.get(cycle=year.cycle, code="reponse")
    vague = {"precision": "quinzaine", "starts_on": date(2026, 11, 15), "ends_on": date(2026, 11, 15)}
    engine.amend(answer, vague, by=year.coordinator, at=play.WRITING)
    play.a_draft(year)
    booked(year, a_session(year, play.day("2026-11-10", 14)))
    for hour in (9, 10, 11, 14, 15, 16):
        a_session(year, play.day("2026-11-12", hour), 1)
    return year


@LIGHTS
@WIDTHS
def test_every_view_is_sound(year, signed_in, sound, width, light):
    page = signed_in(year.holder, "/calendrier/?month=2026-11", width, light)
    sound(page)
    for path in (
        "?month=2026-11&view=agenda",
        "?month=2026-11&kind=session",
        "?month=2031-02",
        "abonnement/",
    ):
        page.goto(page.url.split("/calendrier/")[0] + "/calendrier/" + path)
        sound(page)


def test_a_volunteer_on_a_phone_finds_the_deadline_without_a_script(year, signed_in):
    page = signed_in(year.holder, "/", 390, **PLAIN)
    page.get_by_role("link", name="Calendrier").first.click()
    page.get_by_role("link", name="Novembre 2026").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Novembre 2026"
    days = [one.inner_text().replace("\n", " ") for one in page.locator("td:visible .date").all()]
    assert days == [
        "dimanche 1er novembre", "mardi 10 novembre", "mercredi 11 novembre",
        "jeudi 12 novembre", "dimanche 15 novembre",
    ]  # fmt: skip
    expect(page.locator(".large")).to_contain_text("mi-novembre 2026")
    page.get_by_role("link", name="À faire").first.click()
    page.get_by_role("link", name="Déposer").click()
    assert "/demande/" in page.url


def test_a_full_day_leads_to_its_list_and_each_date_to_a_file(year, signed_in):
    page = signed_in(year.holder, "/calendrier/?month=2026-11", **PLAIN)
    page.get_by_role("link", name="et 3 autres").click()
    expect(page.locator("#jour-2026-11-12 .item")).to_have_count(6)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Ajouter à mon agenda : Rendez-vous").first.click()
    assert coming.value.suggested_filename.endswith(".ics")


def test_a_person_makes_an_address_that_an_agenda_reads_and_gives_it_up(year, signed_in):
    page = signed_in(year.holder, "/calendrier/", 390, **PLAIN)
    page.get_by_role("link", name="Dans mon agenda").click()
    page.get_by_role("button", name="Créer mon adresse").click()
    shown = page.get_by_label("Ou copiez-la dans votre agenda").input_value()
    here = page.url.split("/calendrier/")[0] + "/calendrier/" + shown.split("/calendrier/")[1]
    with urlopen(here) as answer:
        read = answer.read().decode()
    assert "SUMMARY:Déposer « Atelier vélo »" in read
    assert read.count("SUMMARY:Rendez-vous") == 1
    page.get_by_role("button", name="Désactiver l’adresse").click()
    expect(page.get_by_role("button", name="Créer mon adresse")).to_be_visible()
    assert page.request.get(here).status == 404


def test_a_month_is_one_sheet_of_paper_without_what_one_clicks(year, signed_in):
    page = signed_in(year.holder, "/calendrier/?month=2026-11")
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    assert page.locator(".turning, .chips, .subscribe").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).length"
    ) == 0  # fmt: skip
