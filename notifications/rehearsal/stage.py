"""Where the players meet the door: the diary of what they mean to do, and the account of what became of it."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from cases.models import Dossier, FundingLine
from cases.states import FINAL, DossierState
from notifications.rehearsal.cast import Cast
from notifications.rehearsal.dates import Dates
from workflow import engine
from workflow.calendar import next_working_day, opens
from workflow.models import Cycle
from workflow.refusal import Refusal, Refused

BATCH = 200
"""Subjects per call of the door: enough to share its queries, few enough to keep memory low."""

Task = Callable[[datetime, list[int]], None]


@dataclass(frozen=True)
class Attempt:
    """One call of the door by one person: whom it moved, whom it refused and why."""

    at: datetime
    role: str
    kind: str
    move: str
    passed: tuple[str, ...]
    refused: tuple[tuple[str, tuple[Refusal, ...]], ...] = ()


class Diary:
    """What people mean to do, by day and hour; keys of one task at one hour are done together."""

    def __init__(self, region: str):
        self.region = region
        self._days: dict[date, dict[tuple[int, str], tuple[Task, list[int]]]] = defaultdict(dict)

    def note(self, on: date, hour: int, task: Task, *keys: int) -> None:
        planned = self._days[on].setdefault((hour, task.__qualname__), (task, []))
        planned[1].extend(keys)

    def note_at_work(self, on: date, hour: int, task: Task, *keys: int) -> None:
        """For the team and the financiers: that day, or the next one that is worked. Holders write when they can."""
        self.note(next_working_day(on, self.region), hour, task, *keys)

    def live(self, on: date) -> None:
        """Do all of a day in order, what is added meanwhile included."""
        planned = self._days.get(on, {})
        while planned:
            hour, name = min(planned)
            task, keys = planned.pop((hour, name))
            task(opens(on) + timedelta(hours=hour), keys)
        self._days.pop(on, None)


class Stage:
    """One rehearsal: its cycle, people, days and chance, and every attempt that was made."""

    def __init__(
        self,
        cycle: Cycle,
        dossiers: list[Dossier],
        *,
        seed: int,
        gentle: bool,
        watch: Callable = lambda _: None,
    ):
        self.cycle, self.rules = cycle, cycle.current
        self.seed, self.gentle, self.watch = seed, gentle, watch
        self.references = {dossier.pk: dossier.reference for dossier in dossiers}
        self.dates, self.diary, self.cast = Dates(cycle), Diary(cycle.region), Cast(cycle, dossiers)
        self.attempts: list[Attempt] = []
        self._awkward: dict[str, int] = defaultdict(int)

    def rng(self, *words: Any) -> random.Random:
        """Chance that depends on the seed and these words alone, never on the order of hashes or calls."""
        return random.Random("|".join(map(str, (self.seed, *words))))  # noqa: S311 because a play is no secret

    def clumsy(self, habit: str, candidates: Iterable) -> list:
        """Who of these does it the awkward way: one in thirty over the year, one at least, none if gentle."""
        most = 0 if self.gentle else max(1, len(self.references) // 30)
        chosen = list(islice(candidates, most - self._awkward[habit])) if most > self._awkward[habit] else []
        self._awkward[habit] += len(chosen)
        return chosen

    # What stands in the database ------------------------------------------------------------------------------------

    def dossiers(self, *states: str, keys: Iterable[int] | None = None) -> list[Dossier]:
        found = Dossier.objects.filter(cycle=self.cycle, state__in=states)
        if keys is not None:
            found = found.filter(pk__in=list(keys))
        return list(found.order_by("number"))

    def lines(self, *states: str, **narrowed: Any) -> list[FundingLine]:
        found = FundingLine.objects.filter(cycle=self.cycle, **narrowed)
        if states:
            found = found.filter(state__in=states)
        return list(
            found.select_related("dossier", "envelope", "seat").order_by("dossier__number", "envelope__pk")
        )

    def answered(self) -> int:
        """How many dossiers have their answer, or await none any longer."""
        states = (*FINAL, DossierState.ANSWERED, DossierState.REPORTING)
        return Dossier.objects.filter(cycle=self.cycle, state__in=states).count()

    # The door -------------------------------------------------------------------------------------------------------

    def fire(self, subject, move: str, *, by, at: datetime, **facts: Any) -> bool:
        return bool(self.fire_many([subject], move, by=by, at=at, facts=facts))

    def fire_many(
        self,
        subjects: Iterable,
        move: str,
        *,
        by,
        at: datetime,
        facts: dict | None = None,
        each: dict | None = None,
    ) -> list:
        """Those whom the door let pass; the others are told with their reasons."""
        passed = []
        waiting = list(subjects)
        for first in range(0, len(waiting), BATCH):
            batch = waiting[first : first + BATCH]
            outcomes = engine.fire_many(batch, move, by=by, at=at, facts=facts, each=each)
            self.tell(batch, outcomes, move, by, at)
            passed += [one for one, outcome in zip(batch, outcomes, strict=True) if not outcome.refusals]
        return passed

    def tell(self, subjects: list, outcomes: list, move: str, by, at: datetime) -> None:
        pairs = [
            (self.reference(one), outcome.refusals) for one, outcome in zip(subjects, outcomes, strict=True)
        ]
        passed = tuple(reference for reference, refusals in pairs if not refusals)
        refused = tuple((reference, refusals) for reference, refusals in pairs if refusals)
        attempt = Attempt(at, self.cast.role(by), subjects[0].kind, str(move), passed, refused)
        self.attempts.append(attempt)
        self.watch(attempt)

    def amend(self, subject, *, by, at: datetime, **changes: Any) -> bool:
        try:
            outcome = engine.amend(subject, changes, by=by, at=at)
        except Refused as refused:
            outcome = engine.Outcome(subject.pk, refusals=refused.refusals)
        self.tell([subject], [outcome], engine.AMEND, by, at)
        return not outcome.refusals

    def open(self, subjects: Iterable, *, by, at: datetime) -> list:
        new = list(subjects)
        for first in range(0, len(new), BATCH):
            engine.open_many(new[first : first + BATCH], by=by, at=at)
        return new

    def reference(self, subject) -> str:
        """How the timeline names a subject: the dossier's number, never a key of the database."""
        if isinstance(subject, Dossier):
            return self.references[subject.pk]
        dossier = self.references.get(getattr(subject, "dossier_id", None), "")
        return f"{dossier}/{subject.envelope.code}" if isinstance(subject, FundingLine) else dossier
