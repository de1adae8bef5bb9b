"""How everything here is measured: floor and ours take turns, and the ratio is taken per round.

So a busy machine slows both alike. Medians of nine rounds after two of warm-up; the least and the most of the ratios
say how much the machine wavered. Beside the time that passed stands this process's own computing, which wavers less.
Runs on a test database of its own, made and destroyed on the server that DATABASE_URL names.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

ROUNDS, WARM_UP = 9, 2
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@contextmanager
def a_database() -> Iterator[None]:
    """An empty one; nobody waits for its disk, because that wait at COMMIT would flatter every ratio."""
    connection.settings_dict["TEST"]["MIGRATE"] = False  # because tables are measured as the models say them
    databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET synchronous_commit = off")
        yield
    finally:
        teardown_databases(databases, verbosity=0)


class Measure(NamedTuple):
    """Medians in milliseconds, and how many times the floor ours takes: median, least, most, and in computing."""

    floor: float
    ours: float
    times: float
    least: float
    most: float
    computing: float


def nothing() -> None:
    """What most measures need before each call."""


def taking_turns(
    floor: Callable, ours: Callable, *, each: int = 1, rounds: int = ROUNDS, before: Callable = nothing
) -> Measure:
    """`each` calls of both per round, one after the other, beginning in turn with the one and the other.

    `before` is called before each of them, and its time is nobody's.
    """
    kept = [_round(floor, ours, each, turn, before) for turn in range(WARM_UP + rounds)][WARM_UP:]
    walls = [one["ours"][0] / one["floor"][0] for one in kept]
    return Measure(
        floor=statistics.median(one["floor"][0] for one in kept),
        ours=statistics.median(one["ours"][0] for one in kept),
        times=statistics.median(walls),
        least=min(walls),
        most=max(walls),
        computing=statistics.median(one["ours"][1] / one["floor"][1] for one in kept),
    )


def _round(
    floor: Callable, ours: Callable, each: int, turn: int, before: Callable
) -> dict[str, tuple[float, ...]]:
    ways, spent = {"floor": floor, "ours": ours}, {"floor": [], "ours": []}
    for rank in range(each):
        for name in sorted(ways, reverse=(turn + rank) % 2 == 1):
            before()
            spent[name].append(timed(ways[name]))
    return {name: tuple(map(statistics.median, zip(*found, strict=True))) for name, found in spent.items()}


def timed(way: Callable) -> tuple[float, float]:
    """Milliseconds that passed, and milliseconds that this process computed."""
    begun, computed = time.perf_counter(), time.process_time()
    way()
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - computed)


def grown(way: Callable) -> float:
    """By how many MiB a fresh child grew at its highest: in ours, what an earlier call left would hide it."""
    connections.close_all()  # because a connection shared with a child serves neither
    reader, writer = os.pipe()
    if os.fork() == 0:
        with suppress(BaseException):  # because a child must never tidy what is its parent's
            before = _peak()
            way()
            os.write(writer, str(_peak() - before).encode())
        os._exit(0)
    os.wait()
    os.close(writer)
    with os.fdopen(reader) as told_by_child:
        return float(told_by_child.read()) / 1024


def _peak() -> int:
    """KiB of memory that this process held at its highest; a child begins anew."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def queries(way: Callable) -> int:
    """How many statements, without what frames a transaction."""
    with CaptureQueriesContext(connection) as seen:
        way()
    return len([query for query in seen.captured_queries if not query["sql"].startswith(FRAME)])


def told(found: Measure, most: float) -> str:
    """« plancher 12.1 ms   ici 20.3 ms   × 1.68 (≤ 2.0 ; de 1.61 à 1.80 ; calcul × 1.60) »."""
    return (
        f"plancher {found.floor:8.1f} ms   ici {found.ours:8.1f} ms   × {found.times:.2f} "
        f"(≤ {most} ; de {found.least:.2f} à {found.most:.2f} ; calcul × {found.computing:.2f})"
    )


def verdict(held: bool) -> str:
    return "tenu" if held else "DÉPASSÉ"


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
