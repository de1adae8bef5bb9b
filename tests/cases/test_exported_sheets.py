"""The instruction sheets of a list: the team's alone, one row each, each criterion in its column."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from tests import year as play
from workflow import engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


def sheet(client, user):
    client.force_login(user)
    return openpyxl.load_workbook(BytesIO(client.get(reverse("sheets-xlsx")).content)).active


def test_each_sheet_that_was_begun_is_a_row(client, year):
    dossier = play.in_review(year, title="Vélo")
    play.submitted(year, title="Pas encore lu")
    written = {"comments": {"presence": "Trois matinées."}, "summary": "=Une action utile."}
    engine.amend(dossier.instruction, written, by=year.instructor, at=play.REVIEWING)
    titles, row = sheet(client, year.instructor).iter_rows(values_only=True)
    assert dict(zip(titles, row, strict=True)) == {
        "Dossier": "001",
        "Porteur": year.holder_organisation.name,
        "Intitulé de l’action": "Vélo",
        "État": "Avis des financeurs",
        "Public des quartiers": "Oui",
        "Présence (sur 4)": 3,
        "Présence : commentaire": "Trois matinées.",
        "Synthèse": "=Une action utile.",
    }


def test_nobody_else_takes_marks_away(client, year):
    play.in_review(year)
    for user in (year.holder, year.financiers["etat"]):
        client.force_login(user)
        assert client.get(reverse("sheets-xlsx")).status_code == 404
    other = play.a_year("ailleurs_2027")
    assert sheet(client, other.instructor).max_row == 1


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(client, year, django_assert_num_queries, many):
    for _ in range(many):
        play.in_instruction(year)
    client.force_login(year.instructor)
    with django_assert_num_queries(7):
        client.get(reverse("sheets-xlsx"))
