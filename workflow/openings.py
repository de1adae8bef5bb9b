"""How a subject comes into being: with the first entry of its journal, and never past what its kind asks."""

from collections.abc import Iterable
from datetime import datetime

from workflow import locks, persistence
from workflow.charts import state_of
from workflow.journal import Record
from workflow.outcome import Outcome
from workflow.refusal import Refusal, Refused, already, no_right, partly
from workflow.roles import Role
from workflow.situation import Situation
from workflow.subject import Subject

OPEN = "open"


def open_many(subjects: Iterable[Subject], *, by, at: datetime, facts: dict | None = None) -> list[Outcome]:
    """Bring new subjects of one kind into being. Raises `Refused` if one may not; then none is."""
    new = list(subjects)
    if not new:
        return []
    with locks.holding():
        found = _forbids(new, Situation(new, by, at))
        outcomes = [] if found else _open(new, by, at, facts or {})
    if found:
        raise Refused(found)
    return outcomes


def _forbids(new: list, situation: Situation) -> tuple[Refusal, ...]:
    """Every reason against new subjects; where a kind has guards they look at its locked, fresh surroundings."""
    model = type(new[0])
    if model.opening or model.once:
        locks.take(model.also_locks(new, OPEN), refreshing=new)
    found = [no_right() for one in new if not situation.allows(one, (*one.opened_by, Role.SYSTEM))]
    for guard in model.opening:
        found += [refusal for one in new for refusal in situation.ask(guard, one, None, None)]
    if model.once and not found:
        there = sum(_is_there(one) for one in new)
        found = [already() if there == len(new) else partly()] if there else []
    return tuple(dict.fromkeys(found))


def _is_there(one: Subject) -> bool:
    same = {name: getattr(one, name) for name in one.once}
    return type(one)._base_manager.filter(**same).exists()


def _open(new: list, by, at: datetime, facts: dict) -> list[Outcome]:
    model = type(new[0])
    model.at_opening(new)
    for one in new:
        one.version = one.journal_seq = 1
    model._base_manager.bulk_create(new)
    locks.made(new)
    outcomes = [Outcome(one.pk) for one in new]
    persistence.keep([Record(one, OPEN, by, at, "", state_of(one), facts) for one in new], outcomes, at)
    return outcomes
