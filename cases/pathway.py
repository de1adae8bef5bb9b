"""The dossier's path, drawn from the machine: the chart's main line, the journal's dates, the year's windows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.models import Dossier
from cases.states import DossierMove, DossierState
from cases.words import ENDED, STAGES
from workflow.calendar import Precision, paris_day
from workflow.charts import Move, chart_of
from workflow.models import Entry, Step, StepKind
from workflow.wording import date_in_words, day_in_words

DONE, CURRENT, TODO = "done", "current", "todo"


@dataclass(frozen=True)
class Stage:
    """One stage as `components/path.html` shows it."""

    label: str
    status: str
    when: str = ""
    note: str = ""


def main_line() -> list[Move]:
    """The moves that lead from the draft to the end."""
    chart = chart_of(Dossier)
    return [chart[name] for name in Dossier.stages]


def position(state: str) -> int:
    """How many stages are behind a dossier in that state; beside the main line, where the chart leads back to it."""
    line = main_line()
    reached = [rank + 1 for rank, move in enumerate(line) if move.target == state]
    if reached:
        return reached[-1]
    ahead = [rank for rank, move in enumerate(line) if state in move.sources]
    return ahead[0] if ahead else _beside(state, line)


def _beside(state: str, line: list[Move]) -> int:
    """A state that no main move leaves (incomplete, deferred): the stage that its own way back arrives in."""
    backs = [move.target for move in chart_of(Dossier).values() if state in move.sources]
    places = [rank for rank, move in enumerate(line) if set(move.sources) & set(backs)]
    return places[0] if places else 0


def pathway(
    dossier: Dossier,
    entries: Iterable[Entry],
    steps: Iterable[Step],
    *,
    goes_on: bool = True,
    announced: bool = False,
) -> list[Stage]:
    """Each stage with its day: when it was done, else what the year's calendar says of it.

    What was passed by is left out: nobody reads « Comité » as done where the committee never saw the dossier. Where
    no money came (`goes_on` is false) there is no year of the action, and what ends is not called a report. With
    `announced` only what the calendar promises to everybody is said.
    """
    done_on = {entry.move: paris_day(entry.at) for entry in entries}
    gates = {step.gates: step for step in steps if step.gates and not StepKind(step.kind).accompanies}
    if announced:
        gates = {move: _announced(step, steps) for move, step in gates.items()}
    here = position(dossier.state)
    stopped = dossier.state in (DossierState.WITHDRAWN, DossierState.DROPPED)
    if stopped:
        here = len([move for move in main_line() if move.name in done_on])
    stages = [
        _stage(dossier, rank, move, here, done_on, gates, _label(move, goes_on))
        for rank, move in enumerate(main_line())
        if (move.name in done_on if rank < here else not stopped)
        and (goes_on or move.name != DossierMove.OPEN_REPORTING)
    ]
    if stopped:
        stages.append(Stage(DossierState(dossier.state).label, CURRENT))
    return stages


def _announced(gate: Step, steps: Iterable[Step]) -> Step | None:
    """The gate, if its days are announced; else the step of that kind which opens nothing and says them."""
    tried = [gate, *(one for one in steps if one.kind == gate.kind and not one.gates)]
    return next((one for one in tried if (mark := one.closes or one.opens) and mark.public), None)


def _label(move: Move, goes_on: bool) -> str:
    return STAGES[move.name] if goes_on or move.name != DossierMove.CLOSE else ENDED


def _stage(dossier, rank: int, move: Move, here: int, done_on: dict, gates: dict, label: str) -> Stage:
    if rank < here:
        day = done_on.get(move.name)
        return Stage(label, DONE, day_in_words(day) if day else "")
    status = CURRENT if rank == here else TODO
    note = DossierState(dossier.state).label if status == CURRENT and _is_beside(dossier.state) else ""
    waits = dossier.state not in move.sources or move.is_gated_from(dossier.state)
    step = gates.get(move.rule.gated) if waits else None
    return Stage(label, status, _foreseen(dossier, move, step), note)


def _is_beside(state: str) -> bool:
    return state != DossierState.DRAFT and all(move.target != state for move in main_line())


def _foreseen(dossier, move: Move, step: Step | None) -> str:
    if move.name == DossierMove.CLOSE_REVIEW and dossier.review_due_on:
        return f"jusqu’au {day_in_words(dossier.review_due_on)}"
    if move.name == DossierMove.DECIDE and dossier.next_committee_on:
        return f"le {day_in_words(dossier.next_committee_on)}"
    if step is None:
        return ""
    asked = "bilan demandé " if move.name == DossierMove.OPEN_REPORTING else ""
    return f"{asked}{_window(step)}" if _window(step) else ""


def _window(step: Step) -> str:
    """As vaguely as the milestones say it; a step that opens nothing is not waited for, it only says its day."""
    if step.opens and not step.gates:
        return date_in_words(step.opens.starts_on, step.opens.ends_on, step.opens.precision)
    if step.closes and step.last_day:
        return _said("jusqu’au", "jusqu’à", step.last_day, step.closes.precision)
    if step.opens and step.first_day:
        return _said("à partir du", "à partir de", step.first_day, step.opens.precision)
    return ""


def _said(exactly: str, vaguely: str, on: date, precision: str) -> str:
    words = date_in_words(on, on, precision)
    return f"{exactly} {words}" if precision == Precision.DAY else f"{vaguely} {words}"
