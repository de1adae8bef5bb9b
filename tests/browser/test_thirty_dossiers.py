"""Thirty dossiers, five financiers, two who never answer: the committee's table is out on its date, and nobody pushed.

Three answer from their mail, on a phone; then the calendar alone closes the rounds.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from cases import seat_links
from cases.models import FundingLine
from tests import year as play
from workflow import engine
from workflow.money import euros

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MANY = 30
ANSWERING, SILENT = ("etat", "agglo", "ville"), ("caf", "departement")
LAST_DAY = date(2027, 1, 15)
DAY_AFTER = play.day("2027-01-16", hour=6)
CENTS = [10_010 + 333 * rank for rank in range(MANY)]
"""What the team proposes to each financier of each dossier: all different, none a round sum."""


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year(financiers=5, ceiling=100_000)


def asked(year) -> None:
    lines = []
    for rank, cents in enumerate(CENTS):
        dossier = play.in_review(year, deadline=LAST_DAY, title=f"Action {rank}")
        lines += [(line, cents) for line in dossier.lines.order_by("pk")]
    changes = {line.pk: {"team_proposal": Decimal(cents) / 100} for line, cents in lines}
    for line, _ in lines:
        engine.amend(line, changes[line.pk], by=year.instructor, at=play.REVIEWING)


def answer_all(phone, live_server, year, name: str) -> None:
    """One mail, one list, thirty opinions: what the team proposes, on a phone."""
    first = year.cycle.dossiers.order_by("number")[0]
    path = seat_links.path_for(year.financiers[name], first, play.REVIEWING)
    page = phone.new_page()
    page.goto(live_server.url + path)
    page.get_by_role("link", name="Mes avis").tap()
    page.get_by_role("button", name=f"Relire les {MANY} d’un coup").tap()
    page.get_by_role("button", name="Transmettre les avis cochés").tap()
    page.get_by_text("Il n’en reste aucun").or_(page.get_by_text("C’était le dernier")).first.wait_for()
    page.close()


def test_the_table_is_out_on_its_date_though_two_never_answered(
    chromium, live_server, signed_in, sound, on_day, year
):
    # GIVEN thirty dossiers before five financiers, until 15 January
    asked(year)
    # WHEN three answer by the link of their mail, and two say nothing
    phone = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    for name in ANSWERING:
        answer_all(phone, live_server, year, name)
    phone.close()
    assert FundingLine.objects.filter(state="answered").count() == MANY * len(ANSWERING)
    assert FundingLine.objects.filter(state="invited").count() == MANY * len(SILENT)
    # AND the last day passes, with the minute's sweep for all company
    on_day(play.day(LAST_DAY.isoformat(), hour=23))
    call_command("sweep", all=True)
    assert set(year.cycle.dossiers.values_list("state", flat=True)) == {"review"}
    on_day(DAY_AFTER)
    call_command("sweep", all=True)
    # THEN every dossier lies before the committee, and silence is « avis non rendu »
    assert set(year.cycle.dossiers.values_list("state", flat=True)) == {"committee"}
    committee = year.cycle.committees.get()
    on_day(play.SITTING)
    page = signed_in(year.coordinator, reverse("committee-detail", args=[committee.uuid]))
    expect(page.locator("article.card")).to_have_count(MANY)
    expect(page.get_by_role("cell", name="Avis non rendu")).to_have_count(MANY * len(SILENT))
    sound(page)
    # AND to the cent, the programming says what each financier would give
    page.goto(live_server.url + reverse("programming-table", args=[year.cycle.code]))
    total = euros(Decimal(sum(CENTS)) / 100)
    assert page.locator("main").inner_text().count(total) >= len(ANSWERING)
    sound(page)
