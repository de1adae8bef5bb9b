"""Windows that are shut for one dossier, and the named exceptions that open them."""

from datetime import date, datetime

from cases.models import Dossier
from workflow import engine
from workflow.charts import chart_of
from workflow.models import Derogation, Step
from workflow.models.step import StepKind
from workflow.situation import Situation


def may_grant(dossier: Dossier, *, by, at: datetime) -> bool:
    """Whether this person may open a window of that dossier's call."""
    return Situation([dossier], by, at).allows(Derogation(cycle=dossier.cycle), Derogation.opened_by)


def closed_gates(dossier: Dossier, at: datetime) -> dict[str, Step]:
    """{move: the window that is shut} among the moves out of the dossier's present state."""
    windows = [kind for kind in StepKind if not kind.accompanies]
    steps = dossier.rules.steps.filter(kind__in=windows).select_related("opens", "closes").order_by("pk")
    moves = chart_of(Dossier)
    awaited = {
        move.rule.gated
        for move in moves.values()
        if move.rule.gated and dossier.state in move.sources and move.is_gated_from(dossier.state)
    }
    return {one.gates: one for one in steps if one.gates in awaited and not one.window.contains(at)}


def derogations_of(dossier: Dossier):
    """Those that were granted to one dossier, the latest first."""
    label = Dossier._meta.label_lower
    return Derogation.objects.filter(subject_label=label, subject_id=dossier.pk).order_by("-pk")


def grant(dossier: Dossier, move: str, until: date, reason: str, *, by, at: datetime) -> None:
    """Open a window for one dossier through the door. Raises `Refused` to whoever may not."""
    named = Derogation(
        cycle=dossier.cycle,
        subject_label=Dossier._meta.label_lower,
        subject_id=dossier.pk,
        move=move,
        until=until,
        reason=reason,
    )
    facts = {"reason": reason}
    engine.open_many([named], by=by, at=at, facts=facts)
