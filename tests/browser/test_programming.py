"""The programming in a browser: an amount moves the totals at once, and a mistake stays beside its field."""

import pytest
from playwright.sync_api import expect

from tests import year as play
from tests.cases import reached

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year(ceiling=1_000)


def test_an_amount_moves_the_totals_without_a_reload_and_the_next_field_is_there(signed_in, sound, year):
    line = reached.line_of(play.in_committee(year))
    page = signed_in(year.instructor, f"/programmation/{year.cycle.code}/")
    page.evaluate("window.stayed = true")
    field = page.locator(f"#m{line.pk}")
    field.fill("3 000")
    field.press("Tab")
    page.get_by_text("Dépasse de 2 000").wait_for()
    assert page.evaluate("[window.stayed, document.activeElement.id]") == [
        True,
        f"m{reached.line_of(line.dossier, 1).pk}",
    ]
    expect(page.locator(f"#c{line.pk}")).to_contain_text("plus que demandé")
    expect(page.locator("#dit")).to_contain_text("Enregistré")
    assert play.fresh(line).team_proposal == 3_000
    sound(page)


def test_a_mistake_is_said_beside_its_field_and_what_a_colleague_wrote_is_never_overwritten(signed_in, year):
    line = reached.line_of(play.in_committee(year))
    page = signed_in(year.instructor, f"/programmation/{year.cycle.code}/")
    field, said = page.locator(f"#m{line.pk}"), page.locator(f"#c{line.pk}")
    field.fill("beaucoup")
    field.press("Tab")
    said.get_by_text("Écrivez un montant").wait_for()
    other = signed_in(year.coordinator, f"/programmation/{year.cycle.code}/")
    other.locator(f"#m{line.pk}").fill("700")
    other.locator(f"#m{line.pk}").press("Tab")
    other.get_by_text("Enregistré : 700").wait_for(state="attached")
    field.fill("300")
    field.press("Tab")
    said.get_by_text("Changé entre-temps").wait_for()
    assert (field.input_value(), play.fresh(line).team_proposal) == ("300", 700)


def test_without_javascript_the_button_keeps_the_amounts(signed_in, year):
    line = reached.line_of(play.in_committee(year))
    page = signed_in(year.instructor, f"/programmation/{year.cycle.code}/", java_script_enabled=False)
    page.locator(f"#m{line.pk}").fill("450")
    page.get_by_role("button", name="Enregistrer les montants").click()
    page.get_by_text("Le montant est enregistré.").wait_for()
    assert play.fresh(line).team_proposal == 450
