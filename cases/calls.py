"""A published call as anybody reads it: its days, where and for what, what it asks, who helps. Nothing is stored."""

from dataclasses import dataclass
from datetime import date, datetime

from cases import drafts
from cases.models import Criterion, CriterionKind, Question, QuestionKind
from cases.states import DossierMove
from workflow.calendar import paris_day
from workflow.models import Cycle, Filing, Step, StepKind
from workflow.wording import date_in_words

MOST_CHECKS = 4
SOON, OPEN, OVER = "soon", "open", "over"


@dataclass(frozen=True)
class Day:
    """One announced date, as vaguely as it was announced."""

    label: str
    words: str
    note: str
    past: bool


@dataclass(frozen=True)
class Call:
    """One call on one day."""

    cycle: Cycle
    opens_on: date | None
    closes_on: date | None
    on: date
    written_here: bool

    @property
    def status(self) -> str:
        if self.closes_on and self.closes_on < self.on:
            return OVER
        return SOON if self.opens_on and self.on < self.opens_on else OPEN

    @property
    def takes_requests(self) -> bool:
        """Whether a request may be begun here: one may write before filing opens, never after it closed."""
        return self.written_here and self.status != OVER

    @property
    def days(self) -> list[tuple[bool, list[Day]]]:
        """(over or not, its dates), because what is to come matters and what is over folds away."""
        public = self.cycle.milestones.filter(public=True).order_by("starts_on", "pk")
        days = [
            Day(
                one.label,
                date_in_words(one.starts_on, one.ends_on, one.precision),
                one.note,
                one.ends_on < self.on,
            )
            for one in public
        ]
        sides = [(past, [one for one in days if one.past == past]) for past in (True, False)]
        return [(past, side) for past, side in sides if side]

    @property
    def accompaniment(self) -> list[Step]:
        """What the team still offers before the deadline."""
        kinds = [kind.value for kind in StepKind if kind.is_asked]
        steps = Step.objects.filter(version=self.cycle.current_id, kind__in=kinds).order_by("pk")
        return [
            one
            for one in steps.select_related("opens", "closes")
            if not one.last_day or one.last_day >= self.on
        ]

    @property
    def conditions(self) -> list[Criterion]:
        return list(self._criteria().order_by("pk"))

    @property
    def checks(self) -> list[Criterion]:
        """Four conditions at most that one can know before writing anything: those that the call words as questions."""
        worded = [one for one in self.conditions if one.before]
        return (worded or self.conditions)[:MOST_CHECKS]

    @property
    def topics(self) -> dict[str, list[Question]]:
        """The questions of the request, topic by topic."""
        found: dict[str, list[Question]] = {}
        for one in self._questions().exclude(kind=QuestionKind.DOCUMENT).order_by("pk"):
            found.setdefault(one.topic, []).append(one)
        return found

    @property
    def documents(self) -> list[Question]:
        return list(self._questions().filter(kind=QuestionKind.DOCUMENT).order_by("pk"))

    def _criteria(self):
        return Criterion.objects.filter(version=self.cycle.current_id, kind=CriterionKind.ADMISSIBILITY)

    def _questions(self):
        return Question.objects.filter(version=self.cycle.current_id)


def published():
    """The cycles that anybody may read of."""
    return Cycle.objects.filter(current__isnull=False).select_related("current", "contract")


def call_of(cycle: Cycle, at: datetime) -> Call:
    return _calls([cycle], at)[0]


def current_calls(at: datetime) -> list[Call]:
    """The calls that are open or will be, the first to close first."""
    calls = [one for one in _calls(list(published().order_by("pk")), at) if one.status != OVER]
    return sorted(calls, key=lambda one: (one.status == SOON, one.closes_on or date.max, one.cycle.pk))


def _calls(cycles: list[Cycle], at: datetime) -> list[Call]:
    kinds = [kind.value for kind in StepKind if not kind.accompanies]
    steps = Step.objects.filter(
        version__in=[one.current_id for one in cycles], gates=DossierMove.SUBMIT, kind__in=kinds
    )
    filing = {one.version_id: one for one in steps.select_related("opens", "closes").order_by("pk")}
    return [_call(one, filing.get(one.current_id), at) for one in cycles]


def _call(cycle: Cycle, step: Step | None, at: datetime) -> Call:
    return Call(
        cycle=cycle,
        opens_on=step.first_day if step else None,
        closes_on=step.last_day if step else None,
        on=paris_day(at),
        written_here=cycle.current.filing != Filing.DAUPHIN,
    )


def may_begin(user, call: Call) -> bool:
    """Whether the button makes sense for this person: a visitor signs in first, a reader has nothing to ask for."""
    if not call.takes_requests:
        return False
    return not user.is_authenticated or drafts.organisations_of(user, call.cycle).exists()
