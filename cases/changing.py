"""What follows an accepted change, inside its transaction: a later end and its report's day, or money that returns."""

from decimal import Decimal

from cases import (
    models,  # because the models import the charts that name these functions: read at call time only
)
from cases.closing_guards import TO_SETTLE
from cases.states import LineMove
from workflow import engine
from workflow.roles import SYSTEM


def move_the_end(records, *, by, at) -> None:
    for record in records:
        change = record.subject
        if change.kind_of == models.ChangeKind.EXTENSION:
            facts = {"extended_to": change.new_end, "report_due_on": record.facts.get("report_due_on")}
            engine.amend(change.dossier, facts, by=SYSTEM, at=at)


def undo_the_action(records, *, by, at) -> None:
    """Nothing paid: the award is undone and its envelope has it again. Money that came is given back, to the cent."""
    undone = {
        one.subject.dossier_id: one
        for one in records
        if one.subject.kind_of == models.ChangeKind.UNDONE and one.subject.whole
    }
    if not undone:
        return
    lines = models.FundingLine.objects.filter(dossier__in=undone, state__in=TO_SETTLE, decided__gt=0)
    lines = list(lines.order_by("pk"))
    paid = {one.line_id for one in models.Payment.objects.arrived_of(lines)}
    engine.fire_many([one for one in lines if one.pk not in paid], LineMove.UNDO, by=SYSTEM, at=at)
    each = {
        one.pk: {
            "given_back": one.decided or Decimal(0),
            "freed": bool(undone[one.dossier_id].facts.get("freed")),
        }
        for one in lines
        if one.pk in paid
    }
    engine.fire_many([one for one in lines if one.pk in paid], LineMove.SETTLE, by=SYSTEM, at=at, each=each)
