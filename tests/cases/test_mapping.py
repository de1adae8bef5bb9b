"""What a column means is guessed by its title, confirmed once, and remembered for the cycle."""

import pytest

from cases import mapping
from tests import year as play
from tests.cases.foreign import read

pytestmark = pytest.mark.django_db

DAUPHIN = [
    "N° Dauphin", "Statut", "Raison sociale", "N° SIRET", "Intitulé du projet", "Budget total",
    "Etat essai_2027 - montant demandé",
]  # fmt: skip


@pytest.fixture
def year():
    return play.a_year()


def proposed(year, table):
    return mapping.proposed(table, year.cycle, mapping.fields_of(year.cycle))


def test_usual_titles_are_understood(year, tmp_path):
    assert proposed(year, read(tmp_path, DAUPHIN, ["1"] * 7)) == {
        "reference": 1,
        "status": 2,
        "holder": 3,
        "siret": 4,
        "title": 5,
        "total_cost": 6,
        "asked-etat": 7,
    }


def test_a_column_serves_once_and_what_says_nothing_is_left(year, tmp_path):
    assert proposed(year, read(tmp_path, ["Action", "Projet", "Divers"], ["a", "b", "c"])) == {"title": 1}


def test_what_was_confirmed_is_remembered_wherever_the_column_stands(year, tmp_path):
    table = read(tmp_path, ["Colonne A", "Colonne B", "Colonne C"], ["a", "b", "c"])
    mapping.remember(year.cycle, table, {"title": 1, "holder": 3})
    moved = read(tmp_path, ["Projet", "Colonne C", "Colonne  A", "Autre"], ["x", "c", "a", "d"])
    assert proposed(year, moved) == {"holder": 2, "title": 3}
    assert proposed(play.a_year("autre_2027"), moved) == {"title": 1}
