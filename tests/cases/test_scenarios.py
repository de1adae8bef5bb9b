"""Scenarios: written beside the proposals, copied, spread, compared, applied line by line through the door."""

from decimal import Decimal

import pytest

from cases import comparing, programming, scenarios
from cases.models import FundingLine
from cases.scenarios import lowered
from tests import programmings
from tests import year as play
from tests.cases import reached
from tests.workflow.answers import entries
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year(ceiling=10_000)


@pytest.fixture
def line(year):
    """A line on which the team proposes 800 of the 1 000 asked."""
    found = reached.line_of(play.in_committee(year))
    programmings.propose(year, found, 800)
    return play.fresh(found)


def amounts_of(scenario) -> list:
    return list(scenario.amounts.order_by("line").values_list("line", "amount", "base"))


# Written --------------------------------------------------------------------------------------------------------------


def test_only_what_differs_is_kept_and_nothing_moves_elsewhere(year, line):
    scenario = programmings.scenario(year)
    programmings.suppose(year, scenario, line, 500)
    assert amounts_of(scenario) == [(line.pk, 500, 800)]
    assert play.fresh(line).version == line.version
    scenarios.keep(
        scenario, [programmings.typed(line, 800, was=500)], by=year.instructor, at=play.SITTING
    )  # what the team says too
    assert amounts_of(scenario) == []
    assert [entry.move for entry in entries(scenario)] == ["open", "amend", "amend"]


def test_a_cell_that_a_colleague_wrote_meanwhile_is_asked_again(year, line):
    scenario = programmings.scenario(year)
    programmings.suppose(year, scenario, line, 500)
    late = programmings.typed(line, 300)
    scenarios.keep(scenario, [late], by=year.coordinator, at=play.SITTING)
    assert (late.stale, "500" in late.error, amounts_of(scenario)) == (True, True, [(line.pk, 500, 800)])


def test_two_clicks_write_once_and_two_names_are_one_scenario(year, line):
    scenario = programmings.scenario(year)
    for _ in range(2):
        programmings.suppose(year, scenario, line, 500)
    assert amounts_of(scenario) == [(line.pk, 500, 800)]
    assert scenarios.begin(year.cycle, scenario.name, None, by=year.instructor, at=play.SITTING) == (
        scenario,
        False,
    )


def test_a_copy_takes_amounts_and_ceilings_and_lives_apart(year, line):
    first = programmings.scenario(year)
    programmings.suppose(year, first, line, 500)
    supposed = programmings.typed(line, 9_000, was=None)
    supposed.line = line.envelope_id
    scenarios.suppose(first, [supposed], by=year.instructor, at=play.SITTING)
    second = programmings.scenario(year, "Autre", copied=first)
    programmings.suppose(year, first, line, 800)
    assert amounts_of(second) == [(line.pk, 500, 800)]
    assert list(second.ceilings.values_list("ceiling", flat=True)) == [9_000]


def test_nobody_but_the_team_writes_one(year, line):
    scenario = programmings.scenario(year)
    cell = programmings.typed(line, 1)
    scenarios.keep(scenario, [cell], by=year.financiers["etat"], at=play.SITTING)
    assert (cell.saved, cell.error, amounts_of(scenario)) == (
        False, "Votre rôle ne permet pas cette action ici.", [],
    )  # fmt: skip


# A cut, spread --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "planned, by, left",
    [
        ({1: 100, 2: 300}, 100, {1: 75, 2: 225}),
        ({1: 100, 2: 100, 3: 100}, 1, {1: 99, 2: 99, 3: 99}),
        ({1: 100}, 500, {1: 0}),
        ({}, 5, {}),
    ],
)
def test_a_cut_is_spread_in_proportion_in_whole_euros_and_never_too_little(planned, by, left):
    given = {key: Decimal(amount) for key, amount in planned.items()}
    assert lowered(given, Decimal(by)) == left


def test_what_the_state_no_longer_gives_is_spread_over_what_is_still_open(year, line):
    play.decided(year, amount=400)
    other = reached.line_of(play.in_committee(year))
    programmings.propose(year, other, 200)
    scenario = programmings.scenario(year)
    scenario.ceilings.create(envelope=line.envelope, ceiling=900)
    call = {"by": year.instructor, "at": play.SITTING}
    assert scenarios.spread(scenario, line.envelope_id, **call) == 2
    assert amounts_of(scenario) == [(line.pk, 400, 800), (other.pk, 100, 200)]
    column = next(one for one in programming.columns_of(year.cycle, scenario) if one.envelope.code == "etat")
    assert (column.whole.planned, column.remaining, column.overrun) == (900, 0, 0)
    assert scenarios.spread(scenario, line.envelope_id, **call) == 0
    assert scenarios.spread(scenario, 10**9, **call) == 0


# Compared -------------------------------------------------------------------------------------------------------------


def test_side_by_side_stand_the_envelopes_and_the_lines_that_differ(year, line):
    less, more = programmings.scenario(year, "Moins"), programmings.scenario(year, "Plus")
    programmings.suppose(year, less, line, 500)
    less.ceilings.create(envelope=line.envelope, ceiling=400)
    found = comparing.compare(year.cycle, [less, more])
    [state, _] = found.envelopes
    assert [(one.whole.planned, one.overrun) for one in state] == [(800, 0), (500, 100), (800, 0)]
    assert [(one.line.pk, one.amounts) for one in found.lines] == [(line.pk, [500, 800])]


# Applied --------------------------------------------------------------------------------------------------------------


def rows(scenario) -> dict:
    return {one.line.uuid: one.line.version for one in scenarios.differences(scenario)}


def apply(year, scenario, chosen=None, **call):
    given = {"by": year.instructor, "at": play.SITTING, "version": play.fresh(scenario).version} | call
    return scenarios.apply(play.fresh(scenario), rows(scenario) if chosen is None else chosen, **given)


def test_each_amount_goes_through_the_door_with_an_entry_of_its_own(year, line):
    scenario, other = programmings.scenario(year), reached.line_of(play.in_committee(year))
    for one, amount in ((line, 500), (other, 0)):
        programmings.suppose(year, scenario, one, amount)
    fates = apply(year, scenario)
    assert [(one.difference.line.pk, one.outcome.passes) for one in fates] == [
        (line.pk, True),
        (other.pk, True),
    ]
    assert [play.fresh(one).team_proposal for one in (line, other)] == [500, 0]
    assert [entries(one)[-1].move for one in (line, other, scenario)] == ["amend", "amend", "apply"]
    assert scenarios.differences(scenario) == []


def test_a_line_that_somebody_changed_is_refused_alone_and_shows_both_values(year, line):
    scenario, other = programmings.scenario(year), reached.line_of(play.in_committee(year))
    for one in (line, other):
        programmings.suppose(year, scenario, one, 500)
    read = rows(scenario)
    programmings.propose(year, line, 900)
    fates = apply(year, scenario, read)
    assert [[r.code for r in one.outcome.refusals] for one in fates] == [["stale"], []]
    assert [play.fresh(one).team_proposal for one in (line, other)] == [900, 500]
    [left] = scenarios.differences(scenario)
    assert (left.is_stale, left.now, left.base, left.amount) == (True, 900, 800, 500)


def test_the_same_click_twice_is_already_done(year, line):
    scenario = programmings.scenario(year)
    programmings.suppose(year, scenario, line, 500)
    read, version = rows(scenario), play.fresh(scenario).version
    assert apply(year, scenario, read, version=version) is not None
    assert apply(year, scenario, read, version=version) is None
    with pytest.raises(Refused) as caught:
        apply(year, scenario, read, version=version, by=year.coordinator)
    assert caught.value.codes == ["stale"]
    assert [entry.move for entry in entries(line)].count("amend") == 2


def test_a_signed_programming_takes_no_scenario(year):
    programmings.signed(year)
    line = reached.line_of(play.in_instruction(year))
    scenario = programmings.scenario(year)
    programmings.suppose(year, scenario, line, 500)
    with pytest.raises(Refused) as caught:
        apply(year, scenario)
    assert (caught.value.codes, play.fresh(line).team_proposal) == (["programming_signed"], None)


def test_what_was_decided_meanwhile_is_left_alone(year, line):
    scenario = programmings.scenario(year)
    programmings.suppose(year, scenario, line, 500)
    FundingLine.objects.filter(pk=line.pk).update(outcome="refused")
    assert scenarios.differences(scenario) == []
    assert apply(year, scenario, {line.uuid: line.version}) == []
    assert play.fresh(line).team_proposal == 800


@pytest.mark.parametrize("many", [2, 4])
def test_applying_costs_the_same_for_two_lines_and_for_four(year, django_assert_num_queries, many):
    scenario = programmings.scenario(year)
    for _ in range(many):
        programmings.suppose(year, scenario, reached.line_of(play.in_committee(year)), 500)
    scenario, chosen = play.fresh(scenario), rows(scenario)
    with django_assert_num_queries(15):
        scenarios.apply(scenario, chosen, by=year.instructor, at=play.SITTING, version=scenario.version)
