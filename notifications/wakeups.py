"""One wake-up of the cluster at most: a row in django-q2's queue, written after commit by one statement.

It carries nothing: the truth of « to send / sent » is the outbox. A wake-up that is lost costs a minute, because the
minute's tick sweeps too.
"""

from functools import cache

from django.conf import settings
from django.db import connections, router, transaction
from django.utils import timezone
from django_q.models import OrmQ
from django_q.signing import SignedPackage

TASK = "notifications.tasks.wake"

# `lock` in the past says that no worker has taken the row yet; one that is being worked on has already looked.
_RING = (
    "INSERT INTO django_q_ormq (key, payload, lock) SELECT %s, %s, %s "
    "WHERE NOT EXISTS (SELECT 1 FROM django_q_ormq WHERE lock <= %s)"
)


def after_commit() -> None:
    """Wake the cluster once what was written is there; a broken queue never breaks the move."""
    transaction.on_commit(ring, robust=True)


def ring() -> bool:
    """Put a wake-up in the queue unless something waits there already; every task of ours ends by a sweep."""
    connection = connections[router.db_for_write(OrmQ)]
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_RING, [settings.Q_CLUSTER["name"], _payload(), now, now])
        return cursor.rowcount == 1


@cache
def _payload() -> str:
    """The signed task as django-q2 writes it; the same each time, because it says nothing but « look »."""
    task = {
        "id": "wake",
        "name": "wake",
        "func": TASK,
        "args": (),
        "kwargs": {},
        "started": timezone.now(),
        "save": False,
    }
    return SignedPackage.dumps(task)
