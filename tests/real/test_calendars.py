"""The other real calendars: each year on its own published dates, played by fictional holders (make real DATA=…)."""

import csv
import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from cases.models import Dossier
from cases.states import FINAL
from cases.workbook import Programming, ProgrammingLine, ProgrammingRow
from notifications.rehearsal import account
from notifications.rehearsal.dates import Dates
from notifications.rehearsal.year import play
from tests.year import day
from workflow import loading
from workflow.models import Milestone

pytestmark = [pytest.mark.real, pytest.mark.django_db]

CYCLES = Path(__file__).parents[2] / "fixtures" / "cycles"
CALENDARS = {
    "1": "reims_2025",
    "4": "est_ensemble_2026",
    "5": "coeur_du_var_2026",
    "6": "chauny_2023",
    "7": "mantes_2018",
    "9": "saint_etienne_2021",
    "10": "val_de_fensch_2021",
    "11": "cosne_2020",
}
"""The case of the list of calendars, and the cycle made from it: every case that has a deadline."""
COUNT = 12


def published() -> list[dict]:
    path = Path(os.environ["JALONS_DATA"]) / "calendriers_aap_reels.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def a_programming(cycle) -> Programming:
    """Twelve fictional dossiers, each asking every financier of that town."""
    names = [str(one) for one in cycle.financiers.select_related("organisation").order_by("pk")]
    rows = (
        ProgrammingRow(
            place=f"Programmation!A{rank + 1}", number=str(rank), holder=f"Association fictive {rank // 2}",
            siret="", title=f"Action fictive {rank}", renewal=False, orientation="emploi", neighbourhoods=(),
            public="", public_count=None, total_cost=Decimal(9000),
            lines=tuple(ProgrammingLine(name, None, Decimal(800 + 100 * (rank % 4))) for name in names),
        )
        for rank in range(1, COUNT + 1)
    )  # fmt: skip
    return Programming(tuple(names), tuple(rows))


def test_every_calendar_that_has_a_deadline_has_its_cycle():
    assert {row["cas"] for row in published() if row["jalon"] == "cloture_depot"} == set(CALENDARS)


@pytest.mark.parametrize("case", CALENDARS)
def test_a_published_date_stands_in_its_cycle_as_it_was_published(case):
    loading.load(CYCLES / f"{CALENDARS[case]}.yaml", at=day("2017-01-01"))
    known = set(Milestone.objects.values_list("starts_on", "ends_on", "source"))
    missing = [
        row["libelle"]
        for row in published()
        if row["cas"] == case
        and (date.fromisoformat(row["date_debut"]), date.fromisoformat(row["date_fin"]), row["source_url"])
        not in known
    ]
    assert missing == []


@pytest.mark.parametrize("case", CALENDARS)
def test_its_whole_year_is_rehearsed(case):
    cycle = loading.load(CYCLES / f"{CALENDARS[case]}.yaml", at=day("2017-01-01"))
    played = play(cycle, a_programming(cycle))
    waiting = account.waiting_of(played.stage)
    ended = Dossier.objects.filter(state__in=FINAL).count()
    print(
        f"{cycle.code} : {ended} finis sur {COUNT}, {len(waiting)} en attente, début le {Dates(cycle).start}"
    )
    assert ended + len(waiting) == COUNT
    assert [one.reference for one in waiting if not one.reasons] == []
    assert ended >= COUNT * 2 // 3


def test_mantes_fits_inside_its_own_year():
    cycle = loading.load(CYCLES / "mantes_2018.yaml", at=day("2017-01-01"))
    opening, answer = (cycle.milestones.get(code=code) for code in ("ouverture", "reponse"))
    assert (opening.starts_on.year, answer.ends_on.year) == (2018, 2018)
    assert answer.ends_on - opening.starts_on < timedelta(days=100)
