"""Rows of a published version are read once; a draft's are read every time."""

import pytest

from cases.models import Criterion
from tests import year as play
from workflow.models import CycleVersion
from workflow.published import rows_of

pytestmark = pytest.mark.django_db


def test_a_published_version_is_asked_once_and_a_draft_each_time(django_assert_num_queries):
    year = play.a_year()
    draft = CycleVersion.objects.create(cycle=year.cycle, number=2)
    Criterion.objects.create(version=draft, code="a", label="A", kind="grid")
    first = rows_of(Criterion, [year.rules, draft])
    with django_assert_num_queries(0):
        assert rows_of(Criterion, [year.rules]) == {year.rules.pk: first[year.rules.pk]}
    Criterion.objects.create(version=draft, code="b", label="B", kind="grid")
    assert [row.code for row in rows_of(Criterion, [draft])[draft.pk]] == ["a", "b"]


def test_rows_come_in_the_order_in_which_they_were_written():
    year = play.a_year()
    assert [row.code for row in rows_of(Criterion, [year.rules])[year.rules.pk]] == ["qpv", "presence"]
