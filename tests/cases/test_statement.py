"""Planned against realised: sums, gaps above the cycle's threshold, what is unspent, shared to the cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cases.models import Dossier, FundingLine, Report, RevisedBudget
from cases.statement import TOTAL, USED, Statement, split
from workflow.models import CycleVersion

PLANNED = {"60": "600", "64": "900", "70": "500"}
"""1 500 € of charges, 500 € of own products, 1 000 € asked."""


def lines(*awards, asked=1_000):
    """An award of nothing was given up."""
    return [
        FundingLine(
            pk=rank,
            requested=Decimal(asked) / len(awards),
            decided=Decimal(one),
            state="accepted" if one else "renounced",
        )
        for rank, one in enumerate(awards, 1)
    ]


def statement(realised=None, awards=(1_000,), planned=PLANNED, **fields):
    rules = CycleVersion(report_gap=10)
    dossier = Dossier(rules=rules, budget=planned, total_cost=Decimal(1_500))
    report = Report(dossier=dossier, realised=realised or {}, **fields)
    return Statement.of(report, lines(*awards))


AS_PLANNED = {"60": "600", "64": "900", "70": "500"}


def codes(found: Statement) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in found.refusals()]


def test_an_action_that_went_as_planned_lacks_nothing():
    found = statement(AS_PLANNED)
    assert (found.charges, found.products, found.unspent, found.wide) == (1_500, 1_500, 0, [])
    assert codes(found) == []


def test_a_statement_that_nobody_began_asks_for_its_charges():
    assert codes(statement()) == [("no_spent", "account-60")]


@pytest.mark.parametrize(
    "realised, places",
    [
        ({"60": "660"}, []),
        ({"60": "660.01"}, ["why-60"]),
        ({"60": "540"}, []),
        ({"60": "539.99"}, ["why-60"]),
        ({"62": "1"}, ["why-62"]),
    ],
)
def test_a_gap_is_explained_above_the_threshold_and_not_at_it(realised, places):
    found = statement(AS_PLANNED | realised)
    assert [f"why-{row.code}" for row in found.wide] == places
    explained = statement(AS_PLANNED | realised, explained={row.code: "Plus cher." for row in found.wide})
    assert [one.code for one in explained.refusals()] == (["unbalanced"] if found.missing else [])


def test_a_gap_is_said_in_euros_and_in_percent():
    [row] = statement(AS_PLANNED | {"60": "750"}).wide
    assert (row.gap, row.percent) == (150, 25)


def test_a_first_euro_where_nothing_was_planned_has_no_percent():
    [row] = statement(AS_PLANNED | {"62": "40"}).wide
    assert (row.gap, row.percent) == (40, None)


def test_charges_equal_products_and_86_equals_87():
    short = statement(AS_PLANNED | {"60": "610"})
    assert [(one.code, one.sentence) for one in short.refusals()] == [
        ("unbalanced", "Il manque 10\u202f€ de produits : les charges et les produits doivent être égaux."),
    ]
    assert codes(statement(AS_PLANNED | {"60": "590"})) == [("unbalanced", "account-appel")]
    assert codes(statement(AS_PLANNED | {"86": "10"}, explained={"86": "Des bénévoles."})) == [
        ("unbalanced_kind", "account-87")
    ]


def test_nobody_uses_more_than_was_granted():
    found = statement(AS_PLANNED | {"60": "601", USED: "1001"})
    assert codes(found) == [("over_award", "account-appel")]


def test_granted_less_than_asked_is_no_gap_of_the_holders_but_unused_money_is():
    granted_less = statement(
        {"60": "600", "64": "700", "70": "500"}, awards=(800,), explained={"64": "Moins accordé."}
    )
    assert (codes(granted_less), granted_less.unspent) == ([], 0)
    unused = statement(
        {"60": "600", "64": "700", "70": "500", USED: "800"}, explained={"64": "Moins d’ateliers."}
    )
    assert codes(unused) == [("gap_unexplained", "why-appel")]


# What is unspent -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spent, unspent",
    [("1500", "0"), ("1600", "0"), ("1200", "200"), ("1125", "250"), ("0", "1000"), ("1000.01", "333.33")],
)
def test_what_cost_less_leaves_its_share_unspent(spent, unspent):
    """1 000 € granted for 1 500 €: two thirds of what was not spent."""
    found = statement(planned={}, spent=Decimal(spent))
    assert found.unspent == Decimal(unspent)


def test_the_cost_that_counts_is_the_one_of_what_was_granted():
    """800 € of 1 000 € asked: the action was to cost 1 300 €, and it did."""
    assert statement(planned={}, awards=(800,), spent=Decimal(1_300)).unspent == 0


def test_what_its_holder_says_it_did_not_use_is_unspent_where_that_is_more():
    found = statement({"60": "600", "64": "700", "70": "600", USED: "700"})
    assert (found.charges, found.unspent) == (1_300, 300)


def test_a_total_alone_explains_its_whole_gap():
    found = statement(planned={}, spent=Decimal(1_000))
    assert codes(found) == [("gap_unexplained", f"why-{TOTAL}")]
    assert codes(statement(planned={})) == [("no_spent", "spent")]
    assert (
        codes(statement(planned={}, spent=Decimal(1_000), explained={TOTAL: "Deux ateliers de moins."})) == []
    )


def test_an_award_that_was_given_up_gives_nothing_back():
    kept, gone = lines(600, 0)
    rules = CycleVersion(report_gap=10)
    report = Report(dossier=Dossier(rules=rules, total_cost=Decimal(1_500)), spent=Decimal(550))
    found = Statement.of(report, [kept, gone])
    assert (found.awarded, found.expected, found.shares([kept, gone])) == (600, 1_100, {1: Decimal(300)})


@given(
    some.decimals(min_value=0, max_value=50_000, places=2),
    some.lists(some.decimals(min_value="0.01", max_value=50_000, places=2), min_size=1, max_size=6),
)
def test_a_split_adds_up_to_the_cent_and_takes_from_nobody_more_than_its_part(amount, weights):
    parts = split(amount, dict(enumerate(weights)))
    assert sum(parts.values()) == amount
    whole = sum(weights)
    off = [abs(part - amount * weights[key] / whole) for key, part in parts.items()]
    assert max(off) <= Decimal("0.01")
    assert min(parts.values()) >= 0


def test_an_action_made_smaller_is_compared_with_its_adapted_budget():
    """Granted 800 € of 1 000 €, its holder planned 1 300 € of charges anew: nothing of that is a gap."""
    adapted = RevisedBudget(
        accounts={"60": "600", "64": "700", "70": "500"},
        granted=[{"line": 1, "who": "État", "amount": "800"}],
    )
    rules = CycleVersion(report_gap=10)
    dossier = Dossier(rules=rules, budget=PLANNED, total_cost=Decimal(1_500))
    report = Report(dossier=dossier, realised={"60": "600", "64": "700", "70": "500"})
    found = Statement.of(report, lines(800), adapted)
    assert (found.wide, found.expected, found.unspent, codes(found)) == ([], 1_300, 0, [])
    assert [row.code for row in Statement.of(report, lines(800)).wide] == ["64"]
