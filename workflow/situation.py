"""Everything that the guards of one call look at, loaded in a constant number of queries for all its subjects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from workflow import published, registry, roles, statements
from workflow.calendar import paris_day
from workflow.charts import Guard, Move, parameters, state_field
from workflow.models import Derogation, Step
from workflow.models.step import StepKind
from workflow.refusal import Refusal, window_closed
from workflow.roles import SYSTEM, Held, Reach, Role


@dataclass(frozen=True)
class Gate:
    """The window that gates a move for one subject, and the named derogations that open it."""

    step: Step
    derogations: tuple[Derogation, ...] = ()

    def is_open(self, at: datetime) -> bool:
        return self.step.window.contains(at) or any(paris_day(at) <= one.until for one in self.derogations)

    def refusal(self, at: datetime) -> Refusal:
        return window_closed(self.step.label, self.step.first_day, self.step.last_day, paris_day(at))


class Situation:
    """Loads lazily and once: who the person is, the gate, then each look that a guard names.

    The door asks the database who somebody is; a page gives `roles.seen_by`, which its request has read already.
    """

    def __init__(
        self, subjects: list, by, at: datetime, *, held_by: Callable[..., list[Held]] = roles.held_by
    ):
        self.subjects, self.by, self.at = subjects, by, at
        self._held_by, self._held = held_by, None
        self._looks: dict[str, dict] = {}
        self._gates: dict[str, dict] = {}
        self._dated: dict[int, Step] | None = None

    def allows(self, subject, allowed: Iterable[Role], verb: str = "act") -> bool:
        if self.by is SYSTEM:
            return Role.SYSTEM in allowed
        if self._held is None:
            self._held = self._held_by(self.by)
        return roles.may(self._held, subject, allowed, verb)

    def gate(self, subject, move: Move) -> Gate | None:
        name = move.rule.gated
        if not name or not move.is_gated_from(getattr(subject, state_field(type(subject)).name)):
            return None
        if name not in self._gates:
            self._gates[name] = _gates(self.subjects, name, self.at, self._steps_by_key)
        return self._gates[name].get(subject.pk)

    def steps(self, subject) -> list[Step]:
        """Every step of the rules that a subject follows, with its dates: its gates then ask for none again."""
        if self._dated is None:
            versions = {one.rules_id for one in self.subjects}
            rows = statements.rows_by(Step, "version", versions, related=("opens", "closes"))
            self._dated = {step.pk: step for step in rows}
        return [step for step in self._dated.values() if step.version_id == subject.rules_id]

    def _steps_by_key(self, keys: list[int]) -> list[Step]:
        """Read each time, because dates may move; only those that are asked, because a move needs no other."""
        if self._dated is not None:
            return [self._dated[key] for key in keys]
        return statements.rows_by(Step, "pk", keys, related=("opens", "closes"))

    def look(self, name: str, subject):
        if name not in self._looks:
            self._looks[name] = registry.looks(type(subject))[name](self.subjects)
        return self._looks[name].get(subject.pk)

    def ask(self, guard: Guard, subject, move: Move | None, facts: dict | None, **more) -> list[Refusal]:
        """Call one guard with what its parameters name: `more`, `charts.GIVEN`, or a look of the registry."""
        named = parameters(guard)
        seen = {name: self._see(name, subject, move, facts) for name in named if name not in more}
        return list(guard(subject, **seen, **{name: more[name] for name in named if name in more}))

    def _see(self, name: str, subject, move: Move, facts: dict | None):
        match name:
            case "at":
                return self.at
            case "by":
                return self.by
            case "facts":
                return facts
            case "gate":
                return self.gate(subject, move)
            case "holds":
                return lambda role: self.allows(subject, [role])
        return self.look(name, subject)


def _gates(subjects: list, move: str, at: datetime, dated: Callable) -> dict[int, Gate]:
    """{subject pk: gate} from the version each subject is pinned to; a newer version never gates it."""
    rows = published.rows_of(Step, (subject.rules for subject in subjects))
    gating = [
        step.pk
        for found in rows.values()
        for step in found
        if step.gates == move and not StepKind(step.kind).accompanies
    ]
    if not gating:
        return {}
    by_version = {step.version_id: step for step in dated(gating)}
    closed = [
        one
        for one in subjects
        if one.rules_id in by_version and not Gate(by_version[one.rules_id]).is_open(at)
    ]
    named = _derogations(closed, move)
    return {
        one.pk: Gate(by_version[one.rules_id], named.get(one.pk, ()))
        for one in subjects
        if one.rules_id in by_version
    }


def _derogations(subjects: list, move: str) -> dict[int, tuple[Derogation, ...]]:
    """The named exceptions of the subjects whose window is closed; nobody asks for the others'."""
    if not subjects:
        return {}
    keys = [one.pk for one in subjects]
    rows = Derogation.objects.filter(
        subject_label=subjects[0]._meta.label_lower, subject_id__in=keys, move=move
    )
    named: dict[int, tuple[Derogation, ...]] = {}
    cycles = {one.pk: one.reach_key(Reach.CYCLE) for one in subjects}
    for derogation in rows.order_by("pk"):
        if (
            derogation.cycle_id == cycles[derogation.subject_id]
        ):  # because nobody opens another cycle's windows
            named[derogation.subject_id] = (*named.get(derogation.subject_id, ()), derogation)
    return named
