"""What the system does when a day has passed: rounds whose day is over, reports that are due, dossiers that are done.

The queries only say whom to ask; the guards of the chart decide, as they do for everybody.
"""

from datetime import datetime

from django.db.models import Exists, F, OuterRef

from cases.closing_guards import TO_SETTLE
from cases.models import Dossier, FundingLine, Report, ReportKind, ReviewRound
from cases.states import DossierMove, DossierState, LineState, ReportState
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
    if DossierState.ANSWERED in states:
        ask_interim(at)
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


def ask_interim(at: datetime) -> list[Outcome]:
    """Where the year asks how far one is, by its calendar: an intermediate report for each award that is kept."""
    steps = Step.objects.filter(kind=StepKind.INTERIM).select_related("opens", "closes").order_by("pk")
    begun = {step.version_id for step in steps if step.window.contains(at)}
    if not begun:
        return []
    kept = FundingLine.objects.payable().filter(dossier=OuterRef("pk"), notified_on__isnull=False)
    asked = Report.objects.filter(dossier=OuterRef("pk"), kind_of=ReportKind.INTERMEDIATE)
    rows = Dossier.objects.filter(Exists(kept), ~Exists(asked), state=DossierState.ANSWERED, rules__in=begun)
    new = [Report(dossier=one, kind_of=ReportKind.INTERMEDIATE) for one in rows.order_by("pk")]
    return engine.open_many(new, by=SYSTEM, at=at)


def reports_accepted():
    """Dossiers whose report is accepted, or of which no money was kept, and whose awards are all settled."""
    final = Report.objects.filter(
        state=ReportState.ACCEPTED, kind_of=ReportKind.FINAL, dossier=OuterRef("pk")
    )
    lines = FundingLine.objects.filter(dossier=OuterRef("pk"), decided__gt=0)
    open_lines, kept = lines.filter(state__in=TO_SETTLE), lines.filter(decided__gt=F("given_back"))
    told = Exists(final) | ~Exists(kept.exclude(state=LineState.RENOUNCED))
    rows = Dossier.objects.filter(told, ~Exists(open_lines), state=DossierState.REPORTING)
    return rows.order_by("pk")


def _fire(dossiers, move: str, at: datetime) -> list[Outcome]:
    return engine.fire_many(dossiers, move, by=SYSTEM, at=at)
