"""The door's twin for edits without a move: the same locks, refusals, version and journal."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db.models import Manager

from workflow import locks, persistence, staleness
from workflow.charts import state_of
from workflow.journal import Record
from workflow.outcome import Outcome
from workflow.refusal import Refusal, no_right, not_editable
from workflow.roles import Role
from workflow.situation import Situation
from workflow.subject import Subject

AMEND = "amend"


def amend(subject, changes: dict, *, by, at: datetime, version: int | None = None) -> Outcome:
    """Edit fields without a move. Raises `Refused`.

    Quiet states (a holder's autosave) are versioned without being journaled. Of many-to-many rows the value is their
    sorted keys.
    """
    versions = None if version is None else {subject.pk: version}
    [outcome] = amend_many({subject: changes}, by=by, at=at, versions=versions)
    return outcome.or_refused()


def amend_many(
    edits: Mapping[Subject, dict], *, by, at: datetime, versions: Mapping[int, int] | None = None
) -> list[Outcome]:
    """Edit many subjects of one kind, each its own fields; a refused one does not stop the others.

    Returns one outcome per subject, in the order given; one whose fields hold that already has no entry.
    """
    outcomes, records = [Outcome(subject.pk) for subject in edits], []
    if not edits:
        return outcomes
    wanted, seen = {subject.pk: changes for subject, changes in edits.items()}, versions or {}
    with locks.holding():
        rows = persistence.locked(list(edits), AMEND)
        situation = Situation(list(rows.values()), by, at)
        earlier = staleness.repeats(rows, seen, AMEND, by)
        for outcome in outcomes:
            row, changes = rows.get(outcome.subject_id), wanted[outcome.subject_id]
            staleness.settle(outcome, row, seen, earlier, partial(_says, row, changes))
            if outcome.passes:
                outcome.refusals = _forbids(row, changes, situation)
            if outcome.passes:
                records += _edit(row, changes, by, at)
        _keep(records, outcomes, at)
    return outcomes


def _says(row, changes: dict, entry) -> bool:
    return _holds(row, changes)


def _keep(records: list[Record], outcomes: list[Outcome], at: datetime) -> None:
    """Save them all; those of a quiet state without a journal."""
    quiet = [record for record in records if _is_quiet(record)]
    told = [record for record in records if not _is_quiet(record)]
    if quiet:
        persistence.save(quiet)
    changed = {record.subject.pk for record in told}
    persistence.keep(told, [one for one in outcomes if one.subject_id in changed], at)


def _is_quiet(record: Record) -> bool:
    return all(record.source in record.subject.edits[name].quiet for name in record.facts)


def _holds(row, changes: dict) -> bool:
    return all(_held(row, name) == value for name, value in changes.items())


def _held(row, name: str):
    """What a field holds; of several rows their sorted keys, because the journal keeps plain data."""
    held = getattr(row, name, None)
    return sorted(held.values_list("pk", flat=True)) if isinstance(held, Manager) else held


def _put(row, name: str, value) -> None:
    held = getattr(row, name)
    if isinstance(held, Manager):
        held.set(value)
    else:
        setattr(row, name, value)


def _forbids(row, changes: dict, situation: Situation) -> tuple[Refusal, ...]:
    """Every reason against an edit: who may touch which field, in which states."""
    found = []
    for name, value in changes.items():
        edit = row.edits.get(name)
        if edit is None or (edit.states is not None and state_of(row) not in edit.states):
            found.append(not_editable(name))
        elif not situation.allows(row, (*edit.by, Role.SYSTEM)):
            found.append(no_right())
        else:
            found += [
                one
                for guard in edit.guards
                for one in situation.ask(guard, row, None, None, value=value, changes=changes)
            ]
    return tuple(dict.fromkeys(found))


def _edit(row, changes: dict, by, at: datetime) -> list[Record]:
    """Put the new values; the record of what changed, none where they stood there already."""
    held = {name: _held(row, name) for name in changes}
    old = {name: was for name, was in held.items() if was != changes[name]}
    if not old:
        return []
    state, facts = state_of(row), {name: [was, changes[name]] for name, was in old.items()}
    record = Record(row, AMEND, by, at, state, state, facts, {*old, "version"})
    for name in old:
        _put(row, name, changes[name])
    row.after_edit(old)
    row.version += 1
    row.journal_seq += not _is_quiet(record)
    return [record]
