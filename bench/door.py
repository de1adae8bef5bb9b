"""One move through the door against its floors, in one run: `make bench`. Prints medians, ratios and SQL counts.

Floors and door take turns, dossier by dossier, and the ratio is taken per round, so that a busy machine slows them all
alike.
"""

import statistics
from functools import partial

from django.db import connection

from bench.floors import move as floor
from bench.measure import ROUNDS, WARM_UP, a_database, queries, say, timed
from cases.models import Dossier
from tests import year as play
from workflow import engine

BATCH = 100


def main() -> None:
    with a_database():
        measure()


def measure() -> None:
    year = play.a_year(ceiling=10_000_000)
    for _ in range(2 * BATCH):
        play.read(year, play.submitted(year))
    by, at = year.instructor, play.READING
    ways = {
        "plancher SQL": partial(floor.by_cursor, by=by, at=at),
        "plancher ORM": partial(floor.by_orm, by=by, at=at),
        "porte": partial(admit, by=by, at=at),
    }
    say(f"{connection.vendor}, {ROUNDS} tours ; temps total et temps de calcul")
    say("un passage : au plus 7 SQL, au plus 3,5 fois le plancher ORM")
    compare(ways, size=1)
    say(f"un lot de {BATCH} : au plus 25 SQL, au plus 10 fois le plancher ORM")
    del ways["plancher SQL"]
    compare(ways, size=BATCH)


def admit(dossiers: list, by, at) -> None:
    """The whole real chain: lock, version, right, window, guards, journal, outbox."""
    versions = {dossier.pk: dossier.version for dossier in dossiers}
    outcomes = engine.fire_many(dossiers, "admit", by=by, at=at, versions=versions)
    if not all(outcome.passes for outcome in outcomes):
        raise RuntimeError("a refusal costs less than a move")


# How it is measured ---------------------------------------------------------------------------------------------------


def submitted() -> list:
    """The dossiers as they stood before the last round, by SQL because no move leads back there."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_dossier SET state = 'submitted', admitted_at = NULL")
    return list(Dossier.objects.order_by("pk"))


def compare(ways: dict, size: int) -> None:
    """Print for each way its two times in milliseconds, its SQL, and how many times each floor the door takes."""
    rounds = [one_round(ways, size, turn) for turn in range(WARM_UP + ROUNDS)][WARM_UP:]
    for name, way in ways.items():
        wall, cpu = (statistics.median(one[name][clock] for one in rounds) for clock in (0, 1))
        line = f"  {name:14}{wall:9.2f} ms {cpu:9.2f} ms {queries(partial(way, submitted()[:size])):4} SQL"
        if name != "porte":
            line += "   porte : × {:.2f} et {:.2f}".format(*(ratio(rounds, name, clock) for clock in (0, 1)))
        say(line)


def one_round(ways: dict, size: int, turn: int) -> dict:
    """{way: (wall, CPU)}, medians of one round in which the ways take turns, each beginning in its turn."""
    names, times, dossiers = list(ways), {name: [] for name in ways}, submitted()
    for rank in range(len(dossiers) // size):
        name = names[(turn + rank) % len(names)]
        times[name].append(timed(partial(ways[name], dossiers[rank * size : (rank + 1) * size])))
    return {
        name: [statistics.median(clock) for clock in zip(*found, strict=True)]
        for name, found in times.items()
    }


def ratio(rounds: list[dict], name: str, clock: int) -> float:
    return statistics.median(one["porte"][clock] / one[name][clock] for one in rounds)


if __name__ == "__main__":
    main()
