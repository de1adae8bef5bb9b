"""Who must be reminded of what: planned by one statement per rule, and asked again before it leaves.

A reminder is about a day: a milestone of the cycle, or the day asked of one dossier. Its row carries that day in its
reason, « code|day|J-n », so that planning twice writes nothing and a day that moves leaves the old row without ground.
What is done, withdrawn or begun too late is left out by the same conditions when planning and when sending.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connections, models, router
from django.db.models import F, Max, QuerySet, Value

from cases.models import Dossier, FundingLine
from notifications.catalogue import AWAITING_OPINION, REMINDERS
from notifications.due import daytime, leaves_on, nearest, spoken
from notifications.expected import EXPECTED, people, rows_of
from notifications.models import REMINDER, Message, ReminderRule
from notifications.outbox import RandomUUID, text
from workflow.calendar import paris_day
from workflow.models import Cycle, Entry, Milestone, User
from workflow.publishing import VersionState
from workflow.registry import Hanging
from workflow.roles import cycles_of

REST_DAYS = 10
"""More than any run of days without work: by so much a reminder may leave before its offset."""

# ── Planning ────────────────────────────────────────────────────────────────


def plan(at: datetime) -> int:
    """Write what is due by that instant into the outbox; returns how many rows are new. Twice writes nothing more."""
    on = paris_day(at)
    written = 0
    for rule in _rules():
        dues = {due: nearest(due, rule.days_before, on) for due in _days(rule, on, on)}
        speaking = {due: days for due, days in dues.items() if _speaks(rule, due, days)}
        if speaking:
            written += _insert(_rows(rule, speaking, at))
    return written


def _rules(**narrowed) -> list[ReminderRule]:
    """The rules of published versions; `set_at` is when their milestone was last moved."""
    rules = ReminderRule.objects.filter(version__state=VersionState.PUBLISHED, **narrowed)
    rules = list(rules.select_related("milestone").order_by("pk"))
    label = Milestone._meta.label_lower
    moves = Entry.objects.filter(subject_label=label, payload__contains='"ends_on"').order_by("subject_id")
    moved = dict(moves.values_list("subject_id").annotate(Max("at")))
    for rule in rules:
        rule.set_at = moved.get(rule.milestone_id)
    return rules


def _speaks(rule: ReminderRule, due: date, days: int | None) -> bool:
    """A day that was set, or moved, when this reminder should have left already waits for the next offset."""
    if days is None:
        return False
    return rule.set_at is None or paris_day(rule.set_at) < leaves_on(due, days)


def _days(rule: ReminderRule, first: date, last: date) -> list[date]:
    """The days that a rule may speak of between these two, both counted."""
    own = EXPECTED[rule.kind].day
    if not own:
        return [rule.milestone.ends_on] if rule.milestone and rule.milestone.ends_on >= first else []
    farthest = last + timedelta(days=max(rule.days_before, default=0) + REST_DAYS)
    rows = rows_of(rule).filter(**{f"{own}__range": (first, farthest)})
    return list(rows.order_by(own).values_list(own, flat=True).distinct())


def _rows(rule: ReminderRule, dues: Mapping[date, int], at: datetime) -> QuerySet:
    """The outbox rows of a rule, column by column."""
    subject = EXPECTED[rule.kind]
    row = {
        "uuid": RandomUUID(),
        "event": text(REMINDER + rule.kind),
        "reason": F("why"),
        "audience": text(subject.audience),
        "template": text(REMINDERS[rule.kind]),
        "recipient": F("told"),
        "subject_label": text(subject.model._meta.label_lower),
        "subject_id": F("pk"),
        "planned_on": F("leaves"),
        "created_at": Value(at, output_field=models.DateTimeField()),
        "due_at": Value(daytime(at), output_field=models.DateTimeField()),
        "cycle": F("cycle"),
        "dossier": F("pk") if subject.model is Dossier else F("dossier"),
    }
    named = {f"row_{name}": value for name, value in row.items()}
    return people(rule, dues).order_by().annotate(**named).values_list(*named)


def _insert(rows: QuerySet) -> int:
    """INSERT … SELECT … ON CONFLICT DO NOTHING, whose names are those of the rows."""
    connection = connections[router.db_for_write(Message)]
    quoted = connection.ops.quote_name
    names = [name.removeprefix("row_") for name in rows.query.annotation_select if name.startswith("row_")]
    columns = ", ".join(quoted(Message._meta.get_field(name).column) for name in names)
    sql, parameters = rows.query.get_compiler(connection.alias).as_sql()
    with connection.cursor() as cursor:
        into = quoted(Message._meta.db_table)
        cursor.execute(f"INSERT INTO {into} ({columns}) {sql} ON CONFLICT DO NOTHING", parameters)
        return cursor.rowcount


# ── Before it leaves ────────────────────────────────────────────────────────


def still_holds(message: Message, at: datetime | None = None) -> bool:
    """Whether what a message asks for is still to be done; what only tells something always holds.

    With `at`, a reminder whose day has passed no longer holds either.
    """
    if message.event.startswith(REMINDER):
        return _is_still_due(message, at)
    if message.template in AWAITING_OPINION:
        return _awaits_opinion(message)
    return True


def _awaits_opinion(message: Message) -> bool:
    owed = FundingLine.objects.awaiting(message.recipient)
    on_line = message.subject_label == FundingLine._meta.label_lower
    return owed.filter(**{"pk" if on_line else "dossier": message.subject_id}).exists()


def _is_still_due(message: Message, at: datetime | None) -> bool:
    code, day, offset = message.reason.split("|")
    due, days = date.fromisoformat(day), int(offset.removeprefix("J-"))
    kind = message.event.removeprefix(REMINDER)
    subject = EXPECTED[kind]
    if at is not None and paris_day(at) > due:
        return False
    version = subject.model._base_manager.filter(pk=message.subject_id).values(subject.rules)
    rule = next(iter(_rules(version__in=version, code=code, kind=kind)), None)
    if rule is None or not _speaks(
        rule, due, days
    ):  # a milestone that was moved speaks of this day no longer
        return False
    return people(rule, {due: days}).filter(pk=message.subject_id, told=message.recipient_id).exists()


# ── What is to come ─────────────────────────────────────────────────────────


class Upcoming(NamedTuple):
    """One reminder that would leave if nothing changed."""

    on: date
    what: str
    template: str
    recipient: User
    dossier: Dossier

    def answers_to(self, text: str) -> bool:
        """Whether its recipient or its dossier bears the words somebody typed."""
        return text.lower() in f"{self.recipient} {self.recipient.email} {self.dossier}".lower()


def upcoming_for(user, first: date, last: date, text: str = "") -> list[Upcoming]:
    """`upcoming` over every cycle whose messages this person may read, narrowed to the words somebody typed."""
    cycles = Cycle.objects.filter(pk__in=cycles_of(user, "message", "see"))
    found = [row for cycle in cycles.order_by("pk") for row in upcoming(cycle, first, last)]
    return [row for row in found if row.answers_to(text)]


def upcoming(cycle, first: date, last: date) -> list[Upcoming]:
    """Every reminder of a cycle that would leave from `first` to `last` if nothing changes, in order.

    Ask from tomorrow on: what is due today stands in the outbox already.
    """
    found = []
    for rule in _rules(version__cycle=cycle):
        for due in _days(rule, first, last):
            for days in spoken(due, rule.days_before, first, last).values():
                if not _speaks(rule, due, days):
                    continue
                pairs = people(rule, {due: days})
                key = "pk" if EXPECTED[rule.kind].model is Dossier else "dossier"
                found += [(rule, *row) for row in pairs.order_by("pk").values_list("leaves", "told", key)]
    people_by_key = User.objects.in_bulk({row[2] for row in found})
    dossiers = Dossier.objects.select_related("organisation", "cycle").in_bulk({row[3] for row in found})
    rows = [
        Upcoming(on, rule.label, REMINDERS[rule.kind], people_by_key[person], dossiers[dossier])
        for rule, on, person, dossier in found
    ]
    return sorted(rows, key=lambda one: (one.on, one.template, one.dossier.number, one.recipient.pk))


def hanging(document) -> Iterable[Hanging]:
    """The reminders that a date of the calendar carries; those about a date of each dossier hang on none."""
    for row in document["rappels"].values():
        if row["milestone"] is not None:
            due = document["jalons"][row["milestone"]]["ends_on"]
            for days in sorted(row["days_before"], reverse=True):
                yield Hanging(f"Rappel « {row['label']} », {_before(days)}", leaves_on(due, days))


def _before(days: int) -> str:
    return {0: "le jour même", 1: "la veille"}.get(days, f"{days} jours avant")
