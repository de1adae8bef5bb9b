"""What the rehearsal's tests play: a small year of twelve fictional dossiers, and attempts as comparable tuples."""

from decimal import Decimal
from pathlib import Path

from cases.workbook import Programming, ProgrammingLine, ProgrammingRow
from notifications.rehearsal.year import Played, play
from tests.year import day
from workflow import loading

SMALL_YEAR = Path(__file__).parent / "stories" / "petite_annee.yaml"
FINANCIERS = ("État", "Ville", "CAF")
SEED = 3


def a_row(rank: int, financiers=FINANCIERS) -> ProgrammingRow:
    renewal = rank % 2 == 0
    previous = Decimal(900) if renewal else None
    lines = (ProgrammingLine(name, previous, Decimal(800 + 100 * (rank % 4))) for name in financiers)
    return ProgrammingRow(
        place=f"Programmation!A{rank + 1}", number=str(rank), holder=f"Association fictive {rank // 2}", siret="",
        title=f"Action fictive {rank}", renewal=renewal, orientation="emploi", neighbourhoods=("QN05109M",),
        public="", public_count=None, total_cost=Decimal(9000), lines=tuple(lines),
    )  # fmt: skip


def a_programming(count: int = 12) -> Programming:
    return Programming(FINANCIERS, tuple(a_row(rank) for rank in range(1, count + 1)))


def a_small_year(seed: int = SEED, count: int = 12, **options) -> Played:
    cycle = loading.load(SMALL_YEAR, at=day("2026-01-01"))
    return play(cycle, a_programming(count), seed=seed, **options)


def told(attempt) -> tuple:
    """An attempt as plain words: when, who, what, who passed, who was refused for which reasons."""
    refused = tuple((name, tuple(one.code for one in refusals)) for name, refusals in attempt.refused)
    return (attempt.at.isoformat(), str(attempt.role), attempt.kind, attempt.move, attempt.passed, refused)
