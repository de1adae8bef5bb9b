"""Who holds which row: taken in one order everywhere, so that two calls of the door can never wait for each other.

The order is envelopes, dossiers, what hangs on a dossier, the rest (`Subject.lock_rank`), then by key. Blocking, as
`FOR NO KEY UPDATE`; on SQLite the transaction itself is the lock (`IMMEDIATE`).
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import QuerySet

_held: ContextVar[dict | None] = ContextVar("held", default=None)


class LockOrder(RuntimeError):
    """A row of a lower rank was asked for after a higher one: a deadlock in waiting, hence a programming error."""


@contextmanager
def holding():
    """The transaction in which locks are taken; nested calls share the outer one and its locks."""
    with transaction.atomic(savepoint=False):
        if _held.get() is not None:
            yield
            return
        token = _held.set({})
        try:
            yield
        finally:
            _held.reset(token)


def take(querysets: list[QuerySet]) -> None:
    """Lock the rows of several querysets by rank, then by key; rows that are already held cost nothing."""
    for queryset in sorted(querysets, key=lambda queryset: queryset.model.lock_rank):
        take_rows(queryset)


def take_rows(queryset: QuerySet) -> list:
    """Lock the rows of one queryset and return them as they are now, ordered by key."""
    _refuse_lower_rank(queryset.model)
    rows = list(queryset.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    held = _held.get()
    if held is not None:
        held.setdefault(queryset.model, set()).update(row.pk for row in rows)
    return rows


def _refuse_lower_rank(model) -> None:
    held = _held.get() or {}
    higher = [other for other in held if other.lock_rank > model.lock_rank]
    if higher and model not in held:
        raise LockOrder(f"{model.__name__} after {', '.join(other.__name__ for other in higher)}")


def are_held(model, keys: set[int]) -> bool:
    """Whether this transaction holds all these rows already."""
    return keys <= (_held.get() or {}).get(model, set())
