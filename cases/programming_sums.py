"""The money of a programming, in euros: summed by the database over every line, to the cent.

« Programmed » is what is decided, else what the team proposes, else what the financier proposes. Help in kind is
counted nowhere.
"""

from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, F, FilteredRelation, IntegerField, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from cases.envelopes import AMOUNT
from cases.models import Dossier, FundingLine

NONE = Decimal(0)


@dataclass(frozen=True)
class Sums:
    """What stands in one column, over some of its rows."""

    previous: Decimal = NONE
    requested: Decimal = NONE
    proposed: Decimal = NONE
    team: Decimal = NONE
    planned: Decimal = NONE
    decided: Decimal = NONE

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


NAMES = [field.name for field in fields(Sums)]
NOTHING = Sums()


def lines_of(dossiers: QuerySet[Dossier], scenario=None) -> QuerySet[FundingLine]:
    """The lines of money of these dossiers, as they are or as a scenario supposes."""
    return priced(FundingLine.objects.filter(dossier__in=dossiers.order_by().values("pk")), scenario)


def priced(lines: QuerySet[FundingLine], scenario=None) -> QuerySet[FundingLine]:
    """The lines of money among these, each with `team` and `planned`."""
    lines, team = lines.filter(in_kind=False), F("team_proposal")
    if scenario is not None:
        named = FilteredRelation("supposed", condition=Q(supposed__scenario=scenario.pk))
        lines = lines.annotate(what_if=named)
        team = Case(When(what_if__pk__isnull=False, then=F("what_if__amount")), default=team)
    return lines.annotate(
        team=team,
        planned=Case(When(outcome="", then=Coalesce(F("team"), F("proposed"))), default=F("decided")),
    )


class Read(NamedTuple):
    """{envelope key: its sums} over the whole call and over the dossiers kept, {group: {envelope key: …}} of these."""

    whole: dict[int, Sums]
    kept: dict[int, Sums]
    groups: dict[Any, dict[int, Sums]]


def read(cycle: int, scenario=None, kept: QuerySet[Dossier] | None = None, group=None) -> Read:
    """Every sum that a table shows, in one query; `group` is a line's group as an expression, None for none."""
    inside = Value(1)
    if kept is not None:
        among = Q(dossier__in=kept.order_by().values("pk"))
        inside = Case(When(among, then=inside), default=Value(0), output_field=IntegerField())
    lines = lines_of(Dossier.objects.of_cycle(cycle).programmed(), scenario)
    lines = lines.annotate(inside=inside, group=Value(0) if group is None else group)
    found = Read({}, {}, {})
    for (envelope, is_kept, mine), told in _summed(lines, "envelope", "inside", "group").items():
        found.whole[envelope] = found.whole.get(envelope, NOTHING) + told
        if is_kept:
            found.kept[envelope] = found.kept.get(envelope, NOTHING) + told
            found.groups.setdefault(mine, {})[envelope] = told
    return found


def total(lines: QuerySet[FundingLine], by: str, name: str) -> Coalesce:
    """One sum as a column of what the lines hang on: dossiers are ordered by it."""
    found = lines.order_by().values(by).annotate(found=Sum(name, output_field=AMOUNT)).values("found")
    return Coalesce(Subquery(found, output_field=AMOUNT), Value(NONE), output_field=AMOUNT)


def _summed(lines: QuerySet[FundingLine], *by: str) -> dict[tuple, Sums]:
    sums = {
        f"sum_{name}": Sum(column, output_field=AMOUNT) for name, column in zip(NAMES, COLUMNS, strict=True)
    }
    rows = lines.order_by().values_list(*by).annotate(**sums)
    return {tuple(row[: len(by)]): Sums(*(one or NONE for one in row[len(by) :])) for row in rows}


COLUMNS = ("previous", "requested", "proposed", "team", "planned", "decided")
