"""Two thousand dossiers of real holders on Grand Reims's own dates: make real DATA=…

Real associations stand here: they are only ever granted or waiting. The grid is left out of the rules, because
nobody real is given a mark, and no account of a year that did not take place is written for them.
"""

import csv
import os
import resource
import time
from decimal import Decimal
from itertools import cycle as again
from itertools import islice
from pathlib import Path

import pytest

from cases.models import Dossier, Feedback, FundingLine, Instruction, Opinion, Report
from cases.states import DossierState, LineState, ReportState, Verdict
from cases.workbook import Programming, ProgrammingLine, ProgrammingRow
from notifications.rehearsal.printing import text_of
from notifications.rehearsal.year import play
from tests.year import day
from workflow import engine, loading
from workflow.models import CycleVersion
from workflow.roles import SYSTEM

pytestmark = [pytest.mark.real, pytest.mark.django_db]

REIMS = Path(__file__).parents[2] / "fixtures" / "cycles" / "reims_2025.yaml"
MANY = 2000
FINANCIERS = ("Grand Reims", "État", "Ville")


def read(name: str) -> list[dict]:
    with (Path(os.environ["JALONS_DATA"]) / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def the_programming() -> Programming:
    holders = again(read("p147_nord_marne_2020-2024.csv"))
    titles = again(one["objet"] for one in read("subventions_objets_reels_2013.csv") if len(one["objet"]) > 8)
    pairs = islice(zip(holders, titles, strict=False), MANY)
    rows = tuple(a_row(rank, holder, title) for rank, (holder, title) in enumerate(pairs, 1))
    return Programming(FINANCIERS, rows)


def a_row(rank: int, holder: dict, title: str) -> ProgrammingRow:
    asked = (Decimal(300 + 50 * (rank % 7)), Decimal(600 + 100 * (rank % 5)), Decimal(200 + 50 * (rank % 3)))
    share = (rank % 2 == 0, True, rank % 3 == 0)
    pairs = [
        pair for pair, concerned in zip(zip(FINANCIERS, asked, strict=True), share, strict=True) if concerned
    ]
    return ProgrammingRow(
        place=f"Programmation!A{rank + 1}", number=str(rank), holder=holder["raison_sociale"],
        siret=holder["siret"], title=title[:200], renewal=False, orientation="emploi",
        neighbourhoods=("QN05103M",), public="", public_count=None, total_cost=Decimal(5000),
        lines=tuple(ProgrammingLine(name, None, amount) for name, amount in pairs),
    )  # fmt: skip


@pytest.fixture
def reims():
    """Reims as published, without its grid."""
    cycle = loading.load(REIMS, at=day("2024-01-01"), publish=False)
    rules = CycleVersion.objects.get(cycle=cycle)
    rules.criteria.filter(kind="grid").delete()
    engine.fire(rules, "publish", by=SYSTEM, at=day("2024-01-01"))
    return type(cycle).objects.select_related("current").get(pk=cycle.pk)


def test_two_thousand_real_holders_are_only_ever_granted_or_waiting(reims):
    begun, worked = time.perf_counter(), time.process_time()
    played = play(reims, the_programming(), gentle=True)
    account = text_of(played)
    print(account)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    spent, own = time.perf_counter() - begun, time.process_time() - worked
    print(f"{MANY} dossiers en {spent:.0f} s (dont {own:.0f} s de calcul), {memory} Mo au plus.")
    assert [attempt for attempt in played.attempts if attempt.refused] == []
    granted = (DossierState.REPORTING, DossierState.COMMITTEE)
    assert set(Dossier.objects.order_by().values_list("state", flat=True)) <= set(granted)
    assert not FundingLine.objects.filter(state__in=[LineState.REFUSED, LineState.UNDISCLOSED]).exists()
    assert set(Opinion.objects.order_by().values_list("verdict", "motive")) == {(Verdict.FAVOURABLE, "")}
    assert not Instruction.objects.exclude(marks={}, comments={}, summary="").exists()
    assert not Feedback.objects.exists()
    assert not Report.objects.exclude(state=ReportState.DRAFT).exists()
