"""The one door through which any state changes.

Views, admin, commands, tasks, imports, factories and tests all go through it; nothing else writes a state. It locks,
re-reads, collects *all* refusals, fires, writes the journal, saves and says `moved` once, in one transaction. Its twin
for edits is `edits.py`, its beginning `openings.py`: both are called from here.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from workflow import journal, locks, persistence, staleness
from workflow.charts import Move, chart_of, parameters, state_of
from workflow.edits import AMEND, amend, amend_many
from workflow.journal import Record
from workflow.openings import OPEN, open_many
from workflow.outcome import Outcome
from workflow.refusal import Refusal, missing_fact, no_arrow, no_right
from workflow.removals import REMOVE, remove
from workflow.situation import Situation
from workflow.subject import Subject

__all__ = [
    "AMEND",
    "OPEN",
    "REMOVE",
    "Outcome",
    "amend",
    "amend_many",
    "available",
    "fire",
    "fire_many",
    "forecast",
    "offers",
    "open_many",
    "refusals",
    "remove",
]


def fire(
    subject, move: str, *, by, at: datetime, version: int | None = None, facts: dict | None = None
) -> Outcome:
    """Fire one move. Raises `Refused` with every reason. The caller's instance is stale afterwards: drop it."""
    versions = None if version is None else {subject.pk: version}
    [outcome] = fire_many([subject], move, by=by, at=at, versions=versions, facts=facts)
    return outcome.or_refused()


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
    outcomes, records = [Outcome(subject.pk) for subject in asked], []
    with locks.holding():
        rows = persistence.locked(asked, move)
        moving = chart_of(type(asked[0])).get(move)
        situation = Situation(list(rows.values()), by, at)
        earlier = staleness.repeats(rows, versions or {}, move, by)
        for outcome in outcomes:
            row = rows.get(outcome.subject_id)
            own = {**(facts or {}), **(each or {}).get(outcome.subject_id, {})}
            staleness.settle(outcome, row, versions or {}, earlier, partial(journal.says, facts=own))
            if outcome.passes:
                outcome.refusals = _reasons(row, moving, situation, own)
            if outcome.passes:
                records.append(_pass(row, moving, by, at, own))
        persistence.keep(records, outcomes, at)
        for follow in moving.rule.then if records else ():
            follow(records, by=by, at=at)
    return outcomes


def refusals(subject, move: str, *, by, at: datetime, facts: dict | None = None) -> tuple[Refusal, ...]:
    """Why this move may not be fired now: the door's own code without the firing."""
    return _reasons(subject, chart_of(type(subject)).get(move), Situation([subject], by, at), facts)


def forecast(
    subjects: Iterable[Subject],
    move: str,
    *,
    by,
    at: datetime,
    facts: dict | None = None,
    each: Mapping[int, dict] | None = None,
) -> dict[int, tuple[Refusal, ...]]:
    """{subject key: why it would be refused now} for a whole batch, in the queries of one: nothing is fired.

    With `facts`, and what differs by subject in `each`, as they would be given; without, as before anything is typed.
    """
    asked = list(dict.fromkeys(subjects))
    if not asked:
        return {}
    moving, situation = chart_of(type(asked[0])).get(move), Situation(asked, by, at)
    given = {one.pk: None if facts is None else {**facts, **(each or {}).get(one.pk, {})} for one in asked}
    return {one.pk: _reasons(one, moving, situation, given[one.pk]) for one in asked}


def available(subject, *, by, at: datetime) -> dict[str, tuple[Refusal, ...]]:
    """The moves out of the present state for which this person holds a role, each with what still forbids it."""
    return offers(Situation([subject], by, at), subject)


def offers(situation: Situation, subject) -> dict[str, tuple[Refusal, ...]]:
    """`available` for one of the subjects of a situation: a page shows what the guards looked at, read once."""
    here = state_of(subject)
    return {
        move.name: _reasons(subject, move, situation, None)
        for move in chart_of(type(subject)).values()
        if here in move.sources and situation.allows(subject, move.rule.by)
    }


def _reasons(subject, move: Move | None, situation: Situation, facts: dict | None) -> tuple[Refusal, ...]:
    """Every reason against a move: arrow, right, window, missing facts, guards. `facts` None: nothing typed yet."""
    if move is None or state_of(subject) not in move.sources:
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
    record = Record(row, move.name, by, at, state_of(row), move.target, facts)
    before = dict(row.__dict__)
    given = {**facts, "at": at, "by": by}
    getattr(row, move.name)(**{name: given[name] for name in parameters(move.body) if name in given})
    row.version += 1
    row.journal_seq += 1
    record.changed = {name for name, value in row.__dict__.items() if before.get(name) != value}
    return record
