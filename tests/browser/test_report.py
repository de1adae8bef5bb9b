"""The report in a browser: on a phone its accounts add up as one types; the team reads both columns and settles."""

import pytest
from playwright.sync_api import expect

from cases.models import Dossier, Report
from tests import year as play

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BUDGET = {"60": "60000", "64": "38000", "75": "96000"}


def test_a_report_is_written_on_a_phone_and_read_side_by_side(signed_in, sound, on_day):
    on_day(play.REPORTING)
    year = play.a_year()
    dossier = play.reporting(year)
    Dossier.objects.filter(pk=dossier.pk).update(budget=BUDGET, total_cost=98_000)
    page = signed_in(year.holder, f"/dossiers/{dossier.uuid}/bilan/", width=390)
    sound(page)
    page.get_by_role("link", name="Remplissez les charges : ce que l’action a coûté.").click()
    for label, amount in (
        ("60 · Achats", "60 000"),
        ("64 · Charges", "26 500,00 €"),
        ("75 · Cotis", "86000"),
    ):
        page.get_by_label(label).fill(amount)
    page.get_by_text("Les charges et les produits sont égaux.").wait_for()
    expect(page.locator("#etat")).to_contain_text("Enregistré à")
    expect(page.locator("#totaux")).to_contain_text("Non dépensé")
    sound(page)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("64 · Charges de personnel").fill("Un poste vacant.")
    page.get_by_label("75 · Cotisations").fill("Moins de recettes.")
    page.get_by_role("button", name="Continuer").click()
    due = Report.objects.get(dossier=dossier)
    assert due.explained == {"64": "Un poste vacant.", "75": "Moins de recettes."}
    page = signed_in(year.instructor, f"/dossiers/{dossier.uuid}/bilan/", width=1280)
    expect(page.get_by_role("cell", name="Un poste vacant.")).to_have_count(1)
    sound(page)
