"""One town's year with something behind each address, played through the door."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from cases import amounts, attendance, folders, scenarios, seat_links
from cases import models as cases
from notifications import heartbeat, optional, subscriptions
from notifications.models import Message
from tests import correspondence, programmings, sessions
from tests import year as play
from tests.cases import reached, reported
from workflow import engine
from workflow.roles import Role

PEOPLE = ("holder", "instructor", "coordinator", "financier", "committee", "third_party", "elected")
CYCLES = ("campaign-cycle", "campaign-export")
CAMPAIGN = {
    "publish": (),
    "follow": (),
    "next": (),
    "add": ("etapes",),
    "add-inside": ("enveloppes", "etat"),
    "part": ("etapes",),
    "row": ("etapes", "depot"),
}
"""The forms of the campaign: what stands in the address after the cycle's code."""
COMMITTEE = tuple(
    f"committee-{one}"
    for one in ("detail", "settings", "agenda", "attendance", "sitting", "minutes", "draft", "pack")
)
"""The pages of one committee."""
TOPICS = {"dossier-topic": "essentiel", "document-join": "budget"}
REPORTED = {"report-topic": "comptes", "interim-topic": "action"}
"""What stands in the address after the dossier's key."""


@dataclass
class Scene:
    """One year with something behind each address."""

    people: dict
    keys: dict[str, object]


def a_calendar_of(user) -> str:
    """The token of somebody's own calendar."""
    subscriptions.renew(user, "", play.WRITING)
    return subscriptions.address_of(subscriptions.alive(user)).rpartition("/")[2].removesuffix(".ics")


def a_scene(code: str) -> Scene:
    year = play.a_year(code, ceiling=30_000, survey=("2026-10-12", "2026-10-30"), feedback_check="self")
    people = {name: year.person(Role(name)) for name in PEOPLE[:4]}
    people |= {name: play.person(f"{name}-{code}", Role(name), year.cycle) for name in PEOPLE[4:]}
    feedback = reached.sheet(year)
    dossier = feedback.dossier
    file = SimpleUploadedFile("budget.pdf", b"%PDF-1.4 essai")
    joined = cases.Document.objects.create(dossier=dossier, name=file.name, file=file, at=play.WRITING)
    line = dossier.lines.get(envelope=year.envelopes["etat"])
    report, support = reported.report(year), reached.asked(year)
    keys = dict.fromkeys(("dossier-detail", "dossier-request", "dossier-instruction"), dossier.uuid)
    keys |= {"dossier-feedback": dossier.uuid, "dossier-move": dossier.uuid, "feedback-move": feedback.uuid}
    keys |= {"document-remove": joined.uuid} | {name: (dossier.uuid, part) for name, part in TOPICS.items()}
    keys |= {"dossier-completion": reached.incomplete(year).uuid, "document": joined.uuid}
    view = cases.SavedView.objects.create(owner=year.instructor, name="À vérifier")
    keys |= {"view-change": view.uuid, "derogation": dossier.uuid, "instruction-sheet": dossier.uuid}
    keys["feedback-meeting"] = reached.delivered(year, meeting_with=year.instructor).dossier.uuid
    keys |= {"feedback-preview": dossier.uuid, "solicit": reached.incomplete(year).uuid}
    keys |= {"behalf-commitment": play.a_draft(year, title="Pour un porteur").uuid}
    keys |= {
        "line-move": line.uuid,
        "line-adapt": line.uuid,
        "opinion": line.uuid,
        "support-move": support.uuid,
    }
    keys |= {"dossier-report": report.dossier.uuid, "report-move": report.uuid, "begin": year.cycle.code}
    keys |= dict.fromkeys(
        ("call", "call-check", "survey", "survey-results", "learning", "learning-book"), year.cycle.code
    )
    interim = cases.Report(dossier=report.dossier, kind_of="intermediate")
    engine.open_many([interim], by=year.instructor, at=play.ANSWERING)
    keys |= dict.fromkeys(("dossier-interim", "changes"), report.dossier.uuid)
    keys |= {name: (report.dossier.uuid, part) for name, part in REPORTED.items()}
    keys |= {"change-move": reported.change(year, report.dossier, at=play.REPORTING).uuid}
    award = reached.line_of(report.dossier)
    payment = cases.Payment(line=award, amount=100)
    engine.open_many([payment], by=year.instructor, at=play.ANSWERING)
    keys |= {
        "dossier-committee": dossier.uuid,
        "for-dauphin": dossier.uuid,
        "open-data": year.cycle.code,
        "arrivals": year.cycle.code,
    }
    keys |= dict.fromkeys(("offline", "offline-table"), (year.cycle.code, "etat"))
    keys |= {"open-data-line": (year.cycle.code, award.uuid), "open-data-file": (year.cycle.code, "etat")}
    keys |= {"dossier-receipt": dossier.uuid, "dossier-answer": report.dossier.uuid}
    keys |= {"dossier-revised": reached.revised(year).dossier.uuid}
    keys |= {"line-payments": award.uuid, "line-act": award.uuid, "payment": payment.uuid}
    keys |= dict.fromkeys(("meeting", "waiver", "record"), dossier.uuid)
    keys |= dict.fromkeys(("record-late", "record-after"), support.uuid)
    said = reached.remark(year)
    keys |= dict.fromkeys(("rereading", "versions"), said.dossier.uuid)
    keys |= {"remark-add": (said.dossier.uuid, said.part), "remark-move": reached.told(year).uuid}
    keys |= {"agreed-move": reached.agreed(year).uuid, "record-booking": reached.came(year).uuid}
    heartbeat.beat(play.WRITING)
    told = Message.objects.filter(cycle=year.cycle).order_by("pk")[0].uuid
    keys |= dict.fromkeys(("message-detail", "message-do"), told)
    token = optional.path_of(people["holder"], kind="reminders").split("/")[2]
    keys |= dict.fromkeys(("mail-choices-link", "mail-one-click"), token)
    keys |= {"mail-texts": year.cycle.code, "mail-text": (year.cycle.code, "rappel_depot")}
    keys |= {"messages-stop": year.cycle.code}
    keys |= dict.fromkeys(("letter-detail", "letter-html"), "aucun-courriel")
    keys |= {"campaign-drawing": (year.cycle.code, "dossier")}
    keys |= dict.fromkeys(("signin-confirm", "password_reset_confirm"), ("MQ", "passe-date"))
    question = reached.inquiry(year)
    asked_line = question.dossier.lines.get(seat=question.seat)
    token = seat_links.path_for(question.asked_by, question.dossier, play.REVIEWING).split("/")[2]
    keys |= {"inquiry-move": question.uuid, "inquiry-open": asked_line.uuid}
    keys |= dict.fromkeys(("link-list", "link-pack", "link-batch", "link-revoke"), token)
    keys |= dict.fromkeys(("link-opinion", "link-inquiry"), (token, asked_line.uuid))
    keys |= {"calendar-event": year.cycle.committees.get().uuid, "calendar-feed": a_calendar_of(year.holder)}
    keys |= {"envelope-detail": year.envelopes["etat"].uuid}
    keys |= dict.fromkeys(COMMITTEE, year.cycle.committees.get().uuid) | {"people": year.cycle.code}
    keys |= dict.fromkeys(CYCLES, year.cycle.code) | {"agenda-item": reached.item(year).uuid}
    keys |= {"committee-signed": (year.cycle.committees.get().uuid, reached.minutes(year).number)}
    invited = reached.attendee(year, goals="Des réponses pour avril.")
    keys |= {"attendee": invited.uuid, "committee-goals": attendance.path_of(invited).split("/")[3]}
    keys |= _meetings(year, people["third_party"])
    keys |= _programming(year)
    keys |= _letters(year, report.dossier)
    keys |= {f"campaign-{name}": (year.cycle.code, *rest) for name, rest in CAMPAIGN.items()}
    return Scene(people, keys)


def _letters(year, dossier) -> dict:
    """A letter of the authority that writes here, signed; another's, signed too; a folder that is finished."""
    correspondence.writes(year, "etat")
    letter = correspondence.make(year, dossier, "partial", at=play.REPORTING)
    other = reached.line_of(dossier, 1)
    scan = correspondence.signed(year, letter)
    correspondence.signed_by_another(year, other)
    batch = folders.begin(
        year.cycle, [], uuid4(), by=year.coordinator, at=play.REPORTING, on=play.REPORTING.date()
    )
    keys = {"dossier-letters": dossier.uuid, "letter-preview": (dossier.uuid, letter.about)}
    keys |= dict.fromkeys(("letter-pdf", "letter-signed"), letter.uuid) | {"letter-scan": scan.uuid}
    keys |= dict.fromkeys(("letter-folders", "letter-models"), year.cycle.code) | {"line-letter": other.uuid}
    keys |= dict.fromkeys(("letter-folder", "folder-pdf", "folder-zip"), batch.uuid)
    return keys | {"letter-model": (year.cycle.code, "award")}


PROGRAMMING = ("table", "share", "sign", "reopen", "story", "sheet")
"""The pages of a call's programming."""
SCENARIO = ("scenario", "scenario-supposed", "scenario-spread", "scenario-apply", "scenario-rename")


def _programming(year) -> dict:
    """A programming that was signed, opened again and opened to its readers, with a scenario."""
    programming = programmings.opened(year, shared=True)
    programmings.sign(year, programming)
    facts = {"reason": "Seconde programmation"}
    engine.fire(programming, "reopen", by=year.coordinator, at=play.SITTING, facts=facts)
    dossier = play.in_instruction(year)
    for line in dossier.lines.order_by("pk"):
        programmings.propose(year, line, 500)
    scenario = programmings.scenario(year)
    envelope = year.envelopes["etat"]
    supposed = amounts.Typed(envelope.pk, "", 0, None, Decimal(9_000))
    scenarios.suppose(scenario, [supposed], by=year.instructor, at=play.SITTING)
    keys = {f"programming-{name}": year.cycle.code for name in PROGRAMMING}
    keys |= {"programming-signed": (year.cycle.code, 1)}
    keys |= dict.fromkeys(("scenarios", "scenario-compare", "scenario-book"), year.cycle.code)
    return keys | dict.fromkeys(SCENARIO, scenario.uuid) | {"scenario-move": (scenario.uuid, "set_aside")}


def _meetings(year, host) -> dict:
    """A session that a third party hosts, with a booking and an idea of the holder's."""
    session, idea = sessions.a_session(year, host=host), sessions.an_idea(year)
    booking = sessions.booked(year, session, idea=idea)
    keys = dict.fromkeys(("session", "session-desk", "session-move"), session.uuid)
    keys |= {"booking-move": booking.uuid, "idea": idea.uuid, "idea-move": idea.uuid}
    return keys | dict.fromkeys(("session-plan", "orientations"), year.cycle.code)
