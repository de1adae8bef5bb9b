"""Rules change in autumn: new dossiers follow them, those under way once the coordination has read what changes."""

import pytest
from django.utils.html import escape

from cases.models import Dossier
from cases.states import SupportState
from tests import year as play
from tests.campaigns import typed
from tests.cases import reached
from workflow import engine, forecast
from workflow.models import Cycle, Entry
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db

HOME = "/campagne/essai_2027/"
PAGE = f"{HOME}faire-suivre/"


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


@pytest.fixture
def coordinator(client, year):
    client.force_login(year.coordinator)
    return client


def publish_a_change(coordinator, path: str, **changes) -> None:
    typed(coordinator, f"{HOME}{path}", **changes)
    draft = Cycle.objects.get(code="essai_2027").versions.order_by("number").last()
    coordinator.post(f"{HOME}publier/", {"version": draft.version})
    assert Cycle.objects.get(code="essai_2027").current == draft


def a_new_question(coordinator) -> None:
    publish_a_change(coordinator, "ajouter/questions/", label="Où cela se passe-t-il ?", topic="L’action")


def rows(*dossiers) -> dict:
    return {"row": [f"{one.uuid} {play.fresh(one).version}" for one in dossiers]}


def versions() -> list[int]:
    return list(Dossier.objects.order_by("number").values_list("rules__number", flat=True))


def test_a_draft_follows_the_new_rules_once_its_coordinator_has_read_what_changes(coordinator, year):
    # Given a draft under way when a question is added
    draft = play.a_draft(year)
    a_new_question(coordinator)
    assert versions() == [1]
    assert "1\u00a0dossier suit encore" in coordinator.get(HOME).text

    # When the coordinator opens the page that says what would change, and confirms
    page = coordinator.get(PAGE).text
    assert escape("Où cela se passe-t-il ?") in page
    assert str(draft) in page
    answer = coordinator.post(PAGE, rows(draft), follow=True)

    # Then the draft asks the new question before it can be filed, and the journal says who moved it
    assert "Un dossier suit maintenant la version 2." in answer.text
    assert "suit encore" not in answer.text
    assert versions() == [2]
    refusals = engine.refusals(play.fresh(draft), "submit", by=year.holder, at=play.WRITING)
    assert [one.place for one in refusals] == ["ou_cela_se_passe_t_il"]
    entry = Entry.objects.filter(subject_label="cases.dossier", move="amend").latest("pk")
    assert entry.actor == year.coordinator


def test_what_is_not_ticked_keeps_its_rules(coordinator, year):
    first, _ = play.a_draft(year), play.a_draft(year, title="Jardin")
    a_new_question(coordinator)
    coordinator.post(PAGE, rows(first))
    assert versions() == [2, 1]


def test_a_round_of_opinions_ends_under_the_rules_it_began_with(coordinator, year):
    asked = play.in_review(year)
    a_new_question(coordinator)
    page = coordinator.get(PAGE).text
    assert f'value="{asked.uuid} ' not in page
    answer = coordinator.post(PAGE, rows(asked))
    assert (answer.status_code, versions()) == (409, [1])
    assert "Cette information ne peut plus être modifiée à cette étape." in answer.text


def test_an_accompaniment_already_had_counts_under_the_new_rules(coordinator, year):
    # Given a meeting held when it was only offered
    dossier = reached.in_support(year)
    facts = {"held": True, "record": "Le budget est à revoir."}
    engine.fire(dossier, "end_support", by=year.instructor, at=play.WRITING, facts=facts)
    assert dossier.supports.get().state == SupportState.HELD

    # When the new rules make it compulsory
    dates = {"opens": "ouverture", "closes": "cloture"}
    publish_a_change(coordinator, "etapes/rendez-vous/", requirement="required", **dates)
    coordinator.post(PAGE, rows(dossier))

    # Then nobody has to come again
    assert versions() == [2]
    assert engine.refusals(play.fresh(dossier), "submit", by=year.holder, at=play.WRITING) == ()


def test_only_the_rules_in_force_may_be_followed(coordinator, year):
    draft = play.a_draft(year)
    other = play.a_year("autre_2027")
    with pytest.raises(Refused) as refused:
        engine.amend(draft, {"rules_id": other.rules.pk}, by=year.coordinator, at=play.WRITING)
    assert refused.value.codes == ["not_in_force"]


def test_an_instructor_moves_nobody(coordinator, year):
    draft = play.a_draft(year)
    a_new_question(coordinator)
    current = Cycle.objects.get(code="essai_2027").current_id
    with pytest.raises(Refused) as refused:
        engine.amend(draft, {"rules_id": current}, by=year.instructor, at=play.WRITING)
    assert refused.value.codes == ["no_right"]


def test_a_stale_page_and_a_second_click_move_nothing_twice(coordinator, year):
    draft, other = play.a_draft(year), play.a_draft(year, title="Jardin")
    a_new_question(coordinator)
    shown, stale = rows(draft), rows(other)
    engine.amend(other, {"title": "Jardin partagé"}, by=year.holder, at=play.WRITING)
    assert [coordinator.post(PAGE, shown).status_code for _ in range(2)] == [302, 302]
    answer = coordinator.post(PAGE, stale)
    assert (answer.status_code, versions()) == (409, [2, 1])
    assert "Cette page n’est plus à jour" in answer.text
    assert Entry.objects.filter(subject_label="cases.dossier", move="amend").count() == 1


@pytest.mark.parametrize("sent", [{}, {"row": "n’importe quoi"}, {"row": "1 2"}])
def test_nothing_ticked_is_said(coordinator, year, sent):
    play.a_draft(year)
    a_new_question(coordinator)
    answer = coordinator.post(PAGE, sent)
    assert (answer.status_code, versions()) == (422, [1])
    assert "Cochez au moins un dossier." in answer.text


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(coordinator, year, many, django_assert_num_queries):
    for number in range(many):
        play.a_draft(year, title=f"Action {number}")
    a_new_question(coordinator)
    with django_assert_num_queries(34):
        coordinator.get(PAGE)


def test_nobody_is_behind_the_first_version(coordinator, year):
    play.a_draft(year)
    assert forecast.behind(Cycle.objects.get(code="essai_2027")) == 0
    assert "Tous les dossiers suivent la version 1." in coordinator.get(PAGE).text
