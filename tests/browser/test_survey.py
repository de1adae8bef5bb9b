"""The survey at the end of a year and the page of new rules, as a phone and a desk show them."""

import pytest

from cases import survey
from tests import year as play
from tests.campaigns import typed
from workflow.models import Cycle
from workflow.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DURING, AFTER = play.day("2027-05-12"), play.day("2027-05-29")
WIDTHS = [(390, "light"), (1280, "dark")]


@pytest.fixture
def year(on_day):
    on_day(DURING)
    return play.a_year(survey=("2027-05-03", "2027-05-28"))


@pytest.mark.parametrize("width, light", WIDTHS)
def test_a_holder_answers_four_questions_on_a_phone(signed_in, sound, year, width, light):
    play.a_draft(year)
    page = signed_in(year.holder, width=width, light=light)
    sound(page)
    page.get_by_role("link", name="Répondre").click()
    sound(page)
    page.get_by_label("Plutôt d’accord").check()
    page.get_by_label("Que changer").fill("Prévenir plus tôt.")
    page.get_by_role("button", name="Envoyer mes réponses").click()
    page.get_by_text("Merci : vos réponses sont enregistrées, sans votre nom.").wait_for()
    sound(page)
    assert survey.results_of(year.cycle, play.WRITING).people == 1


@pytest.mark.parametrize("width, light", WIDTHS)
def test_the_coordinator_reads_what_was_said_and_moves_dossiers_to_new_rules(
    client, signed_in, sound, year, on_day, width, light
):
    for number in range(5):
        who = play.person(f"voisine{number}", Role.HOLDER, None, year.holder_organisation)
        play.a_draft(year, title=f"Action {number}")
        asked = survey.survey_of(who, year.cycle.code)
        survey.answer(asked, {"suivi": 3, "changer": "Prévenir plus tôt."}, by=who, at=DURING)
    client.force_login(year.coordinator)
    added = {"label": "Où cela se passe-t-il ?", "topic": "L’action"}
    typed(client, "/campagne/essai_2027/ajouter/questions/", **added)
    draft = Cycle.objects.get(code="essai_2027").versions.order_by("number").last()
    client.post("/campagne/essai_2027/publier/", {"version": draft.version})
    on_day(AFTER)
    page = signed_in(year.coordinator, "/campagne/essai_2027/", width=width, light=light)
    sound(page)
    page.get_by_role("link", name="Lire les réponses").click()
    sound(page)
    page.goto(page.url.replace("reponses", "annee-suivante"))
    sound(page)
    page.goto(page.url.replace("annee-suivante", "faire-suivre"))
    sound(page)
    page.get_by_role("button", name="Faire suivre la version 2").click()
    page.get_by_text("5 dossiers suivent maintenant la version 2.").wait_for()
