"""What a team has before it on a sheet's page: what a new one begins with, and the moves that it is offered."""

from collections.abc import Mapping

from cases.correspondence import declared
from cases.feedback_life import NO_CORRECTION
from cases.models import Dossier, Feedback
from cases.states import FeedbackMove
from workflow.refusal import Refusal


def begun(dossier: Dossier) -> Feedback | None:
    """Whoever declared a request inadmissible said why already; nothing is known of any other."""
    said = declared(dossier)
    if said is None:
        return None
    reason, fact = said
    return Feedback(dossier=dossier, motives=[{"line": None, "reason": reason, "fact": fact, "free": ""}])


def offered(moves: Mapping[str, tuple[Refusal, ...]]) -> list[tuple[FeedbackMove, tuple[Refusal, ...]]]:
    """Each move with what still forbids it; no correction is abandoned where none was opened."""
    return [
        (FeedbackMove(name), refusals)
        for name, refusals in moves.items()
        if all(one.code != NO_CORRECTION for one in refusals)
    ]
