"""The door's twin for edits without a move: the same locks, refusals, version and journal."""

from datetime import datetime

from django.db.models import Manager

from workflow import locks, persistence, staleness
from workflow.charts import state_of
from workflow.journal import Record
from workflow.outcome import Outcome
from workflow.refusal import Refusal, no_right, not_editable
from workflow.roles import Role
from workflow.situation import Situation

AMEND = "amend"


def amend(subject, changes: dict, *, by, at: datetime, version: int | None = None) -> Outcome:
    """Edit fields without a move. Raises `Refused`.

    Quiet states (a holder's autosave) are versioned without being journaled. Of many-to-many rows the value is their
    sorted keys.
    """
    outcome = Outcome(subject.pk)
    with locks.holding():
        rows = persistence.locked([subject], AMEND)
        row, versions = rows.get(subject.pk), {} if version is None else {subject.pk: version}
        earlier = staleness.repeats(rows, versions, AMEND, by)
        staleness.settle(outcome, row, versions, earlier, lambda entry: _holds(row, changes))
        if outcome.passes:
            outcome.refusals = _forbids(row, changes, Situation([row], by, at))
        if outcome.passes:
            _edit(row, changes, outcome, by, at)
    return outcome.or_refused()


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
            found += [refusal for guard in edit.guards for refusal in guard(row, value)]
    return tuple(dict.fromkeys(found))


def _edit(row, changes: dict, outcome: Outcome, by, at: datetime) -> None:
    held = {name: _held(row, name) for name in changes}
    old = {name: was for name, was in held.items() if was != changes[name]}
    if not old:
        return
    state, facts = state_of(row), {name: [was, changes[name]] for name, was in old.items()}
    record = Record(row, AMEND, by, at, state, state, facts, {*old, "version"})
    for name in old:
        _put(row, name, changes[name])
    row.version += 1
    if all(state in row.edits[name].quiet for name in old):
        persistence.save([record])
    else:
        row.journal_seq += 1
        persistence.keep([record], [outcome], at)
