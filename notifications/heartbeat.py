"""Signs of life: who last did something, when, and what stood in its way."""

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from notifications import claims, sending
from notifications.models import Heartbeat, Message, MessageStatus
from workflow.models import Cycle

SILENCE = timedelta(minutes=3)
"""After which nobody sweeps any more: a tick comes every minute, and a cron may be late."""
LATE = timedelta(minutes=15)
"""After which a message that may leave should have left."""
REMEMBERED = timedelta(days=1)


@dataclass(frozen=True)
class Health:
    """What a machine asks of us every minute; it names nobody."""

    last_sign: datetime | None
    oldest_due: datetime | None
    waiting: int
    trouble: str
    at: datetime
    stopped: int = 0
    """How many cycles were stopped by somebody: that is no trouble, and is said all the same."""

    @property
    def alive(self) -> bool:
        return self.last_sign is not None and self.at - self.last_sign <= SILENCE

    @property
    def in_time(self) -> bool:
        return self.oldest_due is None or self.at - self.oldest_due <= LATE

    @property
    def good(self) -> bool:
        return self.alive and self.in_time


def own_name() -> str:
    """Whose heart beats here: the cluster that `serve` named, else this machine."""
    return os.environ.get("JALONS_CLUSTER") or socket.gethostname()


def beat(at: datetime, *, name: str = "", trouble: str = "") -> None:
    """Say that one is alive, and what stands in the way of mail."""
    Heartbeat.objects.update_or_create(name=name or own_name(), defaults={"at": at, "trouble": trouble})


def last_beat(name: str) -> datetime | None:
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def forget(at: datetime) -> None:
    """The beats of machines and clusters that are gone."""
    Heartbeat.objects.filter(at__lt=at - REMEMBERED).delete()


def health(at: datetime) -> Health:
    """How delivery stands, in five queries; raises the database's own error where it does not answer.

    What somebody stopped, or what waits its turn under a cap, is not late.
    """
    last = Heartbeat.objects.order_by("-at").first()
    waiting = Message.objects.in_status(MessageStatus.WAITING).order_by()
    free = Q(pk__in=sending.with_room(claims.due(at), sending.rooms(at)).values("pk"))
    found = waiting.aggregate(oldest=Min("due_at", filter=free), count=Count("pk"))
    return Health(
        last_sign=last and last.at,
        oldest_due=found["oldest"],
        waiting=found["count"],
        trouble=last.trouble if last else "",
        at=at,
        stopped=Cycle.objects.filter(mail_stopped=True).count(),
    )
