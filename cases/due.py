"""By when, as a column: the dates of `inbox.due_on`, computed where thousands of dossiers are sorted."""

from datetime import date, timedelta

from django.db.models import Case, DateField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from cases.inbox import PARTS, TOLD, gate_of
from cases.models import Committee, Dossier
from cases.states import DossierState as S
from workflow import roles
from workflow.models import Step, StepKind

NEVER = date.max
"""Where nobody set a date: last in the list, on every database alike."""


def dues_for(user, on: date) -> Coalesce:
    """The due date of each dossier in this person's hands, `NEVER` without one; building it costs one query."""
    told = [When(state=state, then=F(field)) for state, field in TOLD.items()]
    steps = _dated_steps(user, on)
    tried = [
        Case(*ways, output_field=DateField()) for ways in (told, _sittings(steps), _windows(steps)) if ways
    ]
    return Coalesce(*tried, day(NEVER), output_field=DateField())


def day(on: date) -> Value:
    """A date as a column."""
    return Value(on, output_field=DateField())


def _dated_steps(user, on: date) -> list[Step]:
    """The steps of whatever this person reads, each with the next committee (`sits_on`) of a cycle of the team.

    One held yesterday is still being written down. No dossier follows a version without a step.
    """
    followed, mine = roles.cycles_of(user, "dossier", "act"), Dossier.objects.of_holder(user).values("rules")
    sittings = Committee.objects.filter(
        cycle=OuterRef("version__cycle"), cycle__in=followed, on__gte=on - timedelta(days=1)
    )
    nearest = Subquery(sittings.order_by("on", "pk").values("on")[:1])
    steps = Step.objects.filter(Q(version__cycle__in=followed) | Q(version__in=mine))
    return list(steps.annotate(sits_on=nearest).select_related("version", "closes").order_by("pk"))


def _sittings(steps: list[Step]) -> list[When]:
    nearest = {one.version.cycle_id: one.sits_on for one in steps if one.sits_on}
    return [When(state=S.COMMITTEE, cycle=cycle, then=day(when)) for cycle, when in nearest.items()]


def _windows(steps: list[Step]) -> list[When]:
    """The last day of the window of each state's next move, version by version."""
    windows = {
        (one.version_id, one.gates): one.last_day
        for one in steps
        if one.closes_id and not StepKind(one.kind).accompanies
    }
    states = {part.state: gate_of(part.state) for part in PARTS}
    return [
        When(state=state, rules=version, then=day(when))
        for (version, gates), when in windows.items()
        for state, gate in states.items()
        if gate == gates
    ]
