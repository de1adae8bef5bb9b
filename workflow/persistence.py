"""How the door reads its subjects and writes them back, with their journal, in its own transaction."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from workflow import journal, locks, statements
from workflow.journal import Record
from workflow.outcome import Outcome
from workflow.signals import moved
from workflow.subject import Subject


def locked(asked: list, move: str) -> dict[int, Subject]:
    """Lock what the move needs and then the subjects, and read them again: {key: fresh instance}."""
    model = type(asked[0])
    locks.take(model.also_locks(asked, move))
    rows = {row.pk: row for row in locks.take_subjects(model, [one.pk for one in asked])}
    if len(rows) > 1:
        _share(rows.values(), model.reads)
    return rows


def _share(rows: Iterable[Subject], reads: Iterable[str]) -> None:
    """Let equal rows be one instance, whichever way one comes to them: an envelope, and the whole it is a part of."""
    known: dict[tuple[type, int], Subject] = {}
    for path in reads:
        for row in rows:
            for name in path.split("__"):
                there = getattr(row, name)
                if there is None:
                    break
                there = known.setdefault((type(there), there.pk), there)
                setattr(row, name, there)
                row = there


def keep(records: list[Record], outcomes: list[Outcome], at: datetime) -> None:
    """Write the journal, save the subjects, and tell whoever must be told, all inside the door's transaction."""
    if not records:
        return
    entries = journal.write(records)
    save(records)
    by_subject = {entry.subject_id: entry for entry in entries}
    for outcome in outcomes:
        if outcome.passes:
            outcome.entry = by_subject[outcome.subject_id]
    moved.send(sender=type(records[0].subject), entries=entries, at=at)


def save(records: list[Record]) -> None:
    """Save only what changed: one UPDATE, for one subject or for a hundred."""
    subjects = [record.subject for record in records]
    named = _field_names(type(subjects[0]))
    changed = {"journal_seq", "journal_head"}.union(*(record.changed for record in records))
    statements.update(subjects, {named[name] for name in changed if name in named})


@cache
def _field_names(model: type) -> dict[str, str]:
    """The name of each column's field, by itself and by the attribute that holds its value."""
    fields = model._meta.concrete_fields
    return {field.attname: field.name for field in fields} | {field.name: field.name for field in fields}
