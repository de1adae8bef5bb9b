"""A machine that dies while it writes a signature folder: whoever comes next goes on, and nothing is made twice."""

import os
import random
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone

from cases import folders
from cases.models import Letter, LetterBatch
from tests import correspondence as write
from tests import year as play
from tests.cases.test_typesetting import text_of
from tests.faults.standing import begun, environment, free_port, killed, waited
from workflow.calendar import paris_day

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

LONGLY = os.environ.get("JALONS_SOAK") == "1"
MANY, KILLS = 200, 10 if LONGLY else 2
SEED = 20_261_130


def a_folder(year) -> LetterBatch:
    now = timezone.now()
    chosen = [one.value for one in folders.pending(year.cycle)]
    return folders.begin(year.cycle, chosen, uuid4(), by=year.coordinator, at=now, on=paris_day(now))


def made() -> int:
    return Letter.objects.count()


def test_two_hundred_letters_whose_maker_is_killed_are_all_there_none_twice(tmp_path):
    year = play.a_year()
    write.writes(year)
    write.many_decided(year, MANY)
    batch, draw = a_folder(year), random.Random(SEED)
    surroundings = environment(tmp_path, free_port())  # no mail server: letters do not wait for one
    for moment in sorted(draw.sample(range(10, MANY * 8 // 10), KILLS)):
        process = begun(surroundings, "sweep")
        assert waited(lambda moment=moment: made() >= moment, 120, step=0.005)
        killed(process)
        assert made() < MANY
    assert LetterBatch.objects.visible_to(year.coordinator).for_pages().get().left == MANY - made()
    while LetterBatch.objects.unfinished().exists():
        before = made()
        begun(surroundings, "sweep").wait(timeout=300)
        assert made() > before
    letters = list(Letter.objects.by_number().select_related("printed", "dossier"))
    print(f"\n{connection.vendor}: {MANY} letters, {KILLS} kills -9, {MANY - len(letters)} lost")
    assert [one.number for one in letters] == list(range(1, MANY + 1))
    assert len({one.line_id for one in letters}) == MANY
    assert [one.letter_id for one in batch.orders.order_by("rank")] == [one.pk for one in letters]
    for one in letters:
        said = text_of(bytes(one.printed.pdf))
        assert f"Dossier n° {one.dossier.reference} · {one.dossier.title}" in said
        assert f"Courrier n° {one.reference}" in said
    connections.close_all()
