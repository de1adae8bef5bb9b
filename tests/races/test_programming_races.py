"""Scenarios applied at the same instant, amounts typed while somebody signs: nothing lost, nothing done twice."""

from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction

from cases import scenarios
from cases.models import FundingLine, SignedProgramming
from tests import programmings
from tests import year as play
from tests.races.crowd import crowd, tally
from tests.workflow.answers import entries
from workflow import engine

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def year():
    return play.a_year(financiers=2)


def lines(year, many) -> list:
    return [play.in_committee(year).lines.order_by("pk")[0] for _ in range(many)]


def rows(scenario) -> dict:
    return {one.line.uuid: one.line.version for one in scenarios.differences(scenario)}


def test_twenty_clicks_apply_a_scenario_once(year):
    with transaction.atomic():
        found, scenario = lines(year, 3), programmings.scenario(year)
        for line in found:
            programmings.suppose(year, scenario, line, 300)
    scenario = play.fresh(scenario)
    call = {"by": year.instructor, "at": play.SITTING, "version": scenario.version}
    answers = crowd([partial(scenarios.apply, scenario, rows(scenario), **call)] * 20)
    assert sorted(answer is None for answer in answers) == [False] + [True] * 19
    assert [entry.move for entry in entries(scenario)].count("apply") == 1
    assert [[entry.move for entry in entries(one)].count("amend") for one in found] == [1, 1, 1]


def test_two_scenarios_applied_at_once_leave_each_line_to_one_of_them(year):
    with transaction.atomic():
        found = lines(year, 4)
        both = [programmings.scenario(year, name) for name in ("Moins", "Plus")]
        for scenario, amount in zip(both, (100, 900), strict=True):
            for line in found:
                programmings.suppose(year, scenario, line, amount)
    calls = [
        partial(scenarios.apply, one, rows(one), by=who, at=play.SITTING, version=play.fresh(one).version)
        for one, who in zip(both, (year.instructor, year.coordinator), strict=True)
    ]
    first, second = crowd(calls)
    passed = [[fate.outcome.passes for fate in fates] for fates in (first, second)]
    assert sorted(passed) == [[False] * 4, [True] * 4]
    assert len({play.fresh(one).team_proposal for one in found}) == 1


def test_what_is_typed_while_somebody_signs_is_in_the_table_or_refused(year):
    with transaction.atomic():
        play.decided(year)
        line = play.in_instruction(year).lines.order_by("pk")[0]
        programming = programmings.opened(year)
    typing = partial(engine.amend, line, {"team_proposal": Decimal(77)}, by=year.instructor, at=play.SITTING)
    found = tally(crowd([partial(programmings.sign, year, programming), typing]))
    signed = SignedProgramming.objects.count()
    kept = FundingLine.objects.get(pk=line.pk).team_proposal
    told = (found["done"], found["refused"], signed, kept is None)
    assert told in ((1, 1, 1, True), (1, 1, 0, False), (2, 0, 1, False))
