"""A signature folder of two hundred letters, against a bare loop that only lays the same documents out.

Ours is the whole making: what was chosen read again under lock, its facts, its number, the journal, the frozen bytes.
"""

import os
from typing import NamedTuple
from uuid import uuid4

from django.db import connection

from bench.floors import letters as floor
from bench.measure import a_database, say, timed, verdict
from cases import folders
from cases.models import Letter, LetterPrint
from tests import correspondence as write
from tests import year as play

MANY = int(os.environ.get("LETTERS", "200"))
ROUNDS, MOST = 3, 20
"""Rounds of which the median counts, and milliseconds of computing at most for one letter."""
AT = play.ANSWERING


def main() -> None:
    with a_database():
        measure()


def measure() -> None:
    say(f"{connection.vendor}, parapheur de {MANY} courriers, {ROUNDS} tours")
    found = sorted((one_round(rank) for rank in range(ROUNDS)), key=lambda one: one[1].wall)
    base, own = (one.wall for one in found[len(found) // 2])
    spent = [one.computed for one in found[len(found) // 2]]
    say(f"  typst seul {base:6.1f} ms   ici {own:6.1f} ms   × {own / base:.2f}")
    say(f"  en calcul  {spent[0]:6.1f} ms   ici {spent[1]:6.1f} ms (≤ {MOST})   {verdict(spent[1] <= MOST)}")


class Spent(NamedTuple):
    """Milliseconds for one letter: that passed, and that this process computed."""

    wall: float
    computed: float


def one_round(rank: int) -> tuple[Spent, Spent]:
    """(floor, ours), taken on the same letters one after the other."""
    year = play.a_year(f"mesure_{rank}")
    write.writes(year)
    write.many_decided(year, MANY)
    chosen = [one.value for one in folders.pending(year.cycle)]
    batch = folders.begin(year.cycle, chosen, uuid4(), by=year.coordinator, at=AT, on=AT.date())
    own = spent_on(lambda: folders.advance(batch, lambda: AT, AT))
    if Letter.objects.filter(cycle=year.cycle).count() != MANY:
        raise RuntimeError("some letters were not made: a refusal costs less than a letter")
    prints = LetterPrint.objects.filter(letter__cycle=year.cycle).order_by("pk")
    contents = list(prints.values_list("content", flat=True))
    base = spent_on(lambda: [floor.compiled(one, int(AT.timestamp())) for one in contents])
    return base, own


def spent_on(way) -> Spent:
    return Spent(*(one / MANY for one in timed(way)))


if __name__ == "__main__":
    main()
