"""What the system does when a day has passed: rounds whose day is over, reports that are due, dossiers that are done.

The queries only say whom to ask; the guards of the chart decide, as they do for everybody.
"""

from datetime import datetime

from cases.models import Dossier, ReviewRound
from cases.states import DossierMove, DossierState, ReportState
from workflow import engine
from workflow.calendar import paris_day
from workflow.engine import Outcome
from workflow.models import Step
from workflow.models.step import StepKind
from workflow.roles import SYSTEM


def pass_day(at: datetime) -> dict[str, list[Outcome]]:
    """Do all that the calendar asks for at this instant: {move: outcomes}. Doing it twice does nothing more."""
    states = set(
        Dossier.objects.filter(state__in=_CONCERNED)
        .order_by("state")
        .values_list("state", flat=True)
        .distinct()
    )
    done = {}
    if DossierState.REVIEW in states:
        done[DossierMove.CLOSE_REVIEW] = _fire(rounds_over(at), DossierMove.CLOSE_REVIEW, at)
    answered = list(report_season(at)) if DossierState.ANSWERED in states else []
    done[DossierMove.OPEN_REPORTING] = asked = _fire(answered, DossierMove.OPEN_REPORTING, at)
    unreported = {outcome.subject_id for outcome in asked if outcome.refusals}
    accepted = reports_accepted() if DossierState.REPORTING in states else []
    over = [*(one for one in answered if one.pk in unreported), *accepted]
    done[DossierMove.CLOSE] = _fire(over, DossierMove.CLOSE, at)
    return {move: outcomes for move, outcomes in done.items() if outcomes}


_CONCERNED = (DossierState.REVIEW, DossierState.ANSWERED, DossierState.REPORTING)


def rounds_over(at: datetime):
    """Dossiers whose review round has outlived its last day, which counts in full."""
    over = ReviewRound.objects.filter(closed_at=None, deadline__lt=paris_day(at))
    return Dossier.objects.filter(pk__in=over.values("dossier"), state=DossierState.REVIEW).order_by("pk")


def report_season(at: datetime):
    """Answered dossiers whose year asks for reports by now.

    Until then even a dossier that was granted nothing stays open, because it may still be reopened.
    """
    windows = [kind.value for kind in StepKind if not kind.accompanies]
    steps = Step.objects.filter(gates=DossierMove.OPEN_REPORTING, kind__in=windows).order_by("pk")
    early = {
        step.version_id for step in steps.select_related("opens", "closes") if not step.window.contains(at)
    }
    return Dossier.objects.filter(state=DossierState.ANSWERED).exclude(rules__in=early).order_by("pk")


def reports_accepted():
    """Dossiers whose report is accepted: nothing is awaited from anybody."""
    accepted = Dossier.objects.filter(reports__state=ReportState.ACCEPTED)
    return Dossier.objects.filter(pk__in=accepted.values("pk"), state=DossierState.REPORTING).order_by("pk")


def _fire(dossiers, move: str, at: datetime) -> list[Outcome]:
    return engine.fire_many(dossiers, move, by=SYSTEM, at=at)
