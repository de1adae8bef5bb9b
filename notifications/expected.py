"""What each kind of reminder waits for: of which rows it speaks, to whom, until what is done, and since when.

The closed list of kinds stands in the model; planning, sending and forecasting share one declaration of each.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from cases.models import Dossier, FundingLine, Report
from cases.states import EDITABLE, DossierMove, DossierState, LineMove, LineState, ReportMove, ReportState
from notifications.audience import Audience, told
from notifications.due import leaves_on
from notifications.models import ReminderKind, ReminderRule
from workflow.calendar import opens
from workflow.models import Entry
from workflow.openings import OPEN


class Ask(NamedTuple):
    """The moves by which something began to be expected: of which model, and which of its rows (`of`)."""

    model: type
    of: Q
    moves: tuple[str, ...]


@dataclass(frozen=True)
class Expectation:
    """Of which rows a kind of reminder speaks, while what holds; `day` is their own, blank for a milestone's."""

    model: type
    audience: Audience
    holds: Q
    asks: tuple[Ask, ...]
    day: str = ""
    rules: str = "rules"


_ITSELF = Q(subject_id=OuterRef("pk"))
_REPORTS = Report.objects.filter(dossier=OuterRef(OuterRef("pk"))).values("pk")
_SENT = Exists(
    Report.objects.filter(dossier=OuterRef("pk"), state__in=(ReportState.FILED, ReportState.ACCEPTED))
)
EXPECTED: dict[str, Expectation] = {
    ReminderKind.NOT_FILED: Expectation(
        Dossier,
        Audience.HOLDER,
        Q(state__in=EDITABLE),
        (Ask(Dossier, _ITSELF, (OPEN, DossierMove.TAKE_BACK, DossierMove.RESTORE)),),
    ),
    ReminderKind.COMPLETION_DUE: Expectation(
        Dossier,
        Audience.HOLDER,
        Q(state=DossierState.INCOMPLETE),
        (Ask(Dossier, _ITSELF, (DossierMove.ASK_COMPLETION,)),),
        day="completion_due_on",
    ),
    ReminderKind.OPINION_AWAITED: Expectation(
        FundingLine,
        Audience.FINANCIER,
        Q(state=LineState.INVITED, dossier__state=DossierState.REVIEW),
        (
            Ask(
                Dossier,
                Q(subject_id=OuterRef("dossier")),
                (DossierMove.OPEN_REVIEW, DossierMove.REOPEN_REVIEW),
            ),
            Ask(FundingLine, _ITSELF, (LineMove.INVITE,)),
        ),
        day="dossier__review_due_on",
        rules="dossier__rules",
    ),
    ReminderKind.REPORT_DUE: Expectation(
        Dossier,
        Audience.HOLDER,
        Q(~_SENT, state=DossierState.REPORTING),
        (
            Ask(Dossier, _ITSELF, (DossierMove.OPEN_REPORTING,)),
            Ask(Report, Q(subject_id__in=_REPORTS), (ReportMove.ASK_CORRECTION,)),
        ),
    ),
}


def people(rule: ReminderRule, dues: Mapping[date, int]) -> QuerySet:
    """(subject, person) pairs that a rule reminds of these days, as rows with `told`, `leaves` and `reason`.

    `dues`, never empty, says which offset speaks for each day. What was asked on the day it should leave, or later,
    is left out.
    """
    kind = EXPECTED[rule.kind]
    pairs = told(kind.audience, kind.model).filter(kind.holds, **{kind.rules: rule.version_id})
    if kind.day:
        pairs = pairs.filter(**{f"{kind.day}__in": list(dues)})
    pairs = pairs.annotate(
        begins=_by_due(kind, dues, models.DateTimeField(), lambda due, days: opens(leaves_on(due, days))),
        leaves=_by_due(kind, dues, models.DateField(), leaves_on),
        why=_by_due(kind, dues, models.CharField(), lambda due, days: reason_of(rule, due, days)),
    )
    return pairs.filter(*(~_asked_since(ask) for ask in kind.asks))


def rows_of(rule: ReminderRule) -> QuerySet:
    """What a rule may speak of, whatever the day."""
    kind = EXPECTED[rule.kind]
    return kind.model._base_manager.filter(kind.holds, **{kind.rules: rule.version_id})


def reason_of(rule: ReminderRule, due: date, days: int) -> str:
    return f"{rule.code}|{due}|J-{days}"


def _asked_since(ask: Ask) -> Exists:
    later = Entry.objects.filter(subject_label=ask.model._meta.label_lower, move__in=ask.moves)
    return Exists(later.filter(ask.of, at__gte=OuterRef("begins")))


def _by_due(kind: Expectation, dues: Mapping[date, int], field: models.Field, value: Callable):
    """What hangs on the day of each row: a constant where all share a milestone's."""
    values = {due: Value(value(due, days), output_field=field) for due, days in dues.items()}
    if not kind.day:
        [only] = values.values()
        return only
    return Case(*(When(**{kind.day: due}, then=one) for due, one in values.items()), output_field=field)
