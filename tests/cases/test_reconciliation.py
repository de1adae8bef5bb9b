"""Dauphin's table beside a cycle: each request in one place, and « Non recevable » never taken for « Rejetée »."""

from decimal import Decimal

import pytest

from cases import exchange_words as words
from cases.reconciliation import STATUSES, DauphinStatus, reconcile
from cases.workbook import WorkbookErrors
from cases.workbook.columns import key
from tests import year as play
from tests.cases.foreign import read
from workflow import engine

pytestmark = pytest.mark.django_db

TITLES = ["Numéro", "Statut", "Structure", "Montant demandé"]
COLUMNS = {"reference": 1, "status": 2, "holder": 3, "asked-etat": 4}


@pytest.fixture
def year():
    return play.a_year()


def known(year, reference, **draft):
    dossier = play.submitted(year, **draft)
    engine.amend(dossier, {"dauphin_reference": reference}, by=year.coordinator, at=play.READING)
    return dossier


def beside(year, folder, *rows):
    return reconcile(read(folder, TITLES, *rows), COLUMNS, year.cycle)


def test_each_request_stands_in_one_place(year, tmp_path):
    same, other, waits, alone = (known(year, f"{number:03}") for number in (1, 2, 3, 4))
    unknown = play.submitted(year)
    play.a_draft(year)
    found = beside(
        year,
        tmp_path,
        ["001", "Recevable", "A", 1000],
        ["002", "En cours", "B", "1 200,00 €"],
        ["003", "En attente d'attestation", "C", 1000],
        ["900", "Transmise", "D", 700],
    )
    assert [one.dossier for one in found.matched] == [same]
    assert [(one.dossier, one.differing) for one in found.differing] == [
        (other, [("etat", Decimal(1000), Decimal("1200.00"))])
    ]
    assert [(row.reference, dossier) for row, dossier in found.waiting] == [("003", waits)]
    assert [(row.reference, row.status) for row in found.missing_here] == [("900", DauphinStatus.SENT)]
    assert found.missing_there == [alone, unknown]


def test_its_statuses_are_its_own_and_two_refusals_stay_two():
    assert len(STATUSES) == 15
    assert STATUSES[key("NON RECEVABLE")] == DauphinStatus.INADMISSIBLE
    assert STATUSES[key("Rejetée")] == DauphinStatus.REJECTED


def test_what_cannot_be_read_is_said_at_its_cell(year, tmp_path):
    with pytest.raises(WorkbookErrors) as errors:
        beside(year, tmp_path, ["001", "Refusée", "A", 1], ["", "En cours", "B", "x"], ["001", "", "C", 2])
    assert [(one.cell, one.sentence) for one in errors.value.errors] == [
        ("B2", words.no_such_status("« Refusée »")),
        ("A3", words.NO_REFERENCE),
        ("D3", "« x » n’est pas un montant."),
        ("A4", words.REFERENCE_TWICE.format(line=2)),
    ]


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(year, tmp_path, django_assert_num_queries, many):
    rows = [[f"{number:03}", "En cours", "A", 1000] for number in range(many)]
    for row in rows:
        known(year, row[0])
    table = read(tmp_path, TITLES, *rows)
    with django_assert_num_queries(2):
        reconcile(table, COLUMNS, year.cycle)
