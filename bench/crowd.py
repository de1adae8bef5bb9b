"""Many dossiers for a measure: one is played through the door, the others are copies of its rows.

Copies are written past the door because a measure of pages needs rows, not histories; nothing but a bench does so.
"""

import copy
import uuid

from django.db import connection

from cases.models import Dossier, FundingLine, Instruction
from tests import year as play

WORDS = (
    "Jardin",
    "Atelier",
    "Fête",
    "Permanence",
    "Théâtre",
    "Lecture",
    "Vélo",
    "Cuisine",
    "Musique",
    "Sport",
)
CHUNK = 1_000


def grow(model: Dossier, to: int) -> None:
    """Add copies of a dossier, its lines, its sheet and its quarters, until its cycle has `to` dossiers."""
    have = Dossier.objects.filter(cycle=model.cycle_id).count()
    lines, sheet = list(model.lines.order_by("pk")), Instruction.objects.get(dossier=model)
    quarters, stand = list(model.neighbourhoods.values_list("pk", flat=True)), Dossier.neighbourhoods.through
    for first in range(have + 1, to + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, to + 1))
        dossiers = Dossier.objects.bulk_create(
            twin(model, number=number, title=f"{WORDS[number % 10]} numéro {number}") for number in numbers
        )
        FundingLine.objects.bulk_create(twin(line, dossier=one) for one in dossiers for line in lines)
        Instruction.objects.bulk_create(twin(sheet, dossier=one) for one in dossiers)
        pairs = [(one, quarter) for one in dossiers for quarter in quarters]
        stand.objects.bulk_create(stand(dossier=one, neighbourhood_id=quarter) for one, quarter in pairs)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def twin(row, **changes):
    """The same row, to be inserted as another one."""
    other = copy.copy(row)
    other._state = copy.copy(row._state)
    other._state.adding, other._state.fields_cache = True, dict(row._state.fields_cache)
    other.pk, other.uuid = None, uuid.uuid4()
    for name, value in changes.items():
        setattr(other, name, value)
    return other


def a_crowd(to: int, **year):
    """(year, the dossier that was played, all of them submitted and read by the team)."""
    year = play.a_year(ceiling=10_000_000, **year)
    model = play.submitted(year)
    play.read(year, model)
    model = play.fresh(model)
    grow(model, to)
    return year, model


def on_the_table(rows: int):
    """Another year, of five financiers, whose committee has so many dossiers before it."""
    year = play.a_year("comite_2027", financiers=5, ceiling=10_000_000)
    grow(play.in_committee(year), rows)
    return year


def programmed(rows: int):
    """Another year still, of six financiers, whose programming has so many dossiers."""
    year = play.a_year("programmation_2027", financiers=6, ceiling=10_000_000)
    grow(play.in_committee(year), rows)
    return year
