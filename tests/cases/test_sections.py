"""The dossiers' parts of a cycle's file, as they meet the workbook and other towns."""

from decimal import Decimal

import pytest

from cases import ledger
from cases.models import Envelope
from tests.cycles import VITRY, codes, vitry_with, written
from tests.year import BEFORE
from workflow import cloning, loading
from workflow.loading import exporting
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


# One envelope within another ------------------------------------------------------------------------------------------

SUMMER = "        statut: Estimée\n        montant: 18 000 €\n"
WINTER = (
    "      - code: hiver\n        libellé: Hiver\n        dans: bop147\n"
    "        statut: Estimée\n        montant: {} €\n"
)


def loaded(tmp_path, summer: int, winter: int | None, whole: int = 148_000):
    """Vitry's State with these amounts, as the database keeps them after a load."""
    more = "" if winter is None else WINTER.format(winter)
    changes = {SUMMER: SUMMER.replace("18 000", str(summer)) + more, "148 000": str(whole)}
    loading.load(vitry_with(tmp_path, changes), at=BEFORE)
    rows = Envelope.objects.filter(financier__code="etat").order_by("pk")
    assert list(ledger.sums_hold()) == []
    return [(one.code, one.ceiling, one.split) for one in rows]


@pytest.mark.django_db
def test_a_part_is_loaded_with_its_whole_and_written_out_again(tmp_path):
    cycle = loading.load(VITRY, at=BEFORE)
    whole, part = Envelope.objects.filter(financier__code="etat").order_by("pk")
    assert (part.within_id, whole.split, whole.share) == (whole.pk, 18_000, 130_000)
    text = exporting.export(cycle)
    assert "dans: bop147" in text
    assert loading.bring_in(written(tmp_path, text), at=BEFORE).unchanged
    assert cloning.renewed(loading.describe(cycle, None))["financeurs"]["etat"]["envelopes"]["ete"][
        "within"
    ] == ("bop147")


@pytest.mark.django_db
def test_amounts_move_between_parts_and_their_whole_in_one_file_whatever_the_order(tmp_path):
    assert loaded(tmp_path, 100_000, 48_000) == [
        ("bop147", 148_000, 148_000),
        ("ete", 100_000, 0),
        ("hiver", 48_000, 0),
    ]
    assert loaded(tmp_path, 8_000, 140_000)[1:] == [("ete", 8_000, 0), ("hiver", 140_000, 0)]
    assert loaded(tmp_path, 140_000, 8_000)[1:] == [("ete", 140_000, 0), ("hiver", 8_000, 0)]
    assert loaded(tmp_path, 10_000, 8_000, whole=18_000) == [
        ("bop147", Decimal(18_000), Decimal(18_000)),
        ("ete", 10_000, 0),
        ("hiver", 8_000, 0),
    ]
    assert loaded(tmp_path, 100_000, 100_000, whole=200_000)[0] == ("bop147", 200_000, 200_000)
    assert loaded(tmp_path, 100_000, None, whole=200_000) == [
        ("bop147", 200_000, 100_000),
        ("ete", 100_000, 0),
    ]


@pytest.mark.django_db
def test_a_financier_that_nothing_hangs_on_goes_with_its_envelope_and_its_parts(tmp_path):
    loading.load(VITRY, at=BEFORE)
    text = VITRY.read_text(encoding="utf-8")
    start, end = text.index("  - code: etat\n"), text.index("  - code: agglo\n")
    done = loading.bring_in(written(tmp_path, text[:start] + text[end:]), at=BEFORE)
    assert (done.removed, Envelope.objects.filter(code__in=["bop147", "ete"]).count()) == (["État"], 0)


@pytest.mark.django_db
def test_a_part_never_changes_its_whole(tmp_path):
    loading.load(VITRY, at=BEFORE)
    with pytest.raises(CycleErrors, match="« dans » ne change plus"):
        loading.load(vitry_with(tmp_path, {"        dans: bop147\n": ""}), at=BEFORE)
