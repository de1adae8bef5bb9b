"""What is written is what people know, reads back the same, and never runs."""

import inspect
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from cases.workbook import Programming, ProgrammingLine, ProgrammingRow, read_programming, write_programming
from tests.rehearsed import FINANCIERS, a_row

EURO = Decimal("0.01")


def row(place=2, **changes):
    facts = {
        "place": f"Programmation!A{place}",
        "number": str(place - 1),
        "holder": "Les Ateliers du Saulcy",
        "siret": "",
        "title": "Jardin partagé",
        "renewal": True,
        "orientation": "cadre_de_vie",
        "neighbourhoods": ("QN05109M", "QN05110I"),
        "public": "habitants",
        "public_count": 40,
        "total_cost": Decimal("12000.00"),
        "lines": (
            ProgrammingLine("État", Decimal("4000.00"), Decimal("5000.00"), "réservé", Decimal("4500.50")),
            ProgrammingLine("CAF", requested=Decimal("1000.00"), decided=Decimal("900.00")),
        ),
        "remarks": "première ligne\nseconde",
        "committee_decision": "accordé en partie",
        "deliberated_on": date(2027, 3, 20),
        "notified_on": date(2027, 4, 15),
    }
    return ProgrammingRow(**(facts | changes))


def written(path, *rows, financiers=("État", "CAF")):
    programming = Programming(financiers, rows)
    write_programming(path, programming)
    return programming


def test_what_is_written_reads_back_the_same(tmp_path):
    path = tmp_path / "t.xlsx"
    bare = row(3, renewal=False, public="", public_count=None, remarks="", committee_decision="",
               deliberated_on=None, notified_on=None)  # fmt: skip
    assert written(path, row(), bare) == read_programming(path)


def test_the_columns_are_those_that_people_know(tmp_path):
    written(tmp_path / "t.xlsx", row(), financiers=("État", "CAF"))
    sheet = load_workbook(tmp_path / "t.xlsx").active
    assert [cell.value for cell in sheet[1]] == [
        "N°", "Porteur", "SIRET", "Intitulé de l’action", "Reconduction ou nouvelle", "Orientation", "QPV",
        "Public", "Nombre de personnes", "Coût total",
        "État – N-1", "État – Demandé", "État – Avis", "État – Proposé", "État – Décidé",
        "CAF – N-1", "CAF – Demandé", "CAF – Avis", "CAF – Proposé", "CAF – Décidé",
        "Part publique (%)", "Remarques", "Décision du comité", "Date de délibération", "Date de notification",
    ]  # fmt: skip
    assert (sheet.freeze_panes, sheet["A1"].font.bold) == ("E2", True)


def test_openpyxl_still_places_cells_by_the_name_that_is_replaced():
    assert list(inspect.signature(WriteOnlyWorksheet._values_to_row).parameters) == [
        "self",
        "values",
        "row_idx",
    ]


def test_totals_stand_below_as_values(tmp_path):
    written(tmp_path / "t.xlsx", row(), row(3))
    sheet = load_workbook(tmp_path / "t.xlsx").active
    assert [cell.value for cell in sheet[4]] == [
        "Total", *[None] * 8, 24000, 8000, 10000, None, 9001, 0, 0, 2000, None, 0, 1800, *[None] * 5,
    ]  # fmt: skip


def test_money_shows_in_euros_with_its_cents_only_where_there_are_some(tmp_path):
    written(tmp_path / "t.xlsx", row())
    sheet = load_workbook(tmp_path / "t.xlsx").active
    assert [sheet[place].number_format for place in ("J2", "N2", "X2")] == [
        '#,##0\\ "€"', '#,##0.00\\ "€"', "dd/mm/yyyy",
    ]  # fmt: skip


@pytest.mark.parametrize("share, lines", [
    (Decimal("7.5"), (ProgrammingLine("CAF", requested=Decimal(1000), decided=Decimal(900)),)),
    (Decimal("8.3"), (ProgrammingLine("CAF", requested=Decimal(1000)),)),
    (None, ()),
])  # fmt: skip
def test_the_public_share_is_of_what_is_decided_else_asked(share, lines):
    assert row(lines=lines).public_share == share


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "#REF!", "+1", "-1", "@SUM(A1)", "_x0041_"]
)
def test_no_text_becomes_a_formula_an_error_or_another_text(tmp_path, text):
    path = tmp_path / "t.xlsx"
    programming = written(path, row(title=text, remarks=text, holder=text))
    assert read_programming(path) == programming
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert (sheet.count(b"<f>"), sheet.count(b't="e"')) == (0, 0)


def test_a_financiers_name_is_no_formula_either(tmp_path):
    path = tmp_path / "t.xlsx"
    line = ProgrammingLine("=CAF", requested=Decimal("10.00"))
    assert written(path, row(lines=(line,)), financiers=("=CAF",)) == read_programming(path)


def test_characters_that_xml_refuses_are_left_out(tmp_path):
    written(tmp_path / "t.xlsx", row(title="Jar\0din \ud800partagé"))
    assert read_programming(tmp_path / "t.xlsx").rows[0].title == "Jardin partagé"


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)
euros = st.decimals(0, 100_000, places=2)


@settings(max_examples=60, deadline=None)
@given(
    texts=st.tuples(words, words, words, words),
    money=st.tuples(euros, euros, euros),
    people=st.none() | st.integers(0, 9999),
)
def test_any_dossier_reads_back_the_same(tmp_path_factory, texts, money, people):
    holder, title, orientation, remarks = (f"é{text}" for text in texts)
    line = ProgrammingLine("État", money[0], money[1] + EURO, "favorable", money[2], None)
    dossier = row(
        holder=holder, title=title, orientation=orientation, remarks=remarks, public_count=people,
        lines=(line,), total_cost=money[1] + 1,
    )  # fmt: skip
    path = tmp_path_factory.mktemp("written") / "t.xlsx"
    assert written(path, dossier) == read_programming(path)


def test_a_date_never_lends_its_format_to_the_amounts_of_the_next_row(tmp_path):
    days = {"deliberated_on": date(2027, 2, 11), "notified_on": date(2027, 4, 2)}
    rows = [a_row(rank, FINANCIERS[:asked])._replace(**days) for rank, asked in enumerate((1, 3, 2, 3), 1)]
    write_programming(tmp_path / "dates.xlsx", Programming(FINANCIERS, tuple(rows)))
    read = read_programming(tmp_path / "dates.xlsx")
    assert [row.total_cost for row in read.rows] == [9000] * 4
    assert [row.notified_on for row in read.rows] == [row.notified_on for row in rows]
