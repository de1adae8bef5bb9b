"""The list taken away: what the filters show, what the reader may know, and never a live formula."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.urls import reverse

from cases import exported_text
from tests import year as play
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


def taken(client, user, kind="csv", **query) -> bytes:
    client.force_login(user)
    return client.get(reverse(f"dossier-{kind}"), query).content


def rows(client, user, **query) -> list[dict]:
    text = taken(client, user, **query).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_it_holds_what_the_filters_show(client, year):
    play.a_draft(year, title="Jardin")
    play.submitted(year, title="Vélo")
    assert [one["Intitulé de l’action"] for one in rows(client, year.instructor)] == ["Jardin", "Vélo"]
    assert [one["Intitulé de l’action"] for one in rows(client, year.instructor, state="submitted")] == [
        "Vélo"
    ]


def test_each_reader_takes_away_what_it_may_know(client, year):
    play.decided(year)
    told = {}
    for role in (Role.HOLDER, Role.INSTRUCTOR, Role.FINANCIER):
        [row] = rows(client, year.person(role))
        told[role] = {
            name.split(" – ")[1]: row[name] for name in row if name.startswith("Etat") and row[name]
        }
        told[role]["sièges"] = sum(name.endswith("Demandé") for name in row)
    whole = {"Demandé": "1000,00", "Avis": "Favorable", "Proposé": "500,00", "Décidé": "500,00"}
    assert told == {
        Role.HOLDER: {"Demandé": "1000,00", "sièges": 2},
        Role.INSTRUCTOR: {**whole, "sièges": 2},
        Role.FINANCIER: {**whole, "sièges": 1},
    }


def test_no_formula_is_alive_in_either_file(client, year):
    for text in ("=1+1", "+33", "-2", "@somme", "\tx"):
        play.a_draft(year, title=text)
    plain = [one["Intitulé de l’action"] for one in rows(client, year.instructor)]
    assert [text for text in plain if text.startswith(exported_text.LIVE)] == []
    book = openpyxl.load_workbook(BytesIO(taken(client, year.instructor, kind="xlsx")))
    kinds = {cell.data_type for line in book.active.iter_rows(min_row=2) for cell in line}
    assert kinds <= {"s", "n", "inlineStr"}


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_it_costs_the_same_for_one_row_and_for_three(client, year, django_assert_num_queries, many, kind):
    for _ in range(many):
        play.a_draft(year)
    client.force_login(year.instructor)
    with django_assert_num_queries(8):
        client.get(reverse(f"dossier-{kind}"))
