"""The sample workbook is the readable table beside it, and the table can be made into a workbook again."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from cases.workbook import WorkbookErrors, read_programming
from cases.workbook.__main__ import convert

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
TABLE, WORKBOOK = FIXTURES / "vitry_2027_dossiers.csv", FIXTURES / "vitry_2027_dossiers.xlsx"


def test_the_sample_workbook_says_what_its_table_says(tmp_path):
    convert(TABLE, tmp_path / "made.xlsx")
    assert read_programming(WORKBOOK) == read_programming(tmp_path / "made.xlsx")


def test_the_sample_has_thirty_dossiers_of_five_financiers_in_three_neighbourhoods():
    sample = read_programming(WORKBOOK)
    assert sample.financiers == ("État", "Agglomération", "Ville", "CAF", "Département")
    assert (len(sample.rows), sum(row.renewal for row in sample.rows)) == (30, 18)
    assert {code for row in sample.rows for code in row.neighbourhoods} == {
        "QN05109M",
        "QN05110I",
        "QN05113N",
    }
    assert Counter(row.orientation for row in sample.rows) == {
        "emploi": 6, "education": 7, "sante": 5, "cadre_de_vie": 6, "lien_social": 6,
    }  # fmt: skip


def test_the_sample_asks_these_sums():
    asked = Counter()
    for row in read_programming(WORKBOOK).rows:
        asked.update({line.financier: line.requested for line in row.asked})
    assert asked == {
        "État": Decimal(199500),
        "Agglomération": Decimal(78000),
        "Ville": Decimal(84500),
        "CAF": Decimal(37500),
        "Département": Decimal(43500),
    }


def test_no_holder_of_the_sample_can_be_taken_for_a_real_one():
    assert {row.siret for row in read_programming(WORKBOOK).rows} == {""}


def test_a_table_with_errors_makes_no_workbook(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(TABLE.read_text(encoding="utf-8").replace("QN05109M", "Le Hamois"), encoding="utf-8")
    with pytest.raises(WorkbookErrors):
        convert(table, tmp_path / "made.xlsx")
    assert (tmp_path / "made.xlsx").exists() is False
