"""Ten thousand dossiers taken away as thirty columns, against a bare loop: time, and the memory it takes at most.

Ours is the whole request; the floor is its loop alone, with no request around it.
"""

import os

from django.db import connection
from django.test import Client

from bench.crowd import grow
from bench.floors import exports as floor
from bench.measure import a_database, grown, say, taking_turns, told, verdict
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


if __name__ == "__main__":
    main()
