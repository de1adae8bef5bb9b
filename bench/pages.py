"""The pages against their floors, in one run, at 100, 1 000 and 10 000 dossiers: `make bench`.

Floor and page take turns, and the ratio is taken per round, so that a busy machine slows both alike. What is measured
is a whole request through each one's own middleware: Django's default one for the floors, ours for our pages.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings, setup_databases, teardown_databases

from bench.crowd import a_crowd, grow
from cases.models import Dossier

SIZES = tuple(int(size) for size in os.environ.get("SIZES", "100,1000,10000").split(","))
ROUNDS, WARM_UP = 9, 2
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
PLAIN = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
"""What `startproject` gives, its CSRF check apart because a measure has no form."""


class Pair(NamedTuple):
    """A page of ours and its floor, with what SPEED asks: at most so many times the floor, at most so many SQL."""

    name: str
    floor: Callable
    ours: Callable
    times: float
    sql: int


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with override_settings(ROOT_URLCONF="bench.floors.pages"):
            measure()
    finally:
        teardown_databases(databases, verbosity=0)


def measure() -> None:
    year, model = a_crowd(SIZES[0])
    floor, ours = _signed_in(year.coordinator, PLAIN), _signed_in(year.coordinator, None)
    say(f"{connection.vendor}, {ROUNDS} tours ; médianes, et rapport au plancher du même tour")
    for size in SIZES:
        grow(year, model, size)
        say(f"{size} dossiers")
        for pair in _pairs(floor, ours, model):
            _compare(pair)


def _signed_in(user, middleware: list | None) -> Client:
    """A client whose handler keeps its own middleware, read once here."""
    client = Client()
    client.force_login(user)
    if middleware is None:
        client.handler.load_middleware()
    else:
        with override_settings(MIDDLEWARE=middleware):
            client.handler.load_middleware()
    return client


def _pairs(floor: Client, ours: Client, model: Dossier) -> list[Pair]:
    def getting(client: Client, path: str) -> Callable:
        return lambda: client.get(path)

    turns = iter(Dossier.objects.filter(state="submitted").order_by("pk").exclude(pk=model.pk)[:100_000])
    return [
        Pair("liste", getting(floor, "/plancher/"), getting(ours, "/dossiers/?state="), 2.0, 8),
        Pair(
            "liste filtrée",
            getting(floor, "/plancher/?state=submitted"),
            getting(ours, "/dossiers/?state=submitted"),
            2.0,
            8,
        ),
        Pair(
            "recherche",
            getting(floor, "/plancher/?search=num"),
            getting(ours, "/dossiers/?search=num"),
            2.0,
            8,
        ),
        Pair(
            "un dossier",
            getting(floor, f"/plancher/{model.pk}/"),
            getting(ours, f"/dossiers/{model.uuid}/"),
            2.5,
            14,
        ),
        Pair("une décision", _deciding(floor, turns), _admitting(ours, turns), 3.0, 12),
        *([_lot(floor, ours, turns)] if Dossier.objects.count() >= 5_000 else []),
        Pair("à faire", getting(floor, "/plancher/"), getting(ours, "/"), 3.0, 10),
    ]


def _deciding(client: Client, turns) -> Callable:
    return lambda: client.post("/plancher/decision/", {"dossier": [next(turns).pk]})


def _admitting(client: Client, turns) -> Callable:
    def admit():
        one = next(turns)
        return client.post(f"/dossiers/{one.uuid}/admit/", {"version": one.version})

    return admit


def _lot(floor: Client, ours: Client, turns) -> Pair:
    def hundred() -> list:
        return [next(turns) for _ in range(100)]

    def admit():
        rows = [f"{one.uuid}:{one.version}" for one in hundred()]
        return ours.post("/dossiers/lot/", {"action": "admit", "row": rows, "confirmed": "1"})

    return Pair(
        "un lot de 100",
        lambda: floor.post("/plancher/decision/", {"dossier": [one.pk for one in hundred()]}),
        admit,
        10.0,
        25,
    )


# How it is measured --------------------------------------------------------------------------------------------------


def _compare(pair: Pair) -> None:
    rounds = []
    for turn in range(WARM_UP + ROUNDS):
        ways = [("floor", pair.floor), ("ours", pair.ours)]
        rounds.append({name: _timed(way) for name, way in (ways if turn % 2 else ways[::-1])})
    kept = rounds[WARM_UP:]
    floor, ours = (statistics.median(one[name] for one in kept) for name in ("floor", "ours"))
    times = statistics.median(one["ours"] / one["floor"] for one in kept)
    with CaptureQueriesContext(connection) as seen:
        answer = pair.ours()
    asked = [
        query
        for query in seen.captured_queries
        if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
    ]
    sql = len(asked)
    verdict = "tenu" if times <= pair.times and sql <= pair.sql else "DÉPASSÉ"
    say(
        f"  {pair.name:14} plancher {floor:7.1f} ms   ici {ours:7.1f} ms   × {times:.2f} (≤ {pair.times})"
        f"   {sql:2} SQL (≤ {pair.sql})   {len(answer.content) / 1024:5.0f} Kio   {verdict}"
    )


def _timed(way: Callable) -> float:
    begun = time.perf_counter()
    answer = way()
    spent = 1000 * (time.perf_counter() - begun)
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{answer.status_code}: a refusal costs less than a page")
    return spent


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
