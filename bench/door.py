"""One move through the door against its floor, in one run: `make bench`. Prints medians of single moves and a batch.

Runs on a test database of its own, made and destroyed on the server that DATABASE_URL names.
"""

import os
import statistics
import sys
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from bench.floors import move as floor
from tests import year as play
from workflow import engine

MOVES, WARM_UP, BATCH = 60, 10, 100


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        measure()
    finally:
        teardown_databases(databases, verbosity=0)


def measure() -> None:
    year = play.a_year(ceiling=10_000_000)
    dossiers = ready(year, 3 * (MOVES + WARM_UP))
    ways = {
        "curseur": by(floor.by_cursor, year),
        "ORM": by(floor.by_orm, year),
        "porte": partial(admit, year),
    }
    times = {name: [] for name in ways}
    for rank, dossier in enumerate(dossiers):
        name = list(ways)[rank % 3]
        times[name].append(timed(partial(ways[name], dossier)))
    raw, orm, door = (statistics.median(found[WARM_UP:]) for found in times.values())
    [one], first, second = ready(year, 1), ready(year, BATCH), ready(year, BATCH)
    asked = queries(lambda: admit(year, one))
    say("un passage / curseur", raw, door, asked)
    say("un passage / ORM", orm, door, asked)
    asked = queries(lambda: admit_all(year, first))
    say(f"un lot de {BATCH} / ORM", BATCH * orm, timed(lambda: admit_all(year, second)), asked)


def by(way, year):
    return lambda dossier: way(dossier, year.instructor, play.READING)


def ready(year, count: int) -> list:
    """Dossiers whose next move is to be admitted."""
    dossiers = [play.submitted(year) for _ in range(count)]
    for dossier in dossiers:
        play.read(year, dossier)
    return dossiers


def admit(year, dossier) -> None:
    engine.fire(dossier, "admit", by=year.instructor, at=play.READING, version=dossier.version)


def admit_all(year, dossiers) -> None:
    engine.fire_many(dossiers, "admit", by=year.instructor, at=play.READING)


def timed(action) -> float:
    begun = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begun)


def queries(action) -> int:
    with CaptureQueriesContext(connection) as seen:
        action()
    return len([query for query in seen.captured_queries if query["sql"] not in ("BEGIN", "COMMIT")])


def say(what: str, least: float, ours: float, asked: int) -> None:
    sys.stdout.write(
        f"{what:22} plancher {least:8.2f} ms   porte {ours:8.2f} ms   × {ours / least:.2f}   {asked} SQL\n"
    )


if __name__ == "__main__":
    main()
