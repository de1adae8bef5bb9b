"""A subject in each state of each machine, played there through the door: {machine: {state: how}}."""

from datetime import date
from decimal import Decimal

from cases import goals
from cases import minutes as record
from cases import models as cases
from cases.remark_life import mark_of, text_of
from tests import programmings, sessions
from tests import year as play
from tests.cases.reported import CHANGES, REPORTS
from tests.firing import fired
from workflow import engine


def in_support(year):
    return fired(play.a_draft(year), "ask_support", year.holder, play.WRITING, step="rendez-vous")


def incomplete(year):
    facts = {"items": ["RIB"], "due_on": date(2026, 12, 20)}
    return fired(play.submitted(year), "ask_completion", year.instructor, play.READING, **facts)


def inadmissible(year, dossier=None):
    facts = {"reason": "hors-quartier", "fact": "Aucune séance dans le quartier."}
    subject = dossier or play.submitted(year)
    return fired(subject, "declare_inadmissible", year.coordinator, play.READING, **facts)


def deferred(year, dossier=None):
    facts = {"reason": "Budget à revoir", "next_committee_on": date(2027, 3, 10)}
    return fired(dossier or play.in_committee(year), "defer", year.coordinator, play.SITTING, **facts)


def closed(year):
    return fired(play.answered(year, 0), "close", year.coordinator, play.ANSWERING)


DOSSIERS = {
    "draft": play.a_draft,
    "support": in_support,
    "submitted": play.submitted,
    "incomplete": incomplete,
    "inadmissible": inadmissible,
    "instruction": play.in_instruction,
    "review": play.in_review,
    "committee": play.in_committee,
    "deferred": deferred,
    "decided": play.decided,
    "answered": play.answered,
    "reporting": play.reporting,
    "closed": closed,
    "withdrawn": lambda year: fired(play.submitted(year), "withdraw", year.holder, play.READING),
    "dropped": lambda year: fired(
        play.submitted(year), "drop", year.coordinator, play.READING, reason="Doublon"
    ),
}


def line_of(dossier, rank=0):
    return dossier.lines.order_by("pk")[rank]


def silent(year):
    dossier = play.in_review(year)
    engine.fire(dossier, "close_review", by=year.coordinator, at=play.REVIEWING)
    return line_of(dossier)


def notified(year, amount=500):
    line = line_of(play.decided(year, amount))
    return fired(line, "notify", year.coordinator, play.ANSWERING, notified_on=date(2027, 4, 20))


def withheld(year):
    return fired(line_of(play.in_committee(year)), "withhold", year.coordinator, play.SITTING)


def mainstream(year):
    """A line on an envelope of droit commun."""
    financier = cases.Financier.objects.filter(cycle=year.cycle).order_by("pk").first()
    envelope, _ = cases.Envelope.objects.get_or_create(
        financier=financier, code="commun", defaults={"label": "Droit commun", "nature": "mainstream"}
    )
    dossier = play.a_draft(year)
    line = cases.FundingLine(
        dossier=dossier, envelope=envelope, cycle=year.cycle, organisation=year.holder_organisation,
        seat=financier.organisation, requested=Decimal(1_000),
    )  # fmt: skip
    engine.open_many([line], by=year.instructor, at=play.READING)
    return line


def to_ask(year):
    return fired(mainstream(year), "route_mainstream", year.instructor, play.READING)


def chosen(year, move, **facts):
    return fired(notified(year), move, year.holder, play.ANSWERING, **facts)


def revised(year, amount=500):
    """A line adapted with a budget of its own: all that was granted is spent on purchases."""
    facts = {"adaptation": "Dix séances au lieu de quinze.", "budget": {"60": Decimal(amount)}}
    return fired(notified(year, amount), "adapt", year.holder, play.ANSWERING, **facts)


LINES = {
    "requested": lambda year: line_of(play.in_instruction(year)),
    "invited": lambda year: line_of(play.in_review(year)),
    "answered": lambda year: line_of(play.in_committee(year)),
    "silent": silent,
    "granted": lambda year: line_of(play.decided(year)),
    "refused": lambda year: line_of(play.decided(year), 1),
    "undisclosed": withheld,
    "notified": notified,
    "accepted": lambda year: chosen(year, "accept"),
    "adapted": lambda year: chosen(year, "adapt", adaptation="Un atelier de moins."),
    "renounced": lambda year: chosen(year, "renounce"),
    "settled": lambda year: fired(notified(year), "settle", year.instructor, play.REPORTING),
    "to_ask": to_ask,
    "confirmed": lambda year: fired(to_ask(year), "confirm", year.instructor, play.READING),
    "declined": lambda year: fired(to_ask(year), "decline", year.instructor, play.READING),
}


def asked(year):
    return in_support(year).supports.get()


def held(year):
    facts = {"held_on": date(2026, 10, 20), "record": "Trois actions."}
    return fired(asked(year), "hold", year.instructor, play.WRITING, **facts)


def rereading(year):
    """A re-reading that its holder asked for."""
    draft = fired(play.a_draft(year), "ask_support", year.holder, play.WRITING, step="relecture")
    return draft.supports.get()


SUPPORTS = {
    "asked": asked,
    "held": held,
    "missed": lambda year: fired(asked(year), "miss", year.instructor, play.WRITING),
    "waived": lambda year: fired(asked(year), "waive", year.instructor, play.WRITING, reason="Porteur connu"),
}


def agreed(year, text="Demander le RIB", member=None, **fields):
    """Something agreed in a meeting, still to do."""
    support = fields.pop("support", None) or held(year)
    action = cases.AgreedAction(
        cycle=year.cycle, organisation=year.holder_organisation, project=support.dossier.project,
        dossier=support.dossier, support=support, text=text, member=member,
        **{"due_on": date(2026, 11, 5)} | fields,
    )  # fmt: skip
    engine.open_many([action], by=year.instructor, at=play.WRITING)
    return play.fresh(action)


def remark(year, part="answer-resume", wording="Réparer ensemble des vélos.", support=None, **fields):
    """Something a re-reader said, told to its holder with the end of the re-reading."""
    support = support or rereading(year)
    said = cases.Remark(
        dossier=support.dossier, support=support, author=year.instructor, part=part,
        **{"text": "Dites qui répare, et quoi.", "wording": wording} | fields,
    )  # fmt: skip
    engine.open_many([said], by=year.instructor, at=play.WRITING)
    return said


def told(year, **fields):
    said = remark(year, **fields)
    engine.fire(said.support, "finish", by=year.instructor, at=play.WRITING)
    return play.fresh(said)


def taken(year):
    said = told(year)
    seen = mark_of(text_of(said.dossier, said.part))
    return fired(said, "take", year.holder, play.WRITING, seen=seen)


REMARKS = {
    "open": told,
    "handled": lambda year: fired(told(year), "handle", year.holder, play.WRITING),
    "taken": taken,
    "kept": lambda year: fired(told(year), "keep", year.holder, play.WRITING, reason="C’est notre mot."),
    "closed": lambda year: fired(told(year), "close", year.instructor, play.WRITING),
}


AGREED = {
    "open": agreed,
    "done": lambda year: fired(agreed(year), "tick", year.holder, play.WRITING),
    "left": lambda year: fired(
        agreed(year), "leave", year.instructor, play.WRITING, reason="Réglé autrement"
    ),
}


def sheet(year, **changes):
    """A feedback sheet on a decided dossier, in draft, written by the instructor."""
    dossier = play.decided(year)
    facts = {"author": year.instructor, **play.words_for(dossier), **changes}
    feedback = cases.Feedback(dossier=dossier, **facts)
    engine.open_many([feedback], by=year.instructor, at=play.SITTING)
    return feedback


def checked(year, **changes):
    return fired(sheet(year, **changes), "proofread", year.coordinator, play.SITTING)


def delivered(year, **changes):
    return fired(checked(year, **changes), "deliver", year.coordinator, play.ANSWERING)


FEEDBACKS = {
    "draft": sheet,
    "reading": lambda year: fired(sheet(year), "hand_over", year.instructor, play.SITTING),
    "checked": checked,
    "delivered": delivered,
}


def inquiry(year, line=None):
    """A question of the first financier on a dossier in review."""
    line = line or line_of(play.in_review(year))
    asked_by = year.financiers["etat"]
    question = cases.Inquiry(
        dossier=line.dossier, cycle=year.cycle, organisation=year.holder_organisation, seat=line.seat,
        asked_by=asked_by, asked_at=play.REVIEWING, question="La salle est-elle réservée ?",
    )  # fmt: skip
    engine.open_many([question], by=asked_by, at=play.REVIEWING)
    return question


def left_open(year):
    question = inquiry(year)
    engine.fire(question.dossier, "close_review", by=year.coordinator, at=play.REVIEWING)
    return play.fresh(question)


INQUIRIES = {
    "asked": inquiry,
    "answered": lambda year: fired(inquiry(year), "reply", year.holder, play.REVIEWING, answer="Oui."),
    "closed": left_open,
}

SESSIONS = {
    "planned": sessions.a_session,
    "held": lambda year: fired(sessions.a_session(year), "hold", year.instructor, sessions.AFTER),
    "cancelled": lambda year: fired(
        sessions.a_session(year), "cancel", year.instructor, play.WRITING, reason="Grippe"
    ),
}


def booking(year):
    return sessions.booked(year, sessions.a_session(year))


def came(year):
    """Somebody who came to a session before there was a request."""
    return fired(booking(year), "attend", year.instructor, sessions.AFTER)


BOOKINGS = {
    "waiting": lambda year: sessions.booked(year, sessions.full(year)),
    "booked": booking,
    "cancelled": lambda year: fired(booking(year), "cancel", year.holder, play.WRITING),
    "attended": came,
    "absent": lambda year: fired(booking(year), "miss", year.instructor, sessions.AFTER),
}


def drafted(year):
    draft = play.a_draft(year)
    return fired(sessions.an_idea(year), "become", year.holder, play.WRITING, dossier=draft.pk)


IDEAS = {
    "open": sessions.an_idea,
    "drafted": drafted,
    "aside": lambda year: fired(sessions.an_idea(year), "set_aside", year.holder, play.WRITING),
}


def item(year, title="", kind_of="exchange", minutes=10, dossiers=(), committee=None, **fields):
    """A point of the agenda of the year's first committee."""
    committee = committee or year.cycle.committees.order_by("on", "pk")[0]
    before = cases.AgendaItem.objects.filter(title__startswith="Tour de table").count()
    usual = (
        f"Tour de table {before + 1}" if before else "Tour de table"
    )  # because twice the same is one click
    point = cases.AgendaItem(
        committee=committee, title=title or usual, kind_of=kind_of, minutes=minutes, dossiers=list(dossiers),
        rank=cases.AgendaItem.objects.filter(committee=committee).after(), **fields,
    )  # fmt: skip
    engine.open_many([point], by=year.coordinator, at=play.SITTING)
    return play.fresh(point)


def postponed(year):
    later = year.cycle.committees.create(on="2027-03-10", label="Seconde séance")
    return fired(item(year), "postpone", year.coordinator, play.SITTING, committee=later.pk)


def attendee(year, name="Awa Diallo", organisation="Ville", **fields):
    """Somebody invited to the year's first committee."""
    committee = year.cycle.committees.order_by("on", "pk")[0]
    one = cases.Attendee(committee=committee, name=name, organisation=organisation, **fields)
    engine.open_many([one], by=year.coordinator, at=play.WRITING)
    return play.fresh(one)


def goals_request(year):
    """Every partner of the year's committee asked what it expects; the first one's request."""
    committee = year.cycle.committees.select_related("cycle").order_by("on", "pk")[0]
    return goals.ask(committee, by=year.coordinator, at=play.READING)[0]


def minutes(year):
    """The record of the year's committee, signed off."""
    committee = year.cycle.committees.select_related("cycle").order_by("on", "pk")[0]
    seen = record.digest_of(record.content_of(committee))
    return record.sign_off(committee, seen, by=year.coordinator, at=play.SITTING)


ITEMS = {
    "planned": item,
    "done": lambda year: fired(item(year), "conclude", year.coordinator, play.SITTING, conclusion="Vu."),
    "postponed": postponed,
}

PROGRAMMINGS = {"open": programmings.opened, "signed": programmings.signed}

SCENARIOS = {
    "open": programmings.scenario,
    "aside": lambda year: fired(programmings.scenario(year), "set_aside", year.instructor, play.SITTING),
}

REACHED = {
    "cases.dossier": DOSSIERS,
    "cases.fundingline": LINES,
    "cases.support": SUPPORTS,
    "cases.agreedaction": AGREED,
    "cases.remark": REMARKS,
    "cases.feedback": FEEDBACKS,
    "cases.report": REPORTS,
    "cases.change": CHANGES,
    "cases.inquiry": INQUIRIES,
    "cases.session": SESSIONS,
    "cases.booking": BOOKINGS,
    "cases.idea": IDEAS,
    "cases.agendaitem": ITEMS,
    "cases.programming": PROGRAMMINGS,
    "cases.scenario": SCENARIOS,
}
