"""The dossiers' parts of a cycle's file, as they meet the workbook and other towns."""

from tests.cycles import VITRY, codes
from workflow import loading


def test_the_financiers_are_called_as_the_columns_of_the_workbook():
    rows = loading.read(VITRY)["financeurs"].values()
    assert [row["name"] for row in rows] == ["État", "Agglomération", "Ville", "CAF", "Département"]
    assert codes(VITRY) == []
