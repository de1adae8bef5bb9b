"""How a subject that nothing hangs on goes: its journal ends with a last entry, and stays."""

from datetime import datetime

from workflow import locks, persistence
from workflow.charts import state_of
from workflow.journal import REMOVE, Record
from workflow.outcome import Outcome
from workflow.refusal import no_right, not_editable
from workflow.roles import Role
from workflow.situation import Situation
from workflow.subject import Subject


def remove(subject: Subject, *, by, at: datetime) -> Outcome:
    """Take out one subject of a kind that may go (`removable`). Raises `Refused`; what hangs on it is the caller's
    to look at, and the database's to refuse."""
    outcome = Outcome(subject.pk)
    with locks.holding():
        row = persistence.locked([subject], REMOVE)[subject.pk]
        outcome.refusals = _forbids(row, Situation([row], by, at))
        if outcome.passes:
            row.version += 1
            row.journal_seq += 1
            record = Record(row, REMOVE, by, at, state_of(row), "", changed={"version"})
            persistence.keep([record], [outcome], at)
            row.at_removal()
            row.delete()
    return outcome.or_refused()


def _forbids(row: Subject, situation: Situation) -> tuple:
    if not row.removable:
        return (not_editable(""),)
    return () if situation.allows(row, (*row.opened_by, Role.SYSTEM)) else (no_right(),)
