"""Who must be told, written in the transaction of what happened: keys only, nothing is rendered here.

One statement per event, whatever the number of entries and of audiences: `INSERT … SELECT … ON CONFLICT DO NOTHING`,
built from the querysets of `audience.py` once and kept (measured: building it again costs more than running it).
"""

from datetime import datetime
from functools import cache

from django.db import connections, models, router
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from cases.models import Dossier
from notifications import wakeups
from notifications.audience import present, scope_of, told
from notifications.catalogue import TO_CONFIRM, Telling, tellings_of
from notifications.models import Message, MessageStatus
from notifications.words import MANY_AT_ONCE
from workflow.calendar import paris_day
from workflow.grant_life import GrantState
from workflow.models import Cycle, Entry, Grant, User
from workflow.roles import Role
from workflow.statements import Among, Keys, Slot, filled

LONGEST_PATH = Message._meta.get_field("leads_to").max_length
MANY = 100
"""Beyond so many messages at once, one click is not enough: what leaves cannot be called back."""


def enqueue(entries: list[Entry], at: datetime) -> int:
    """Write what the entries of one call of the door give to say; returns how many messages are new.

    The planned day is the entries' own, so that telling again, even another day, writes nothing.
    """
    if not entries:
        return 0
    first = entries[0]
    using = router.db_for_write(Message)
    written = _statement(first.subject_label, first.move, using)
    if written is None:
        return 0
    sql, parameters = written
    given = {
        "entries": [entry.pk for entry in entries],
        "actor": first.actor_id or 0,  # because NULL would silence everybody when SYSTEM acts
        "planned_on": paris_day(first.at),
        "at": at,
    }
    with connections[using].cursor() as cursor:
        cursor.execute(sql, filled(parameters, given, connections[using]))
        new = cursor.rowcount
    if new > MANY and first.actor_id is not None:
        _hold(entries, at)
    return new


def _hold(entries: list[Entry], at: datetime) -> None:
    """What one click gives to say to more than a hundred people waits until somebody confirms it; they are told."""
    first = entries[0]
    tellings = tellings_of(first.subject_label, first.move)
    rows = Message.objects.filter(
        event__in={one.event for one in tellings},
        subject_label=first.subject_label,
        subject_id__in=[entry.subject_id for entry in entries],
        created_at=at,
    ).in_status(MessageStatus.WAITING)
    cycles = list(rows.order_by().values_list("cycle", flat=True).distinct())
    rows.update(status=MessageStatus.HELD, error=MANY_AT_ONCE)
    for cycle in Cycle.objects.filter(pk__in=cycles).order_by("pk"):
        for person in coordinators(cycle):
            tell(person, TO_CONFIRM, reason=f"confirmer.{first.pk}", at=at, subject=cycle, cycle=cycle)


def coordinators(cycle: Cycle) -> QuerySet:
    """Who answers for what a cycle says."""
    held = {"role": Role.COORDINATOR, "state": GrantState.HELD, "cycle": cycle}
    return User.objects.filter(pk__in=Grant.objects.filter(**held).values("user"), is_active=True).order_by(
        "pk"
    )


def tell(
    recipient, template: str, *, reason: str, at: datetime, subject=None, cycle=None, leads_to: str = ""
) -> bool:
    """Write a message that no line of the catalogue says (a link asked for); False if it was told already that day.

    Without a subject it is about the account: it belongs to no cycle, and no page shows it. `cycle` says which one it
    belongs to where its subject does not; `leads_to` is the path of the page that its link opens in the end.
    """
    about = subject or recipient
    row = {"event": template, "audience": "", "template": template, "created_at": at, "due_at": at}
    row["leads_to"] = leads_to if len(leads_to) <= LONGEST_PATH else ""
    row |= {"cycle_id": cycle.pk if cycle else getattr(about, "cycle_id", None)}
    row |= {"dossier": about if isinstance(about, Dossier) else getattr(about, "dossier", None)}
    _, new = Message.objects.get_or_create(
        reason=reason,
        recipient=recipient,
        subject_label=about._meta.label_lower,
        subject_id=about.pk,
        planned_on=paris_day(at),
        defaults=row,
    )
    if new:
        wakeups.after_commit()
    return new


def resend(message: Message, at: datetime) -> bool:
    """The very words of a message once more, to the same person, as a row of its own; False if done that day."""
    told = message.mail
    words = {name: getattr(told, name) for name in ("subject", "text", "html")}
    about = {name: getattr(message, name) for name in ("audience", "template", "cycle_id", "dossier_id")}
    _, new = Message.objects.get_or_create(
        reason=f"resend.{told.uuid}",
        recipient=message.recipient,
        subject_label=message.subject_label,
        subject_id=message.subject_id,
        planned_on=paris_day(at),
        defaults={"event": f"resend.{message.event}"[:60], "created_at": at, "due_at": at} | words | about,
    )
    if new:
        wakeups.after_commit()
    return new


@cache
def _statement(label: str, move: str, using: str) -> tuple[str, tuple] | None:
    """The one INSERT of an event and its parameters; None where the catalogue tells nobody."""
    selects = [_rows(one).query.get_compiler(using).as_sql() for one in tellings_of(label, move)]
    if not selects:
        return None
    quoted = connections[using].ops.quote_name
    columns = ", ".join(quoted(Message._meta.get_field(name).column) for name in _COLUMNS)
    rows = " UNION ALL ".join(sql for sql, _ in selects)
    into = quoted(Message._meta.db_table)
    # SQLite reads ON as a join's unless a WHERE comes before it: every audience has one.
    sql = f"INSERT INTO {into} ({columns}) {rows} ON CONFLICT DO NOTHING"
    return sql, tuple(parameter for _, given in selects for parameter in given)


_COLUMNS = (
    "uuid",
    "event",
    "reason",
    "audience",
    "template",
    "recipient",
    "subject_label",
    "subject_id",
    "planned_on",
    "created_at",
    "due_at",
    "cycle",
    "dossier",
)


def _rows(telling: Telling) -> QuerySet:
    """The rows of one audience, column by column in the order of `_COLUMNS`."""
    moved = Entry.objects.order_by().filter(Among(F("pk"), Keys("entries")))
    seq = Subquery(moved.filter(subject_id=OuterRef("pk")).values("seq"))
    people = told(telling.audience, telling.model).filter(telling.when, pk__in=moved.values("subject_id"))
    people = present(people, telling.audience, telling.model, Slot("planned_on", models.DateField()))
    if not telling.audience.hears_itself:
        people = people.exclude(told=Slot("actor", models.BigIntegerField()))
    row = {
        "uuid": RandomUUID(),
        "event": text(telling.event),
        "reason": Concat(Value(f"{telling.event}#"), Cast(seq, models.CharField())),
        "audience": text(telling.audience),
        "template": text(telling.template),
        "recipient": F("told"),
        "subject_label": text(telling.model._meta.label_lower),
        "subject_id": F("pk"),
        "planned_on": Slot("planned_on", models.DateField()),
        "created_at": Slot("at", models.DateTimeField()),
        "due_at": Slot("at", models.DateTimeField()),
        "cycle": F(f"{scope_of(telling.model)}cycle"),
        "dossier": _dossier_of(telling.model),
    }
    named = {f"row_{name}": row[name] for name in _COLUMNS}
    return people.order_by().annotate(**named).values_list(*named)


def _dossier_of(model: type):
    """The column of the request that a message is about; a session is about none."""
    if model is Dossier:
        return F("pk")
    about = any(field.name == "dossier" for field in model._meta.concrete_fields)
    return F("dossier") if about else Value(None, output_field=models.BigIntegerField(null=True))


def text(words: str) -> Value:
    """Words as a column."""
    return Value(str(words), output_field=models.CharField())


class RandomUUID(models.Func):
    """A random key drawn by the database, one per row."""

    output_field = models.UUIDField()
    template = "gen_random_uuid()"

    def as_sqlite(self, compiler, connection):
        return self.as_sql(compiler, connection, template="lower(hex(randomblob(16)))")
