"""What moves with a date, before anybody saves it: windows, reminders, sittings, and who waits behind them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db.models import Count

from workflow import loading, registry
from workflow.charts import chart_of, state_field
from workflow.loading.kinds import DayOf
from workflow.loading.section import Row, Section
from workflow.models import Cycle, StepKind
from workflow.promises import days_of
from workflow.refusal import Refusal
from workflow.registry import Effect, Hanging
from workflow.words import window_closes, window_opens


class Moving(NamedTuple):
    """One thing that hangs on the calendar, before and after; None where it is not there."""

    what: str
    was: date | None
    now: date | None


class Companion(NamedTuple):
    """A row of another section that says the very day a milestone had, and may move along."""

    section: Section
    code: str
    attr: str
    on: date

    @property
    def key(self) -> str:
        return f"{self.section.name}/{self.code}"


class Waiting(NamedTuple):
    """How many subjects have yet to pass a step."""

    step: str
    subject: str
    many: int


def windows_hang(document: loading.CycleDocument) -> Iterator[Hanging]:
    """The first and last days of every step."""
    for code in document["étapes"]:
        days = days_of(document, code)
        if days.first != date.min:
            yield Hanging(window_opens(days.label), days.first)
        if days.last != date.max:
            yield Hanging(window_closes(days.label), days.last)


def moving(before: loading.CycleDocument, after: loading.CycleDocument) -> list[Moving]:
    """Everything whose date differs, by its new date."""
    was, now = _hung(before), _hung(after)
    found = []
    for what in dict.fromkeys([*was, *now]):
        old, new = was[what], now[what]
        length = max(len(old), len(new))
        padded = zip(_padded(old, length), _padded(new, length), strict=True)
        found += [Moving(what, first, second) for first, second in padded if first != second]
    return sorted(found, key=lambda one: (one.now or one.was or date.max, one.what))


def effects(
    cycle: Cycle, before: loading.CycleDocument, after: loading.CycleDocument, on: date
) -> list[Effect]:
    """The messages of the coming weeks that would leave, or no longer leave, by their day."""
    found = [one for foreseen in registry.effects() for one in foreseen(cycle, before, after, on)]
    return sorted(found, key=lambda one: (one.on, one.what))


def _hung(document: loading.CycleDocument) -> dict[str, list[date]]:
    dates: dict[str, list[date]] = defaultdict(list)
    for dated in registry.hangings():
        for one in dated(document):
            dates[one.what].append(one.on)
    return dates


def _padded(dates: list, length: int) -> list:
    return dates + [None] * (length - len(dates))


def worries(before: loading.CycleDocument, after: loading.CycleDocument) -> list[Refusal]:
    """What publishing would refuse after the move and would not have refused before it."""
    known = set(loading.refusals(before))
    return [one for one in loading.refusals(after) if one not in known]


def companions(before: loading.CycleDocument, section: Section, code: str, row: Row) -> list[Companion]:
    """The rows of other sections that say the first day of the row about to move, which nothing ties to it."""
    was = before[section.name][code].get("starts_on")
    if was is None or was == row["starts_on"]:
        return []
    return [
        Companion(other, name, bound.attr, row["starts_on"])
        for other in loading.sections()
        for bound in other.bound
        if isinstance(bound.kind, DayOf) and bound.kind.section == section.name
        for name, one in before[other.name].items()
        if one[bound.attr] == was
    ]


def moved_along(
    after: loading.CycleDocument, before: loading.CycleDocument, section: Section, code: str, along: list[str]
) -> loading.CycleDocument:
    """The document with the companions that were chosen put on the new day."""
    if not along or code not in before[section.name]:
        return after
    rows = {name: dict(kept) for name, kept in after.sections.items()}
    for one in companions(before, section, code, after[section.name][code]):
        if one.key in along:
            rows[one.section.name][one.code] = rows[one.section.name][one.code] | {one.attr: one.on}
    return replace(after, sections=rows)


def waiting(cycle: Cycle, document: loading.CycleDocument, milestone: str) -> list[Waiting]:
    """Who has yet to pass the steps that open or close on this milestone, counted by the database."""
    found = []
    for row in document["étapes"].values():
        gates = row["gates"] and not StepKind(row["kind"]).accompanies
        if gates and milestone in (row["opens"], row["closes"]):
            found += [Waiting(row["label"], *counted) for counted in _before(cycle, row)]
    return [one for one in dict.fromkeys(found) if one.many]


def _before(cycle: Cycle, step: Row) -> Iterator[tuple[str, int]]:
    for model in pinned():
        move = chart_of(model).get(step["gates"])
        states = {state for state in (move.sources if move else ()) if move.is_gated_from(state)}
        held = model._base_manager.filter(cycle=cycle, **{f"{state_field(model).name}__in": states})
        yield str(model._meta.verbose_name), held.count()


def pinned() -> list[type]:
    """The machines whose subjects each live under one version of the rules of a cycle."""
    return [
        model
        for model in registry.charts()
        if {"rules", "cycle"} <= {field.name for field in model._meta.concrete_fields}
    ]


def behind(cycle: Cycle) -> int:
    """How many subjects live under an earlier version than the one in force."""
    if cycle.current is None or cycle.current.number == 1:
        return 0
    return sum(many for number, many in by_version(cycle).items() if number < cycle.current.number)


def by_version(cycle: Cycle) -> dict[int, int]:
    """{number of the version: how many subjects live under it}."""
    counted: dict[int, int] = defaultdict(int)
    for model in pinned():
        rows = model._base_manager.filter(cycle=cycle).order_by("rules__number").values_list("rules__number")
        for number, many in rows.annotate(many=Count("pk")):
            counted[number] += many
    return dict(counted)
