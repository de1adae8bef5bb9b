"""The dated things that a person sees: here the dates of the calls; each app adds its own through the registry."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import TextChoices
from django.urls import reverse

from workflow import registry, words
from workflow.calendar import PARIS, Precision, Region, paris_day, public_holidays, span
from workflow.models import Milestone, Step
from workflow.wording import date_in_words, hour_in_words, meeting_in_words

AROUND = 2
"""Years before and after the year of its actions in which the dates of a call may lie."""
VERSIONS = 10_000
"""What one more version of the rules is worth in a sequence: more than a date ever moves under one version."""


class DatedKind(TextChoices):
    """What a dated thing is, the nearest to the person first."""

    DEADLINE = "deadline", "À faire"
    SESSION = "session", "Rencontres"
    COMMITTEE = "committee", "Comités"
    WINDOW = "window", "Ouvertures et fermetures"
    MILESTONE = "milestone", "Autres dates"
    HOLIDAY = "holiday", "Jours fériés"

    @property
    def one(self) -> str:
        """What one of them is called, for whoever does not see its shape."""
        return _ONE[self]


_ONE = {
    DatedKind.DEADLINE: "À faire",
    DatedKind.SESSION: "Rencontre",
    DatedKind.COMMITTEE: "Comité",
    DatedKind.WINDOW: "Ouverture ou fermeture",
    DatedKind.MILESTONE: "Date",
    DatedKind.HOLIDAY: "Jour férié",
}


@dataclass(frozen=True)
class Dated:
    """One thing and its days, both in full, or its instants; a vague date may be any day that its precision covers.

    `uid` never changes, because subscribed calendars know the thing by it; `sequence` grows when its date moves.
    """

    uid: str
    kind: DatedKind
    label: str
    first: date
    last: date
    call: str = ""
    code: str = ""
    precision: str = Precision.DAY
    begins: datetime | None = None
    ends: datetime | None = None
    note: str = ""
    place: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False
    own: bool = True
    """Whether the person's own calendar takes it: a session that others booked is only shown."""

    @classmethod
    def at_hours(cls, begins: datetime, ends: datetime, **facts) -> "Dated":
        """What happens at an hour, in Paris."""
        return cls(first=paris_day(begins), last=paris_day(ends), begins=begins, ends=ends, **facts)

    @property
    def days(self) -> tuple[date, date]:
        """The first and last day that it may mean."""
        return span(self.first, self.last, self.precision)

    @property
    def is_vague(self) -> bool:
        return self.precision != Precision.DAY

    @property
    def lasts(self) -> bool:
        """Whether it is more than one known day."""
        return self.is_vague or self.first != self.last

    @property
    def said(self) -> str:
        """Its date in words, and no more exact than it is."""
        if self.begins and self.ends:
            return meeting_in_words(self.begins, self.ends)
        return date_in_words(self.first, self.last, self.precision)

    @property
    def hour(self) -> str:
        """« 14 h 30 », where it has one."""
        return hour_in_words(self.begins) if self.begins else ""

    def overlaps(self, first: date, last: date) -> bool:
        begins, ends = self.days
        return begins <= last and first <= ends


def seen_by(user, first: date, last: date, at: datetime) -> list[Dated]:
    """All that this person sees between two days, in order; a day that two sources name alike is said once."""
    found: dict[tuple, Dated] = {}
    for source in registry.datings():
        for one in source(user, first, last, at):
            alike = (one.code, one.label, one.days, one.uid if one.begins else "")
            if one.overlaps(first, last) and (alike not in found or _rank(one) < _rank(found[alike])):
                found[alike] = one
    return sorted(found.values(), key=in_order)


def in_order(one: Dated) -> tuple:
    """By day, then by hour, the nearest to the person first."""
    hour = one.begins.astimezone(PARIS).time().isoformat() if one.begins else ""
    return (one.days[0], hour, one.days[1], _rank(one), one.label, one.uid)


def _rank(one: Dated) -> int:
    return list(DatedKind).index(one.kind)


# ── The dates of the calls ──────────────────────────────────────────────────


def of_calls(user, first: date, last: date, at: datetime) -> Iterator[Dated]:
    """Milestones with what they open and close, windows that turn some days before or after, and public holidays."""
    years = (first.year - AROUND, last.year + AROUND)
    milestones = {one.pk: one for one in Milestone.objects.visible_to(user).of_years(*years).in_order()}
    yield from holidays({one.cycle.region for one in milestones.values()} or {Region.METROPOLE}, first, last)
    turned: dict[int, tuple[list, list]] = defaultdict(lambda: ([], []))
    for step in Step.objects.in_force_on(milestones) if milestones else ():
        for side, key, offset in (
            (0, step.opens_id, step.opens_offset),
            (1, step.closes_id, step.closes_offset),
        ):
            if key in milestones and offset == 0:
                turned[key][side].append(step.label)
            elif key in milestones:
                yield _beside(step, side, milestones[key])
    for key, one in milestones.items():
        yield _turning(one, *turned[key]) if key in turned else _of_milestone(one)


def _of_milestone(milestone: Milestone) -> Dated:
    cycle = milestone.cycle
    return Dated(
        uid=str(milestone.uuid),
        kind=DatedKind.MILESTONE,
        label=milestone.label,
        first=milestone.starts_on,
        last=milestone.ends_on,
        precision=milestone.precision,
        call=cycle.name,
        code=cycle.code,
        note=milestone.note,
        url=reverse("call", args=[cycle.code]) if cycle.current_id else "",
        sequence=milestone.version,
    )


def _turning(milestone: Milestone, opens: list[str], closes: list[str]) -> Dated:
    """A milestone on which windows turn; a step of its own name says nothing more."""
    one = _of_milestone(milestone)
    others = [[label for label in labels if label != one.label] for labels in (opens, closes)]
    note = " ".join(part for part in (words.window_turns(*others), one.note) if part)
    return replace(one, kind=DatedKind.WINDOW, note=note)


def _beside(step: Step, side: int, milestone: Milestone) -> Dated:
    """Known by its cycle and step, so that it stays the same thing under the next version of the rules."""
    on = step.last_day if side else step.first_day
    said = words.window_closes if side else words.window_opens
    return replace(
        _of_milestone(milestone),
        uid=f"{milestone.cycle.uuid}-{step.code}-{'ferme' if side else 'ouvre'}",
        kind=DatedKind.WINDOW,
        label=said(step.label),
        first=on,
        last=on,
        note="",
        sequence=step.version.number * VERSIONS + milestone.version,
    )


def holidays(regions: Iterable[str], first: date, last: date) -> Iterator[Dated]:
    """The public holidays of these regions, each day once by its name."""
    named: dict[tuple[date, str], str] = {}
    for year in range(first.year, last.year + 1):
        for region in sorted(regions):
            named |= dict.fromkeys(public_holidays(year, region).items(), region)
    for on, name in sorted(named):
        if first <= on <= last:
            yield Dated(f"{on}-{named[on, name]}", DatedKind.HOLIDAY, name, on, on)
