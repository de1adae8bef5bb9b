"""By when, as a column: the dates of `inbox.due_on`, computed where thousands of dossiers are sorted."""

from datetime import date, timedelta

from django.db.models import Case, DateField, F, Q, Value, When
from django.db.models.functions import Coalesce

from cases.inbox import PARTS, TOLD, gate_of
from cases.models import Committee, Dossier
from cases.states import DossierState as S
from workflow import roles
from workflow.models import Step, StepKind

NEVER = date.max
"""Where nobody set a date: last in the list, on every database alike."""


def dues_for(user, on: date) -> Coalesce:
    """The due date of each dossier in this person's hands, `NEVER` without one; building it costs two queries."""
    told = [When(state=state, then=F(field)) for state, field in TOLD.items()]
    tried = [
        Case(*ways, output_field=DateField()) for ways in (told, _sittings(user, on), _windows(user)) if ways
    ]
    return Coalesce(*tried, day(NEVER), output_field=DateField())


def day(on: date) -> Value:
    """A date as a column."""
    return Value(on, output_field=DateField())


def _cycles(user):
    return roles.cycles_of(user, "dossier", "act")


def _sittings(user, on: date) -> list[When]:
    """The next committee of each cycle of the team; one held yesterday is still being written down."""
    rows = Committee.objects.filter(cycle__in=_cycles(user), on__gte=on - timedelta(days=1))
    nearest = dict(rows.order_by("-on", "-pk").values_list("cycle", "on"))
    return [When(state=S.COMMITTEE, cycle=cycle, then=day(when)) for cycle, when in nearest.items()]


def _windows(user) -> list[When]:
    """The last day of the window of each state's next move, version by version."""
    mine = Dossier.objects.of_holder(user).values("rules")
    reached = Q(version__cycle__in=_cycles(user)) | Q(version__in=mine)
    rows = Step.objects.filter(reached, closes__isnull=False).select_related("closes").order_by("pk")
    windows = {
        (one.version_id, one.gates): one.last_day for one in rows if not StepKind(one.kind).accompanies
    }
    states = {part.state: gate_of(part.state) for part in PARTS}
    return [
        When(state=state, rules=version, then=day(when))
        for (version, gates), when in windows.items()
        for state, gate in states.items()
        if gate == gates
    ]
