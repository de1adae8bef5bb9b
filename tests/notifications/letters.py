"""One message of every template, reached by playing a year: what the tests of words look at."""

from datetime import date, timedelta

from cases.letter_kinds import LetterKind
from cases.models import Inquiry
from cases.states import DossierMove, LineMove
from notifications import bounces, outbox, reminders
from notifications.catalogue import OF_ACCOUNTS
from notifications.models import Message
from tests import correspondence, sessions
from tests import year as play
from tests.cases import reached, reported
from workflow import engine
from workflow.models import Cycle, Grant
from workflow.roles import Role

TEAM = {
    "team_name": "Service développement social urbain",
    "team_phone": "03 53 01 00 27",
    "team_email": "dsu@exemple.test",
}


def a_told_year(**policy) -> play.Year:
    """A year whose team says how to be reached."""
    year = play.a_year(**policy)
    Cycle.objects.filter(pk=year.cycle.pk).update(**TEAM)
    year.cycle.refresh_from_db()
    return year


def message(template: str, **narrowed) -> Message:
    """The last message of a template, with all that delivery gives to rendering."""
    found = Message.objects.filter(template=template, **narrowed).select_related("recipient", "cycle")
    return found.order_by("pk").last()


EVERY_REMINDER = (
    *play.USUAL_REMINDERS,
    {"code": "ouverture", "kind": "call_open", "anchor": "step_opens", "step": "depot", "days_after": [1]},
    {
        "code": "aide",
        "kind": "not_filed",
        "template": "rappel_depot_aide",
        "anchor": "asked",
        "days_after": [3],
    },
    {
        "code": "brouillons",
        "kind": "not_filed",
        "audience": "team",
        "milestone": "cloture",
        "days_before": [3],
    },
    {"code": "accompagner", "kind": "support_awaited", "anchor": "asked", "days_after": [2]},
    {"code": "verifier", "kind": "to_check", "anchor": "asked", "days_after": [2]},
    {"code": "retards", "kind": "completion_due", "audience": "team", "days_after": [1]},
    {"code": "silences", "kind": "opinion_awaited", "audience": "team", "anchor": "asked", "days_after": [7]},
    {"code": "repondre", "kind": "to_answer", "anchor": "asked", "days_after": [7]},
    {"code": "choix", "kind": "choice_awaited", "anchor": "asked", "days_after": [7]},
    {"code": "enquete", "kind": "survey_open", "anchor": "step_opens", "step": "enquete", "days_before": [0]},
    {"code": "mi-parcours", "kind": "interim_due", "anchor": "asked", "days_after": [7]},
    {"code": "seance", "kind": "session_soon", "days_before": [1]},
    {"code": "convenu", "kind": "action_due", "days_before": [1]},
    {"code": "bilans", "kind": "report_due", "audience": "team", "milestone": "bilan", "days_after": [3]},
)
"""One rule for every mail that a reminder may send."""


def everything_told() -> play.Year:
    """A year in which every template of the catalogue is used once at least."""
    year = a_told_year(reminders=EVERY_REMINDER, ceiling=30_000, survey=("2027-05-03", "2027-05-28"))
    play.a_draft(a_told_year(code="autre_2027"))
    third = play.person("tiers", Role.THIRD_PARTY, year.cycle, None)
    Grant.objects.get(user=third)
    told = [states for states in reached.REACHED.values() if states is not reached.PROGRAMMINGS]
    for how in (how for states in told for how in states.values()):
        how(year)  # a programming is signed once all its dossiers are decided, and no mail tells of it
    reached.fired(reached.rereading(year), "finish", year.instructor, play.WRITING)
    _noted(year)
    _ways_back(year)
    _round_in_flight(year)
    _after_the_answer(year)
    _met(year)
    reached.goals_request(year)
    _reminded(year)
    correspondence.writes(year)
    correspondence.make(year, play.submitted(year), LetterKind.RECEIPT, at=play.READING)
    dossier = play.in_review(year)
    for template in OF_ACCOUNTS:
        about = dossier if template == "lien_avis" else None
        outbox.tell(year.financiers["etat"], template, reason=template, at=play.REVIEWING, subject=about)
    Message.objects.filter(pk=message("depot_recepisse").pk).update(
        address=year.holder.email, subject="Objet"
    )
    outbox.tell(
        year.coordinator, "messages_a_confirmer", reason="essai", at=play.REVIEWING,
        subject=year.cycle, cycle=year.cycle,
    )  # fmt: skip
    bounces.note(message("depot_recepisse"), play.REVIEWING)
    return year


def _noted(year) -> None:
    """Sessions whose record is written after them, for a request and before there is one."""
    facts = {
        "record": "Deux points.",
        "actions": [{"text": "Réserver la salle", "due_on": date(2026, 11, 5)}],
    }
    draft = play.a_draft(year)
    for days, place in enumerate(({"dossier": draft}, {})):
        session = sessions.a_session(year, sessions.MEETING - timedelta(days=1, hours=3 * days))
        came = sessions.booked(year, session, **place)
        came = reached.fired(came, "attend", year.instructor, sessions.AFTER)
        met = came if came.dossier_id is None else came.support
        engine.fire(met, "note", by=year.instructor, at=sessions.AFTER, facts=facts)


def _ways_back(year) -> None:
    reached.fired(play.submitted(year), DossierMove.TAKE_BACK, year.holder, play.WRITING)
    completed = reached.incomplete(year)
    request = completed.completions.get()
    engine.amend(request, {"replies": {"0": "Joint."}}, by=year.holder, at=play.READING)
    engine.fire(completed, DossierMove.COMPLETE, by=year.holder, at=play.READING)
    engine.fire(reached.deferred(year), DossierMove.RESUME, by=year.coordinator, at=play.SITTING)
    facts = {"reason": "Une erreur de calcul.", "withdraws_award": True}
    reached.fired(play.answered(year), DossierMove.REOPEN, year.coordinator, play.ANSWERING, **facts)
    gone = reached.fired(play.submitted(year), DossierMove.WITHDRAW, year.holder, play.WRITING)
    engine.fire(gone, DossierMove.RESTORE, by=year.holder, at=play.WRITING)
    engine.fire(play.in_review(year), DossierMove.WITHDRAW, by=year.holder, at=play.REVIEWING)
    facts = {"reason": "Doublon."}
    engine.fire(play.in_review(year), DossierMove.DROP, by=year.coordinator, at=play.REVIEWING, facts=facts)
    engine.fire(reached.sheet(year), "proofread", by=_another(year), at=play.SITTING)
    told = reached.fired(
        reached.delivered(year), "revise", year.instructor, play.ANSWERING, reason="le jour."
    )
    told = reached.fired(told, "proofread", year.coordinator, play.ANSWERING)
    engine.fire(told, "deliver", by=year.coordinator, at=play.ANSWERING)


def _after_the_answer(year) -> None:
    """How far one is, in the middle of the year; and an action that does not take place."""
    reported.interim(year)
    undone = reported.change(year, kind_of="undone", about=[], whole=True)
    reported.fired(undone, "accept", year.instructor, play.ANSWERING)


def _another(year):
    return play.person("relectrice", Role.INSTRUCTOR, year.cycle, year.cycle.grants.first().organisation)


def _round_in_flight(year) -> None:
    dossier = play.in_instruction(year)
    first, second = dossier.lines.order_by("pk")
    engine.fire(first, LineMove.INVITE, by=year.instructor, at=play.REVIEWING)
    deadline = {"deadline": date(2027, 1, 15)}
    engine.fire(
        play.fresh(dossier), DossierMove.OPEN_REVIEW, by=year.instructor, at=play.REVIEWING, facts=deadline
    )
    engine.fire(play.fresh(second), LineMove.INVITE, by=year.instructor, at=play.REVIEWING)
    said = {
        "verdict": "favourable",
        "amount": 500,
        "author": "M. Tavernoy",
        "source": "Appel du 12 janvier 2027",
    }
    engine.fire(play.fresh(first), LineMove.RECORD_OPINION, by=year.instructor, at=play.REVIEWING, facts=said)
    question = Inquiry(
        dossier=play.fresh(dossier), cycle=year.cycle, organisation=year.holder_organisation,
        seat=first.seat, asked_by=year.financiers["etat"], asked_at=play.REVIEWING, question="Où cela ?",
    )  # fmt: skip
    engine.open_many([question], by=year.financiers["etat"], at=play.REVIEWING)
    answer = {"answer": "À la maison de quartier."}
    engine.fire(play.fresh(question), "reply", by=year.holder, at=play.REVIEWING, facts=answer)


def _met(year) -> None:
    """A seat that frees for somebody who waits, a session that changes, then one that is cancelled."""
    full = sessions.full(year)
    waiting = sessions.booked(year, full)
    sitting = full.bookings.exclude(pk=waiting.pk).get()
    reached.fired(sitting, "call_off", year.instructor, play.WRITING, reason="À leur demande.")
    later = {"starts_at": sessions.MEETING.replace(hour=16), "ends_at": sessions.AFTER.replace(hour=18)}
    facts = {
        "venue": "ours",
        "place": "Mairie",
        "note": "Sonnez.",
        "host": year.instructor.pk,
        "anyway": True,
    }
    reached.fired(play.fresh(full), "reschedule", year.instructor, play.WRITING, **later, **facts)
    reached.fired(
        play.fresh(full), "cancel", year.instructor, play.WRITING, reason="L’animatrice est malade."
    )


def _reminded(year) -> None:
    play.a_draft(year)
    reached.incomplete(year)
    play.reporting(year)
    autumn = (
        "2026-10-02",
        "2026-10-21",
        "2026-10-22",
        "2026-10-23",
        "2026-11-04",
        "2026-11-06",
        "2026-11-12",
        "2026-12-11",
        "2026-12-17",
        "2026-12-21",
    )
    later = ("2027-01-08", "2027-02-17", "2027-04-27", "2027-05-03", "2028-06-15", "2028-07-03")
    for day in (*autumn, *later):
        reminders.plan(play.day(day))
