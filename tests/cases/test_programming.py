"""One page of a programming: which dossiers, in which order and groups, and sums to the cent over all of them."""

from collections import defaultdict
from decimal import Decimal

import pytest

from cases import amounts, programming, scenarios
from cases.forms.programming import ProgrammingFilters
from cases.models import Dossier, FundingLine, Neighbourhood, Orientation
from tests import programmings
from tests import year as play
from tests.cases import reached
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year(financiers=2, ceiling=1_000)


def table(year, page=1, **asked):
    return programming.table(year.cycle, ProgrammingFilters(asked, cycle=year.cycle), page=page)


def numbers(found) -> list[int]:
    return [row.dossier.number for row in found.rows]


def column(found, code):
    return next(one for one in found.columns if one.envelope.code == code)


# Which dossiers -------------------------------------------------------------------------------------------------------


def test_a_dossier_enters_once_admitted_and_stays_once_decided(year):
    play.a_draft(year)
    play.submitted(year)
    reached.inadmissible(year)
    there = [play.in_instruction(year), play.in_review(year), play.in_committee(year)]
    there += [reached.deferred(year), play.decided(year), play.answered(year)]
    assert {row.dossier.pk for row in table(year).rows} == {one.pk for one in there}


def test_those_to_discuss_come_first_then_by_number(year):
    calm = play.in_committee(year)
    torn, asked = play.in_review(year), play.in_review(year)
    play.opine(year, torn, "etat")
    play.opine(year, torn, "agglo", verdict="unfavourable", amount=0)
    play.opine(year, asked, "etat", verdict="discuss")
    found = table(year)
    assert [row.dossier.pk for row in found.rows] == [torn.pk, asked.pk, calm.pk]
    assert [row.to_discuss for row in found.rows] == [True, True, False]
    assert numbers(table(year, sort="number")) == [calm.number, torn.number, asked.number]
    assert numbers(table(year, only="discuss")) == [torn.number, asked.number]


def test_rows_may_stand_by_what_is_asked_and_by_what_is_programmed(year):
    few, many = play.in_committee(year, requested=500), play.in_committee(year, requested=900)
    assert numbers(table(year, sort="requested")) == [many.number, few.number]
    programmings.propose(year, reached.line_of(few), 480)
    programmings.propose(year, reached.line_of(many), 10)
    assert numbers(table(year, sort="planned")) == [few.number, many.number]


def test_missing_opinions_and_raised_proposals_are_found(year):
    whole, waiting = play.in_committee(year), play.in_review(year)
    assert numbers(table(year, only="silent")) == [waiting.number]
    programmings.propose(year, reached.line_of(whole), 1_001)
    assert numbers(table(year, only="raised")) == [whole.number]


def test_nonsense_in_the_address_narrows_nothing(year):
    play.in_committee(year)
    asked = {
        "only": "tout",
        "sort": "hasard",
        "group": "x",
        "state": "draft",
        "orientation": "9",
    }
    assert len(table(year, **asked).rows) == 1


def test_a_page_beyond_the_last_shows_the_last(year, monkeypatch):
    monkeypatch.setattr(programming, "PER_PAGE", 2)
    dossiers = [play.in_committee(year) for _ in range(3)]
    found = table(year, page=9)
    assert numbers(found) == [dossiers[-1].number]
    assert (found.page.number, found.total) == (2, 3)
    assert numbers(table(year, page=1)) == [one.number for one in dossiers[:2]]


# The money ------------------------------------------------------------------------------------------------------------


def by_hand(lines) -> dict:
    """The programmed sum of each envelope, counted one line after the other in plain Python."""
    found = defaultdict(Decimal)
    for line in lines:
        if line.in_kind:
            continue
        amount = line.decided if line.outcome else line.team_proposal
        if amount is None and not line.outcome:
            amount = line.proposed
        found[line.envelope.code] += amount or Decimal(0)
    return dict(found)


def test_the_sums_are_those_of_an_independent_count_to_the_cent(year):
    decided = play.decided(year, amount=333)
    open_one, silent = play.in_committee(year), play.in_review(year)
    programmings.propose(year, reached.line_of(open_one), "123.45")
    programmings.propose(year, reached.line_of(silent, 1), "0.01")
    given = play.in_committee(year)
    FundingLine.objects.filter(pk=reached.line_of(given).pk).update(in_kind=True)
    play.submitted(year)
    dossiers = [decided, open_one, silent, given]
    lines = FundingLine.objects.filter(dossier__in=dossiers).select_related("envelope").order_by("pk")
    found = table(year)
    assert {one.envelope.code: one.whole.planned for one in found.columns} == by_hand(lines)
    assert by_hand(lines) == {"etat": Decimal("456.45"), "agglo": Decimal("1000.01")}
    assert column(found, "etat").whole.requested == 3_000
    assert column(found, "etat").whole.decided == 333
    assert found.planned == sum(row.planned for row in found.rows) == Decimal("1456.46")


def test_an_overrun_is_of_the_whole_call_and_sums_of_what_the_filters_keep(year):
    first, second = play.in_committee(year, title="Jardin"), play.in_committee(year, title="Vélo")
    for dossier in (first, second):
        programmings.propose(year, reached.line_of(dossier), 600)
    found = column(table(year, search="jardin"), "etat")
    assert (found.overrun, found.whole.planned, found.kept.planned) == (200, 1_200, 600)
    assert column(table(year, search="rien"), "etat").overrun == 200


def test_what_nobody_asks_for_has_no_column(year):
    play.in_committee(year)
    reached.mainstream(year)
    assert [one.envelope.code for one in table(year).columns] == ["etat", "agglo"]


def test_groups_carry_the_sums_of_all_their_rows_and_add_up_to_the_whole(year, monkeypatch):
    labels = ("Emploi", "Santé")
    themes = [Orientation.objects.create(cycle=year.cycle, code=one.lower(), label=one) for one in labels]
    quarters = [
        Neighbourhood.objects.create(contract=year.cycle.contract, code=f"QN{rank}", name=f"Quartier {rank}")
        for rank in range(2)
    ]
    dossiers = [play.in_committee(year) for _ in range(4)]
    for dossier, theme, here in zip(
        dossiers, [*themes, themes[0], None], [quarters[:1], quarters, [], quarters[:1]], strict=True
    ):
        Dossier.objects.filter(pk=dossier.pk).update(orientation=theme)
        dossier.neighbourhoods.set(here)
    monkeypatch.setattr(programming, "PER_PAGE", 2)
    by_theme = table(year, group="orientation")
    assert [(one.label, len(one.rows)) for one in by_theme.groups] == [("Emploi", 2)]
    whole = [planned(table(year, page=page, group="neighbourhood")) for page in (1, 2)]
    assert whole == [
        {"Plusieurs quartiers": 1_000, "Sans quartier": 1_000}, {"Quartier 0": 2_000}
    ]  # fmt: skip
    assert planned(table(year, page=2, group="orientation")) == {"Santé": 1_000, "Sans orientation": 1_000}
    assert planned(table(year, group="holder")) == {str(year.holder_organisation): 4_000}


def planned(found) -> dict:
    return {one.label: sum(sums.planned for sums in one.sums.values()) for one in found.groups}


# What is warned of ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "policy, cost, share, over, few",
    [
        ({"public_share": 80}, 1_000, 100, 80, None),
        ({"public_share": 80}, 2_000, 50, None, None),
        ({"public_share": None}, 1_000, 100, None, None),
        ({"least_financiers": 3}, 2_000, 50, None, 2),
        ({"least_financiers": None}, 2_000, 50, None, None),
        ({}, 0, None, None, None),
    ],
)
def test_the_call_s_own_thresholds_warn_and_refuse_nothing(policy, cost, share, over, few):
    year = play.a_year(**policy)
    dossier = play.in_committee(year)
    Dossier.objects.filter(pk=dossier.pk).update(total_cost=cost)
    found = table(year)
    [row] = found.rows
    assert (row.share, row.share_over, row.too_few(found.seats)) == (share, over, few)


def test_one_financier_alone_is_said_even_where_it_has_two_envelopes(year):
    dossier = play.in_committee(year)
    programmings.propose(year, reached.line_of(dossier, 1), 0)
    found = table(year)
    assert found.rows[0].too_few(found.seats) == 1
    assert found.rows[0].too_few(dict.fromkeys(found.seats, 7)) == 1


def test_a_scenario_shows_its_own_amounts_and_ceilings(year):
    line = reached.line_of(play.in_committee(year))
    scenario = programmings.scenario(year)
    programmings.suppose(year, scenario, line, 100)
    scenario.ceilings.create(envelope=line.envelope, ceiling=40)
    found = programming.table(year.cycle, ProgrammingFilters({}, cycle=year.cycle), scenario=scenario)
    there = column(found, "etat")
    assert (there.whole.planned, there.available, there.overrun, there.is_supposed) == (100, 40, 60, True)
    assert found.rows[0].cells[line.envelope_id].team == 100
    assert column(table(year), "etat").whole.planned == 500


# One envelope within another ------------------------------------------------------------------------------------------


def test_a_whole_has_left_for_its_own_lines_what_it_has_not_split_and_nothing_counts_twice(year):
    year = play.with_part(year, "ete", 300)
    dossier = play.in_committee(year, requested=900)
    for name, amount in (("etat", 600), ("ete", 250), ("agglo", 100)):
        programmings.propose(year, dossier.lines.get(envelope=year.envelopes[name]), amount)
    found = table(year)
    assert [(one.envelope.code, one.available, one.overrun) for one in found.envelopes] == [
        ("etat", 700, 0),
        ("ete", 300, 0),
        ("agglo", 1_000, 0),
    ]
    assert (found.planned, sum(one.available for one in found.envelopes)) == (950, 2_000)


def test_a_scenario_may_suppose_another_whole_or_another_part(year):
    year = play.with_part(year, "ete", 300)
    scenario = programmings.scenario(year)
    for code, amount in (("etat", 500), ("ete", 100)):
        supposed = amounts.Typed(year.envelopes[code].pk, "", 0, None, Decimal(amount))
        scenarios.suppose(scenario, [supposed], by=year.instructor, at=play.SITTING)
    told = [one.available for one in programming.columns_of(year.cycle, scenario)]
    assert told == [400, 100, 1_000]


# Above what was asked -------------------------------------------------------------------------------------------------


def test_a_proposal_above_the_request_is_said_or_refused_as_the_call_says():
    found = {}
    for policy in ("warn", "refuse"):
        year = play.a_year(f"essai_{policy}", above_request=policy)
        line = reached.line_of(play.in_instruction(year, requested=1_000))
        programmings.propose(year, line, 1_000)
        try:
            programmings.propose(year, play.fresh(line), 1_001)
        except Refused as refused:
            found[policy] = refused.codes
        else:
            found[policy] = play.fresh(line).team_proposal
    assert found == {"warn": 1_001, "refuse": ["above_request"]}
