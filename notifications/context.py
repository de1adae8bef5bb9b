"""What a mail may say: read when its template asks for it, and sealed so that nobody's words are more than words.

Every name of `context_of` is there for every template; each costs its own query, and only where it is used.
"""

from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.db.models import F
from django.urls import reverse

from cases.models import Dossier, FundingLine
from cases.states import LineState
from cases.words import Audience as Reader
from cases.words import said
from notifications import filings, reminded
from notifications.addresses import Pages, Secrets, Sure, absolute, marker
from notifications.audience import Audience
from notifications.catalogue import OF_ACCOUNTS
from notifications.meetings import meeting_of, sitting_of
from notifications.models import Message, MessageStatus
from notifications.optional import OPTIONAL
from notifications.seal import dialled, sealed
from workflow.calendar import paris_day
from workflow.journal import facts_of
from workflow.models import Cycle, Entry, Step, StepKind
from workflow.roles import Role

SHORT = 60
"""How many signs of a title stand in a subject line."""
NOBODY = "L’équipe du contrat de ville"


def context_of(messages: list[Message]) -> dict[str, Any]:
    """The names a template may use, for the messages of one mail."""
    return {name: sealed(value) for name, value in _names(messages).items()}


def _names(messages: list[Message]) -> dict[str, Any]:
    first = messages[0]
    subject = _subject(first)
    dossier = _dossier(subject)
    cycle = dossier.cycle if dossier else subject if isinstance(subject, Cycle) else first.cycle
    lines, on = cache(lambda: _lines(messages)), paris_day(first.created_at)
    return {
        "alone": True,
        "optional": first.template in OPTIONAL,
        "necessary": first.template not in (*OPTIONAL, *OF_ACCOUNTS),
        "person": first.recipient.get_full_name(),
        "at": first.created_at,
        "cycle": {"name": cycle.name, "contract": cycle.contract.name} if cycle else None,
        "team": _team(cycle),
        "dossier": _about(dossier, first.audience) if dossier else None,
        "step": lambda: subject.step.label,
        "agreed": cache(lambda: _agreed(subject)),
        "met_on": lambda: subject.met_on,
        "house": lambda: subject.organisation.name,
        "by": lambda: str(subject.noted_by or NOBODY),
        "line": lambda: _about_line(subject),
        "fact": cache(lambda: _facts(first)),
        "letter": cache(lambda: filings.letter_of(subject)),
        "filing": cache(lambda: filings.filing_of(dossier, first.created_at)),
        "completion": cache(lambda: filings.completion_of(dossier)),
        "deadline": cache(lambda: _last_day(dossier, StepKind.FILING, on)),
        "report_by": cache(lambda: dossier.report_due_on or _last_day(dossier, StepKind.REPORTING, on)),
        "interim_by": cache(lambda: reminded.interim_by(dossier)),
        "report": lambda: reminded.report_of(subject),
        "due": cache(lambda: reminded.due_of(first, subject)),
        "late": lambda: reminded.due_of(first, subject) < on,
        "call": cache(lambda: reminded.call_of(cycle, on)),
        "survey": cache(lambda: reminded.survey_of(cycle)),
        "meeting": cache(lambda: meeting_of(subject)),
        "sitting": cache(lambda: sitting_of(subject)),
        "actions": cache(lambda: reminded.actions_of(_subjects(messages).values())),
        "each": cache(lambda: _each(messages)),
        "asked": lambda: [_about_line(line) for line in lines()],
        "answer_by": lambda: _earliest(lines()),
        "told": cache(lambda: _told(messages)),
        "one_dossier": lambda: len({one.dossier_id for one in _subjects(messages).values()}) == 1,
        "links": lambda: _links(lines()),
        "question": lambda: _question(subject),
        "held": lambda: _held(cycle),
        "returned": lambda: _returned(subject),
        "page": Pages(dossier),
        "secret": Secrets(),
        "onward": Sure(f"?{urlencode({'next': first.leads_to})}" if first.leads_to else ""),
        "service": {"address": Sure(settings.SITE_URL), "town": settings.TOWN_NAME},
    }


# ── What a message is about ─────────────────────────────────────────────────

_RELATED = {
    "cases.dossier": (),
    "cases.fundingline": ("envelope__financier__organisation", "seat"),
    "cases.support": ("step", "noted_by"),
    "cases.inquiry": ("seat",),
    "cases.booking": ("session__host", "organisation", "idea", "cycle"),
    "cases.session": ("host",),
    "cases.letter": ("replaces",),
    "cases.goalsrequest": ("committee",),
    "notifications.message": ("recipient",),
}


def _subject(message: Message):
    """The row, with all that its mail looks at, in one query."""
    return _subjects([message])[message.subject_id]


def _subjects(messages: list[Message]) -> dict[int, Any]:
    """{key: row} of what messages of one template are about, in one query."""
    label = messages[0].subject_label
    model = apps.get_model(label)
    known = {one.subject_id: one.about for one in messages if one.about is not None}
    if len(known) == len({one.subject_id for one in messages}):
        return known
    found, related = (
        model._base_manager.filter(pk__in={one.subject_id for one in messages}),
        related_to(model),
    )
    rows = {row.pk: row for row in (found.select_related(*related) if related else found)}
    if messages[0].subject_id not in rows:
        raise model.DoesNotExist(f"{label} {messages[0].subject_id}")
    return rows


def related_to(model: type) -> tuple[str, ...]:
    """What the mails of a kind look at besides its own row."""
    names = {field.name for field in model._meta.get_fields()}
    up = "" if model is Dossier else "dossier__"
    dossier = ("organisation", "cycle__contract", "rules") if model is Dossier or "dossier" in names else ()
    return (*(f"{up}{name}" for name in dossier), *_RELATED.get(model._meta.label_lower, ()))


def _dossier(subject) -> Dossier | None:
    return subject if isinstance(subject, Dossier) else getattr(subject, "dossier", None)


_READERS = {
    Audience.HOLDER: Reader.HOLDER,
    Audience.TEAM: Reader.TEAM,
    Audience.COORDINATION: Reader.TEAM,
    Audience.THIRD_PARTY: Reader.READER,
}
"""Whose words a dossier's state is said in; everybody else reads it as a financier does."""


def _about(dossier: Dossier, audience: str) -> dict:
    return {
        "number": dossier.reference,
        "title": dossier.title,
        "short": dossier.title if len(dossier.title) <= SHORT else f"{dossier.title[: SHORT - 1].rstrip()}…",
        "holder": dossier.organisation.name,
        "state": said(dossier.state, dossier.get_state_display(), _READERS.get(audience, Reader.FINANCIER)),
        "next_committee_on": dossier.next_committee_on,
    }


def _about_line(line: FundingLine) -> dict:
    return {
        "number": line.dossier.reference,
        "title": line.dossier.title,
        "holder": line.dossier.organisation.name,
        "financier": str(line.envelope.financier),
        "requested": line.requested,
        "decided": line.decided,
        "given_back": line.given_back,
        "team_proposal": line.team_proposal,
        "due": line.dossier.review_due_on,
    }


def _question(inquiry) -> dict:
    reply = absolute(reverse("inquiry-move", args=[inquiry.uuid, "reply"]))
    return {"text": inquiry.question, "answer": inquiry.answer, "by": str(inquiry.seat), "reply": reply}


def _held(cycle: Cycle) -> dict:
    """What waits in a cycle until somebody decides."""
    page = absolute(f"{reverse('messages-list')}?tab={MessageStatus.HELD}")
    return {"count": Message.objects.in_status(MessageStatus.HELD).filter(cycle=cycle).count(), "page": page}


def _returned(message: Message) -> dict:
    """A message that came back, for the coordinators."""
    page = absolute(reverse("message-detail", args=[message.uuid]))
    return {
        "person": str(message.recipient),
        "address": message.address,
        "said": message.subject,
        "page": page,
    }


def _team(cycle: Cycle | None) -> dict:
    """Who can help: the cycle's own team, else the number that the town gives."""
    return {
        "name": (cycle.team_name if cycle else "") or NOBODY,
        "phone": dialled((cycle.team_phone if cycle else "") or settings.HELP_PHONE),
        "email": dialled(cycle.team_email if cycle else ""),
    }


# ── What happened ───────────────────────────────────────────────────────────


def _facts(message: Message) -> dict:
    """The facts of the move that this message tells, its words put back and its days read."""
    label, seq = message.subject_label, message.reason.rpartition("#")[2]
    found = Entry.objects.filter(subject_label=label, subject_id=message.subject_id, seq=seq)
    entry = found.get()
    return _read(facts_of(entry), dict(entry.prose.order_by("pk").values_list("key", "text")), "")


def _read(fact: Any, words: dict[str, str], path: str) -> Any:
    if isinstance(fact, dict):
        if set(fact) == {"prose"}:
            return words.get(path, "")
        return {name: _read(one, words, f"{path}.{name}" if path else name) for name, one in fact.items()}
    if isinstance(fact, list):
        return [_read(one, words, f"{path}.{rank}") for rank, one in enumerate(fact)]
    return date.fromisoformat(fact) if path.endswith(("_on", "deadline")) and fact else fact


def _agreed(met) -> list[dict]:
    """What that meeting gave the holder and the team to do, the first day first."""
    rows = met.agreed.select_related("member").order_by("due_on", "pk")
    return [{"text": one.text, "who": str(one.member or ""), "due_on": one.due_on} for one in rows]


def _last_day(dossier: Dossier, kind: str, on: date) -> date | None:
    """The last day of a window of the calendar, where the dossier's rules say one and it is still ahead."""
    steps = Step.objects.filter(version=dossier.rules_id, kind=kind, closes__isnull=False).exclude(gates="")
    step = steps.select_related("closes").order_by("pk").first()
    return step.last_day if step and step.last_day >= on else None


def _each(messages: list[Message]) -> list[dict]:
    """The dossiers of these messages, by number, each with the day by which something is expected."""
    subjects = _subjects(messages)
    days = reminded.days_of(messages, subjects)
    found = [
        _about(_dossier(subjects[one.subject_id]), one.audience) | {"due": days[one.pk]} for one in messages
    ]
    return sorted(found, key=lambda one: one["number"])


def _told(messages: list[Message]) -> list[dict]:
    """The lines of these messages whose financier answered, by number."""
    rows = _subjects(messages).values()
    return [_about_line(one) for one in sorted(rows, key=lambda row: (row.dossier.number, row.pk))]


# ── What is asked of a financier ────────────────────────────────────────────


def _lines(messages: list[Message]) -> list[FundingLine]:
    """The lines of these messages on which their recipient gives an opinion, the most urgent first."""
    keys = [one.subject_id for one in messages]
    lines = FundingLine.objects.exclude(state=LineState.REQUESTED)
    mine = {"user": messages[0].recipient, "role": Role.FINANCIER, "cycle": F("cycle")}
    if messages[0].subject_label == FundingLine._meta.label_lower:
        lines = lines.filter(pk__in=keys)
    else:
        lines = lines.filter(
            dossier__in=keys, **{f"seat__grants__{name}": value for name, value in mine.items()}
        )
    related = ("dossier__organisation", "envelope__financier__organisation", "seat")
    return list(lines.select_related(*related).order_by("dossier__review_due_on", "dossier__number", "pk"))


def _earliest(lines: list[FundingLine]) -> date | None:
    return min((line.dossier.review_due_on for line in lines if line.dossier.review_due_on), default=None)


def _links(lines: list[FundingLine]) -> list[dict]:
    """One secret address per seat: a link opens what awaits a person on one seat."""
    seats = {line.seat_id: line for line in reversed(lines)}
    many = len(seats) > 1
    return [
        {"seat": str(line.seat) if many else "", "address": marker("avis", line.dossier_id)}
        for line in reversed(seats.values())
    ]
