"""« Mes demandes »: what awaits the holder first, and what to do where there is nothing yet."""

from datetime import date

import pytest
from django.urls import reverse

from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.models import Grant
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


def home_of(client, user):
    client.force_login(user)
    return client.get(reverse("todo")).context["home"]


def shown(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("todo")).content.decode()


def titles(requests) -> list[str]:
    return [one.dossier.title for one in requests]


def test_what_awaits_the_holder_comes_first_by_its_date(client, year, on_day):
    play.submitted(year, title="Chez l’équipe")
    play.a_draft(year, title="À déposer le 15 novembre")
    soon = play.submitted(year, title="À compléter le 1er novembre")
    facts = {"items": ["RIB"], "due_on": date(2026, 11, 1)}
    engine.fire(soon, "ask_completion", by=year.instructor, at=play.WRITING, facts=facts)
    home = home_of(client, year.holder)
    assert titles(home.under_way) == [
        "À compléter le 1er novembre",
        "À déposer le 15 novembre",
        "Chez l’équipe",
    ]
    assert (home.current.next.due, home.current.next.button) == (date(2026, 11, 1), "Compléter mon dossier")
    assert [one.theirs for one in home.under_way] == [True, True, False]


def test_the_card_of_the_first_request_says_one_sentence_one_date_one_button(client, year):
    play.a_draft(year)
    page = shown(client, year.holder)
    card = page[page.index('<section class="next"') : page.index("</section>", page.index('class="next"'))]
    assert card.count('class="btn') == 1
    assert "dimanche 15 novembre 2026" in card


def test_an_answer_to_read_comes_before_what_others_do(client, year, on_day):
    on_day(play.ANSWERING)
    play.in_committee(year, title="En comité")
    line = reached.notified(year)
    home = home_of(client, year.holder)
    assert (home.current.dossier.pk, home.current.next.button) == (line.dossier_id, "Lire la réponse")
    assert home.has_awards is True


def test_what_is_over_stands_apart(client, year, on_day):
    on_day(play.ANSWERING)
    reached.closed(year)
    home = home_of(client, year.holder)
    assert (home.under_way, [one.label for one in home.past]) == ([], ["Clos"])
    assert "Ce qui est terminé" in shown(client, year.holder)


def test_the_empty_page_says_what_to_do(client, year, on_day):
    page = shown(client, year.holder)
    assert "Vous n’avez pas de demande en cours" in page
    assert page.count(f'href="{reverse("begin", args=[year.cycle.code])}"') == 1
    on_day(play.REVIEWING)
    page = shown(client, year.holder)
    assert "Aucun appel n’est ouvert en ce moment." in page
    assert "Commencer une demande" not in page


def test_who_writes_for_two_organisations_reads_for_which(client, year):
    play.a_draft(year)
    assert str(year.holder_organisation) not in shown(client, year.holder)
    elsewhere = play.a_draft(play.a_year("ailleurs"))
    Grant.objects.create(user=year.holder, role=Role.HOLDER, organisation=elsewhere.organisation)
    page = shown(client, year.holder)
    both = (year.holder_organisation, elsewhere.organisation)
    assert [f" · {one}</p>" in page for one in both] == [True, True]


def test_whoever_writes_for_an_organisation_finds_who_else_does(client, year):
    assert f'href="{reverse("colleagues")}"' in shown(client, year.holder)


def test_a_late_draft_offers_no_button_that_would_not_work(client, year, on_day):
    play.a_draft(year)
    on_day(play.REVIEWING)
    [only] = home_of(client, year.holder).under_way
    assert (only.theirs, only.next.url) == (False, "")


def test_nobody_elses_request_is_there(client, year):
    play.a_draft(play.a_year("ailleurs"), title="D’ailleurs")
    play.a_draft(year, title="D’ici")
    assert titles(home_of(client, year.holder).under_way) == ["D’ici"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_request_of_each_kind_and_for_three(
    client, year, on_day, django_assert_num_queries, rows
):
    on_day(play.ANSWERING)
    for _ in range(rows):
        for stage in (play.a_draft, play.in_review, reached.notified, reached.closed, play.reporting):
            stage(year)
    client.force_login(year.holder)
    with django_assert_num_queries(17):
        client.get(reverse("todo"))
