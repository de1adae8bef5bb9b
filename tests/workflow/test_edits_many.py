"""Many edits in one call: each refused or journaled by itself, in a constant number of queries."""

from decimal import Decimal

import pytest

from tests import year as play
from tests.workflow.answers import entries
from workflow import engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year(financiers=1)


def lines(year, many):
    return [play.in_committee(year).lines.get() for _ in range(many)]


def test_a_refused_one_does_not_stop_the_others_and_each_has_its_entry(year):
    first, second, third = lines(year, 3)
    wanted = {first: {"team_proposal": Decimal(1)}, second: {"team_proposal": Decimal(-1)}}
    outcomes = engine.amend_many(
        wanted | {third: {"team_proposal": None}}, by=year.instructor, at=play.SITTING
    )
    told = [(one.subject_id, one.entry is not None, [r.code for r in one.refusals]) for one in outcomes]
    assert told == [(first.pk, True, []), (second.pk, False, ["amount_off"]), (third.pk, False, [])]
    assert [play.fresh(one).team_proposal for one in (first, second, third)] == [1, None, None]
    assert [entries(one)[-1].move for one in (first, second)] == ["amend", "opine"]
    assert engine.amend_many({}, by=year.instructor, at=play.SITTING) == []


def test_each_is_read_at_its_own_version(year):
    first, second = lines(year, 2)
    versions = {first.pk: first.version, second.pk: second.version - 1}
    wanted = {one: {"team_proposal": Decimal(5)} for one in (first, second)}
    outcomes = engine.amend_many(wanted, by=year.instructor, at=play.SITTING, versions=versions)
    assert [[r.code for r in one.refusals] for one in outcomes] == [[], ["stale"]]


@pytest.mark.parametrize("many", [2, 5])
def test_many_cost_what_two_cost(year, django_assert_num_queries, many):
    wanted = {one: {"team_proposal": Decimal(5)} for one in lines(year, many)}
    with django_assert_num_queries(6):
        engine.amend_many(wanted, by=year.instructor, at=play.SITTING)
