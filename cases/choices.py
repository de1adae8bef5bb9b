"""What a list may be narrowed by, in one query: the calls a person reaches, their orientations, quarters and seats."""

from django.db.models import Case, CharField, F, Q, Value, When

from cases.models import Dossier, Financier, Neighbourhood, Orientation
from workflow import roles
from workflow.models import Cycle
from workflow.roles import Reach

KINDS = ("cycle", "orientation", "neighbourhood", "financier")


def choices_for(user) -> dict[str, list[tuple[str, str]]]:
    """{kind: [(key as text, label)]}, from the newest call to the oldest."""
    cycles = _cycles(user)
    return _chosen(_rows("cycle", cycles, F("name")), *_inside(cycles))


def choices_in(cycle: int) -> dict[str, list[tuple[str, str]]]:
    """The same of one call."""
    return _chosen(*_inside(Cycle.objects.filter(pk=cycle)))


def _inside(cycles) -> list:
    """What calls hold."""
    named = Case(When(name="", then=F("organisation__name")), default=F("name"), output_field=CharField())
    keys = cycles.values("pk")
    return [
        _rows("orientation", Orientation.objects.filter(cycle__in=keys), F("label")),
        _rows(
            "neighbourhood", Neighbourhood.objects.filter(contract__in=cycles.values("contract")), F("name")
        ),
        _rows("financier", Financier.objects.filter(cycle__in=keys), named),
    ]


def _chosen(first, *others) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    for kind, key, label in first.union(*others, all=True).order_by("kind", "pk"):
        found[kind].append((str(key), label))
    return found


def _rows(kind: str, rows, label):
    told = rows.order_by().annotate(kind=Value(kind, output_field=CharField()), told=label)
    return told.values_list("kind", "pk", "told")


def _cycles(user):
    """By the roles held, never by looking through the dossiers: ten thousand are not read for the sake of a menu."""
    seats = {one.cycle_id for one in roles.reached(user, "line", "see", Reach.SEAT)} - {None}
    known = Q(pk__in={*roles.cycles_of(user, "dossier", "see"), *seats})
    if roles.owned(user, "dossier", "act") is not roles.NOTHING:
        known |= Q(pk__in=Dossier.objects.of_holder(user).values("cycle"))
    return Cycle.objects.filter(known)
