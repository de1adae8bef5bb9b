"""Who holds which row: taken in one order everywhere, so that two calls of the door can never wait for each other.

The order is envelopes, dossiers, what hangs on a dossier, the rest (`Subject.lock_rank`), then by key. Blocking, as
`FOR NO KEY UPDATE`; on SQLite the transaction itself is the lock (`IMMEDIATE`).
"""

from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import QuerySet

from workflow import statements

_held: ContextVar[dict | None] = ContextVar("held", default=None)
_made: ContextVar[dict | None] = ContextVar("made", default=None)


class LockOrder(RuntimeError):
    """A row of a lower rank was asked for after a higher one: a deadlock in waiting, hence a programming error."""


@contextmanager
def holding():
    """The transaction in which locks are taken; nested calls share the outer one and its locks."""
    with transaction.atomic(savepoint=False):
        if _held.get() is not None:
            yield
            return
        held, made_here = _held.set({}), _made.set({})
        try:
            yield
        finally:
            _held.reset(held)
            _made.reset(made_here)


def take(querysets: list[QuerySet], refreshing=()) -> None:
    """Lock the rows of several querysets by rank, then by key; `refreshing` subjects point at them as they are now."""
    for queryset in sorted(querysets, key=lambda queryset: queryset.model.lock_rank):
        _point_at({row.pk: row for row in take_rows(queryset)}, queryset.model, refreshing)


def _point_at(rows: dict, model, subjects) -> None:
    for subject in subjects:
        for relation in subject._meta.concrete_fields:
            if relation.related_model is model and getattr(subject, relation.attname) in rows:
                setattr(subject, relation.name, rows[getattr(subject, relation.attname)])


def take_rows(queryset: QuerySet) -> list:
    """Lock the rows of one queryset and return them as they are now, ordered by key."""
    return _noted(queryset.model, list(queryset.select_for_update(no_key=True, of=("self",)).order_by("pk")))


def take_subjects(model, keys: Iterable[int]) -> list:
    """Lock the subjects of a call of the door, with what the door reads with them (`Subject.reads`), ordered by key."""
    return _noted(model, statements.rows_by(model, "pk", keys, related=model.reads, locked=True))


def made(rows: list) -> None:
    """New rows are this transaction's own: nobody can wait for them, so that their rank orders nothing."""
    own = _made.get()
    if own is not None and rows:
        own.setdefault(type(rows[0]), set()).update(row.pk for row in rows)


def _noted(model, rows: list) -> list:
    keys = {row.pk for row in rows}
    _refuse_lower_rank(model, keys)
    held = _held.get()
    if held is not None:
        held.setdefault(model, set()).update(keys)
    return rows


def _refuse_lower_rank(model, keys: set[int]) -> None:
    held = _held.get() or {}
    higher = [other for other, rows in held.items() if rows and other.lock_rank > model.lock_rank]
    if higher and not are_held(model, keys):
        raise LockOrder(f"{model.__name__} after {', '.join(other.__name__ for other in higher)}")


def are_held(model, keys: set[int]) -> bool:
    """Whether this transaction holds all these rows already, or made them itself."""
    return keys <= (_held.get() or {}).get(model, set()) | (_made.get() or {}).get(model, set())
