"""What is put back is what was played, and whatever else a test writes or patches makes its plays real ones."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from tests import year as play
from tests.remembered import _rows, memory
from workflow import engine
from workflow.models import CycleVersion, Organisation

pytestmark = pytest.mark.django_db


def played_and_forgotten() -> tuple:
    """The tables after a decided year, the key of its rules, and what `verify` says of it."""
    with transaction.atomic():
        memory.begin()
        play.decided(play.a_year("memoire_2027"))
        said = StringIO()
        call_command("verify", stdout=said)
        found = _rows(), CycleVersion.objects.get().uuid, said.getvalue()[:13]
        transaction.set_rollback(True)
    return found


def test_a_year_that_is_put_back_is_row_for_row_the_one_that_was_played():
    for _ in range(2):  # because PostgreSQL numbers the rows of a second year otherwise
        played_and_forgotten()
    tables, key, said = played_and_forgotten()
    again, same, also = played_and_forgotten()
    assert (tables, key, said) == (again, same, also)
    assert said == "Tout se tient"
    assert sum(map(len, tables.values())) > 50


def test_a_play_after_something_else_was_written_is_a_real_one():
    play.a_year()
    assert memory.know()
    Organisation.objects.create(name="Les Semeurs")
    assert not memory.know()


def test_a_play_beside_what_stood_there_before_is_a_real_one():
    Organisation.objects.create(name="Les Semeurs")
    play.a_year()
    assert not memory.know()


def test_a_test_that_patches_the_door_plays_through_the_patched_door(monkeypatch, on_day):
    on_day(play.WRITING)
    assert memory.may()
    monkeypatch.setattr(engine, "fire", engine.fire)
    assert not memory.may()


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_plays_for_real():
    assert not memory.may()
