"""The table of opinions that leaves: for which seats, what it holds, and what may be written in it."""

from decimal import Decimal

import pytest

from cases import homecoming, offline
from tests import year as play
from tests.cases.reached import silent
from tests.cases.tables import exported, seat
from workflow import engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def names(user):
    return [(one.financier.code, one.by_team) for one in offline.seats_of(user)]


def test_a_financier_fills_in_its_own_seat_and_the_team_every_one_that_was_asked(year):
    play.a_year("ailleurs_2027")
    assert names(year.financiers["etat"]) == []
    play.in_review(year)
    assert names(year.financiers["etat"]) == [("etat", False)]
    assert names(year.coordinator) == names(year.instructor) == [("etat", True), ("agglo", True)]
    assert names(year.holder) == []


def test_it_holds_what_was_asked_of_that_seat_and_nothing_of_the_others(year):
    engine.amend(
        play.in_review(year, title="Vélo").lines.order_by("pk").first(), {"team_proposal": Decimal("750.50")},
        by=year.instructor, at=play.REVIEWING,
    )  # fmt: skip
    play.submitted(year, title="Pas encore demandé")
    filled = exported(year)
    titles = list(filled.columns)
    assert titles[0] == f"jalons-avis/1/essai_2027/{year.envelopes['etat'].financier.organisation.uuid}"
    assert titles[3:] == [
        "N°", "Porteur", "Intitulé de l’action", "Coût total", "N-1", "Demandé", "Proposé par l’équipe",
        "Avis", "Montant proposé", "Motif", "Condition",
    ]  # fmt: skip
    row = [cell.value for cell in filled.sheet[2]][3:]
    asked = [
        "001",
        "Les Tisseurs de liens essai_2027",
        "Vélo",
        100_000,
        None,
        1000,
        750.5,
        None,
        None,
        None,
        None,
    ]
    assert (row, filled.sheet.max_row) == (asked, 3)


def test_only_its_own_columns_are_open_and_the_totals_are_the_only_formulas(year):
    play.in_review(year, title="=1+1")
    filled = exported(year)
    sheet = filled.sheet
    opened = {
        title for title, column in filled.columns.items() if not sheet.cell(2, column).protection.locked
    }
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert (opened, sheet.protection.sheet) == ({"Avis", "Montant proposé", "Motif", "Condition"}, True)
    assert formulas == [f"=SUM({letter}2:{letter}2)" for letter in "GHIJL"]
    assert [sheet.column_dimensions[letter].hidden for letter in "ABCD"] == [True, True, True, False]
    assert (sheet.freeze_panes, sheet.title) == ("G2", "Avis")
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules["K2"] == f'"{",".join(offline.VERDICTS.values())}"'
    assert len(rules["K2"]) <= 255  # because a spreadsheet takes no longer list
    assert rules["L2"] == "0"


def test_a_closed_round_leaves_the_table_of_its_financier_and_stays_in_the_team_s(year):
    silent(year)
    assert not seat(year).to_fill()
    assert seat(year, user=year.instructor).to_fill().count() == 1
    assert homecoming.read(exported(year).raw).rows == ()


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same_for_one_row_and_for_three(year, django_assert_num_queries, many):
    for _ in range(many):
        play.in_review(year)
    found = seat(year)
    with django_assert_num_queries(3):
        offline.export(found)
