"""The notebook of ideas: an idea becomes a request that holds its words; the orientations that nobody answers yet."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from cases import drafts, seating
from cases.models import Booking, Dossier, Idea, Orientation, Question, QuestionKind
from cases.states import FINAL, BookingState, DossierState, IdeaMove, IdeaState
from workflow import engine, locks
from workflow.models import Cycle

LOST = (*FINAL, DossierState.INADMISSIBLE)
NEED = "besoin"
"""The code under which a call usually asks for the need; without it the first long question takes the idea's words."""


@dataclass(frozen=True)
class Answered:
    """One orientation of a call, and how many requests and ideas answer it."""

    orientation: Orientation
    dossiers: int
    ideas: int

    @property
    def nobody(self) -> bool:
        return not self.dossiers and not self.ideas


def note(cycle: Cycle, facts: dict, *, by, at: datetime) -> Idea:
    """A new line of the notebook, with its neighbourhoods. Raises `Refused`."""
    facts = dict(facts)
    where = facts.pop("neighbourhoods", ())
    with transaction.atomic(), locks.holding():
        idea = Idea(cycle=cycle, noted_at=at, **facts)
        engine.open_many([idea], by=by, at=at)
        idea.neighbourhoods.set(where)
    return idea


def become(idea: Idea, *, by, at: datetime, version: int | None = None) -> Dossier:
    """A draft that holds the idea's words; what was booked for the idea is booked for the draft. Raises `Refused`."""
    with transaction.atomic(), locks.holding():
        [idea] = locks.take_rows(Idea.objects.filter(pk=idea.pk))
        if idea.dossier:
            return idea.dossier  # because two taps begin one request
        facts = {"organisation": idea.organisation, "title": idea.title, "orientation": idea.orientation}
        facts["neighbourhoods"] = list(idea.neighbourhoods.order_by("pk"))
        draft = drafts.begin(idea.cycle, facts, by=by, at=at)
        question = _question_of_the_need(draft)
        if idea.need and question:
            engine.amend(draft, {"answers": {**draft.answers, question.code: idea.need}}, by=by, at=at)
        came = Booking.objects.filter(idea=idea, state__in=(BookingState.ATTENDED, BookingState.ABSENT))
        _stand_for(draft, list(came.select_related("session").order_by("pk")), at)
        engine.fire(idea, IdeaMove.BECOME, by=by, at=at, version=version, facts={"dossier": draft.pk})
    return draft


def _question_of_the_need(draft: Dossier) -> Question | None:
    long = list(draft.rules.questions.filter(kind=QuestionKind.LONG).order_by("pk"))
    return next((one for one in long if one.code == NEED), long[0] if long else None)


def _stand_for(draft: Dossier, bookings: list[Booking], at: datetime) -> None:
    """Sessions that took place before there was a request count for it: its accompaniment follows too."""
    for one in bookings:
        one.dossier = draft
    seating.stand_for(bookings, at)


def orientations_of(cycle: Cycle) -> list[Answered]:
    """Every orientation of a call with those that answer it, what nobody answers first."""
    alive = ~Q(dossier__state__in=LOST) & Q(dossier__isnull=False)
    noted = Q(idea__state=IdeaState.OPEN)
    rows = cycle.orientations.annotate(
        dossiers=Count("dossier", filter=alive, distinct=True),
        ideas=Count("idea", filter=noted, distinct=True),
    )
    found = [Answered(one, one.dossiers, one.ideas) for one in rows.order_by("pk")]
    return sorted(found, key=lambda one: (not one.nobody, one.dossiers + one.ideas))
