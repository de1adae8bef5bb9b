"""How fast a cycle speaks, and whether it speaks at all: its cap per ten minutes, and the stop button.

Both belong to the cycle, because its coordinator answers for what it says, and no other town's year is slowed or
stopped by it. What somebody asks for at the door (a link to sign in) waits for neither.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from notifications.catalogue import ASKED_FOR
from notifications.models import Message
from workflow import engine
from workflow.models import Cycle

LATELY = timedelta(minutes=10)
STOPPED = Q(Exists(Cycle.objects.filter(pk=OuterRef("cycle"), mail_stopped=True))) & ~Q(
    template__in=ASKED_FOR
)
"""A subquery and no join, because a row that somebody holds must be looked at again as it is written."""


def stop(cycle: Cycle, *, by, at: datetime) -> bool:
    """Hold all that a cycle has to say; False where it was so already. Raises `Refused`."""
    return engine.amend(cycle, {"mail_stopped": True}, by=by, at=at).entry is not None


def let_go(cycle: Cycle, *, by, at: datetime) -> bool:
    """Let it speak again; False where it did already. Raises `Refused`."""
    return engine.amend(cycle, {"mail_stopped": False}, by=by, at=at).entry is not None


def rooms(at: datetime, *, locked: bool = False) -> dict[int, int]:
    """{cycle: how many mails may still leave in these ten minutes}, of the cycles that have a cap.

    `locked` holds the cycles until the transaction ends, so that two clusters never share out the same room.
    """
    capped = Cycle.objects.filter(mail_cap__isnull=False, mail_stopped=False).order_by("pk")
    if locked:
        keys = list(capped.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
        capped = Cycle.objects.filter(pk__in=keys).order_by("pk")
    left = F("mail_cap") - _counted(Q(sent_at__gt=at - LATELY)) - _counted(Q(leased_until__gt=at))
    return dict(capped.annotate(left=left).values_list("pk", "left"))


def _counted(narrowed: Q) -> Coalesce:
    """How many mails of a cycle; what several rows say together is one."""
    own = Message.objects.filter(narrowed, cycle=OuterRef("pk"), carried_by=None).order_by()
    return Coalesce(Subquery(own.values("cycle").annotate(count=Count("pk")).values("count")), 0)


def with_room(rows: QuerySet, left: dict[int, int]) -> QuerySet:
    """Without the cycles that have said all they may for now."""
    full = [cycle for cycle, count in left.items() if count <= 0]
    return rows.exclude(~Q(template__in=ASKED_FOR), cycle__in=full) if full else rows


def within(chosen: Iterable[tuple[int, int, str]], left: dict[int, int]) -> list[int]:
    """The keys of (key, cycle, template) rows that may leave, the oldest first."""
    kept, room = [], dict(left)
    for key, cycle, template in chosen:
        if template not in ASKED_FOR and cycle in room:
            room[cycle] -= 1
            if room[cycle] < 0:
                continue
        kept.append(key)
    return kept
