"""Every guard matters: a rehearsed year meets each of them, and switched off it changes the year's timeline.

What a guard refuses stands in the timeline, so a guard that refused once is one whose absence shows. One year is played
to see them all; one guard in twelve is really switched off here, all of them in `make soak`.
"""

import os
from dataclasses import replace
from functools import wraps

import pytest
from django.db import transaction

from tests.rehearsed import a_small_year, told
from workflow import registry
from workflow.charts import chart_of

pytestmark = [pytest.mark.django_db, pytest.mark.rehearsal]

ONE_IN = 1 if os.environ.get("JALONS_SOAK") else 12


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
    """The timeline under all guards, and who refused in it: written by the first case that needs them."""
    return {}


def met_in_a_year(as_it_is: dict) -> dict:
    """`timeline`: every attempt, told; `refusing`: {(kind, move, guard's name)} of what an attempt was refused for."""
    if as_it_is:
        return as_it_is
    timeline, refusing, said = [], set(), []

    def listened(kind: str, move: str, guard):
        @wraps(guard)
        def heard(subject, **looks):
            refusals = list(guard(subject, **looks))
            said.extend(((kind, move, guard.__name__), one) for one in refusals)
            return refusals

        return heard

    def watch(attempt):
        kept = [id(one) for _, refusals in attempt.refused for one in refusals]
        refusing.update(name for name, one in said if id(one) in kept)
        timeline.append(told(attempt))
        said.clear()

    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        for model in registry.charts():
            for name, arrow in chart_of(model).items():
                guards = tuple(listened(model.kind, name, one) for one in arrow.rule.guards)
                patch.setattr(arrow, "rule", replace(arrow.rule, guards=guards))
        a_small_year(watch=watch)
        transaction.set_rollback(True)
    as_it_is |= {"timeline": timeline, "refusing": refusing}
    return as_it_is


@pytest.mark.parametrize("model, move, guard", every_guard())
def test_a_rehearsed_year_meets_this_guard(model, move, guard, as_it_is):
    assert (model.kind, move, guard.__name__) in met_in_a_year(as_it_is)["refusing"]


@pytest.mark.parametrize("model, move, guard", every_guard()[::ONE_IN])
def test_without_this_guard_the_timeline_changes(model, move, guard, as_it_is, monkeypatch):
    expected = iter([*met_in_a_year(as_it_is)["timeline"], None])

    def compare(attempt):
        if told(attempt) != next(expected):
            raise Changed

    arrow = chart_of(model)[move]
    kept = tuple(one for one in arrow.rule.guards if one is not guard)
    monkeypatch.setattr(arrow, "rule", replace(arrow.rule, guards=kept))
    with pytest.raises(Changed):
        a_small_year(watch=compare)
