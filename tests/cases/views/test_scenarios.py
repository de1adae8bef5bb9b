"""The pages of scenarios: begun, written, spread, compared, applied; nobody but the team knows of them."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from cases.models import Scenario
from tests import programmings
from tests import year as play
from tests.cases import reached
from tests.pages import form_with
from tests.workflow.answers import entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


@pytest.fixture
def line(year):
    found = reached.line_of(play.in_committee(year))
    programmings.propose(year, found, 800)
    return play.fresh(found)


@pytest.fixture
def team(client, year):
    client.force_login(year.instructor)
    return client


def address(scenario, name="scenario", *more) -> str:
    return reverse(name, args=[scenario.uuid, *more])


def sent_by(answer, *names) -> dict:
    return {name: values[0] for name, values in form_with(answer, *names).fields.items() if values}


def test_a_scenario_is_begun_once_whatever_is_clicked(team, year):
    path = reverse("scenarios", args=[year.cycle.code])
    answers = [team.post(path, {"name": "État, 20 000 de moins"}) for _ in range(2)]
    scenario = Scenario.objects.get()
    assert [one.url for one in answers] == [address(scenario)] * 2
    assert team.post(path, {"name": " "}).status_code == 422
    assert team.post(path, {"name": "Autre", "copied": "nul"}).status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_its_table_costs_the_same_for_one_dossier_and_for_three(team, year, django_assert_num_queries, rows):
    scenario = programmings.scenario(year)
    for _ in range(rows):
        programmings.suppose(year, scenario, reached.line_of(play.in_committee(year)), 100)
    with django_assert_num_queries(12):
        assert team.get(address(scenario)).status_code == 200


def test_an_amount_written_in_a_scenario_stays_in_it(team, year, line):
    scenario = programmings.scenario(year)
    sent = sent_by(team.get(address(scenario)), f"{line.pk}-amount") | {f"{line.pk}-amount": "450"}
    assert team.post(address(scenario), sent).status_code == 302
    assert list(scenario.amounts.values_list("amount", flat=True)) == [450]
    assert play.fresh(line).team_proposal == 800
    late = team.post(address(scenario), sent | {f"{line.pk}-amount": "300"})
    assert (late.status_code, "450\u202f€" in late.content.decode()) == (409, True)


def test_what_an_envelope_would_hold_is_written_spread_and_seen(team, year, line):
    scenario, key = programmings.scenario(year), line.envelope_id
    sent = sent_by(team.get(address(scenario)), f"{key}-ceiling")
    path = address(scenario, "scenario-supposed")
    assert team.post(path, sent | {f"{key}-ceiling": "beaucoup"}).status_code == 422
    assert team.post(path, sent | {f"{key}-ceiling": "400"}).status_code == 302
    assert team.post(path, sent | {f"{key}-ceiling": "700"}).status_code == 409
    assert "Dépasse de 400\u202f€" in team.get(address(scenario)).content.decode()
    assert team.post(address(scenario, "scenario-spread"), {"envelope": key}).status_code == 302
    assert "Reste 0 € sur 400 € supposés" in text(team, scenario)


def text(client, scenario) -> str:
    return " ".join(client.get(address(scenario)).content.decode().split()).replace("</span>", "")


def test_two_scenarios_stand_beside_the_programming(team, year, line, django_assert_num_queries):
    names = ("Moins", "Plus")
    less, more = (programmings.scenario(year, one) for one in names)
    programmings.suppose(year, less, line, 500)
    path = reverse("scenario-compare", args=[year.cycle.code])
    with django_assert_num_queries(15):
        shown = team.get(f"{path}?s={less.uuid}&s={more.uuid}").content.decode()
    assert [shown.count(words) for words in ("<b>800\u202f€</b>", "1\u00a0montant")] == [2, 1]
    for wrong in ("", "?s=nul", f"?s={less.uuid}&s=" + "&s=".join("x" * 9)):
        assert team.get(path + wrong).status_code in (200, 302)


def book(client, year, *compared):
    path = reverse("scenario-book", args=[year.cycle.code])
    return client.get(path, {"s": [one.uuid for one in compared]})


def test_the_comparison_is_taken_away_as_the_page_shows_it(team, year, line):
    """Names that look like formulas stay words, and amounts are amounts."""
    less = programmings.scenario(year, "=1+1")
    programmings.suppose(year, less, line, 500)
    year.cycle.dossiers.filter(pk=line.dossier_id).update(title="=HYPERLINK(1)")
    path = reverse("scenario-compare", args=[year.cycle.code])
    assert f'comparaison.xlsx?s={less.uuid}"' in team.get(f"{path}?s={less.uuid}").content.decode()
    answer = book(team, year, less)
    assert answer["Content-Disposition"] == 'attachment; filename="scenarios-essai_2027.xlsx"'
    envelopes, differing = openpyxl.load_workbook(BytesIO(answer.content)).worksheets
    assert [envelopes.title, differing.title] == ["Par enveloppe", "Ce qui diffère"]
    assert [[cell.value for cell in row] for row in differing] == [
        ["Dossier", "Intitulé de l’action", "Porteur", "Financeur", "Enveloppe", "Programmation", "=1+1"],
        ["001", "=HYPERLINK(1)", line.organisation.name, "Etat essai_2027", "etat", 800, 500],
    ]
    assert [cell.value for cell in envelopes[1]][-3:] == [
        f"=1+1 : {part}" for part in ("programmé", "disponible", "reste")
    ]
    assert [cell.value for cell in envelopes[2]] == [
        "Etat essai_2027", "etat", 800, 10_000, 9_200, 500, 10_000, 9_500,
    ]  # fmt: skip
    cells = [cell for sheet in (envelopes, differing) for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert (envelopes.freeze_panes, differing.freeze_panes) == ("C2", "F2")
    assert differing["G2"].number_format == '#,##0\\ "€"'


def test_nobody_but_the_team_takes_a_comparison_away(client, year, line):
    scenario = programmings.scenario(year)
    for who in (year.financiers["etat"], year.holder, play.a_year("autre_2027").coordinator):
        client.force_login(who)
        assert book(client, year, scenario).status_code == 404
    client.force_login(year.coordinator)
    assert book(client, year, scenario).status_code == 200
    away = book(client, year)
    assert (away.status_code, away.url) == (302, reverse("scenarios", args=[year.cycle.code]))


def test_applied_in_one_go_each_result_is_said_and_a_second_click_is_no_mistake(team, year, line):
    scenario = programmings.scenario(year)
    programmings.suppose(year, scenario, line, 500)
    sent = sent_by(team.get(address(scenario, "scenario-apply")), "fresh")
    first, second = (team.post(address(scenario, "scenario-apply"), sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 302)
    assert "Une proposition a pris le montant du scénario." in first.content.decode()
    assert play.fresh(line).team_proposal == 500
    assert [entry.move for entry in entries(scenario)].count("apply") == 1
    assert "C’est déjà fait" in team.get(address(scenario, "scenario-apply")).content.decode()


def test_a_proposal_that_moved_is_shown_with_both_values_and_replaced_only_where_it_is_ticked(
    team, year, line
):
    scenario = programmings.scenario(year)
    programmings.suppose(year, scenario, line, 500)
    programmings.propose(year, line, 900)
    answer = team.get(address(scenario, "scenario-apply"))
    shown = answer.content.decode()
    assert all(f"<b>{one}\u202f€</b>" in shown for one in ("900", "500"))
    form = form_with(answer, "row")
    sent = {"version": form.fields["version"][0]}
    assert team.post(address(scenario, "scenario-apply"), sent).status_code == 422
    assert play.fresh(line).team_proposal == 900
    assert (
        team.post(address(scenario, "scenario-apply"), sent | {"row": form.choices["row"]}).status_code == 200
    )
    assert play.fresh(line).team_proposal == 500


def test_a_scenario_is_set_aside_and_taken_up_and_written_only_in_between(team, year, line):
    scenario = programmings.scenario(year)
    aside, again = (address(scenario, "scenario-move", one) for one in ("set_aside", "take_up"))
    assert team.post(aside, {"version": 1}).status_code == 302
    assert f"{line.pk}-amount" not in team.get(address(scenario)).content.decode()
    sent = {f"{line.pk}-amount": "1", f"{line.pk}-seen": "0:800.00"}
    assert team.post(address(scenario), sent).status_code == 422
    assert team.post(again, {"version": 2}).status_code == 302
    assert team.post(address(scenario, "scenario-move", "apply"), {"version": 3}).status_code == 404
    assert play.fresh(scenario).state == "open"


def test_nobody_else_knows_of_scenarios(client, year):
    scenario = programmings.scenario(year)
    programmings.opened(year, shared=True)
    other = play.a_year("ailleurs_2027")
    paths = [
        address(scenario),
        address(scenario, "scenario-apply"),
        reverse("scenarios", args=[year.cycle.code]),
    ]
    for person in (year.financiers["etat"], year.holder, other.coordinator):
        client.force_login(person)
        assert [client.get(path).status_code for path in paths] == [404] * 3


def test_a_scenario_is_called_otherwise_and_keeps_the_rest(team, year):
    scenario, other = programmings.scenario(year), programmings.scenario(year, "Le Département donne moins")
    path = address(scenario, "scenario-rename")
    sent = sent_by(team.get(path), "name")
    assert team.post(path, sent | {"name": " "}).status_code == 422
    taken = team.post(path, sent | {"name": other.name})
    assert (taken.status_code, "porte déjà ce nom" in taken.content.decode()) == (422, True)
    assert team.post(path, sent | {"name": "L’État gèle"}).url == address(scenario)
    assert (play.fresh(scenario).name, [one.move for one in entries(scenario)]) == (
        "L’État gèle",
        ["open", "amend"],
    )
    late = team.post(path, sent | {"name": "Autrement"})
    assert (late.status_code, "A modifié : nom" in late.content.decode().replace("\u00a0", " ")) == (
        409,
        True,
    )
