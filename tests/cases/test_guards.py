"""Each guard of a dossier alone, as the pure function it is: what it lets pass, and exactly what it says otherwise."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases import closing_guards as closing
from cases import decision_guards as decision
from cases import guards as that
from cases import request_guards as request
from cases.looks import Aims, Signatures
from cases.models import (
    CompletionRequest,
    Criterion,
    Dossier,
    Envelope,
    Feedback,
    Financier,
    FundingLine,
    Instruction,
    Orientation,
    Question,
    Reason,
    Report,
    ReviewRound,
    Support,
)
from cases.support_life import agreed_days_are_ahead, meeting_is_over
from tests.year import day
from workflow.charts import chart_of
from workflow.models import CycleVersion, Milestone, Organisation, Step
from workflow.roles import SYSTEM

AT, TODAY, TOMORROW = day("2027-01-15"), date(2027, 1, 15), date(2027, 1, 16)
SHEET = {"answers": {"resume": "Réparer ensemble."}, "total_cost": Decimal(2_000), "commitment_at": AT}
TOWN = Financier(name="Ville")
SPECIFIC = Envelope(label="BOP 147", ceiling=Decimal(1_000), decided=Decimal(800), financier=TOWN)
CUT = Envelope(label="BOP 147", ceiling=Decimal(1_000), decided=Decimal(800), cut_to=Decimal(500))
COMMON = Envelope(label="Sports", nature="mainstream")
HERE, DAUPHIN = CycleVersion(filing="here"), CycleVersion(filing="dauphin")
WALK = Step(pk=1, code="rendez-vous", label="Rendez-vous", requirement="required")
YESTERDAY, THAT_DAY = (Milestone(starts_on=one, ends_on=one) for one in (date(2027, 1, 14), TODAY))
TALKS = [
    Step(code="hier", closes=YESTERDAY, requirement="offered"),
    Step(code="aujourdhui", closes=THAT_DAY, requirement="offered"),
    Step(code="exigee", closes=YESTERDAY, requirement="required"),
]
DATED = {step.code: step for step in (WALK, *TALKS)}
EVEN = {"60": "1500.00", "70": "500.00", "86": "300.00", "87": "300.00"}
QUESTIONS = [
    Question(code="resume", label="Résumé"),
    Question(code="budget", label="Budget", kind="document"),
]
CHECK, MARK = Criterion(code="qpv", kind="admissibility"), Criterion(code="presence", kind="grid")
OFF = {"hors": Reason(code="hors", kind="inadmissible"), "tard": Reason(code="tard", kind="priority")}


def a_dossier(state="draft", **fields):
    return Dossier(state=state, **{**SHEET, **fields})


def a_line(state="requested", requested=1_000, envelope=SPECIFIC, decided=None, **fields):
    amounts = {"requested": Decimal(requested), "decided": None if decided is None else Decimal(decided)}
    return FundingLine(state=state, envelope=envelope, seat=Organisation(name="Ville"), **amounts, **fields)


def a_round(quorum=None, deadline=TODAY):
    return ReviewRound(quorum=quorum, deadline=deadline)


DRAFT, DECIDED, OVER = a_dossier(), a_dossier("decided"), a_dossier("inadmissible")
REFUSED = a_line("notified", outcome="refused", decided=0)
KEPT = a_line("accepted", outcome="granted", decided=500, notified_on=TODAY)
RENOUNCED = a_line("renounced", outcome="granted", decided=0)
SETTLED = a_line("settled", outcome="granted", decided=500, given_back=120)
GIVEN_BACK = a_line("settled", outcome="granted", decided=500, given_back=500)
SHEETS = CycleVersion(feedback_on_refusal=True, feedback_on_cut=None)
LENIENT = CycleVersion(feedback_on_refusal=False, feedback_on_cut=50, line_on_cut=False)
LINES = CycleVersion(feedback_on_refusal=False, feedback_on_cut=50)
UNTOLD = {"feedback": None, "reasons": {}}
TOLD = Feedback(state="delivered", silent=[None], advice="Revenez.")
CUTS = CycleVersion(feedback_on_refusal=False, feedback_on_cut=40)

FULL, CHOSEN, BARE = Aims(1, 1, 0), Aims(1, 1, 1), Aims(0, 0, 0)
AIMED = a_dossier(orientation=Orientation(pk=1, label="Emploi"))

ONE_LEFT = [a_line("invited"), a_line("answered")]


def passes(guard, dossier=DRAFT, **seen):
    return guard, dossier, seen, []


def refuses(guard, codes, dossier=DRAFT, **seen):
    return guard, dossier, seen, codes


CASES = [
    passes(that.step_is_offered, facts=None, steps=[WALK], at=AT, dated_step=None),
    passes(that.step_is_offered, facts={"step": "rendez-vous"}, steps=[WALK], at=AT, dated_step=DATED.get),
    passes(that.step_is_offered, facts={"step": "aujourdhui"}, steps=TALKS, at=AT, dated_step=DATED.get),
    passes(that.step_is_offered, facts={"step": "exigee"}, steps=TALKS, at=AT, dated_step=DATED.get),
    refuses(
        that.step_is_offered, ["step_over"], facts={"step": "hier"}, steps=TALKS, at=AT, dated_step=DATED.get
    ),
    refuses(
        that.step_is_offered,
        ["unknown_step"],
        facts={"step": "promenade"},
        steps=[WALK],
        at=AT,
        dated_step=None,
    ),
    refuses(that.step_is_offered, ["no_step"], facts={"step": "promenade"}, steps=[], at=AT, dated_step=None),
    passes(that.meeting_is_recorded, facts=None, by=None),
    passes(that.meeting_is_recorded, facts={"held": False}, by=None),
    passes(that.meeting_is_recorded, facts={"held": True}, by=SYSTEM),
    refuses(that.meeting_is_recorded, ["no_record"], facts={"held": True, "record": " "}, by=None),
    passes(meeting_is_over, facts=None, at=AT),
    passes(meeting_is_over, facts={"held_on": TODAY}, at=AT),
    refuses(meeting_is_over, ["date_ahead"], facts={"held_on": TODAY + timedelta(1)}, at=AT),
    passes(agreed_days_are_ahead, facts=None, at=AT),
    passes(agreed_days_are_ahead, facts={"actions": [{"due_on": TODAY}]}, at=AT),
    refuses(
        agreed_days_are_ahead, ["date_past"], facts={"actions": [{"due_on": TODAY - timedelta(1)}]}, at=AT
    ),
    passes(request.a_priority_is_chosen, dossier=AIMED, rules=HERE, aims=FULL),
    passes(request.a_priority_is_chosen, rules=HERE, aims=BARE),
    passes(request.a_priority_is_chosen, rules=DAUPHIN, aims=FULL),
    refuses(request.a_priority_is_chosen, ["no_orientation"], rules=HERE, aims=FULL),
    passes(request.a_neighbourhood_is_chosen, rules=HERE, aims=CHOSEN),
    passes(request.a_neighbourhood_is_chosen, rules=HERE, aims=BARE),
    passes(request.a_neighbourhood_is_chosen, rules=DAUPHIN, aims=FULL),
    refuses(request.a_neighbourhood_is_chosen, ["no_neighbourhood"], rules=HERE, aims=FULL),
    passes(that.answers_are_complete, rules=HERE, questions=QUESTIONS),
    refuses(
        that.answers_are_complete,
        ["unanswered"],
        dossier=a_dossier(answers={"resume": " "}),
        rules=HERE,
        questions=QUESTIONS,
    ),
    refuses(
        that.answers_are_complete,
        ["no_reference"],
        dossier=a_dossier(answers={}),
        rules=DAUPHIN,
        questions=QUESTIONS,
    ),
    passes(that.documents_are_joined, rules=HERE, questions=QUESTIONS, documents={"budget"}),
    refuses(that.documents_are_joined, ["no_document"], rules=HERE, questions=QUESTIONS, documents=set()),
    passes(that.documents_are_joined, rules=DAUPHIN, questions=QUESTIONS, documents=set()),
    passes(that.money_is_asked, lines=[a_line(requested=0), a_line()]),
    passes(that.money_is_asked, lines=[a_line(requested=0, in_kind=True)]),
    refuses(that.money_is_asked, ["no_request"], lines=[a_line(requested=0)]),
    passes(that.cost_covers_requests, lines=[a_line(), a_line(), a_line(in_kind=True)]),
    refuses(that.cost_covers_requests, ["over_cost"], lines=[a_line(), a_line(requested="1000.01")]),
    passes(that.budget_is_balanced, lines=[a_line()]),
    passes(that.budget_is_balanced, dossier=a_dossier(budget=EVEN), lines=[a_line(), a_line(in_kind=True)]),
    refuses(
        that.budget_is_balanced, ["unbalanced"], dossier=a_dossier(budget=EVEN), lines=[a_line(requested=900)]
    ),
    refuses(
        that.budget_is_balanced, ["unbalanced"], dossier=a_dossier(budget=EVEN), lines=[a_line(), a_line()]
    ),
    refuses(
        that.budget_is_balanced, ["unbalanced_kind"], dossier=a_dossier(budget={"86": "5"}), lines=[a_line()]
    ),
    refuses(
        that.budget_is_balanced, ["unbalanced_kind"], dossier=a_dossier(budget={"87": "5"}), lines=[a_line()]
    ),
    passes(that.required_steps_are_done, steps=[WALK], supports=[Support(step=WALK, state="held")]),
    passes(that.required_steps_are_done, steps=[WALK], supports=[Support(step=WALK, state="waived")]),
    refuses(
        that.required_steps_are_done,
        ["step_missing"],
        steps=[WALK],
        supports=[Support(step=WALK, state="missed")],
    ),
    passes(that.commitment_is_confirmed, rules=HERE),
    passes(that.commitment_is_confirmed, dossier=a_dossier(commitment_at=None), rules=DAUPHIN),
    refuses(
        that.commitment_is_confirmed, ["no_commitment"], dossier=a_dossier(commitment_at=None), rules=HERE
    ),
    passes(that.check_has_not_begun, instruction=None),
    passes(that.check_has_not_begun, instruction=Instruction()),
    refuses(that.check_has_not_begun, ["check_begun"], instruction=Instruction(checks={"qpv": False})),
    passes(that.due_date_is_ahead, facts={"due_on": TOMORROW}, at=AT),
    refuses(that.due_date_is_ahead, ["date_past"], facts={"due_on": TODAY}, at=AT),
    passes(that.every_item_is_answered, completion=None),
    passes(that.every_item_is_answered, completion=CompletionRequest(items=["RIB"], replies={"0": "Joint"})),
    refuses(
        that.every_item_is_answered,
        ["item_unanswered"] * 2,
        completion=CompletionRequest(items=["RIB", "Bail"]),
    ),
    passes(that.motive_is_published_and_has_a_fact, facts=None, reasons=OFF),
    passes(that.motive_is_published_and_has_a_fact, facts={"reason": "hors", "fact": "Loin."}, reasons=OFF),
    refuses(
        that.motive_is_published_and_has_a_fact,
        ["no_motive", "no_fact"],
        facts={"reason": "tard", "fact": " "},
        reasons=OFF,
    ),
    passes(that.checklist_is_complete, criteria=[CHECK, MARK], instruction=Instruction(checks={"qpv": True})),
    refuses(
        that.checklist_is_complete,
        ["not_checked"],
        criteria=[CHECK],
        instruction=Instruction(checks={"qpv": False}),
    ),
    refuses(that.checklist_is_complete, ["not_checked"], criteria=[CHECK], instruction=None),
    passes(that.grid_is_filled, criteria=[CHECK, MARK], instruction=Instruction(marks={"presence": 0})),
    refuses(
        that.grid_is_filled, ["not_marked"], criteria=[MARK], instruction=Instruction(marks={"presence": 5})
    ),
    refuses(that.grid_is_filled, ["not_marked"], criteria=[MARK], instruction=None),
    passes(that.somebody_is_invited, lines=[a_line(), a_line("invited")]),
    refuses(that.somebody_is_invited, ["nobody_invited"], lines=[a_line()]),
    passes(that.deadline_is_ahead, facts={"deadline": TOMORROW}, at=AT),
    refuses(that.deadline_is_ahead, ["date_past"], facts={"deadline": TODAY}, at=AT),
    passes(that.quorum_or_date, by=None, at=AT, lines=[a_line("invited")], review=a_round()),
    passes(that.quorum_or_date, by=SYSTEM, at=AT, lines=[a_line("answered")], review=a_round()),
    passes(that.quorum_or_date, by=SYSTEM, at=day("2027-01-16"), lines=[a_line("invited")], review=a_round()),
    passes(that.quorum_or_date, by=SYSTEM, at=AT, lines=ONE_LEFT, review=a_round(1)),
    refuses(that.quorum_or_date, ["round_open"], by=SYSTEM, at=AT, lines=ONE_LEFT, review=a_round(2)),
    refuses(that.quorum_or_date, ["round_open"], by=SYSTEM, at=AT, lines=ONE_LEFT, review=a_round()),
    passes(that.no_line_is_decided, lines=[a_line("answered"), a_line("silent")]),
    refuses(that.no_line_is_decided, ["already_decided"], lines=[a_line("answered"), a_line("undisclosed")]),
    passes(that.somebody_was_silent, lines=[a_line("answered"), a_line("silent")]),
    refuses(that.somebody_was_silent, ["nobody_silent"], lines=[a_line("answered")]),
    passes(that.next_committee_is_ahead, facts={"next_committee_on": TOMORROW}, at=AT),
    refuses(that.next_committee_is_ahead, ["date_past"], facts={"next_committee_on": TODAY}, at=AT),
    passes(that.committee_is_of_this_cycle, facts=None, committees={3}),
    passes(that.committee_is_of_this_cycle, facts={"committee": 3}, committees={3}),
    refuses(that.committee_is_of_this_cycle, ["no_committee"], facts={"committee": 4}, committees={3}),
    passes(that.every_line_is_decided, lines=[a_line("granted"), a_line("settled"), a_line(envelope=COMMON)]),
    refuses(that.every_line_is_decided, ["line_undecided"] * 2, lines=[a_line("answered"), a_line("silent")]),
    passes(that.envelopes_hold, lines=[a_line("granted"), a_line("refused", envelope=CUT)]),
    refuses(that.envelopes_hold, ["to_arbitrate"], lines=[a_line("granted", envelope=CUT)]),
    passes(
        that.every_decision_is_notified,
        dossier=DECIDED,
        lines=[REFUSED, KEPT, a_line("undisclosed"), a_line(envelope=COMMON)],
    ),
    refuses(
        that.every_decision_is_notified,
        ["not_notified"] * 2,
        dossier=DECIDED,
        lines=[a_line("granted"), a_line("refused")],
    ),
    passes(that.every_decision_is_notified, dossier=OVER, lines=[a_line()]),
    passes(
        that.no_late_word_is_untold,
        dossier=a_dossier("answered"),
        lines=[KEPT, REFUSED, a_line(), a_line("undisclosed"), a_line("refused", envelope=COMMON)],
    ),
    refuses(
        that.no_late_word_is_untold,
        ["not_notified"] * 2,
        dossier=a_dossier("answered"),
        lines=[a_line("granted"), a_line("refused")],
    ),
    passes(
        that.feedback_is_delivered, dossier=DECIDED, lines=[REFUSED], rules=SHEETS, feedback=TOLD, reasons={}
    ),
    refuses(
        that.feedback_is_delivered,
        ["short_feedback"],
        dossier=DECIDED,
        lines=[REFUSED],
        rules=SHEETS,
        feedback=Feedback(state="delivered", advice="Revenez."),
        reasons={},
    ),
    refuses(
        that.feedback_is_delivered,
        ["no_feedback"],
        dossier=DECIDED,
        lines=[REFUSED],
        rules=SHEETS,
        feedback=Feedback(state="checked"),
        reasons={},
    ),
    refuses(that.feedback_is_delivered, ["no_feedback"], dossier=OVER, lines=[], rules=SHEETS, **UNTOLD),
    passes(that.feedback_is_delivered, dossier=OVER, lines=[], rules=CUTS, **UNTOLD),
    refuses(that.feedback_is_delivered, ["no_feedback"], dossier=DECIDED, lines=[KEPT], rules=CUTS, **UNTOLD),
    refuses(
        that.feedback_is_delivered, ["no_feedback"], dossier=DECIDED, lines=[KEPT], rules=LINES, **UNTOLD
    ),
    passes(that.feedback_is_delivered, dossier=DECIDED, lines=[KEPT, REFUSED], rules=LENIENT, **UNTOLD),
    passes(closing.an_award_is_kept, dossier=DECIDED, lines=[KEPT, RENOUNCED]),
    refuses(closing.an_award_is_kept, ["nothing_granted"], dossier=DECIDED, lines=[REFUSED, RENOUNCED]),
    passes(closing.nothing_is_left_to_report, dossier=DECIDED, lines=[RENOUNCED], report=None),
    passes(closing.nothing_is_left_to_report, dossier=DECIDED, lines=[KEPT], report=Report(state="accepted")),
    refuses(
        closing.nothing_is_left_to_report,
        ["report_missing"],
        dossier=DECIDED,
        lines=[KEPT],
        report=Report(state="filed"),
    ),
    passes(closing.every_award_is_settled, dossier=DECIDED, lines=[SETTLED, RENOUNCED, REFUSED]),
    refuses(closing.every_award_is_settled, ["not_settled"], dossier=DECIDED, lines=[KEPT, SETTLED]),
    passes(closing.nothing_is_left_to_report, dossier=DECIDED, lines=[GIVEN_BACK], report=None),
    passes(
        that.withdrawal_of_award_is_confirmed, dossier=DECIDED, facts={"withdraws_award": True}, lines=[KEPT]
    ),
    passes(that.withdrawal_of_award_is_confirmed, dossier=DECIDED, facts={}, lines=[REFUSED]),
    refuses(
        that.withdrawal_of_award_is_confirmed, ["withdraws_award"], dossier=DECIDED, facts={}, lines=[KEPT]
    ),
    passes(decision.nothing_was_notified, lines=[a_line("granted"), RENOUNCED]),
    refuses(decision.nothing_was_notified, ["notified"], lines=[a_line("granted"), KEPT]),
    passes(decision.sheet_stays_here, feedback=None),
    passes(decision.sheet_stays_here, feedback=Feedback(state="checked")),
    refuses(decision.sheet_stays_here, ["sheet_delivered"], feedback=Feedback(delivered_at=AT)),
    passes(
        decision.nothing_was_signed, facts=None, signatures=lambda: Signatures(record=True, programming=True)
    ),
    passes(
        decision.nothing_was_signed, facts={}, signatures=lambda: Signatures(record=False, programming=False)
    ),
    refuses(
        decision.nothing_was_signed,
        ["record_signed", "programming_signed"],
        facts={},
        signatures=lambda: Signatures(record=True, programming=True),
    ),
]


@pytest.mark.parametrize("guard, dossier, seen, codes", CASES)
def test_a_guard_says_exactly(guard, dossier, seen, codes):
    assert [refusal.code for refusal in guard(dossier, **seen)] == codes


def test_every_guard_of_the_chart_is_seen_to_pass_and_to_refuse():
    drawn = {guard for move in chart_of(Dossier).values() for guard in move.rule.guards}
    assert {guard for guard, _, _, codes in CASES if codes} == drawn
    assert {guard for guard, _, _, codes in CASES if not codes} == drawn
