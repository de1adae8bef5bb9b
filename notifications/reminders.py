"""Who must be reminded of what: planned by one statement per rule, and asked again before it leaves.

A reminder counts from a day: of the cycle, of one dossier, or the one on which something was asked. Its row carries
that day in its reason, « code|day|J-7 », so that planning twice writes nothing and a day that moves leaves the old row
without ground. What is done, withdrawn or begun too late is left out by the same conditions when planning and when
sending.
"""

from datetime import date, datetime, timedelta

from django.db import connections, models, router
from django.db.models import F, OuterRef, QuerySet, Subquery, Value

from cases import goals
from cases.models import Dossier, FundingLine
from notifications.catalogue import AWAITING_OPINION, GOALS
from notifications.models import REMINDER, Message, MessageStatus
from notifications.outbox import RandomUUID, text
from notifications.pairs import Dues, days_spoken_of, people, read_reason
from notifications.rules import Rule, in_force
from workflow.calendar import opens, paris_day, week_of

WEEK = timedelta(weeks=1)

# ── Planning ────────────────────────────────────────────────────────────────


def plan(at: datetime) -> int:
    """Write what is due by that instant into the outbox; returns how many rows are new. Twice writes nothing more."""
    on, written = paris_day(at), 0
    for rule in in_force():
        dues = rule.speaking(days_spoken_of(rule, on, on), at)
        if dues:
            written += _insert(_rows(rule, dues, at))
    return written


def _rows(rule: Rule, dues: Dues, at: datetime) -> QuerySet:
    """The outbox rows of a rule, column by column."""
    model, due_at = rule.asked.expected.model, rule.quiet.wakes_at(at)
    instant = models.DateTimeField()
    row = {
        "uuid": RandomUUID(),
        "event": text(REMINDER + rule.asked.kind),
        "reason": F("why"),
        "audience": text(rule.asked.told()),
        "template": text(rule.asked.words()),
        "recipient": F("told"),
        "subject_label": text(model._meta.label_lower),
        "subject_id": F("pk"),
        "planned_on": F("leaves"),
        "digest": Value(rule.asked.digest),
        "created_at": Value(at, instant),
        "due_at": Value(due_at, instant),
        "cycle": Value(rule.cycle, models.BigIntegerField()),
        "dossier": dossier_of(model) or Value(None, models.BigIntegerField()),
    }
    named = {f"row_{name}": value for name, value in row.items()}
    return _unheard(people(rule, dues), rule, due_at).order_by().annotate(**named).values_list(*named)


def _unheard(pairs: QuerySet, rule: Rule, due_at: datetime) -> QuerySet:
    """One reminder a week about one thing: whoever is told of it in that week waits."""
    monday = week_of(paris_day(due_at))
    told = Message.objects.filter(
        event=REMINDER + rule.asked.kind,
        due_at__gte=opens(monday),
        due_at__lt=opens(monday + WEEK),
        subject_id=OuterRef("pk"),
        recipient=OuterRef("told"),
    )
    told = told.exclude(status=MessageStatus.CANCELLED).values("pk")[:1]
    # A value and not an EXISTS, because the database would make that a join of two tables of which one has just
    # grown: without statistics it compares every pair, and a hundred thousand reminders planned twice take hours.
    return pairs.alias(heard=Subquery(told)).filter(heard=None)


def dossier_of(model: type) -> F | None:
    """From a row of what a reminder is about to its dossier's key."""
    if model is Dossier:
        return F("pk")
    return F("dossier") if any(one.name == "dossier" for one in model._meta.concrete_fields) else None


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
    if message.template == GOALS:
        return goals.still_asks(message.subject_id, message.recipient, at or message.due_at)
    return True


def _awaits_opinion(message: Message) -> bool:
    owed = FundingLine.objects.awaiting(message.recipient)
    on_line = message.subject_label == FundingLine._meta.label_lower
    return owed.filter(**{"pk" if on_line else "dossier": message.subject_id}).exists()


def _is_still_due(message: Message, at: datetime | None) -> bool:
    """A rule that changed, or a milestone that was moved, speaks of this day no longer."""
    code, due, offset = read_reason(message.reason)
    return any(
        _speaks_still(rule, message, due, offset, at)
        for rule in in_force(message.cycle_id, code)
        if rule.asked.kind == message.event.removeprefix(REMINDER)
    )


def _speaks_still(rule: Rule, message: Message, due: date, offset: int, at: datetime | None) -> bool:
    if at is not None and paris_day(at) > rule.rhythm.lapses_after(due, offset):
        return False
    if not (rule.own or rule.asked.by_own_day) and rule.day != due:
        return False
    if offset not in rule.rhythm.offsets or not rule.speaks(due, offset):
        return False
    pairs = people(rule, {due: offset})
    return pairs.filter(pk=message.subject_id, told=message.recipient_id).exists()
