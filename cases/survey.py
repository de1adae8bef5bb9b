"""The mirror survey of a year: who may answer it now, what an answer keeps, and what is read of them all.

Anonymous for real: an answer holds no name and no hour, what fewer than five people said is not shown, and nothing is
shown before the last day is over, because whoever reads before and after one answer knows it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from cases.models import Dossier, SurveyAnswer, SurveyBallot, SurveyKind, SurveyMark, SurveyQuestion
from cases.words import Audience
from workflow import engine
from workflow.models import Cycle, Step, StepKind
from workflow.registry import Panel
from workflow.roles import TEAM, Role, seen_by

FEW = 5
"""Below so many people a figure could be somebody."""
AUDIENCES = {
    Audience.HOLDER: "Les porteurs",
    Audience.TEAM: "L’équipe",
    Audience.FINANCIER: "Les financeurs",
}


@dataclass(frozen=True)
class Part:
    """As whom somebody lived the year: the team, a financier's seat, or a holder's organisation."""

    audience: Audience
    organisation_id: int | None


@dataclass(frozen=True)
class Survey:
    """The survey of one year as one person meets it."""

    cycle: Cycle
    step: Step
    part: Part
    answered: bool

    def is_open(self, at: datetime) -> bool:
        return self.step.window.contains(at)

    @property
    def questions(self) -> list[SurveyQuestion]:
        return list(SurveyQuestion.objects.filter(version=self.step.version_id).order_by("pk"))


# ── Who may answer ──────────────────────────────────────────────────────────


def survey_of(user, code: str) -> Survey | None:
    """The survey of that year if this person had a part in it, open or not."""
    return next((one for one in _surveys(user, code=code)), None)


def awaiting(user, at: datetime) -> list[Survey]:
    """The surveys that this person may answer today and has not yet answered."""
    return [one for one in _surveys(user, at) if not one.answered]


def _surveys(user, at: datetime | None = None, **named) -> Iterable[Survey]:
    """Every survey of a year in which this person had a part, or those open `at` an instant; one query without any."""
    wanted = {f"version__cycle__{name}": value for name, value in named.items()}
    ballots = SurveyBallot.objects.filter(person=user.pk, cycle=OuterRef("version__cycle"))
    steps = Step.objects.filter(kind=StepKind.SURVEY, version=F("version__cycle__current"), **wanted)
    steps = steps.annotate(answered=Exists(ballots)).select_related("version__cycle", "opens", "closes")
    kept = [one for one in steps.order_by("-version__cycle", "pk") if at is None or one.window.contains(at)]
    parts = parts_in([step.version.cycle_id for step in kept], user) if kept else {}
    for step in kept:
        cycle = step.version.cycle
        if part := next(iter(parts.get(cycle.pk, ())), None):
            yield Survey(cycle, step, part, step.answered)


def parts_in(cycles: Iterable[int], user) -> dict[int, list[Part]]:
    """{cycle key: the parts this person had in it}, the one that saw the most first."""
    keys = list(cycles)
    found: dict[int, list[Part]] = {key: [] for key in keys}
    held = seen_by(user)
    for roles, audience in ((TEAM, Audience.TEAM), ((Role.FINANCIER,), Audience.FINANCIER)):
        for one in held:
            if one.role in roles and one.cycle_id in found:
                found[one.cycle_id].append(Part(audience, one.organisation_id))
    if any(one.role == Role.HOLDER for one in held):
        mine = Dossier.objects.of_holder(user).filter(cycle__in=keys).order_by("pk")
        for cycle, organisation in mine.values_list("cycle", "organisation"):
            found[cycle].append(Part(Audience.HOLDER, organisation))
    return found


# ── An answer ───────────────────────────────────────────────────────────────


def answer(survey: Survey, replies: Mapping[str, object], *, by, at: datetime) -> None:
    """Keep what somebody said, and apart from it that they said something. Raises `Refused`."""
    ballot = SurveyBallot(cycle=survey.cycle, person=by, organisation_id=survey.part.organisation_id)
    with transaction.atomic():
        engine.open_many([ballot], by=by, at=at)
        SurveyAnswer.objects.bulk_create(
            _answer(survey, question, replies[question.code])
            for question in survey.questions
            if replies.get(question.code) not in (None, "")
        )


def _answer(survey: Survey, question: SurveyQuestion, said) -> SurveyAnswer:
    marks = question.kind == SurveyKind.MARK
    return SurveyAnswer(
        cycle=survey.cycle,
        question=question.code,
        audience=survey.part.audience,
        mark=said if marks else None,
        words="" if marks else said,
    )


# ── What the door looks at ──────────────────────────────────────────────────


def survey_step(ballots: list[SurveyBallot]) -> dict[int | None, Step | None]:
    steps = {one.cycle_id: step_of(one.cycle) for one in ballots}
    return {one.pk: steps[one.cycle_id] for one in ballots}


def parts(ballots: list[SurveyBallot]) -> dict[int | None, set[int | None]]:
    """The organisations for which each may answer."""
    return {
        one.pk: {part.organisation_id for part in parts_in([one.cycle_id], one.person)[one.cycle_id]}
        for one in ballots
    }


def step_of(cycle: Cycle) -> Step | None:
    """When the year asks its survey, by the rules in force."""
    steps = Step.objects.filter(version=cycle.current_id, kind=StepKind.SURVEY)
    return steps.select_related("opens", "closes").order_by("pk").first()


# ── What was said ───────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Group:
    """The marks of one audience to one question: how many said each of `SurveyMark`, None where too few did."""

    label: str
    counts: tuple[int, ...] | None

    @property
    def said(self) -> list[tuple[str, int]]:
        """(what, how many), in the order of `Results.marks`; nothing where too few answered."""
        return [(one.label, self.counts[one - 1]) for one in reversed(SurveyMark)] if self.counts else []


@dataclass(frozen=True)
class Result:
    """What was answered to one question."""

    question: SurveyQuestion
    groups: tuple[Group, ...]
    words: tuple[str, ...]
    hidden: bool
    """Whether words were written that too few people wrote to be shown."""

    @property
    def has_marks(self) -> bool:
        return self.question.kind == SurveyKind.MARK


@dataclass(frozen=True)
class Results:
    """The whole survey of a year, read by its team."""

    cycle: Cycle
    step: Step
    people: int
    closed: bool
    """Whether its last day is over; until then `results` is empty."""
    results: tuple[Result, ...]
    marks: tuple[str, ...] = tuple(reversed(SurveyMark.labels))
    """From the warmest to the coldest."""


def results_of(cycle: Cycle, at: datetime) -> Results | None:
    """None where the year asks no survey. Words bear no audience, because a public of three is somebody."""
    step = step_of(cycle)
    if step is None:
        return None
    people, closed = SurveyBallot.objects.filter(cycle=cycle).count(), step.window.is_over(at)
    return Results(cycle, step, people, closed, tuple(_results(cycle)) if closed else ())


def _results(cycle: Cycle) -> Iterable[Result]:
    given: dict[str, list[SurveyAnswer]] = {}
    for one in SurveyAnswer.objects.filter(cycle=cycle).order_by("pk"):
        given.setdefault(one.question, []).append(one)
    for question in SurveyQuestion.objects.filter(version=cycle.current_id).order_by("pk"):
        yield _result(question, given.get(question.code, []))


def _result(question: SurveyQuestion, answers: list[SurveyAnswer]) -> Result:
    words = tuple(one.words for one in answers if one.words)
    few = len(words) < FEW
    groups = tuple(_group(one, answers) for one in AUDIENCES) if question.kind == SurveyKind.MARK else ()
    return Result(question, groups, () if few else words, bool(words) and few)


def _group(audience: Audience, answers: list[SurveyAnswer]) -> Group:
    marks = Counter(one.mark for one in answers if one.audience == audience and one.mark)
    shown = marks.total() >= FEW
    return Group(AUDIENCES[audience], tuple(marks[one] for one in SurveyMark) if shown else None)


# ── On the campaign's pages ─────────────────────────────────────────────────


def panel(cycle: Cycle, user, at: datetime) -> Panel | None:
    """What people said of this year, beside the form that prepares the next."""
    found = results_of(cycle, at)
    return found and Panel("cases/survey_panel.html", found)


def summary(cycle: Cycle, user, at: datetime) -> Panel | None:
    """How many answered, and the way to what they said."""
    found = results_of(cycle, at)
    return found and Panel("cases/survey_summary.html", found)
