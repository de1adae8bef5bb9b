"""The reminder rules in force, ready to be planned by: each with the day it counts from and the day it was set.

A cycle's rules are those of its version in force, for every dossier of the cycle: a reminder promises nothing, and
speaks of dates that are not pinned either. A rule, an offset or a date that changes speaks of nothing that should have
left before it changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Max

from notifications.audience import Audience
from notifications.choices import Anchor
from notifications.due import Rhythm, offsets_of
from notifications.expected import EXPECTED, Expectation
from notifications.models import ReminderRule
from workflow.calendar import paris_day
from workflow.models import Cycle, CycleVersion, Entry, Milestone, Step
from workflow.published import rows_of
from workflow.publishing import VersionState
from workflow.quiet import Quiet


class Asked(NamedTuple):
    """The fields of a rule that planning looks at, whether a row or a form says them."""

    code: str
    label: str
    kind: str
    audience: str = ""
    fact: str = ""
    anchor: str = Anchor.DEADLINE
    days_before: Iterable[int] = ()
    days_after: Iterable[int] = ()
    counting: str = ""
    worked_day: str = ""
    template: str = ""
    digest: bool = False

    @classmethod
    def by(cls, value) -> "Asked":
        """`value` answers to the name of a field."""
        return cls(*(value(name) for name in cls._fields))

    @property
    def expected(self) -> Expectation:
        return EXPECTED[self.kind]

    @property
    def by_own_day(self) -> bool:
        """Whether each row has a day of its own; otherwise all share a day of the calendar."""
        return self.anchor == Anchor.ASKED or (self.anchor == Anchor.DEADLINE and bool(self.expected.day))

    def told(self) -> Audience:
        return Audience(self.audience or self.expected.audience)

    def words(self) -> str:
        """Its mail: the one chosen, else the usual one for whom it tells."""
        return self.template or next(iter(self.expected.tells.get(self.told(), ())), "")


@dataclass(frozen=True)
class Rule:
    """One rule of a cycle. `day` is the day all its rows share, None where each has its own, or where none is set."""

    asked: Asked
    cycle: int
    rhythm: Rhythm
    quiet: Quiet
    day: date | None = None
    moved: bool = False
    """Whether it speaks of the rows whose deadline was moved for them alone"""
    day_set: date = date.min
    offset_set: Mapping[int, date] = field(default_factory=dict)

    @property
    def own(self) -> str:
        """The field that holds each row's own day, blank where they share one."""
        if self.moved:
            return self.asked.expected.moved
        return self.asked.expected.day if self.asked.by_own_day else ""

    @property
    def follows_deadline(self) -> bool:
        """Whether the day that its rows share is the one by which something is due."""
        ends = (Anchor.DEADLINE, Anchor.MILESTONE_ENDS, Anchor.STEP_CLOSES)
        return not self.asked.by_own_day and self.asked.anchor in ends

    def speaks(self, due: date, offset: int | None) -> bool:
        """A rule or a day set, or moved, when this should have left already waits for the next offset."""
        if offset is None:
            return False
        since = max(self.day_set, self.offset_set.get(offset, date.min))
        return since < self.rhythm.leaves_on(due, offset)

    def speaking(self, days: Iterable[date], at: datetime) -> dict[date, int]:
        """{day: offset} of these days of which it speaks at that instant."""
        on, heard_on = paris_day(at), paris_day(self.quiet.wakes_at(at))
        found = {due: self.rhythm.nearest(due, on, heard_on) for due in days}
        return {due: offset for due, offset in found.items() if self.speaks(due, offset)}

    def to_speak(self, days: Iterable[date], first: date, last: date) -> list[tuple[date, int]]:
        """(day, offset) of which it will speak in a period."""
        pairs = [(due, one) for due in days for one in self.rhythm.spoken(due, first, last).values()]
        return [(due, offset) for due, offset in pairs if self.speaks(due, offset)]


def in_force(cycle: int | None = None, code: str = "") -> list[Rule]:
    """The rules of every cycle, or of one; `code` keeps one of them. As many queries whatever the number of rules."""
    cycles = Cycle.objects.exclude(current=None).order_by("pk")
    cycles = list(cycles.filter(pk=cycle) if cycle else cycles)
    history = CycleVersion.objects.filter(cycle__in=cycles, state=VersionState.PUBLISHED).order_by("number")
    versions = list(history)
    rows, steps = rows_of(ReminderRule, versions), rows_of(Step, versions)
    current = [(one, row) for one in cycles for row in rows[one.current_id] if code in ("", row.code)]
    calendar = Calendar.of([row for _, row in current], [step for found in steps.values() for step in found])
    past = {
        one.pk: [(version, rows[version.pk]) for version in versions if version.cycle_id == one.pk]
        for one in cycles
    }
    found = [_rule(one, row, calendar, past[one.pk]) for one, row in current]
    return [rule for one in found for rule in (one, *_moved(one))]


def _moved(rule: Rule) -> list[Rule]:
    """The same rule for the rows whose deadline was moved for them alone: it counts from their own day."""
    if not rule.follows_deadline or not rule.asked.expected.moved:
        return []
    return [replace(rule, day=None, moved=True, day_set=date.min)]


def _rule(cycle: Cycle, row: ReminderRule, calendar: "Calendar", past: list) -> Rule:
    asked = Asked.by(lambda name: getattr(row, name))
    offsets = offsets_of(row.days_before, row.days_after)
    return Rule(
        asked,
        cycle.pk,
        Rhythm(offsets, row.counting, row.worked_day, cycle.region),
        cycle.quiet,
        None if asked.by_own_day else calendar.day(row),
        day_set=calendar.moved(row),
        offset_set={offset: _standing_since(row, offset, past, calendar) for offset in offsets},
    )


def _standing_since(row: ReminderRule, offset: int, past: list, calendar: "Calendar") -> date:
    """The day on which this offset was published, unchanged since."""
    since, same = date.min, _gist(row, calendar)
    for version, rows in reversed(past):
        alike = (one for one in rows if _gist(one, calendar) == same)
        if not any(offset in offsets_of(one.days_before, one.days_after) for one in alike):
            break
        since = paris_day(version.published_at)
    return since


_GIST = ("code", "kind", "audience", "anchor", "milestone_id", "counting", "worked_day")


def _gist(row: ReminderRule, calendar: "Calendar") -> tuple:
    """What makes two rows of two versions the same rule, offsets apart."""
    return (*(getattr(row, name) for name in _GIST), calendar.bounds(row.step_id))


class Calendar(NamedTuple):
    """The days that rules count from, and when each was last moved."""

    milestones: Mapping[int, Milestone]
    steps: Mapping[int, Step]
    moves: Mapping[int, datetime]

    @classmethod
    def of(cls, rules: list[ReminderRule], steps: list[Step]) -> "Calendar":
        keys = {rule.milestone_id for rule in rules}
        keys = (keys | {key for step in steps for key in (step.opens_id, step.closes_id)}) - {None}
        changes = Entry.objects.filter(
            subject_label=Milestone._meta.label_lower, subject_id__in=keys, payload__contains='_on"'
        )
        moves = changes.order_by("subject_id").values_list("subject_id").annotate(Max("at"))
        return cls(Milestone.objects.in_bulk(keys), {step.pk: step for step in steps}, dict(moves))

    def day(self, row: ReminderRule) -> date | None:
        """The day that all its rows share; None where none is set."""
        milestone, step = self.milestones.get(row.milestone_id), self.steps.get(row.step_id)
        opens, closes = (self.milestones.get(key) for key in self.bounds(row.step_id)[1:3])
        days = {
            Anchor.MILESTONE_STARTS: milestone and milestone.starts_on,
            Anchor.STEP_OPENS: opens and opens.starts_on + timedelta(days=step.opens_offset),
            Anchor.STEP_CLOSES: closes and closes.ends_on + timedelta(days=step.closes_offset),
        }
        return days.get(row.anchor, milestone and milestone.ends_on)

    def moved(self, row: ReminderRule) -> date:
        keys = (row.milestone_id, *self.bounds(row.step_id)[1:3])
        return max((paris_day(self.moves[key]) for key in keys if key in self.moves), default=date.min)

    def bounds(self, step: int | None) -> tuple:
        """What a step's window hangs on; read by its keys, because a published row is shared and keeps no date."""
        names = ("code", "opens_id", "closes_id", "opens_offset", "closes_offset")
        row = self.steps.get(step)
        return tuple(getattr(row, name, None) for name in names)
