"""The demo's feedback sheets: written by one person, read over and delivered by another where the story says so."""

from collections.abc import Callable
from datetime import datetime

from cases.models import Dossier, Feedback
from cases.states import FeedbackMove
from workflow import engine


def write(told: dict, dossier: Dossier, who: Callable, *, by, at: datetime) -> None:
    """`told` gives the motives, or one line for each financier by its code; `relue_par` who reads it over."""
    lines = dict(dossier.lines.order_by("pk").values_list("envelope__financier__code", "pk"))
    sheet = Feedback(
        dossier=dossier,
        author=by,
        motives=told.get("motives", []),
        lesser=[{"line": lines[code], "why": why} for code, why in told.get("moins", {}).items()],
        appreciated=told.get("appreciated", ""),
        advice=told.get("advice", ""),
        meeting_with=who(told["rendez_vous"], dossier) if "rendez_vous" in told else None,
    )
    engine.open_many([sheet], by=by, at=at)
    if "relue_par" in told:
        reader = who(told["relue_par"], dossier)
        for move in (FeedbackMove.PROOFREAD, FeedbackMove.DELIVER):
            engine.fire(Feedback.objects.get(pk=sheet.pk), move, by=reader, at=at)
