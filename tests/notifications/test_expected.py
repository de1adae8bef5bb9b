"""What each kind of reminder waits for: whom it tells, on which day, and that it stops once the thing is done."""

from datetime import timedelta

import pytest

from cases import survey
from notifications import reminders
from notifications.choices import Audience, ReminderKind, Wording
from notifications.expected import EXPECTED
from notifications.models import Message
from tests import sessions
from tests import year as play
from tests.cases import reached, reported
from workflow import engine
from workflow.models import Organisation
from workflow.roles import Role

pytestmark = pytest.mark.django_db


def asked(kind: str, *days: int, **fields) -> dict:
    """A rule of so many days after what is waited for was asked."""
    return {"code": "regle", "kind": kind, "anchor": "asked", "days_after": list(days)} | fields


def planned(on: str) -> list[str]:
    """Who is reminded on that day."""
    reminders.plan(play.day(on))
    rows = Message.objects.filter(event__startswith="reminder.", planned_on=on).order_by("pk")
    return sorted(one.recipient.email.partition("@")[0].removesuffix("-essai_2027") for one in rows)


def test_every_kind_is_declared_and_every_mail_serves_one():
    served = {one for kind in EXPECTED.values() for words in kind.tells.values() for one in words}
    assert (set(EXPECTED), served) == (set(ReminderKind), set(Wording))


TEAM = ["coordination", "instruction"]
ABSENCES = {
    "support_awaited": (reached.in_support, "2026-10-22", TEAM),
    "to_check": (play.submitted, "2026-10-22", TEAM),
    "not_filed": (play.a_draft, "2026-10-22", ["porteur"]),
    "completion_due": (reached.incomplete, "2026-12-03", ["porteur"]),
    "opinion_awaited": (play.in_review, "2026-12-11", ["agglo", "etat"]),
    "to_answer": (play.decided, "2027-02-12", ["coordination"]),
    "choice_awaited": (play.answered, "2027-04-22", ["porteur"]),
    "report_due": (play.reporting, "2027-12-22", ["porteur"]),
}


@pytest.mark.parametrize("kind", ABSENCES)
def test_what_is_asked_and_not_done_is_reminded_so_many_days_after(kind):
    reach, on, people = ABSENCES[kind]
    year = play.a_year(reminders=[asked(kind, 2, worked_day="avant")])
    reach(year)
    eve = str(play.day(on).date() - timedelta(days=1))
    assert (planned(eve), planned(on)) == ([], people)


@pytest.mark.parametrize(
    "kind, done",
    [
        ("support_awaited", play.a_draft),
        ("to_check", play.in_instruction),
        ("not_filed", play.submitted),
        ("opinion_awaited", play.in_committee),
        ("to_answer", play.answered),
        ("choice_awaited", lambda year: play.answered(year, amount=1_000)),
        ("report_due", reported.filed),
    ],
)
def test_what_is_done_is_not_reminded(kind, done):
    year = play.a_year(reminders=[asked(kind, 2, worked_day="avant")])
    done(year)
    assert planned(ABSENCES[kind][1]) == []


def test_what_is_asked_anew_counts_from_that_day():
    year = play.a_year(reminders=[asked("not_filed", 5)])
    dossier = play.submitted(year)
    engine.fire(dossier, "take_back", by=year.holder, at=play.day("2026-11-02"))
    assert [planned(on) for on in ("2026-10-23", "2026-11-06")] == [[], ["porteur"]]
    assert Message.objects.get(template="rappel_depot").reason == "regle|2026-11-02|J+5"


def test_an_absence_is_asked_again_before_it_leaves():
    year = play.a_year(reminders=[asked("to_check", 2)])
    dossier = play.submitted(year)
    assert planned("2026-10-22") == TEAM
    rows = list(Message.objects.filter(template="rappel_verification").order_by("pk"))
    assert [reminders.still_holds(row, play.day("2026-10-22", 11)) for row in rows] == [True, True]
    assert [reminders.still_holds(row, play.day("2026-10-30")) for row in rows] == [
        False,
        False,
    ]  # a week is over
    play.read(year, dossier)
    engine.fire(dossier, "admit", by=year.instructor, at=play.READING)
    assert [reminders.still_holds(row, play.day("2026-10-22", 11)) for row in rows] == [False, False]


# ── A call that opens ───────────────────────────────────────────────────────


def test_holders_of_another_year_hear_that_the_call_opens_unless_they_have_begun():
    rule = {
        "code": "ouverture",
        "kind": "call_open",
        "anchor": "step_opens",
        "step": "depot",
        "days_before": [0],
    }
    year, before = play.a_year(reminders=[rule]), play.a_year("avant_2026")
    play.a_draft(before)
    assert planned("2026-10-01") == ["porteur-avant_2026"]
    row = Message.objects.get(template="rappel_ouverture")
    assert (row.cycle, row.dossier, reminders.still_holds(row, play.day("2026-10-01", 11))) == (
        year.cycle,
        None,
        True,
    )
    project = before.holder_organisation.projects.get()
    play.cases.Dossier.objects.filter(project=project).update(cycle=year.cycle)
    assert reminders.still_holds(row, play.day("2026-10-01", 11)) is False


# ── The survey at the end of a year ─────────────────────────────────────────


@pytest.mark.parametrize(
    "audience, told",
    [
        ("", ["porteur"]),
        ("financier", ["agglo", "etat"]),
        ("team", TEAM),
    ],
)
def test_whoever_lived_the_year_hears_of_the_survey_until_they_have_answered(audience, told):
    rule = {"code": "enquete", "kind": "survey_open", "audience": audience, "days_before": [0]}
    rule |= {"anchor": "step_opens", "step": "enquete"}
    year = play.a_year(survey=("2027-05-03", "2027-05-28"), reminders=[rule])
    play.a_draft(year)
    play.person("sans-demande", Role.HOLDER, None, Organisation.objects.create(name="N’a rien demandé"))
    assert planned("2027-05-03") == told
    rows = list(Message.objects.filter(template="rappel_enquete").order_by("pk"))
    at = play.day("2027-05-03", 11)
    for row in rows:
        asked = survey.survey_of(row.recipient, year.cycle.code)
        survey.answer(asked, {"suivi": 3}, by=row.recipient, at=at)
    assert [reminders.still_holds(row, at) for row in rows] == [False] * len(rows)


# ── A session, and what was agreed there ────────────────────────────────────

SESSION = {"code": "seance", "kind": "session_soon", "days_before": [1]}


def test_whoever_booked_a_session_is_reminded_the_day_before_and_whoever_waits_is_not():
    year = play.a_year(reminders=[SESSION])
    session = sessions.full(year, seats=1)
    sessions.booked(year, session)
    assert planned("2026-10-21") == []  # because the queue has no seat
    room = sessions.a_session(year, place="Salle claire", host=year.coordinator)
    sessions.booked(year, room)
    assert planned("2026-10-21") == ["porteur"]


@pytest.mark.parametrize(
    "move, facts",
    [("cancel", {"reason": "Grippe"}), ("reschedule", {"starts_at": play.day("2026-10-29", 14)})],
)
def test_a_session_that_is_cancelled_or_moved_takes_its_reminder_along(move, facts):
    year = play.a_year(reminders=[SESSION])
    session = sessions.a_session(year)
    sessions.booked(year, session)
    planned("2026-10-21")
    row = Message.objects.get(template="rappel_seance")
    assert reminders.still_holds(row, play.day("2026-10-21", 11)) is True
    if "starts_at" in facts:
        kept = {
            "venue": session.venue,
            "host": session.host_id,
            "place": session.place,
            "note": "",
            "anyway": True,
        }
        facts = facts | kept | {"ends_at": facts["starts_at"] + timedelta(hours=2)}
    engine.fire(session, move, by=year.instructor, at=play.WRITING, facts=facts)
    assert reminders.still_holds(row, play.day("2026-10-21", 11)) is False
    assert planned("2026-10-28") == (["porteur"] if move == "reschedule" else [])


def test_an_agreed_action_is_reminded_to_whoever_took_it_on_and_to_nobody_else():
    rules = [
        {"code": "a-faire", "kind": "action_due", "days_before": [1]},
        {"code": "a-nous", "kind": "action_due", "audience": Audience.TEAM, "days_before": [1]},
    ]
    year = play.a_year(reminders=rules)
    mine = reached.agreed(year)
    reached.agreed(year, text="Envoyer le modèle", member=year.instructor)
    assert planned("2026-11-04") == ["instruction", "porteur"]
    engine.fire(mine, "tick", by=year.holder, at=play.day("2026-11-04"))
    row = Message.objects.get(recipient=year.holder, template="rappel_action")
    assert reminders.still_holds(row, play.day("2026-11-04", 11)) is False


# ── Conditions ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "fact, without",
    [
        ("renewal", {"renewal": True}),
        ("barely_begun", {"answers": {}}),
        ("unsigned", {"commitment_at": None}),
    ],
)
def test_a_condition_keeps_those_of_whom_it_is_true(fact, without):
    year = play.a_year(reminders=[asked("not_filed", 2, fact=fact)])
    dossier, other = play.a_draft(year), play.a_draft(year)
    assert planned("2026-10-22") == []
    type(dossier).objects.filter(pk=other.pk).update(**without)
    assert planned("2026-10-22") == ["porteur"]
    assert Message.objects.get(template="rappel_depot").dossier == other


def test_whoever_was_accompanied_is_not_offered_what_they_had():
    year = play.a_year(reminders=[asked("not_filed", 2, fact="no_support")])
    reached.held(year)
    alone = play.a_draft(year, title="Chorale")
    assert planned("2026-10-22") == ["porteur"]
    assert Message.objects.get(template="rappel_depot").dossier == alone


# ── One a week ──────────────────────────────────────────────────────────────


def test_two_rules_of_one_week_about_one_thing_make_one_reminder():
    usual = {
        "code": "depot",
        "kind": "not_filed",
        "milestone": "cloture",
        "days_before": [18],
    }  # Wednesday 28 October
    year = play.a_year(reminders=[usual, asked("not_filed", 10)])  # Friday 30 October
    dossier = play.a_draft(year)
    assert [planned(on) for on in ("2026-10-28", "2026-10-30")] == [["porteur"], []]
    Message.objects.filter(dossier=dossier).update(status="cancelled")
    assert planned("2026-10-30") == ["porteur"]
