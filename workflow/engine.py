"""The one door through which any state changes.

Views, admin, commands, tasks, imports, factories and tests all go through it; nothing else writes a state. It locks,
re-reads, collects *all* refusals, fires, writes the journal, saves and says `moved` once, in one transaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from workflow import journal, locks
from workflow.charts import Move, chart_of, parameters, state_field
from workflow.journal import Record
from workflow.models import Entry
from workflow.refusal import Refusal, Refused, absent, missing_fact, no_arrow, no_right, not_editable, stale
from workflow.roles import Role
from workflow.signals import moved
from workflow.situation import Situation
from workflow.subject import Subject

AMEND, OPEN = "amend", "open"


@dataclass
class Outcome:
    """What became of one subject: an entry, or every reason why not. `repeated`: the same click, already done."""

    subject_id: int
    entry: Entry | None = None
    refusals: tuple[Refusal, ...] = ()
    repeated: bool = False


def fire(
    subject, move: str, *, by, at: datetime, version: int | None = None, facts: dict | None = None
) -> Outcome:
    """Fire one move. Raises `Refused` with every reason. The caller's instance is stale afterwards: drop it."""
    versions = None if version is None else {subject.pk: version}
    [outcome] = fire_many([subject], move, by=by, at=at, versions=versions, facts=facts)
    return _or_raise(outcome)


def fire_many(
    subjects: Iterable[Subject],
    move: str,
    *,
    by,
    at: datetime,
    versions: Mapping[int, int] | None = None,
    facts: dict | None = None,
    each: Mapping[int, dict] | None = None,
) -> list[Outcome]:
    """Fire one move on many subjects of one kind; a refused one does not stop the others.

    `facts` are what the move records for all, `each` what differs by subject key. `at` is an aware datetime.
    Returns one outcome per subject, in the order given; a subject named twice moves once.
    """
    asked = list(dict.fromkeys(subjects))
    if not asked:
        return []
    with locks.holding():
        rows = _locked(asked, move)
        moving = chart_of(type(asked[0])).get(move)
        situation = Situation(list(rows.values()), by, at)
        earlier = _repeats(rows, versions or {}, move, by)
        outcomes, records = [], []
        for subject in asked:
            outcome, row = Outcome(subject.pk), rows.get(subject.pk)
            outcomes.append(outcome)
            own = {**(facts or {}), **(each or {}).get(subject.pk, {})}
            if not _is_stale(outcome, row, versions or {}, earlier, partial(journal.says, facts=own)):
                outcome.refusals = _reasons(row, moving, situation, own)
                if not outcome.refusals:
                    records.append(_pass(row, moving, by, at, own))
        _keep(records, outcomes, at)
        for follow in moving.rule.then if records else ():
            follow(records, by=by, at=at)
    return outcomes


def refusals(subject, move: str, *, by, at: datetime, facts: dict | None = None) -> tuple[Refusal, ...]:
    """Why this move may not be fired now: the door's own code without the firing."""
    return _reasons(subject, chart_of(type(subject)).get(move), Situation([subject], by, at), facts)


def available(subject, *, by, at: datetime) -> dict[str, tuple[Refusal, ...]]:
    """The moves out of the present state for which this person holds a role, each with what still forbids it."""
    return offers(Situation([subject], by, at), subject)


def offers(situation: Situation, subject) -> dict[str, tuple[Refusal, ...]]:
    """`available` for one of the subjects of a situation: a page shows what the guards looked at, read once."""
    here = _state(subject)
    return {
        move.name: _reasons(subject, move, situation, None)
        for move in chart_of(type(subject)).values()
        if here in move.sources and situation.allows(subject, move.rule.by)
    }


def amend(subject, changes: dict, *, by, at: datetime, version: int | None = None) -> Outcome:
    """Edit fields without a move, under the same locks, refusals, version and journal. Raises `Refused`.

    Quiet states (a holder's autosave) are versioned without being journaled.
    """
    outcome = Outcome(subject.pk)
    with locks.holding():
        rows = _locked([subject], AMEND)
        row, versions = rows.get(subject.pk), {} if version is None else {subject.pk: version}
        if not _is_stale(
            outcome, row, versions, _repeats(rows, versions, AMEND, by), lambda entry: _holds(row, changes)
        ):
            outcome.refusals = _forbids(row, changes, Situation([row], by, at))
            if not outcome.refusals:
                _edit(row, changes, outcome, by, at)
    return _or_raise(outcome)


def open_many(subjects: Iterable[Subject], *, by, at: datetime, facts: dict | None = None) -> list[Outcome]:
    """Bring new subjects into being with the first entry of their journal. Raises `Refused` if one may not."""
    new = list(subjects)
    if not new:
        return []
    with locks.holding():
        found = _forbids_opening(new, Situation(new, by, at))
        outcomes = [] if found else _open(new, by, at, facts or {})
    if found:
        raise Refused(found)
    return outcomes


# What the door does, in its own order -------------------------------------------------------------------------------


def _locked(asked: list, move: str) -> dict[int, Subject]:
    """Lock what the move needs and then the subjects, and read them again: {key: fresh instance}."""
    model = type(asked[0])
    locks.take(model.also_locks(asked, move))
    wanted = model._base_manager.filter(pk__in=[one.pk for one in asked]).select_related(*model.reads)
    rows = {row.pk: row for row in locks.take_rows(wanted)}
    for name in {path.partition("__")[0] for path in model.reads}:
        shared: dict[int, Subject] = {}
        for row in rows.values():
            setattr(row, name, shared.setdefault(getattr(row, f"{name}_id"), getattr(row, name)))
    return rows


def _repeats(rows: dict, versions: Mapping[int, int], move: str, by) -> dict[int, Entry]:
    """For forms older than their subject: the very next entry, when it is the same move by the same person."""
    old = {pk: versions[pk] for pk, row in rows.items() if pk in versions and versions[pk] != row.version}
    if not old:
        return {}
    label = next(iter(rows.values()))._meta.label_lower
    later = Entry.objects.filter(subject_label=label, subject_id__in=old, version__gt=min(old.values()))
    following: dict[int, Entry] = {}
    for entry in later.order_by("subject_id", "seq"):
        if entry.version > old[entry.subject_id]:
            following.setdefault(entry.subject_id, entry)
    return {pk: one for pk, one in following.items() if one.move == move and one.actor_id == by.pk}


def _is_stale(outcome: Outcome, row, versions: Mapping[int, int], earlier: dict[int, Entry], says) -> bool:
    """Settle a missing subject, a repeated click (« déjà fait », if its entry `says` the same) and a stale form."""
    if row is None:
        outcome.refusals = (absent(),)
    elif versions.get(row.pk, row.version) != row.version:
        entry = earlier.get(row.pk)
        outcome.repeated = entry is not None and says(entry)
        outcome.entry = entry if outcome.repeated else None
        outcome.refusals = () if outcome.repeated else (stale(),)
    return outcome.repeated or bool(outcome.refusals)


def _reasons(subject, move: Move | None, situation: Situation, facts: dict | None) -> tuple[Refusal, ...]:
    """Every reason against a move: arrow, right, window, missing facts, guards. `facts` None: nothing typed yet."""
    if move is None or _state(subject) not in move.sources:
        return (no_arrow(),)
    found = []
    if not situation.allows(subject, move.rule.by):
        found.append(no_right())
    gate = situation.gate(subject, move)
    if gate is not None and not gate.is_open(situation.at):
        found.append(gate.refusal(situation.at))
    found += [
        missing_fact(name)
        for name in move.required
        if facts is not None and facts.get(name) in (None, "", [])
    ]
    for guard in move.rule.guards:
        found += situation.ask(guard, subject, move, facts)
    return tuple(found)


def _pass(row, move: Move, by, at: datetime, facts: dict) -> Record:
    """Call the transition: the body changes facts only, and only those that its signature names."""
    record = Record(row, move.name, by, at, _state(row), move.target, facts)
    before = dict(row.__dict__)
    given = {**facts, "at": at, "by": by}
    getattr(row, move.name)(**{name: given[name] for name in parameters(move.body) if name in given})
    row.version += 1
    row.journal_seq += 1
    record.changed = {name for name, value in row.__dict__.items() if before.get(name) != value}
    return record


def _forbids(row, changes: dict, situation: Situation) -> tuple[Refusal, ...]:
    """Every reason against an edit: who may touch which field, in which states."""
    found = []
    for name, value in changes.items():
        edit = row.edits.get(name)
        if edit is None or (edit.states is not None and _state(row) not in edit.states):
            found.append(not_editable(name))
        elif not situation.allows(row, (*edit.by, Role.SYSTEM)):
            found.append(no_right())
        else:
            found += [refusal for guard in edit.guards for refusal in guard(row, value)]
    return tuple(dict.fromkeys(found))


def _forbids_opening(new: list, situation: Situation) -> tuple[Refusal, ...]:
    """Every reason against new subjects; where a kind has guards they look at its locked, fresh surroundings."""
    model = type(new[0])
    if model.opening:
        locks.take(model.also_locks(new, OPEN), refreshing=new)
    found = [no_right() for one in new if not situation.allows(one, (*one.opened_by, Role.SYSTEM))]
    for guard in model.opening:
        found += [refusal for one in new for refusal in situation.ask(guard, one, None, None)]
    return tuple(dict.fromkeys(found))


def _open(new: list, by, at: datetime, facts: dict) -> list[Outcome]:
    for one in new:
        one.version = one.journal_seq = 1
    type(new[0])._base_manager.bulk_create(new)
    outcomes = [Outcome(one.pk) for one in new]
    _keep([Record(one, OPEN, by, at, "", _state(one), facts) for one in new], outcomes, at)
    return outcomes


def _holds(row, changes: dict) -> bool:
    return all(getattr(row, name, None) == value for name, value in changes.items())


def _edit(row, changes: dict, outcome: Outcome, by, at: datetime) -> None:
    old = {name: getattr(row, name) for name, value in changes.items() if getattr(row, name) != value}
    if not old:
        return
    state = _state(row)
    record = Record(
        row, AMEND, by, at, state, state, {name: [was, changes[name]] for name, was in old.items()}
    )
    record.changed = {*old, "version"}
    for name in old:
        setattr(row, name, changes[name])
    row.version += 1
    if all(state in row.edits[name].quiet for name in old):
        _save([record])
    else:
        row.journal_seq += 1
        _keep([record], [outcome], at)


def _keep(records: list[Record], outcomes: list[Outcome], at: datetime) -> None:
    """Write the journal, save the subjects, and tell whoever must be told, all inside the door's transaction."""
    if not records:
        return
    entries = journal.write(records)
    _save(records)
    by_subject = {entry.subject_id: entry for entry in entries}
    for outcome in outcomes:
        if not outcome.refusals and not outcome.repeated:
            outcome.entry = by_subject[outcome.subject_id]
    moved.send(sender=type(records[0].subject), entries=entries, at=at)


def _save(records: list[Record]) -> None:
    """Save only what changed: one UPDATE, for one subject or for a hundred."""
    model = type(records[0].subject)
    attnames = {field.attname: field.name for field in model._meta.concrete_fields}
    changed = {"journal_seq", "journal_head"}.union(*(record.changed for record in records))
    fields = [attnames[name] for name in sorted(changed) if name in attnames] + [
        name for name in sorted(changed) if name not in attnames and name in attnames.values()
    ]
    if len(records) == 1:
        records[0].subject.save(update_fields=fields)
    else:
        model._base_manager.bulk_update([record.subject for record in records], fields)


def _state(subject) -> str:
    machine = state_field(type(subject))
    return getattr(subject, machine.name) if machine else ""


def _or_raise(outcome: Outcome) -> Outcome:
    if outcome.refusals:
        raise Refused(outcome.refusals)
    return outcome
