"""The programming's page: who opens it, what it costs, what a click keeps, refuses or says again."""

import re

import pytest
from django.urls import reverse

from cases.models import FundingLine
from tests import programmings
from tests import year as play
from tests.cases import reached
from tests.pages import form_with
from tests.workflow.answers import entries

pytestmark = pytest.mark.django_db


QUERIES = ("", "?search=v%C3%A9lo&sort=planned", "?group=orientation&only=discuss", "?group=neighbourhood")


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


@pytest.fixture
def page(client, year):
    """The table, as its instructor uses it."""
    client.force_login(year.instructor)
    address = reverse("programming-table", args=[year.cycle.code])

    def use(typed=None, query="", **headers):
        path = f"{address}{query}"
        return client.get(path) if typed is None else client.post(path, typed, headers=headers)

    return use


def cell(line, amount, was="") -> dict:
    return {f"{line.pk}-amount": amount, f"{line.pk}-seen": f"{line.version}:{was}"}


def live(line) -> dict:
    return {"HX-Request": "true", "HX-Trigger-Name": f"{line.pk}-amount"}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    "query", ["", "?search=v%C3%A9lo&sort=planned", "?group=orientation&only=discuss", "?group=neighbourhood"]
)
def test_a_page_costs_the_same_for_one_dossier_and_for_three(
    year, page, django_assert_num_queries, rows, query
):
    for _ in range(rows):
        play.opine(year, play.in_review(year), "etat", verdict="discuss")
    with django_assert_num_queries(10):
        assert page(query=query).status_code == 200


def test_each_cell_says_what_is_asked_opined_proposed_and_decided(year, page):
    dossier = play.in_committee(year)
    FundingLine.objects.filter(pk=reached.line_of(dossier).pk).update(previous=750)
    play.decided(year, amount=333)
    shown = page().content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    for words in ("demandé 1 000 €", "N-1 750 €", "favorable 500 €", "accordé 333 €", "non retenu"):
        assert words in shown
    assert shown.count('-amount"') == 2


def test_an_overrun_is_said_in_words(year, page):
    line = reached.line_of(play.in_committee(year))
    FundingLine.objects.filter(pk=line.pk).update(team_proposal=11_000)
    assert "Dépasse de 1\u202f000\u202f€" in page().content.decode()


def test_without_javascript_the_button_keeps_what_was_changed(year, page):
    first, second = play.in_committee(year).lines.order_by("pk")
    form = form_with(page(), f"{first.pk}-amount")
    sent = {name: values[0] for name, values in form.fields.items()} | {f"{first.pk}-amount": "1 234,50"}
    answer = page(sent)
    assert (answer.status_code, answer.url) == (302, reverse("programming-table", args=[year.cycle.code]))
    assert play.fresh(first).team_proposal == 1234.5
    assert (play.fresh(second).version, entries(first)[-1].move) == (second.version, "amend")


def test_an_amount_that_makes_no_sense_stays_in_its_field_and_the_others_are_kept(year, page):
    first, second = play.in_committee(year).lines.order_by("pk")
    answer = page(cell(first, "beaucoup") | cell(second, "200"))
    assert answer.status_code == 422
    assert 'value="beaucoup"' in answer.content.decode()
    assert [play.fresh(one).team_proposal for one in (first, second)] == [None, 200]


def test_a_stale_cell_keeps_both_values_in_sight_then_may_be_kept_knowingly(year, page):
    line = reached.line_of(play.in_committee(year))
    programmings.propose(year, line, 700)
    answer = page(cell(line, "300"))
    shown = answer.content.decode()
    assert (answer.status_code, 'value="300"' in shown, "700\u202f€" in shown) == (409, True, True)
    form = form_with(answer, f"{line.pk}-amount")
    again = {name: values[0] for name, values in form.fields.items()}
    assert page(again).status_code == 302
    assert play.fresh(line).team_proposal == 300


def test_the_same_click_twice_is_no_mistake(year, page):
    line = reached.line_of(play.in_committee(year))
    sent = cell(line, "300")
    assert [page(sent).status_code for _ in range(2)] == [302, 302]
    assert [entry.move for entry in entries(line)].count("amend") == 1


def test_a_change_answers_with_its_pieces_alone(year, page):
    first, second = play.in_committee(year).lines.order_by("pk")
    answer = page(cell(first, "11 000") | cell(second, "9"), "?group=holder", **live(first))
    shown = answer.content.decode()
    pieces = set(re.findall(r'id="([^"]+)" hx-swap-oob|hx-swap-oob="true" id="([^"]+)"', shown))
    names = {name for pair in pieces for name in pair if name} | set(
        re.findall(r'<section[^>]* id="(\w+)"', shown)
    )
    group = year.holder_organisation.pk
    envelopes = [line.envelope_id for line in (first, second)]
    assert names == {
        f"c{first.pk}", f"d{first.dossier_id}", "dit", "tout", "totaux",
        *(f"t{key}" for key in envelopes), *(f"g{group}-{key}" for key in envelopes),
    }  # fmt: skip
    assert "Dépasse de 1\u202f000\u202f€" in shown
    assert "<html" not in shown
    assert play.fresh(second).team_proposal is None


def test_a_change_that_cannot_be_kept_says_why_in_its_own_piece(year, page):
    line = reached.line_of(play.in_committee(year))
    programmings.propose(year, line, 700)
    answer = page(cell(line, "300"), **live(line))
    shown = answer.content.decode()
    assert (answer.status_code, "Changé entre-temps" in shown) == (200, True)
    assert f'value="{line.version + 1}:700.00"' in shown


def test_an_incomplete_page_keeps_nothing(year, page):
    line = reached.line_of(play.in_committee(year))
    assert page({f"{line.pk}-amount": "300"}).status_code == 422
    assert page({}).status_code == 422
    assert play.fresh(line).team_proposal is None


def test_nothing_changed_is_no_mistake_either(year, page):
    line = reached.line_of(play.in_committee(year))
    assert page(cell(line, "")).status_code == 302


# Who reads it ---------------------------------------------------------------------------------------------------------


def answers(client, year, people) -> dict:
    address, found = reverse("programming-table", args=[year.cycle.code]), {}
    for name, person in people.items():
        client.force_login(person)
        found[name] = (client.get(address).status_code, client.post(address, {"x": "y"}).status_code)
    return found


def test_its_readers_know_of_it_once_the_coordination_opens_it(client, year):
    other = play.a_year("ailleurs_2027")
    people = {
        "financier": year.financiers["etat"], "holder": year.holder, "team": year.instructor,
        "committee": play.person("elue", "committee", year.cycle), "other": other.financiers["etat"],
    }  # fmt: skip
    closed = dict.fromkeys(people, (404, 404)) | {"team": (200, 422)}
    assert answers(client, year, people) == closed
    programmings.opened(year, shared=True)
    assert answers(client, year, people) == closed | {"financier": (200, 403), "committee": (200, 403)}


def test_a_reader_types_nothing_and_hears_of_no_scenario(client, year):
    play.in_committee(year)
    programmings.opened(year, shared=True)
    client.force_login(year.financiers["etat"])
    shown = client.get(reverse("programming-table", args=[year.cycle.code])).content.decode()
    assert ("-amount" in shown, "cénario" in shown, "favorable" in shown) == (False, False, True)


def test_the_menu_leads_a_financier_there_once_it_is_open(client, year):
    client.force_login(year.financiers["etat"])
    link = f'href="{reverse("programming")}"'
    assert link not in client.get(reverse("opinions")).content.decode()
    programmings.opened(year, shared=True)
    assert link in client.get(reverse("opinions")).content.decode()


def test_one_call_is_opened_at_once_and_several_are_listed(client, year):
    client.force_login(year.coordinator)
    assert client.get(reverse("programming")).url == reverse("programming-table", args=[year.cycle.code])
    client.force_login(year.financiers["etat"])
    assert "Aucune programmation" in client.get(reverse("programming")).content.decode()
