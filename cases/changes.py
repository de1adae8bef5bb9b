"""Changes of an action whose answer is known: asked for, and the day that its report would then have."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.urls import reverse

from cases import after_words
from cases.change_life import UNDER_WAY, ChangeKind, Subject
from cases.models import Change, Dossier
from cases.states import ChangeState
from workflow import engine
from workflow.models import Step, StepKind

HALF_A_YEAR = timedelta(days=181)
"""The law leaves six months after the exercise (law 2000-321, art. 10; order of 11 October 2006)."""


class Noted(NamedTuple):
    """One change as the page of its dossier shows it."""

    key: int
    kind: str
    state: str
    new_end: date | None
    whole: bool

    @property
    def label(self) -> str:
        return ChangeKind(self.kind).label

    @property
    def said(self) -> str:
        return ChangeState(self.state).label.lower()


def noted_on(dossier: Dossier) -> list[Noted]:
    """What was gathered with the dossier's row (`HangingQuerySet.for_its_page`), the oldest first."""
    rows = sorted(dossier.changed or ())
    return [
        Noted(key, kind, state, end and date.fromisoformat(end), bool(whole))
        for key, kind, state, end, whole in rows
    ]


def may_ask(dossier: Dossier, lines) -> bool:
    """Whether anything may still change: an award was told and is kept."""
    told = any(one.notified_on and one.due and one.state != "renounced" for one in lines)
    return dossier.state in UNDER_WAY and told


def pages_of(dossier: Dossier, lines) -> list[tuple[str, str]]:
    """Where its holder and its team go once it is answered: the intermediate report, and what changes on the way."""
    names = [("Bilan intermédiaire", "dossier-interim")] if dossier.has_interim else []
    asks = may_ask(dossier, lines)
    if asks or dossier.changed:
        names.append((after_words.ASK_CHANGE if asks else after_words.SEE_CHANGES, "changes"))
    return [(label, reverse(name, args=[dossier.uuid])) for label, name in names]


def ask(dossier: Dossier, facts: dict, *, by, at: datetime) -> Change:
    """Raises `Refused`, with every reason."""
    change = Change(dossier=dossier, asked_at=at, **facts)
    engine.open_many([change], by=by, at=at)
    return change


def report_day_after(change: Change) -> date:
    """The report's day moves by as much as the action's end; half a year after it where the calendar says none."""
    dossier = change.dossier
    steps = Step.objects.filter(version=dossier.rules_id, kind=StepKind.REPORTING, closes__isnull=False)
    step = steps.select_related("closes").order_by("pk").first()
    due = dossier.report_due_on or (step and step.last_day)
    if due is None or change.new_end is None:
        return (change.new_end or dossier.last_day) + HALF_A_YEAR
    return due + (change.new_end - dossier.last_day)


def subjects_of(change: Change) -> list[str]:
    """What an amendment touches, in words."""
    return [Subject(one).label for one in change.about if one in Subject.values]
