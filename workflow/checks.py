"""System checks on the charts and the triggers: what would break at 23:59 breaks at `manage.py check` instead."""

from collections.abc import Iterator

from django.core.checks import Error, Tags, register
from django.db import connections

from workflow import registry, triggers
from workflow.charts import GIVEN, Move, chart_of, parameters, state_field
from workflow.roles import RIGHTS


@register("jalons")
def charts_hold(app_configs, **kwargs) -> list[Error]:
    return [fault for model in registry.charts() for fault in _faults(model)]


@register(Tags.database)
def triggers_stand(app_configs, databases=None, **kwargs) -> list[Error]:
    """Only where the tables exist already: a first migrate has nothing to check yet."""
    found = []
    for using in databases or ():
        if "workflow_entry" in connections[using].introspection.table_names():
            found += [
                Error(f"déclencheur absent : {name}", id="jalons.E010") for name in triggers.missing(using)
            ]
    return found


def _faults(model: type) -> Iterator[Error]:
    kind = getattr(model, "kind", None)
    if (kind, "act") not in RIGHTS:
        yield Error(
            f"{model.__name__} : « {kind} » manque dans la table des droits", obj=model, id="jalons.E001"
        )
    yield from _unreachable(model)
    for move in chart_of(model).values():
        yield from _faults_of(model, move, kind)


def _unreachable(model: type) -> Iterator[Error]:
    """Every state of the enum is reached by an arrow or is where the machine starts."""
    machine = state_field(model)
    if machine is None:
        return
    moves = chart_of(model).values()
    reached = {machine.get_default()} | {move.target for move in moves}
    for state, _ in machine.choices:
        if state not in reached:
            yield Error(
                f"{model.__name__} : aucun passage ne mène à « {state} »", obj=model, id="jalons.E002"
            )
    for move in moves:
        for state in {*move.sources, move.target} - {state for state, _ in machine.choices}:
            yield Error(
                f"{model.__name__}.{move.name} : état inconnu « {state} »", obj=model, id="jalons.E003"
            )


def _faults_of(model: type, move: Move, kind: str) -> Iterator[Error]:
    where = f"{model.__name__}.{move.name}"
    known = {*GIVEN, *registry.looks(model)}
    for guard in move.rule.guards:
        for name in parameters(guard):
            if name not in known:
                yield Error(
                    f"{where} : {guard.__name__} regarde « {name} », que personne ne charge", id="jalons.E004"
                )
    reaching = {role.value for role in RIGHTS.get((kind, "act"), {})} | {"system"}
    for role in move.rule.by:
        if role.value not in reaching:
            yield Error(f"{where} : le rôle « {role} » n’atteint pas « {kind} »", id="jalons.E005")
    if not move.rule.by:
        yield Error(f"{where} : personne ne peut faire ce passage", id="jalons.E006")
    if "*" in move.sources:
        yield Error(f"{where} : une source « * » n’est pas un passage", id="jalons.E007")
