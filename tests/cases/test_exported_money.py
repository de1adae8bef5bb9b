"""The second table of money: one row per financier, in the columns that budget services keep."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.urls import reverse

from cases.exported_money import TITLES
from tests import year as play

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


def rows(client, user) -> list[list[str]]:
    client.force_login(user)
    text = client.get(reverse("money-csv")).content.decode("utf-8-sig")
    titles, *found = csv.reader(StringIO(text), delimiter=";")
    assert tuple(titles) == TITLES
    return found


def test_each_financier_of_each_dossier_has_its_row(client, year):
    play.decided(year, title="=Vélo")
    holder = year.holder_organisation.name
    known, asked = (
        ["001", "'=Vélo", holder],
        ["Crédits spécifiques", "2027", "", "1000,00", "Favorable", "500,00"],
    )
    assert rows(client, year.instructor) == [
        [*known, "Etat essai_2027", "etat", *asked, "500,00"],
        [*known, "Agglo essai_2027", "agglo", *asked, "0,00"],
    ]


def test_a_financier_reads_its_own_and_a_holder_no_opinion_and_no_answer_before_its_letter(client, year):
    play.decided(year)
    play.answered(year)
    assert [row[3] for row in rows(client, year.financiers["agglo"])] == ["Agglo essai_2027"] * 2
    told = [row[9:] for row in rows(client, year.holder)]
    assert told == [["", "", ""], ["", "", ""], ["", "", "500,00"], ["", "", "0,00"]]


def test_the_workbook_holds_typed_cells_and_no_formula(client, year):
    play.decided(year, title="=1+1")
    client.force_login(year.instructor)
    sheet = openpyxl.load_workbook(BytesIO(client.get(reverse("money-xlsx")).content)).active
    assert [cell.value for cell in sheet[2]] == [
        "001", "=1+1", year.holder_organisation.name, "Etat essai_2027", "etat", "Crédits spécifiques", 2027, None,
        1000, "Favorable", 500, 500,
    ]  # fmt: skip
    assert ({cell.data_type for cell in sheet[2]}, sheet.freeze_panes) == ({"s", "n"}, "D2")


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(client, year, django_assert_num_queries, many):
    for _ in range(many):
        play.a_draft(year)
    client.force_login(year.instructor)
    with django_assert_num_queries(5):
        client.get(reverse("money-csv"))
