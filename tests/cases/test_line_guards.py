"""Each guard of a financier's line alone, as the pure function it is."""

from datetime import date
from decimal import Decimal

import pytest

from cases import line_guards as that
from cases.models import Committee, Dossier, Envelope, FundingLine, Passage
from cases.states import DossierState as S
from tests import year as play
from workflow.charts import chart_of
from workflow.models import Organisation, User
from workflow.roles import SYSTEM, Role

PERSON = User(pk=1)
SPECIFIC = Envelope(label="BOP 147", ceiling=Decimal(1_000), decided=Decimal(800))
UNKNOWN = Envelope(label="À venir", decided=Decimal(800))
COMMON = Envelope(label="Sports", nature="mainstream")
OPINION = {"verdict": "favourable", "amount": Decimal(1_000), "motive": ""}


def a_line(state="requested", envelope=SPECIFIC, dossier="draft", **fields):
    amounts = {name: Decimal(fields.pop(name)) for name in ("decided", "booked") if name in fields}
    seat, holder = Organisation(name="Ville"), {"organisation_id": 1, "cycle_id": 1}
    return FundingLine(
        state=state, envelope=envelope, dossier=Dossier(state=dossier, **holder), seat=seat,
        requested=Decimal(1_000), **amounts, **{**holder, **fields},
    )  # fmt: skip


LINE = a_line()
CUT = a_line(
    "granted",
    Envelope(label="BOP 147", ceiling=Decimal(1_000), cut_to=Decimal(700), decided=Decimal(800), version=3),
    decided=500,
    purse=Decimal(1_000),
)
DETAILED = a_line("notified", decided=500)
DETAILED.dossier.budget = {"60": "2000.00", "75": "1000.00"}
EVEN = {"60": Decimal(300), "64": Decimal(400), "75": Decimal(200), "86": Decimal(50), "87": Decimal(50)}
"""Charges of 700 € for 200 € of its own and 500 € granted."""


class SHOWN:
    """What stands on the page now."""

    @staticmethod
    def digest(line):
        return "a-b-c"


def passes(guard, line=LINE, **seen):
    return guard, line, seen, []


def refuses(guard, codes, line=LINE, **seen):
    return guard, line, seen, codes


def in_state(guard, code, *allowed, line=LINE, **seen):
    """One case per state of the dossier: only the allowed ones pass."""
    return [
        (guard, line, {"dossier": Dossier(state=state), **seen}, [] if state in allowed else [code])
        for state in S
    ]


def dated(guard):
    """The letter's day, around a decision of 10 February that was written down on the 12th, and a today of 20 April."""
    passage = Passage(committee=Committee(on=date(2027, 2, 10)), at=play.day("2027-02-12"))
    early = Passage(committee=Committee(on=date(2027, 2, 10)), at=play.day("2027-01-20"))
    seen = {"passage": lambda: passage, "at": play.day("2027-04-20", 23)}
    return [
        passes(guard, facts=None, **seen),
        passes(guard, facts={"notified_on": None}, **seen),
        passes(guard, facts={"notified_on": date(2027, 2, 9)}, **(seen | {"passage": lambda: None})),
        passes(guard, facts={"notified_on": date(2027, 2, 10)}, **seen),
        passes(guard, facts={"notified_on": date(2027, 4, 20)}, **seen),
        passes(guard, facts={"notified_on": date(2027, 1, 20)}, **(seen | {"passage": lambda: early})),
        refuses(guard, ["letter_before_decision"], facts={"notified_on": date(2027, 2, 9)}, **seen),
        refuses(guard, ["letter_ahead"], facts={"notified_on": date(2027, 4, 21)}, **seen),
    ]


CASES = [
    passes(that.seat_pays_money),
    refuses(that.seat_pays_money, ["mainstream"], a_line(envelope=COMMON)),
    passes(that.seat_is_mainstream, a_line(envelope=COMMON)),
    refuses(that.seat_is_mainstream, ["not_mainstream"]),
    *in_state(that.dossier_is_being_read, "not_reading", S.INSTRUCTION, S.REVIEW),
    *in_state(that.round_is_open, "round_closed", S.REVIEW),
    passes(that.somebody_else_is_asked, line=a_line(pk=1), facts=None, asked=None),
    passes(that.somebody_else_is_asked, line=a_line(pk=1), facts={}, asked=lambda: {1, 2}),
    refuses(that.somebody_else_is_asked, ["nobody_left"], line=a_line(pk=1), facts={}, asked=lambda: {1}),
    refuses(that.somebody_else_is_asked, ["nobody_left"], line=a_line(pk=1), facts={}, asked=set),
    *in_state(that.committee_is_sitting, "not_in_committee", S.COMMITTEE),
    *in_state(that.a_decision_is_awaited, "not_in_committee", S.COMMITTEE),
    *in_state(that.a_decision_is_awaited, "not_in_committee", S.COMMITTEE, line=a_line("refused")),
    *in_state(
        that.a_decision_is_awaited,
        "not_in_committee",
        *(S.COMMITTEE, S.DECIDED, S.ANSWERED),
        line=a_line("undisclosed"),
    ),
    *in_state(
        that.dossier_is_undecided,
        "already_decided",
        *(S.DRAFT, S.SUPPORT, S.SUBMITTED, S.INCOMPLETE, S.INSTRUCTION, S.REVIEW, S.COMMITTEE, S.DEFERRED),
    ),
    *in_state(that.dossier_is_decided, "not_decided", S.DECIDED, S.ANSWERED),
    *in_state(that.dossier_may_release, "not_in_committee", S.COMMITTEE, by=PERSON),
    *in_state(that.dossier_may_release, "never", *S, by=SYSTEM),
    passes(that.page_is_as_shown, facts=None, shown=SHOWN),
    passes(that.page_is_as_shown, facts=OPINION, shown=SHOWN),
    passes(that.page_is_as_shown, facts=OPINION | {"seen": "a-b-c"}, shown=SHOWN),
    refuses(that.page_is_as_shown, ["stale"], facts=OPINION | {"seen": "a-b-d"}, shown=SHOWN),
    passes(that.opinion_is_whole, facts=None),
    passes(that.opinion_is_whole, facts=OPINION),
    passes(that.opinion_is_whole, facts={"verdict": "abstention", "amount": None}),
    passes(that.opinion_is_whole, facts={"verdict": "unfavourable", "amount": Decimal(0), "motive": "Loin."}),
    passes(that.opinion_is_whole, facts=OPINION | {"verdict": "reserved", "conditions": "Deux lieux."}),
    refuses(that.opinion_is_whole, ["no_condition"], facts={"verdict": "reserved", "conditions": " "}),
    refuses(that.opinion_is_whole, ["no_verdict"], facts={"verdict": "oui"}),
    refuses(that.opinion_is_whole, ["amount_off"], facts=OPINION | {"amount": Decimal("1000.01")}),
    refuses(that.opinion_is_whole, ["amount_off"], facts=OPINION | {"amount": Decimal("0.001")}),
    refuses(that.opinion_is_whole, ["no_motive"], facts={"verdict": "unfavourable", "motive": " "}),
    passes(that.source_is_said, facts={"source": "Appel du 12 février"}),
    refuses(that.source_is_said, ["no_source"], facts={"source": " "}),
    passes(that.it_was_received_already, facts=None, at=play.REVIEWING),
    passes(that.it_was_received_already, facts={"source": "Appel"}, at=play.REVIEWING),
    passes(that.it_was_received_already, facts={"received_on": date(2026, 12, 10)}, at=play.REVIEWING),
    refuses(
        that.it_was_received_already,
        ["date_ahead"],
        facts={"received_on": date(2026, 12, 11)},
        at=play.REVIEWING,
    ),
    passes(that.grant_is_within_request, facts={"amount": Decimal(1_000)}),
    refuses(that.grant_is_within_request, ["amount_off"], facts={"amount": Decimal("1000.01")}),
    refuses(that.grant_is_within_request, ["amount_off"], facts={"amount": Decimal("0.005")}),
    refuses(that.grant_is_within_request, ["amount_off"], facts={}),
    passes(that.envelope_is_enough, facts={"amount": Decimal(200)}, envelope=SPECIFIC),
    passes(that.envelope_is_enough, a_line(booked=300), facts={"amount": Decimal(500)}, envelope=SPECIFIC),
    passes(that.envelope_is_enough, facts={"amount": Decimal(9_000)}, envelope=UNKNOWN),
    refuses(that.envelope_is_enough, ["over_envelope"], facts={"amount": Decimal("200.01")}, envelope=SPECIFIC),
    passes(that.agreement_is_named, facts={"agreement": "CPO 2026-2028"}),
    refuses(that.agreement_is_named, ["no_agreement"], facts={"agreement": " "}),
    *dated(that.letter_is_dated_since_the_decision),
    passes(that.something_was_granted, a_line(decided=1)),
    refuses(that.something_was_granted, ["nothing_granted"], a_line(decided=0)),
    refuses(that.something_was_granted, ["nothing_granted"]),
    passes(that.what_comes_back_was_granted, a_line(decided=500), facts={"given_back": Decimal(500)}),
    passes(that.what_comes_back_was_granted, a_line(decided=500), facts={}),
    refuses(
        that.what_comes_back_was_granted, ["amount_off"], a_line(decided=500), facts={"given_back": Decimal("500.01")}
    ),
    passes(that.a_call_is_awaited, a_line("refused"), phones=True),
    refuses(that.a_call_is_awaited, ["no_call"], a_line("refused"), phones=False),
    refuses(that.a_call_is_awaited, ["no_call"], a_line("refused", call_first=False), phones=True),
    passes(that.holder_was_called_first, a_line("refused"), phones=False),
    passes(that.holder_was_called_first, a_line("granted", decided=500), phones=True),
    passes(that.holder_was_called_first, a_line("refused", called_at=play.ANSWERING), phones=True),
    passes(that.holder_was_called_first, a_line("refused", calls_missed=3), phones=True),
    refuses(that.holder_was_called_first, ["call_first"], a_line("refused", calls_missed=2), phones=True),
    refuses(that.holder_was_called_first, ["call_first"], a_line("refused", call_first=True), phones=False),
    passes(that.envelope_is_as_voted_or_known, CUT, facts=None),
    passes(that.envelope_is_as_voted_or_known, a_line("granted", decided=500, purse=Decimal(1_000)), facts={}),
    passes(that.envelope_is_as_voted_or_known, CUT, facts={"knows": CUT.purse_version}),
    refuses(that.envelope_is_as_voted_or_known, ["envelope_cut"], CUT, facts={}),
    refuses(
        that.envelope_is_as_voted_or_known, ["envelope_cut"], CUT, facts={"knows": CUT.purse_version - 1}
    ),
    passes(that.revised_budget_is_even, facts=None, awards=None),
    passes(that.revised_budget_is_even, facts={}, awards=None),
    passes(that.revised_budget_is_even, facts={"budget": EVEN}, awards=lambda: Decimal(500)),
    refuses(that.revised_budget_is_even, ["budget_uneven"], DETAILED, facts={}, awards=lambda: Decimal(500)),
    refuses(
        that.revised_budget_is_even, ["budget_uneven"], facts={"budget": EVEN}, awards=lambda: Decimal("499.99")
    ),
    refuses(
        that.revised_budget_is_even, ["budget_uneven"], facts={"budget": EVEN}, awards=lambda: Decimal("500.01")
    ),
    refuses(
        that.revised_budget_is_even, ["amount_off"], facts={"budget": {"60": Decimal("0.005")}}, awards=None
    ),
    refuses(that.revised_budget_is_even, ["amount_off"], facts={"budget": {"99": Decimal(1)}}, awards=None),
    passes(that.less_was_granted, a_line(decided="999.99")),
    refuses(that.less_was_granted, ["granted_in_full"], a_line(decided=1_000)),
]  # fmt: skip

TEAM_STATES = {
    S.DRAFT, S.SUPPORT, S.SUBMITTED, S.INCOMPLETE, S.INSTRUCTION, S.REVIEW, S.COMMITTEE, S.DEFERRED,
}  # fmt: skip
WRITING_STATES = {S.DRAFT, S.SUPPORT, S.INCOMPLETE}


def codes(refusals):
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize("guard, line, seen, expected", CASES)
def test_a_guard_says_exactly(guard, line, seen, expected):
    assert codes(guard(line, **seen)) == expected


def test_every_guard_of_the_chart_is_seen_to_pass_and_to_refuse():
    drawn = {guard for move in chart_of(FundingLine).values() for guard in move.rule.guards}
    assert {guard for guard, _, _, expected in CASES if expected} == drawn
    assert {guard for guard, _, _, expected in CASES if not expected} == drawn


@pytest.mark.parametrize("state", S)
def test_the_amount_asked_changes_only_while_the_holder_may_write(state):
    expected = [] if state in WRITING_STATES else ["not_editable"]
    assert codes(that.dossier_is_being_written(a_line(dossier=state), Decimal(5))) == expected


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize(
    "by, role, states",
    [
        (PERSON, Role.HOLDER, WRITING_STATES),
        (PERSON, Role.INSTRUCTOR, TEAM_STATES),
        (PERSON, Role.COORDINATOR, TEAM_STATES),
        (SYSTEM, None, TEAM_STATES),
    ],
)
def test_a_financier_is_added_by_the_holder_while_writing_and_by_the_team_until_the_decision(
    by, role, states, state
):
    found = that.dossier_takes_lines(a_line(dossier=state), by, holds=lambda asked: asked == role)
    assert codes(found) == ([] if state in states else ["no_more_lines"])


@pytest.mark.parametrize(
    "fields, expected", [({}, []), ({"organisation_id": 2}, ["no_right"]), ({"cycle_id": 2}, ["no_right"])]
)
def test_a_line_belongs_to_its_dossiers_holder_and_cycle(fields, expected):
    assert codes(that.line_is_of_its_dossier(a_line(**fields), at=None)) == expected
