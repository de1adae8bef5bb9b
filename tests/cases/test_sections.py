"""The dossiers' parts of a cycle's file, as they meet the workbook and other towns."""

import pytest

from tests.cycles import VITRY, codes, vitry_with
from workflow import loading
from workflow.loading.errors import CycleErrors


def test_the_financiers_are_called_as_the_columns_of_the_workbook():
    rows = loading.read(VITRY)["financeurs"].values()
    assert [row["name"] for row in rows] == ["État", "Agglomération", "Ville", "CAF", "Département"]
    assert codes(VITRY) == []


def test_a_committee_may_look_at_some_orientations_only_and_they_must_exist(tmp_path):
    sitting = "  - libellé: Comité technique\n    nature: Comité technique\n"
    first = next(iter(loading.read(VITRY)["orientations"]))
    narrowed = f"{sitting}    dossiers: Ceux de certaines orientations\n    orientations: [{first}]\n"
    cycle = vitry_with(tmp_path, {sitting: narrowed})
    row = loading.read(cycle)["comités"]["Comité technique"]
    assert (row["scope"], row["themes"], codes(cycle)) == ("themes", [first], [])
    with pytest.raises(CycleErrors, match="inconnue"):
        loading.read(vitry_with(tmp_path, {sitting: narrowed.replace(first, "inconnue")}))
