"""Every guard matters: switched off, one after the other, each changes the timeline of a rehearsed year."""

from dataclasses import replace

import pytest

from tests.rehearsed import a_small_year, told
from workflow import registry
from workflow.charts import chart_of

pytestmark = [pytest.mark.django_db, pytest.mark.rehearsal]


def every_guard():
    """(model, move, guard) of every chart that the apps registered: a new guard is a new case by itself."""
    return [
        pytest.param(model, name, guard, id=f"{model._meta.model_name}-{name}-{guard.__name__}")
        for model in registry.charts()
        for name, move in chart_of(model).items()
        for guard in move.rule.guards
    ]


class Changed(Exception):
    """The timeline is no longer the same: nothing more needs to be played."""


@pytest.fixture(scope="module")
def as_it_is():
    """The timeline under all guards, written by the first case that needs it."""
    return []


def timeline_of_the_year(timeline: list) -> list:
    if not timeline:
        from django.db import transaction

        with transaction.atomic():
            timeline += [told(attempt) for attempt in a_small_year().attempts]
            transaction.set_rollback(True)
    return timeline


@pytest.mark.parametrize("model, move, guard", every_guard())
def test_without_this_guard_the_timeline_changes(model, move, guard, as_it_is, monkeypatch):
    expected = iter([*timeline_of_the_year(as_it_is), None])

    def compare(attempt):
        if told(attempt) != next(expected):
            raise Changed

    arrow = chart_of(model)[move]
    kept = tuple(one for one in arrow.rule.guards if one is not guard)
    monkeypatch.setattr(arrow, "rule", replace(arrow.rule, guards=kept))
    with pytest.raises(Changed):
        a_small_year(watch=compare)
