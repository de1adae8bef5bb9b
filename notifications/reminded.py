"""What a reminder's mail may say besides what every mail may: until when, of how many things, where and with whom."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.urls import reverse

from cases import survey
from cases.models import AgreedAction
from notifications.addresses import absolute
from notifications.expected import EXPECTED, deadline_of
from notifications.models import REMINDER, Message
from notifications.pairs import read_reason
from workflow.models import Cycle, Step, StepKind


def due_of(message: Message, subject, closing: Callable | None = None) -> date:
    """The day by which a reminder expects something, whatever the day it counts from."""
    _, day, _ = read_reason(message.reason)
    kind = EXPECTED[message.event.removeprefix(REMINDER)]
    shared = (closing or _closing)(message.cycle.current_id, kind.until) if kind.until else None
    return deadline_of(subject, kind) or shared or day


def days_of(messages: list[Message], subjects: Mapping[int, Any]) -> dict[int, date]:
    """{message key: the day by which it expects something}, the calendar being asked once."""
    closing = cache(_closing)
    return {one.pk: due_of(one, subjects[one.subject_id], closing) for one in messages}


def _closing(version: int, kind: str) -> date | None:
    """The last day of a window of the rules in force, whether it is past or ahead."""
    steps = Step.objects.filter(version=version, kind=kind, closes__isnull=False).exclude(gates="")
    step = steps.select_related("closes").order_by("pk").first()
    return step and step.last_day


def call_of(cycle: Cycle, on: date) -> dict:
    """When one may ask, for whoever has begun nothing: `open` once the day has come."""
    steps = Step.objects.filter(version=cycle.current_id, kind=StepKind.FILING).exclude(gates="")
    step = steps.select_related("opens", "closes").order_by("pk").first()
    opening = step and step.first_day
    return {"opens_on": opening, "closes_on": step and step.last_day, "open": not opening or opening <= on}


def survey_of(cycle: Cycle) -> dict:
    """What the survey is called, until when one may answer it, and where."""
    step = survey.step_of(cycle)
    page = absolute(reverse("survey", args=[cycle.code]))
    return {"label": step.label, "closes_on": step.last_day, "page": page}


def actions_of(actions: Iterable[AgreedAction]) -> list[dict]:
    """What was agreed and is not done, by its day; with the request it is for, where there is one."""
    found = sorted(actions, key=lambda one: (one.due_on, one.pk))
    return [
        {"text": one.text, "due": one.due_on, "title": one.dossier.title if one.dossier else ""}
        for one in found
    ]


def interim_by(dossier) -> date | None:
    """Until when an intermediate report is asked, where the dossier's rules say so."""
    steps = Step.objects.filter(version=dossier.rules_id, kind=StepKind.INTERIM, closes__isnull=False)
    step = steps.select_related("closes").order_by("pk").first()
    return step and step.last_day


def report_of(report) -> dict:
    """Which report it is, and where it is read."""
    name = "dossier-report" if report.is_final else "dossier-interim"
    page = absolute(reverse(name, args=[report.dossier.uuid]))
    return {"label": report.get_kind_of_display().lower(), "page": page}
