"""Letters made at the same instant: numbers without a gap, nothing twice, and two at work on one folder."""

from functools import partial
from uuid import uuid4

import pytest

from cases import folders, letter_making
from cases.models import Letter, LetterBatch
from tests import correspondence as write
from tests import year as play
from tests.races.crowd import crowd

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT = play.ANSWERING
DOSSIERS, EACH = 6, 4


def test_numbers_have_no_gap_and_one_matter_has_one_letter():
    year = play.a_year()
    write.writes(year)
    write.many_decided(year, DOSSIERS)
    asked = [one.matter for one in folders.pending(year.cycle)] * EACH
    makers = [
        partial(
            letter_making.make, one.dossier, one.about, by=year.coordinator, at=AT, on=AT.date(),
            still=lambda draft: True,
        )
        for one in asked
    ]  # fmt: skip
    for found in crowd(makers):
        if isinstance(found, BaseException):
            raise found
    assert list(Letter.objects.by_number().values_list("number", flat=True)) == list(range(1, DOSSIERS + 1))
    assert Letter.objects.values("line").distinct().count() == DOSSIERS


def test_a_folder_begun_twenty_times_is_one_and_many_may_work_on_it():
    year = play.a_year()
    write.writes(year)
    write.many_decided(year, DOSSIERS)
    chosen, key = [one.value for one in folders.pending(year.cycle)], uuid4()
    begin = partial(folders.begin, year.cycle, chosen, key, by=year.coordinator, at=AT, on=AT.date())
    keys = {one.pk for one in crowd([begin] * 20)}
    [batch] = LetterBatch.objects.all()
    assert keys == {batch.pk}
    assert crowd([partial(folders.advance, batch, lambda: AT, AT)] * 5) == [False] * 5
    assert list(Letter.objects.by_number().values_list("number", flat=True)) == list(range(1, DOSSIERS + 1))
    assert batch.orders.filter(letter=None).count() == 0
