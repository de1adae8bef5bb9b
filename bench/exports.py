"""Ten thousand dossiers taken away as thirty columns, against a bare loop: time, and the memory it takes at most.

Ours is the whole request; the floor is its loop alone, with no request around it.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.db import connection, connections
from django.test import Client

from bench.crowd import grow
from bench.floors import exports as floor
from bench.measure import a_database, say, taking_turns, told, verdict
from cases.models import Dossier, FundingLine, Neighbourhood, Orientation
from tests import year as play
from workflow.models import Organisation

ROWS = int(os.environ.get("ROWS", "10000"))
ROUNDS = 7
MEMORY = 60
"""MiB at most while one is made, beside what the process held before."""
KINDS = {"xlsx": (floor.as_workbook, 1.3), "csv": (floor.as_text, 1.5)}


def main() -> None:
    with a_database():
        measure()


def measure() -> None:
    year = answered(ROWS)
    client = Client()
    client.force_login(year.coordinator)
    say(f"{connection.vendor}, exports de {ROWS} dossiers en 30 colonnes, {ROUNDS} tours")
    for kind, (bare, times) in KINDS.items():
        ways = (lambda bare=bare: bare(year.cycle)), (lambda kind=kind: taken(client, kind))
        base, own = (grown(way) for way in ways)
        found = taking_turns(*ways, rounds=ROUNDS)
        held = found.times <= times and own <= MEMORY
        say(
            f"  {kind:5} {told(found, times)}   + {own:.0f} Mio (≤ {MEMORY} ; plancher + {base:.0f})   {verdict(held)}"
        )


def answered(many: int):
    """A year of three financiers whose dossiers are all answered, so that hardly a cell is blank."""
    year = play.a_year(financiers=3, ceiling=10_000_000)
    model = play.answered(year)
    rome = Neighbourhood.objects.create(code="QN05103M", name="Rome", contract=year.cycle.contract)
    priority = Orientation.objects.create(cycle=year.cycle, code="lien", label="Tisser des liens")
    model.neighbourhoods.add(rome)
    Organisation.objects.filter(pk=model.organisation_id).update(siret="13002526500013")
    told = {"public": "Habitants de tous âges", "public_count": 120, "orientation": priority}
    Dossier.objects.filter(pk=model.pk).update(**told)
    FundingLine.objects.filter(dossier=model).update(previous=750)
    grow(play.fresh(model), many)
    return year


def taken(client: Client, kind: str) -> bytes:
    answer = client.get(f"/dossiers/tableau.{kind}?state=")
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code}: a refusal costs less than an export")
    return answer.content


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


if __name__ == "__main__":
    main()
