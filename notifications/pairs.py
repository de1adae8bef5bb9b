"""Whom a rule reminds of what: one query of (subject, person) pairs, for planning, sending and foreseeing alike."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.db import models
from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When

from notifications.audience import present
from notifications.choices import Anchor
from notifications.expected import Expectation, asked_since, last_ask
from notifications.facts import TRUE_OF
from notifications.rules import Rule
from workflow.calendar import closes, opens

Dues = Mapping[date, int]
"""{day: the offset that speaks of it}, never empty."""


def people(rule: Rule, dues: Dues) -> QuerySet:
    """(subject, person) pairs that a rule reminds of these days, as rows with `told`, `leaves` and `why`.

    What was asked on the day its reminder should leave, or later, is left out.
    """
    asked, kind = rule.asked, rule.asked.expected
    pairs = kind.people(rule.cycle, asked.told())
    if asked.fact in kind.facts:
        pairs = pairs.filter(TRUE_OF[asked.fact])
    dated = _since_asked if asked.anchor == Anchor.ASKED else _before_a_day
    found = dated(pairs, kind, rule, dues)
    return found if kind.pairs else present(found, asked.told(), kind.model, OuterRef("leaves"))


def days_spoken_of(rule: Rule, first: date, last: date) -> list[date]:
    """The days of which a rule may say something between these two, both counted."""
    if not rule.rhythm.offsets:
        return []
    earliest, latest = rule.rhythm.horizon(first, last)
    if rule.asked.anchor == Anchor.ASKED:
        return [earliest + timedelta(days=n) for n in range((last - earliest).days + 1)]
    if not rule.own:
        return [rule.day] if rule.day and earliest <= rule.day <= latest else []
    own = rule.own
    rows = rule.asked.expected.rows(rule.cycle).filter(**{f"{own}__range": (earliest, latest)})
    return list(rows.order_by(own).values_list(own, flat=True).distinct())


def reason_of(rule: Rule, due: date, offset: int) -> str:
    """What makes a reminder itself: its rule, the day it counts from, and how far from it."""
    return f"{rule.asked.code}|{due}|J{offset:+d}"


def read_reason(reason: str) -> tuple[str, date, int]:
    """(code, day, offset) of a reminder's reason."""
    code, day, offset = reason.split("|")
    return code, date.fromisoformat(day), int(offset.removeprefix("J"))


# ── From a day of the calendar, or of each row ──────────────────────────────


def _before_a_day(pairs: QuerySet, kind: Expectation, rule: Rule, dues: Dues) -> QuerySet:
    own = rule.own
    if own:
        pairs = pairs.filter(**{f"{own}__in": list(dues)})
    elif kind.moved and rule.follows_deadline:
        pairs = pairs.filter(**{kind.moved: None})

    def by_day(field: models.Field, value: Callable):
        """A constant where all share one day."""
        values = {due: Value(value(due, offset), field) for due, offset in dues.items()}
        if not own:
            [only] = values.values()
            return only
        return Case(*(When(**{own: due}, then=one) for due, one in values.items()), output_field=field)

    pairs = pairs.annotate(
        begins=by_day(models.DateTimeField(), lambda due, offset: opens(rule.rhythm.leaves_on(due, offset))),
        leaves=by_day(models.DateField(), rule.rhythm.leaves_on),
        why=by_day(models.CharField(), lambda due, offset: reason_of(rule, due, offset)),
    )
    return pairs.filter(*(~since for since in asked_since(kind, "begins")))


# ── From the day it was asked ───────────────────────────────────────────────


def _since_asked(pairs: QuerySet, kind: Expectation, rule: Rule, dues: Dues) -> QuerySet:
    """The case stands inside the subquery, so that the journal is read once per column and row, whatever the days."""

    def by_day(field: models.Field, value: Callable) -> Subquery:
        cases = (
            When(at__gte=opens(due), at__lt=closes(due), then=Value(value(due, offset), field))
            for due, offset in dues.items()
        )
        said = last_ask(kind).annotate(said=Case(*cases, output_field=field))
        return Subquery(said.values("said")[:1], output_field=field)

    pairs = pairs.annotate(
        leaves=by_day(models.DateField(), rule.rhythm.leaves_on),
        why=by_day(models.CharField(), lambda due, offset: reason_of(rule, due, offset)),
    )
    return pairs.filter(why__isnull=False)
