"""Several rows as one value: all of them, whole, whatever signs they hold; nothing where there is none."""

import pytest
from django.db.models import OuterRef

from tests import year as play
from tests.cases import reached
from workflow.gathering import gathered
from workflow.models import Entry, Prose

pytestmark = pytest.mark.django_db

HOSTILE = 'Dit « non », puis "oui" \\ [x] <b>\n’fin'


def words_of(subject) -> list:
    prose = Prose.objects.filter(entry=OuterRef("pk"))
    told = Entry.objects.filter(subject_label=subject._meta.label_lower, subject_id=subject.pk)
    return list(
        told.annotate(kept=gathered(prose, "entry", "key", "text"))
        .order_by("seq")
        .values_list("kept", flat=True)
    )


def test_every_row_is_there_as_it_was_written():
    year = play.a_year()
    dropped = reached.fired(play.submitted(year), "drop", year.coordinator, play.READING, reason=HOSTILE)
    *_, last = words_of(dropped)
    assert last == [["reason", HOSTILE]]


def test_without_a_row_there_is_nothing():
    year = play.a_year()
    dossier = play.submitted(year)
    Prose.objects.all().delete()
    assert set(map(str, words_of(dossier))) == {"None"}
