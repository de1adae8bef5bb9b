"""What a coordinator does with messages: hold them, let them go, send them at once, send them again.

Whatever is done is written in the journal of its cycle, under that cycle's lock: which messages, by whom, when. A
cycle is locked before its messages, as the sweep does it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet, TextChoices

from notifications import bounces, outbox, wakeups
from notifications.models import Message, MessageStatus
from notifications.words import STOPPED_FIRST
from workflow import engine
from workflow.models import Cycle
from workflow.refusal import Refusal, Refused

ONCE = ("reason", "recipient_id", "subject_label", "subject_id", "planned_on")
ROWS = "messages"
"""Under which name the journal of a cycle keeps what was done with its messages."""


class Deed(TextChoices):
    HOLD = "hold", "Retenir"
    RELEASE = "release", "Laisser partir"
    SEND_NOW = "send_now", "Envoyer maintenant"
    RESEND = "resend", "Renvoyer"
    RETRY = "retry", "Réessayer"
    CONFIRM = "confirm", "L’adresse est bonne : réessayer"

    @property
    def sends(self) -> bool:
        return self is not Deed.HOLD


W, H, S, X = MessageStatus.WAITING, MessageStatus.HELD, MessageStatus.SENT, MessageStatus.FAILED
OPEN_TO: dict[str, tuple[str, ...]] = {
    Deed.HOLD: (W,),
    Deed.RELEASE: (H,),
    Deed.SEND_NOW: (W, H),
    Deed.RESEND: (S, X),
    Deed.RETRY: (X,),
    Deed.CONFIRM: (X,),
}
"""From which statuses each may be done."""


def deeds_of(status: str) -> list[Deed]:
    """What may be done with messages of one status, for many at once; an address is confirmed alone."""
    return [one for one in Deed if status in OPEN_TO[one] and one is not Deed.CONFIRM]


def fit_for(deed: Deed, messages: Iterable[Message]) -> list[Message]:
    """Those with which it may be done, as they were read."""
    return [one for one in messages if one.status in OPEN_TO[deed]]


def do(deed: Deed, messages: Iterable[Message], *, by, at: datetime) -> int:
    """Do one thing with many messages; returns with how many mails it was done. Raises `Refused`.

    What left, failed or was held since is left out; what leaves in one mail goes together.
    """
    mails: dict[int, set[int]] = defaultdict(set)
    with transaction.atomic():
        for one in written(messages, at):
            mails[one.cycle_id].add(one.carried_by_id or one.pk)
        done = sum(_in_one(cycle, deed, keys, by, at) for cycle, keys in sorted(mails.items()))
    if done and deed.sends:
        wakeups.after_commit()
    return done


def written(messages: Iterable[Message], at: datetime) -> list[Message]:
    """The same rows, those still to come written before their day: planning will find them there."""
    messages = list(messages)
    ahead = [one for one in messages if one.pk is None]
    for one in ahead:
        one.created_at = at
    Message.objects.bulk_create(ahead, ignore_conflicts=True)
    keys = {_key(one) for one in ahead}
    near = Message.objects.filter(reason__in={one.reason for one in ahead}).order_by("pk") if ahead else ()
    return [one for one in messages if one.pk] + [one for one in near if _key(one) in keys]


def _key(message: Message) -> tuple:
    """By what the outbox knows a row from another."""
    return tuple(getattr(message, name) for name in ONCE)


def _in_one(key: int, deed: Deed, keys: set[int], by, at: datetime) -> int:
    with transaction.atomic():
        cycle = Cycle.objects.select_for_update(no_key=True, of=("self",)).get(pk=key)
        if deed is Deed.SEND_NOW and cycle.mail_stopped:
            raise Refused([Refusal("stopped", STOPPED_FIRST)])
        there = Message.objects.filter(pk__in=keys, status__in=OPEN_TO[deed], carried_by=None)
        done = _DOING[deed](there.order_by("pk"), at)
        if done:
            engine.amend(cycle, {"rows": {ROWS: {deed: done}}}, by=by, at=at)
    return len(done)


# ── Each of them, on rows of one cycle; returns the keys of those it touched ─


def _hold(rows: QuerySet, at: datetime) -> list[int]:
    return _rewritten(rows, status=H, leased_by=None, leased_until=None)


def _release(rows: QuerySet, at: datetime) -> list[int]:
    return _rewritten(rows, status=W, error="")


def _send_now(rows: QuerySet, at: datetime) -> list[int]:
    return _rewritten(rows, status=W, error="", due_at=at, at_once=True)


def _retry(rows: QuerySet, at: datetime) -> list[int]:
    return _rewritten(rows, status=W, error="", due_at=at, attempts=0)


def _confirm(rows: QuerySet, at: datetime) -> list[int]:
    for one in rows.select_related("recipient"):
        bounces.lift(one.recipient)
    return _retry(rows, at)


def _resend(rows: QuerySet, at: datetime) -> list[int]:
    known = rows.exclude(text="").select_related("recipient")
    return [one.pk for one in known if outbox.resend(one, at)]


def _rewritten(rows: QuerySet, **values) -> list[int]:
    """Write the rows, and those said in the same mail, with the same words."""
    asked = rows.order_by().values("pk")
    Message.objects.locked_by_key(Q(pk__in=asked) | Q(carried_by__in=asked))
    keys = list(rows.values_list("pk", flat=True))
    Message.objects.filter(Q(pk__in=keys) | Q(carried_by__in=keys)).update(**values)
    return keys


_DOING = {
    Deed.HOLD: _hold,
    Deed.RELEASE: _release,
    Deed.SEND_NOW: _send_now,
    Deed.RESEND: _resend,
    Deed.RETRY: _retry,
    Deed.CONFIRM: _confirm,
}
