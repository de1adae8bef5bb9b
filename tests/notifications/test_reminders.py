"""Who is reminded of what: planned once, called off by what is done, moved with its date."""

from datetime import date, datetime, timedelta

import pytest

from cases import standing_in
from cases.states import DossierMove
from notifications import reminders
from notifications.hanging import hanging
from notifications.models import Message, ReminderRule
from notifications.upcoming import upcoming
from tests import year as play
from tests.cases import reached, reported
from workflow import engine, loading
from workflow.models import Grant, Milestone
from workflow.registry import Hanging
from workflow.roles import Role

pytestmark = pytest.mark.django_db

J15, J7, J1 = play.day("2026-10-30"), play.day("2026-11-06"), play.day("2026-11-13")
"""The days on which the reminders of a Sunday deadline, the 15th of November, leave."""
ASKED = play.day("2026-12-01")
DUE = date(2026, 12, 18)


def planned(at: datetime) -> list[tuple[str, str, str]]:
    """(template, day, person) of what one planning wrote."""
    before = set(Message.objects.order_by("pk").values_list("pk", flat=True))
    count = reminders.plan(at)
    rows = Message.objects.exclude(pk__in=before).order_by("pk")
    found = [(one.template, str(one.planned_on), one.recipient.email.split("@")[0]) for one in rows]
    assert count == len(found)
    return sorted(found)


def incomplete(year, due=DUE):
    facts = {"items": ["RIB"], "due_on": due}
    return reached.fired(play.submitted(year), "ask_completion", year.instructor, ASKED, **facts)


def moved_to(year, code: str, on: date, at: datetime) -> None:
    milestone = Milestone.objects.get(cycle=year.cycle, code=code)
    engine.amend(milestone, {"starts_on": on, "ends_on": on}, by=year.coordinator, at=at)


# ── The four kinds ──────────────────────────────────────────────────────────


def test_a_draft_is_reminded_of_the_deadline_at_each_offset():
    year = play.a_year()
    play.a_draft(year)
    found = [planned(at) for at in (J15 - timedelta(days=1), J15, J7, J1, play.day("2026-11-16"))]
    holder = "porteur-essai_2027"
    assert found == [
        [],
        [("rappel_depot", "2026-10-30", holder)],
        [("rappel_depot", "2026-11-06", holder)],
        [("rappel_depot", "2026-11-13", holder)],
        [],
    ]


def test_a_completion_is_reminded_of_its_own_day():
    year = play.a_year()
    incomplete(year)
    found = [planned(play.day(on)) for on in ("2026-12-10", "2026-12-11", "2026-12-17", "2026-12-19")]
    holder = "porteur-essai_2027"
    assert found == [
        [],
        [("rappel_complements", "2026-12-11", holder)],
        [("rappel_complements", "2026-12-17", holder)],
        [],
    ]


def test_a_financier_is_reminded_of_the_opinions_it_owes_and_of_no_other():
    year = play.a_year()
    dossier = play.in_review(year)  # until the 15th of January
    play.opine(year, dossier, "agglo")
    assert planned(play.day("2027-01-08")) == [("rappel_avis", "2027-01-08", "etat-essai_2027")]


def test_a_report_is_reminded_until_it_is_sent():
    year = play.a_year()
    play.reporting(year)
    reported.filed(year)
    assert planned(play.day("2028-06-15")) == [("rappel_bilan", "2028-06-15", "porteur-essai_2027")]


def test_a_row_carries_what_delivery_needs():
    year = play.a_year()
    dossier = play.a_draft(year)
    reminders.plan(play.day("2026-10-30", 6))
    [row] = Message.objects.filter(template="rappel_depot").order_by("pk")
    assert (row.event, row.reason, row.audience) == (
        "reminder.not_filed",
        "depot|2026-11-15|J-15",
        "holder",
    )
    assert (row.cycle, row.dossier, row.subject_id) == (year.cycle, dossier, dossier.pk)
    assert (row.created_at, row.due_at) == (play.day("2026-10-30", 6), play.day("2026-10-30", 8))


# ── Once, and no more than one ──────────────────────────────────────────────


def test_planning_twice_writes_nothing_more_even_another_day():
    year = play.a_year()
    play.a_draft(year)
    assert [reminders.plan(at) for at in (J7, J7, J7 + timedelta(days=2))] == [1, 0, 0]


def test_three_days_down_send_the_nearest_alone():
    year = play.a_year()
    play.a_draft(year)
    incomplete(year, date(2026, 12, 4))
    assert planned(play.day("2026-12-03")) == [("rappel_complements", "2026-12-03", "porteur-essai_2027")]
    Message.objects.filter(template="rappel_depot").delete()
    assert planned(J1) == [("rappel_depot", "2026-11-13", "porteur-essai_2027")]


@pytest.mark.parametrize("begun, count", [("2026-11-05", 1), ("2026-11-06", 0)])
def test_what_began_on_the_day_it_should_have_left_or_later_is_not_reminded(monkeypatch, begun, count):
    monkeypatch.setattr(play, "WRITING", play.day(begun))
    play.a_draft(play.a_year())
    assert len(planned(J7 + timedelta(hours=4))) == count


def test_a_completion_asked_today_for_tomorrow_is_not_reminded_today():
    year = play.a_year()
    incomplete(year, ASKED.date() + timedelta(days=1))
    assert planned(ASKED + timedelta(hours=2)) == []


def test_a_request_taken_back_on_the_last_day_is_not_reminded_that_day():
    year = play.a_year()
    dossier = play.submitted(year)
    reached.fired(dossier, DossierMove.TAKE_BACK, year.holder, J1 - timedelta(hours=2))
    assert planned(J1) == []


def test_a_financier_invited_while_the_round_is_open_is_not_reminded_the_same_day():
    year = play.a_year()
    dossier = play.in_review(year)
    engine.fire(dossier, "close_review", by=year.coordinator, at=play.REVIEWING)
    facts = {"reason": "Il manque un avis.", "deadline": date(2027, 1, 20)}
    engine.fire(
        play.fresh(dossier), "reopen_review", by=year.coordinator, at=play.day("2027-01-13"), facts=facts
    )
    assert planned(play.day("2027-01-13", 15)) == []
    assert {row[1] for row in planned(play.day("2027-01-19"))} == {"2027-01-19"}


def test_closed_accounts_are_not_reminded():
    year = play.a_year()
    play.a_draft(year)
    type(year.holder).objects.filter(pk=year.holder.pk).update(is_active=False)
    assert planned(J7) == []


def test_a_draft_of_the_rules_reminds_nobody():
    year = play.a_year()
    play.a_draft(year)
    other = type(year.rules).objects.create(cycle=year.cycle, number=2)
    ReminderRule.objects.create(
        version=other, code="autre", label="Autre", kind="not_filed", days_before=[9],
        milestone=Milestone.objects.get(cycle=year.cycle, code="cloture"),
    )  # fmt: skip
    assert planned(J15) == [("rappel_depot", "2026-10-30", "porteur-essai_2027")]


# ── A date that moves ───────────────────────────────────────────────────────


def test_a_date_that_moves_calls_off_what_was_planned_and_plans_anew():
    year = play.a_year()
    play.a_draft(year)
    reminders.plan(J7)
    [row] = Message.objects.filter(template="rappel_depot").order_by("pk")
    assert reminders.still_holds(row, J7) is True
    moved_to(year, "cloture", date(2026, 11, 20), J7)
    assert reminders.still_holds(row, J7) is False
    assert planned(J7 + timedelta(hours=1)) == []
    assert planned(play.day("2026-11-13")) == [("rappel_depot", "2026-11-13", "porteur-essai_2027")]


def test_a_date_set_too_late_for_an_offset_waits_for_the_next():
    year = play.a_year()
    play.a_draft(year)
    moved_to(year, "cloture", date(2026, 11, 12), play.day("2026-11-06"))
    assert planned(play.day("2026-11-06", 15)) == []
    assert planned(play.day("2026-11-09")) == []
    assert [row[1] for row in planned(play.day("2026-11-12"))] == [
        "2026-11-10"
    ]  # because the 11th is a holiday


# ── Before it leaves ────────────────────────────────────────────────────────


def the_row(template: str) -> Message:
    return Message.objects.filter(template=template).order_by("pk").first()


@pytest.mark.parametrize("move", [DossierMove.SUBMIT, DossierMove.WITHDRAW])
def test_a_request_that_is_filed_or_withdrawn_is_no_longer_reminded(move):
    year = play.a_year()
    dossier = play.a_draft(year)
    reminders.plan(J7)
    assert reminders.still_holds(the_row("rappel_depot"), J7) is True
    engine.fire(dossier, move, by=year.holder, at=J7)
    assert reminders.still_holds(the_row("rappel_depot"), J7) is False
    assert planned(J1) == []


def test_a_reminder_whose_day_has_passed_no_longer_holds():
    play.a_draft(play.a_year())
    reminders.plan(J1)
    assert reminders.still_holds(the_row("rappel_depot"), play.day("2026-11-15", 23)) is True
    assert reminders.still_holds(the_row("rappel_depot"), play.day("2026-11-16", 0)) is False


def test_an_answered_completion_is_no_longer_reminded():
    year = play.a_year()
    dossier = incomplete(year)
    reminders.plan(play.day("2026-12-11"))
    request = dossier.completions.get()
    engine.amend(request, {"replies": {"0": "Joint."}}, by=year.holder, at=play.day("2026-12-11"))
    engine.fire(dossier, DossierMove.COMPLETE, by=year.holder, at=play.day("2026-12-11"))
    assert reminders.still_holds(the_row("rappel_complements"), play.day("2026-12-11")) is False


def test_an_opinion_that_is_given_is_awaited_no_longer():
    year = play.a_year(financiers=1)
    dossier = play.in_review(year)
    reminders.plan(play.day("2027-01-08"))
    rows = [the_row("rappel_avis"), the_row("avis_demande")]
    assert [reminders.still_holds(row, play.REVIEWING) for row in rows] == [True, True]
    play.opine(year, dossier, "etat")
    assert [reminders.still_holds(row, play.REVIEWING) for row in rows] == [False, False]


def test_somebody_who_left_the_organisation_is_no_longer_reminded():
    year = play.a_year()
    play.a_draft(year)
    reminders.plan(J7)
    with_rights = the_row("rappel_depot")
    type(year.holder).objects.filter(pk=year.holder.pk).update(is_active=False)
    assert reminders.still_holds(with_rights, J7) is False


def test_what_only_tells_something_always_holds():
    year = play.a_year()
    play.submitted(year)
    assert reminders.still_holds(the_row("depot_recepisse"), play.REPORTING) is True


# ── Somebody of a financier is away ──────────────────────────────────────────

REMINDED = play.day("2027-01-08")
"""The day on which financiers are reminded of a round that closes on the 15th of January."""


def a_seat_of_two(year):
    """The State's person and a colleague of the same seat; the other financier has answered already."""
    seat = year.envelopes["etat"].financier.organisation
    colleague = play.person("remplacante", Role.FINANCIER, year.cycle, seat)
    play.opine(year, play.in_review(year), "agglo")
    return year.financiers["etat"], colleague


def away(user, stand_in, first: date, last: date, at=REMINDED):
    standing_in.leave(user, stand_in, first, last, at=at)


def test_the_reminder_goes_to_whoever_answers_and_not_to_who_is_away():
    """Both were asked before the absence began: it is the reminder's own day that counts."""
    year = play.a_year()
    etat, colleague = a_seat_of_two(year)
    asked = Message.objects.filter(template="avis_demande").order_by("pk")
    assert {etat.pk, colleague.pk} <= set(asked.values_list("recipient", flat=True))
    away(etat, colleague, date(2027, 1, 4), date(2027, 1, 8), at=play.day("2027-01-02"))
    foretold = upcoming(year.cycle, REMINDED.date(), REMINDED.date())
    assert [one.recipient for one in foretold if one.template == "rappel_avis"] == [colleague]
    assert planned(REMINDED) == [("rappel_avis", "2027-01-08", colleague.email.split("@")[0])]


def test_who_is_back_on_the_reminders_day_hears_it_too():
    year = play.a_year()
    etat, colleague = a_seat_of_two(year)
    away(etat, colleague, date(2027, 1, 4), date(2027, 1, 7), at=play.day("2027-01-02"))
    names = sorted(one.email.split("@")[0] for one in (etat, colleague))
    assert planned(REMINDED) == [("rappel_avis", "2027-01-08", name) for name in names]


def test_an_absence_said_after_the_reminder_was_planned_still_counts():
    year = play.a_year()
    etat, colleague = a_seat_of_two(year)
    reminders.plan(REMINDED)
    rows = Message.objects.filter(template="rappel_avis").order_by("pk")
    away(etat, colleague, REMINDED.date(), date(2027, 1, 12))
    holds = {one.recipient_id: reminders.still_holds(one, REMINDED) for one in rows}
    assert holds == {etat.pk: False, colleague.pk: True}


def test_where_the_stand_in_left_the_absent_person_is_reminded():
    year = play.a_year()
    etat, colleague = a_seat_of_two(year)
    away(etat, colleague, date(2027, 1, 4), date(2027, 1, 8), at=play.day("2027-01-02"))
    engine.fire(Grant.objects.get(user=colleague), "end", by=year.coordinator, at=play.day("2027-01-05"))
    assert planned(REMINDED) == [("rappel_avis", "2027-01-08", "etat-essai_2027")]


# ── What is to come ─────────────────────────────────────────────────────────


def test_what_will_leave_in_a_period_is_said_in_order():
    year = play.a_year()
    draft, owed = play.a_draft(year), play.in_review(year)
    found = upcoming(year.cycle, date(2026, 11, 1), date(2027, 1, 8))
    assert [(str(one.on), one.what, one.dossier.pk) for one in found if one.recipient == year.holder] == [
        ("2026-11-06", "Rappel depot", draft.pk),
        ("2026-11-13", "Rappel depot", draft.pk),
    ]
    etat = [(str(one.on), one.dossier.pk) for one in found if one.recipient == year.financiers["etat"]]
    assert etat == [("2026-12-31", owed.pk), ("2027-01-08", owed.pk)]


def test_what_will_leave_costs_as_many_queries_for_one_dossier_as_for_three(django_assert_num_queries):
    year = play.a_year()
    play.a_draft(year)
    upcoming(year.cycle, date(2026, 11, 1), date(2026, 11, 30))  # because published rows are read once
    for _ in range(2):
        play.a_draft(year)
        with django_assert_num_queries(12):
            upcoming(year.cycle, date(2026, 11, 1), date(2026, 11, 30))


def test_planning_costs_one_statement_a_rule_whatever_the_number_of_dossiers(django_assert_num_queries):
    year = play.a_year()
    play.a_draft(year)
    with django_assert_num_queries(10):  # one asks whose report was moved by an extension
        reminders.plan(J15)
    play.a_draft(year)
    play.a_draft(year)
    with django_assert_num_queries(8):  # two fewer: the rows of a published version are read once
        assert reminders.plan(J7) == 3


def test_what_hangs_on_a_milestone_is_a_function_of_the_document():
    year = play.a_year()
    document = loading.describe(year.cycle, year.rules)
    found = list(hanging(document))
    assert found[:3] == [
        Hanging("Rappel « Rappel depot », 15 jours avant", date(2026, 10, 30)),
        Hanging("Rappel « Rappel depot », 7 jours avant", date(2026, 11, 6)),
        Hanging("Rappel « Rappel depot », la veille", date(2026, 11, 13)),
    ]
    assert len(found) == 6
