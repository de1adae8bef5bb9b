"""Whose turn it is to send a row: taken by one UPDATE for two minutes, then kept, settled, put off or given back.

Every write names the lease it holds, so that a sweep that slept through its own lease changes nothing any more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from notifications import optional, sending
from notifications.catalogue import TOGETHER
from notifications.models import REMINDER, Message, MessageStatus
from notifications.sending import STOPPED
from workflow.models import Cycle

LEASE = timedelta(minutes=2)
BATCH = 20
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=24),
    timedelta(hours=1, minutes=30),
    timedelta(hours=6),
    timedelta(hours=16),
)
"""How long a message waits after each failed try: the last comes a day after the first, then a person must look."""


@dataclass(frozen=True)
class Claim:
    """What one sweep holds."""

    lease: UUID
    messages: list[Message]
    declined: frozenset[int] = frozenset()
    """Those that their recipients do without."""

    def mine(self, message: Message):
        """The row, and those said in the same mail, as long as the lease is ours."""
        group = Q(pk=message.pk, leased_by=self.lease) | Q(carried_by=message.pk)
        return Message.objects.filter(group, status=MessageStatus.WAITING)


def due(at: datetime):
    """What may leave at this instant: events always, reminders in the hours of their cycle, nothing once stopped."""
    rows, resting = Message.objects.due(at).exclude(STOPPED), Cycle.objects.resting(at)
    return rows.exclude(event__startswith=REMINDER, at_once=False, cycle__in=resting) if resting else rows


def take(at: datetime, most: int = BATCH) -> Claim:
    """Lease the oldest rows that nobody holds; on PostgreSQL two sweeps pass one another (SKIP LOCKED)."""
    lease = uuid4()
    with transaction.atomic():
        left = sending.rooms(at, locked=True)
        free = sending.with_room(due(at), left).select_for_update(skip_locked=True, of=("self",))
        first = free.order_by("due_at", "pk").values_list("pk", "cycle_id", "template")[:most]
        keys = sending.within(first, left)
        if not keys:
            return Claim(lease, [])
        Message.objects.filter(pk__in=keys).update(leased_by=lease, leased_until=at + LEASE)
        # Without those that somebody holds: whoever holds them may be waiting for the rows just taken.
        mates = _same_mail(lease, at).select_for_update(skip_locked=True)
        Message.objects.filter(pk__in=mates.values("pk")).update(leased_by=lease, leased_until=at + LEASE)
    messages = list(Message.objects.held_by(lease).order_by("due_at", "pk"))
    return Claim(lease, messages, frozenset(optional.declined_among(messages)))


def _same_mail(lease: UUID, at: datetime):
    """What makes one mail with a row just taken, however many rows that is; words that are kept stay alone."""
    taken, free = Message.objects.filter(leased_by=lease, text=""), due(at).filter(text="")

    def alike(*names: str) -> Exists:
        return Exists(taken.filter(**{name: OuterRef(name) for name in names}))

    one_template = Q(alike("template", "recipient", "cycle", "planned_on", "digest"), template__in=TOGETHER)
    return free.filter(one_template | Q(alike("recipient", "cycle", "digest"), digest=True))


def keep(claim: Claim, message: Message, others: list[Message], at: datetime) -> bool:
    """Write the exact words on the row before they leave, and lease it anew; False where it must not leave any more.

    Its lease may be lost, somebody may have held it, or stopped its cycle.
    """
    words = {name: getattr(message, name) for name in ("address", "subject", "text", "html")}
    with transaction.atomic():
        if others:
            Message.objects.locked_by_key(Q(pk__in=[one.pk for one in (message, *others)]))
        mine = Message.objects.filter(pk=message.pk, leased_by=claim.lease, leased_until__gt=at)
        free = mine.in_status(MessageStatus.WAITING).exclude(STOPPED)
        held = free.update(leased_until=at + LEASE, **words)
        if held and others:
            keys = [one.pk for one in others]
            Message.objects.filter(pk__in=keys, leased_by=claim.lease).update(
                carried_by=message.pk, leased_by=None, leased_until=None
            )
    return bool(held)


def settle(claim: Claim, message: Message, status: MessageStatus, at: datetime, error: str = "") -> None:
    """Say what became of a row and of those that it carries."""
    sent_at = at if status == MessageStatus.SENT else None
    claim.mine(message).update(
        status=status, sent_at=sent_at, error=error[:300], leased_by=None, leased_until=None
    )


def cancel(claim: Claim, message: Message, at: datetime, error: str) -> None:
    """A row that is no longer true leaves nobody behind: those it carried speak for themselves again."""
    Message.objects.filter(carried_by=message.pk).update(carried_by=None)
    settle(claim, message, MessageStatus.CANCELLED, at, error)


def put_off(claim: Claim, message: Message, at: datetime, error: str) -> bool:
    """Try again later; False once every delay is spent, and the row has failed."""
    if message.attempts >= len(BACK_OFF):
        settle(claim, message, MessageStatus.FAILED, at, error)
        return False
    Message.objects.filter(pk=message.pk, leased_by=claim.lease).update(
        attempts=message.attempts + 1,
        due_at=at + BACK_OFF[message.attempts],
        error=error[:300],
        leased_by=None,
        leased_until=None,
    )
    return True


def give_back(claim: Claim) -> None:
    """What this sweep will not send after all is anybody's at once."""
    Message.objects.filter(leased_by=claim.lease).update(leased_by=None, leased_until=None)
