"""A table of opinions opened and saved again by LibreOffice: nothing changes by itself, and each edit comes back."""

import subprocess
from decimal import Decimal

import pytest

from cases import homecoming
from cases.states import Verdict
from tests import year as play
from tests.cases.tables import Filled, exported, preview, seat

pytestmark = [pytest.mark.django_db, pytest.mark.libreoffice, pytest.mark.longest]

MANY = 50


@pytest.fixture
def saved_again(tmp_path):
    def save(filled: Filled) -> Filled:
        path, home = tmp_path / "avis.xlsx", tmp_path / "profile"
        path.write_bytes(filled.raw)
        command = ["soffice", f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", "xlsx"]
        subprocess.run([*command, "--outdir", tmp_path / "out", path], check=True, capture_output=True)
        return Filled((tmp_path / "out" / "avis.xlsx").read_bytes())

    return save


def test_saved_again_it_changes_nothing_then_fifty_edits_come_back_exactly(saved_again):
    year = play.a_year(ceiling=1_000_000)
    dossiers = [play.in_review(year, title=f"=Action n° {rank}, « été » 😀") for rank in range(MANY)]
    play.opine(year, dossiers[0], "etat", amount=Decimal("333.33"))
    untouched = preview(year, saved_again(exported(year)), at=play.REVIEWING)
    assert (untouched.changes, untouched.errors, untouched.unchanged) == ([], [], MANY)

    filled, typed = exported(year), {}
    for rank, dossier in enumerate(dossiers, 1):
        verdict = (Verdict.FAVOURABLE, Verdict.RESERVED, Verdict.UNFAVOURABLE, Verdict.DISCUSS)[rank % 4]
        amount = (
            None if verdict in (Verdict.UNFAVOURABLE, Verdict.DISCUSS) else Decimal(rank) + Decimal("0.25")
        )
        typed[dossier.pk] = (verdict, amount, f"Motif n° {rank} :\n« à l’été »")
        filled.write(
            dossier.reference, verdict=str(verdict.label), amount=amount, motive=typed[dossier.pk][2]
        )
        if amount is None:
            filled.cell(dossier.reference, "Montant proposé").value = None
    found = preview(year, saved_again(filled), at=play.REVIEWING)
    promised = {one.row.uuid for one in found.ready}
    by = year.financiers["etat"]
    assert homecoming.keep(found, promised, set(), seat(year), {}, by=by, at=play.REVIEWING) == MANY
    lines = seat(year).lines()
    assert {one.dossier_id: (one.verdict, one.proposed, one.motive) for one in lines} == typed
