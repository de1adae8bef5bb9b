"""What follows a move in its own transaction: rounds, money, sheets, requests; and what each move costs in SQL."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Sum

from cases import models as cases
from tests import year as play
from tests.cases.reached import DOSSIERS, LINES, fired, inadmissible, line_of
from workflow import engine
from workflow.models import CycleVersion
from workflow.refusal import Refused
from workflow.roles import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def booked(year):
    """Decided per envelope, once the ledger and the lines were seen to say the same."""
    totals = []
    for envelope in cases.Envelope.objects.order_by("pk"):
        total = envelope.ledger.aggregate(sum=Sum("amount", default=0))["sum"]
        assert total == envelope.decided == envelope.lines.aggregate(sum=Sum("booked", default=0))["sum"]
        totals.append(total)
    return totals


def granted(year, amount=700):
    line = line_of(play.in_committee(year))
    return fired(line, "grant", year.coordinator, play.SITTING, amount=Decimal(amount))


def refused(subject, move, by, at, **facts):
    with pytest.raises(Refused) as caught:
        engine.fire(subject, move, by=by, at=at, facts=facts)
    return caught.value.codes


# Money ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "move, role, facts", [("withdraw", "holder", {}), ("drop", "coordinator", {"reason": "x"})]
)
def test_a_dossier_that_leaves_gives_its_money_back_at_once(year, move, role, facts):
    line = granted(year)
    assert booked(year) == [700, 0]
    fired(line.dossier, move, getattr(year, role), play.SITTING, **facts)
    assert booked(year) == [0, 0]
    assert set(line.dossier.lines.values_list("state", flat=True)) == {"requested"}


def test_a_dossier_that_is_not_admissible_gives_back_what_was_carried_over(year):
    line = line_of(play.submitted(year))
    fired(line, "carry_over", year.coordinator, play.READING, amount=Decimal(400), agreement="CPO 2026-2028")
    assert booked(year) == [400, 0]
    inadmissible(year, play.fresh(line.dossier))
    assert booked(year) == [0, 0]


@pytest.mark.parametrize("state", ["inadmissible", "withdrawn", "dropped"])
def test_nothing_is_carried_over_on_a_dossier_that_is_over(year, state):
    line = line_of(DOSSIERS[state](year))
    facts = {"amount": Decimal(400), "agreement": "CPO"}
    assert refused(line, "carry_over", year.coordinator, play.READING, **facts) == ["already_decided"]


def test_two_lines_of_one_call_count_on_one_another(year):
    envelope = year.envelopes["etat"]
    engine.amend(envelope, {"ceiling": Decimal(1_000)}, by=year.coordinator, at=play.WRITING)
    lines = [line_of(play.in_committee(year)) for _ in range(2)]
    facts = {"amount": Decimal("600.00")}
    outcomes = engine.fire_many(lines, "grant", by=year.coordinator, at=play.SITTING, facts=facts)
    assert [[one.code for one in outcome.refusals] for outcome in outcomes] == [[], ["over_envelope"]]
    assert booked(year) == [600, 0]


@pytest.mark.parametrize("amount", ["0.001", "0.005", "1000.01", "0", "-1"])
def test_an_amount_is_a_whole_number_of_cents_between_nothing_and_the_request(year, amount):
    line = line_of(play.in_committee(year))
    assert refused(line, "grant", year.coordinator, play.SITTING, amount=Decimal(amount)) == ["amount_off"]


def test_a_cut_is_recorded_and_shows_what_is_to_arbitrate(year):
    line = granted(year)
    envelope = play.fresh(line.envelope)
    with pytest.raises(Refused) as caught:
        engine.amend(envelope, {"ceiling": Decimal(500)}, by=year.coordinator, at=play.SITTING)
    assert caught.value.codes == ["below_decided"]
    engine.amend(envelope, {"cut_to": Decimal(500), "status": "cut"}, by=year.coordinator, at=play.SITTING)
    assert play.fresh(envelope).to_arbitrate == 200
    facts = {"committee": year.cycle.committees.get().pk}
    assert refused(line.dossier, "decide", year.coordinator, play.SITTING, **facts) == [
        "line_undecided", "to_arbitrate",
    ]  # fmt: skip


def test_a_cut_above_the_ceiling_never_lets_more_be_decided(year):
    envelope = year.envelopes["etat"]
    changes = {"ceiling": Decimal(500), "cut_to": Decimal(900)}
    engine.amend(envelope, changes, by=year.coordinator, at=play.WRITING)
    line = line_of(play.in_committee(year))
    assert refused(line, "grant", year.coordinator, play.SITTING, amount=Decimal(501)) == ["over_envelope"]


def test_what_is_renounced_is_given_back(year):
    LINES["renounced"](year)
    assert booked(year) == [0, 0]


# The round -----------------------------------------------------------------------------------------------------------


def test_a_quorum_closes_the_round_and_silence_is_never_unfavourable():
    year = play.a_year(financiers=3, quorum=2)
    dossier = play.in_review(year)
    play.opine(year, dossier, "etat")
    assert play.fresh(dossier).state == "review"
    play.opine(year, dossier, "agglo")
    assert play.fresh(dossier).state == "committee"
    assert list(dossier.lines.order_by("pk").values_list("state", "verdict")) == [
        ("answered", "favourable"), ("answered", "favourable"), ("silent", ""),
    ]  # fmt: skip


def test_the_clock_closes_a_round_only_after_its_last_day(year):
    dossier = play.in_review(year, deadline=date(2027, 1, 15))
    assert refused(dossier, "close_review", SYSTEM, play.day("2027-01-15", 23)) == ["round_open"]
    assert fired(dossier, "close_review", SYSTEM, play.day("2027-01-16", 0)).state == "committee"


def test_a_late_opinion_is_refused_but_the_team_may_record_it_with_its_source(year):
    line = LINES["silent"](year)
    typed = {"verdict": "favourable", "amount": Decimal(5), "motive": ""}
    assert refused(line, "opine", year.financiers["etat"], play.SITTING, **typed) == ["no_arrow"]
    facts = {**typed, "source": "Appel du 12 février", "author": "Déléguée"}
    after = fired(line, "record_opinion", year.instructor, play.SITTING, **facts)
    assert (after.state, after.opinion_source, after.dossier.state) == (
        "answered", "Appel du 12 février", "committee",
    )  # fmt: skip


def test_a_financier_invited_in_flight_is_waited_for(year):
    dossier = play.in_instruction(year)
    first, second = dossier.lines.order_by("pk")
    fired(first, "invite", year.instructor, play.REVIEWING)
    fired(dossier, "open_review", year.instructor, play.REVIEWING, deadline=date(2027, 1, 15))
    fired(second, "invite", year.instructor, play.REVIEWING)
    play.opine(year, dossier, "etat")
    assert play.fresh(dossier).state == "review"
    play.opine(year, dossier, "agglo")
    assert play.fresh(dossier).state == "committee"


def test_a_reopened_round_asks_only_those_who_were_silent(year):
    dossier = play.in_review(year)
    play.opine(year, dossier, "etat")
    fired(dossier, "close_review", year.coordinator, play.REVIEWING)
    facts = {"reason": "La CAF revient", "deadline": date(2027, 3, 1)}
    fired(dossier, "reopen_review", year.coordinator, play.SITTING, **facts)
    assert list(dossier.lines.order_by("pk").values_list("state", flat=True)) == ["answered", "invited"]
    play.opine(year, dossier, "agglo", at=play.SITTING)
    assert play.fresh(dossier).state == "committee"
    assert dossier.rounds.count() == 2


def test_a_reopened_round_awaits_everybody_asked_not_the_quorum_that_was_met():
    year = play.a_year(financiers=3, quorum=1)
    dossier = play.in_review(year)
    play.opine(year, dossier, "etat")
    facts = {"reason": "Deux financeurs reviennent", "deadline": date(2027, 3, 1)}
    fired(dossier, "reopen_review", year.coordinator, play.SITTING, **facts)
    assert list(dossier.rounds.order_by("number").values_list("quorum", flat=True)) == [1, None]
    play.opine(year, dossier, "agglo", at=play.SITTING)
    assert refused(dossier, "close_review", SYSTEM, play.SITTING) == ["round_open"]
    play.opine(year, dossier, "ville", at=play.SITTING)
    assert play.fresh(dossier).state == "committee"


# The ways back -------------------------------------------------------------------------------------------------------


def test_a_reopened_award_must_be_confirmed_then_everything_is_taken_back(year):
    dossier = play.answered(year)
    assert refused(dossier, "reopen", year.coordinator, play.ANSWERING, reason="Recours") == [
        "withdraws_award"
    ]
    facts = {"reason": "Recours", "withdraws_award": True}
    after = fired(dossier, "reopen", year.coordinator, play.ANSWERING, **facts)
    assert (after.state, after.feedback.state, booked(year)) == ("instruction", "draft", [0, 0])


@pytest.mark.parametrize("move", ["take_back", "restore"])
def test_what_was_filed_before_a_dossier_came_back_counts_no_longer(year, move):
    dossier = play.submitted(year)
    if move == "restore":
        fired(dossier, "withdraw", year.holder, play.WRITING)
    fired(dossier, move, year.holder, play.WRITING)
    fired(dossier, "submit", year.holder, play.day("2026-10-21"))
    assert list(dossier.filings.order_by("number").values_list("number", "taken_back_at")) == [
        (1, play.WRITING), (2, None),
    ]  # fmt: skip


def test_a_holder_who_leaves_while_completing_leaves_nobody_waiting(year):
    dossier = play.in_instruction(year)
    engine.fire_many(dossier.lines.order_by("pk"), "invite", by=year.instructor, at=play.READING)
    facts = {"items": ["RIB"], "due_on": date(2026, 12, 20)}
    fired(dossier, "ask_completion", year.instructor, play.READING, **facts)
    assert fired(dossier, "withdraw", year.holder, play.READING).state == "withdrawn"
    assert dossier.completions.get().closed_at == play.READING
    with pytest.raises(Refused) as caught:
        engine.amend(dossier.completions.get(), {"replies": {"0": "x"}}, by=year.holder, at=play.READING)
    assert caught.value.codes == ["not_editable"]


def test_a_settled_line_does_not_keep_its_reopened_dossier_from_being_decided_again(year):
    dossier = play.answered(year)
    first, second = dossier.lines.order_by("pk")
    fired(first, "settle", year.instructor, play.ANSWERING)
    facts = {"reason": "Recours", "withdraws_award": True}
    fired(dossier, "reopen", year.coordinator, play.ANSWERING, **facts)
    fired(second, "invite", year.instructor, play.ANSWERING)
    fired(dossier, "open_review", year.instructor, play.ANSWERING, deadline=date(2027, 6, 1))
    fired(dossier, "close_review", year.coordinator, play.ANSWERING)
    fired(second, "refuse", year.coordinator, play.ANSWERING)
    committee = year.cycle.committees.get().pk
    assert fired(dossier, "decide", year.coordinator, play.ANSWERING, committee=committee).state == "decided"


# What it costs -------------------------------------------------------------------------------------------------------


def cost(django_assert_num_queries, number, subjects, move, by, at, **facts):
    with django_assert_num_queries(number):
        outcomes = engine.fire_many(subjects, move, by=by, at=at, facts=facts)
    assert all(one.entry for one in outcomes)


@pytest.mark.postgres
@pytest.mark.parametrize("count", [1, 100])
def test_a_move_of_one_costs_what_a_move_of_a_hundred_costs(count, django_assert_num_queries):
    year = play.a_year(ceiling=10_000_000)
    drafts = [play.a_draft(year) for _ in range(count)]
    CycleVersion.objects.get(pk=year.rules.pk)
    engine.fire(play.submitted(year), "withdraw", by=year.holder, at=play.WRITING)
    submit = COSTS["submit"] + (TOLD_TO_MANY if count == 100 else 0)
    cost(django_assert_num_queries, submit, drafts, "submit", year.holder, play.WRITING)
    for draft in drafts:
        play.read(year, draft)
    engine.refusals(play.fresh(drafts[0]), "admit", by=year.instructor, at=play.READING)
    ContentType.objects.get_for_model(cases.ReviewRound)  # because Django reads it once a process
    cost(django_assert_num_queries, COSTS["admit"], drafts, "admit", year.instructor, play.READING)
    lines = cases.FundingLine.objects.filter(dossier__in=drafts, seat__name__startswith="Etat").order_by("pk")
    cost(django_assert_num_queries, COSTS["invite"], list(lines), "invite", year.instructor, play.READING)
    due = {"deadline": date(2027, 1, 15)}
    cost(
        django_assert_num_queries,
        COSTS["open_review"],
        drafts,
        "open_review",
        year.instructor,
        play.READING,
        **due,
    )
    cost(
        django_assert_num_queries,
        COSTS["close_review"],
        drafts,
        "close_review",
        year.coordinator,
        play.READING,
    )
    amount = {"amount": Decimal(5)}
    cost(
        django_assert_num_queries,
        COSTS["grant"],
        list(lines),
        "grant",
        year.coordinator,
        play.SITTING,
        **amount,
    )


COSTS = {"submit": 14, "admit": 6, "invite": 7, "open_review": 16, "close_review": 21, "grant": 8}
TOLD_TO_MANY = 8
"""What it costs to hold more than a hundred messages of one gesture, and to tell the coordination."""
