"""The days of one cycle's year, and where people place what no window fixes."""

from datetime import date, timedelta

from cases.models import Committee
from cases.states import DossierMove
from workflow.calendar import next_working_day, previous_working_day
from workflow.models import Cycle, Milestone
from workflow.models.step import StepKind


def days(count: int) -> timedelta:
    return timedelta(days=count)


class Dates:
    """Read once from the published version: the rehearsal moves no date."""

    def __init__(self, cycle: Cycle):
        windows = [kind.value for kind in StepKind if not kind.accompanies]
        steps = cycle.current.steps.filter(kind__in=windows).exclude(gates="").order_by("pk")
        self.steps = {step.gates: step for step in steps.select_related("opens", "closes")}
        self.milestones = list(Milestone.objects.filter(cycle=cycle).order_by("starts_on", "pk"))
        self.all_committees = list(Committee.objects.filter(cycle=cycle).order_by("on", "pk"))
        self.review_days, self.region = cycle.current.review_days, cycle.region
        self.filing_opens = self.first(DossierMove.SUBMIT) or self._earliest(cycle)
        self.filing_closes = self.last(DossierMove.SUBMIT) or self.filing_opens + days(45)
        self.start = self.filing_opens - days(1)

    def worked_from(self, on: date) -> date:
        """That day if it is worked in this cycle's region, else the first one after it."""
        return next_working_day(on, self.region)

    def worked_until(self, on: date) -> date:
        """That day if it is worked there, else the last one before it."""
        return previous_working_day(on, self.region)

    def first(self, move: str) -> date | None:
        return self.steps[move].first_day if move in self.steps else None

    def last(self, move: str) -> date | None:
        return self.steps[move].last_day if move in self.steps else None

    def _earliest(self, cycle: Cycle) -> date:
        return self.milestones[0].starts_on if self.milestones else date(cycle.year - 1, 10, 1)

    def _within(self, move: str, on: date) -> date:
        """The nearest day on which this window lets the move pass."""
        first, last = self.first(move), self.last(move)
        return max(first, on) if first and on < first else min(last, on) if last else on

    def _worked_within(self, move: str, on: date) -> date:
        """The same, on a day that is worked: the next one, or the window's last."""
        on, last = self.worked_from(self._within(move, on)), self.last(move)
        return self.worked_until(last) if last and on > last else on

    @property
    def committees(self) -> list[Committee]:
        """Those that may decide; all of them where none may, so that the door itself says why."""
        first, last = self.first(DossierMove.DECIDE), self.last(DossierMove.DECIDE)
        sitting = [one for one in self.all_committees if (first or one.on) <= one.on <= (last or one.on)]
        return sitting or self.all_committees

    @property
    def committee_on(self) -> date:
        """The first committee after the deadline; where the year has none, a day three months later."""
        after = [one.on for one in self.committees if one.on > self.filing_closes]
        return after[0] if after else self.filing_closes + days(90)

    @property
    def admission_from(self) -> date:
        return self._within(DossierMove.ADMIT, self.filing_closes + days(1))

    @property
    def review_from(self) -> date:
        """Halfway to the committee, four weeks after the deadline at most."""
        room = (self.committee_on - self.filing_closes).days
        half = self.filing_closes + days(max(4, min(28, room // 2)))
        return self._worked_within(DossierMove.OPEN_REVIEW, half)

    @property
    def review_mornings(self) -> list[date]:
        """Once a week as long as financiers still have a week, so that late completions catch up."""
        mornings = [self.review_from]
        while (following := self.worked_from(mornings[-1] + days(7))) <= self.committee_on - days(8):
            mornings.append(following)
        return mornings

    @property
    def admission_mornings(self) -> list[date]:
        """Each working day from the deadline until the last review opens."""
        span = (self.review_mornings[-1] - self.admission_from).days
        mornings = [self.admission_from + days(number) for number in range(max(1, span))]
        return [morning for morning in mornings if self.worked_from(morning) == morning] or [
            self.admission_from
        ]

    def review_deadline(self, opened: date) -> date:
        """A day that is worked, three days before the committee where that leaves one."""
        latest = min(opened + days(self.review_days), self.committee_on - days(3))
        return max(self.worked_from(opened + days(1)), self.worked_until(latest))

    def answers_from(self, committee: date) -> date:
        return self._worked_within(DossierMove.ANSWER, committee + days(14))

    def answer_on(self, committee: date, notifications: int) -> date:
        """After the last of `notifications` days, or the window's own last day."""
        on = self.answers_from(committee) + days(2 * notifications + 1)
        return self._worked_within(DossierMove.ANSWER, on)

    @property
    def reporting_from(self) -> date:
        last = max([self.committee_on, *(one.on for one in self.committees)])
        first = self.first(DossierMove.OPEN_REPORTING)
        return max(first, last + days(30)) if first else last + days(180)

    @property
    def end(self) -> date:
        """The last day of the reports, else three months after they were asked for."""
        return max(
            self.last(DossierMove.OPEN_REPORTING) or self.reporting_from + days(90), self.reporting_from
        )
