"""Reads a machine off its model: the moves in the order in which they are written, with their rules."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django_fsm import FSMField

from workflow.refusal import Refusal
from workflow.roles import Role

Guard = Callable[..., Iterator[Refusal]]
"""A pure function: its first parameter is the subject, the others name what it looks at; it yields refusals."""

GIVEN = ("at", "by", "facts", "gate", "holds")
"""What the door itself offers to guards and bodies; everything else is a registered look."""


@dataclass(frozen=True)
class Rule:
    """What stands beside the arrow: who, which window, what must hold, what follows inside the same transaction.

    `gated` names the move whose step window applies ("" for none): several moves may share one window. `gated_in`
    names the states whose leaving waits for it, where not every way into the move does. `accompanies` says that the
    move exists only in a year that offers accompaniment.
    """

    by: tuple[Role, ...]
    guards: tuple[Guard, ...] = ()
    gated: str = ""
    gated_in: tuple[str, ...] = ()
    then: tuple[Callable[..., None], ...] = ()
    accompanies: bool = False


def rule(
    *, by, guards=(), gated: str = "", gated_in=(), then=(), accompanies: bool = False
) -> dict[str, Rule]:
    """The `custom` argument of a `@transition`: the chart stays one readable decorator per move."""
    return {"rule": Rule(tuple(by), tuple(guards), gated, tuple(gated_in), tuple(then), accompanies)}


@dataclass
class Move:
    name: str
    sources: list[str]
    target: str
    rule: Rule
    body: Callable[..., None]
    line: int
    needs: frozenset[str] = field(init=False)

    def __post_init__(self):
        named = {name for guard in self.rule.guards for name in parameters(guard)}
        self.needs = frozenset(named) - set(GIVEN)

    def is_gated_from(self, state: str) -> bool:
        """Whether whoever leaves this state by this move waits for its window."""
        return bool(self.rule.gated) and state in (self.rule.gated_in or self.sources)

    @cached_property
    def takes(self) -> tuple[str, ...]:
        """The facts that the body records, in the order of its signature."""
        return tuple(name for name in parameters(self.body) if name not in ("at", "by"))

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The facts without which the move makes no sense: parameters of the body that have no default."""
        signature = inspect.signature(self.body).parameters
        return tuple(name for name in self.takes if signature[name].default is inspect.Parameter.empty)


@cache
def parameters(function: Callable) -> tuple[str, ...]:
    """Names of all parameters after the subject."""
    return tuple(inspect.signature(function).parameters)[1:]


@cache
def chart_of(model: type) -> dict[str, Move]:
    """Every move of a concrete model, in source order: django-fsm gives them alphabetically, one arrow per source."""
    machine = state_field(model)
    if machine is None:
        return {}
    moves: dict[str, Move] = {}
    for arrow in machine.get_all_transitions(model):
        move = moves.get(arrow.name)
        if move is None:
            body = inspect.unwrap(arrow.method)
            line = body.__code__.co_firstlineno
            moves[arrow.name] = Move(
                arrow.name, [arrow.source], str(arrow.target), arrow.custom["rule"], body, line
            )
        else:
            move.sources.append(arrow.source)
    return {move.name: move for move in sorted(moves.values(), key=lambda move: move.line)}


@cache
def state_field(model: type) -> Any:
    """The one state field of a machine, or None for what is only amended (a milestone)."""
    return next((field for field in model._meta.concrete_fields if isinstance(field, FSMField)), None)


def state_of(subject) -> str:
    """The state a subject is in, empty for what has none."""
    machine = state_field(type(subject))
    return getattr(subject, machine.name) if machine else ""
