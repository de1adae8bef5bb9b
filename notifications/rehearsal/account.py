"""What a rehearsed year says: counted from the journal, the outbox and the lines it leaves in its database."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.apps import apps
from django.db.models import Count, Q, Sum

from cases.models import Dossier, Envelope
from cases.states import DossierMove, DossierState
from notifications.audience import Audience
from notifications.catalogue import TOGETHER
from notifications.models import REMINDER, Message, ReminderKind
from notifications.rehearsal.stage import Stage
from workflow import engine
from workflow.calendar import closes, opens, paris_day, week_of
from workflow.models import Entry
from workflow.roles import SYSTEM, Role
from workflow.situation import Situation

UNTOLD = {engine.AMEND, engine.OPEN}
"""Moves that the calendar of the year does not list: a page saved, a row that follows."""

NEXT = {
    DossierState.DRAFT: DossierMove.SUBMIT,
    DossierState.SUPPORT: DossierMove.SUBMIT,
    DossierState.SUBMITTED: DossierMove.ADMIT,
    DossierState.INCOMPLETE: DossierMove.COMPLETE,
    DossierState.INSTRUCTION: DossierMove.OPEN_REVIEW,
    DossierState.REVIEW: DossierMove.CLOSE_REVIEW,
    DossierState.COMMITTEE: DossierMove.DECIDE,
    DossierState.DEFERRED: DossierMove.RESUME,
    DossierState.INADMISSIBLE: DossierMove.ANSWER,
    DossierState.DECIDED: DossierMove.ANSWER,
    DossierState.ANSWERED: DossierMove.OPEN_REPORTING,
    DossierState.REPORTING: DossierMove.CLOSE,
}
"""The move that each state waits for."""


@dataclass(frozen=True)
class Purse:
    """One envelope at the end of the year, in euros."""

    financier: str
    label: str
    ceiling: Decimal | None
    asked: Decimal
    proposed: Decimal
    decided: Decimal
    remaining: Decimal | None
    to_arbitrate: Decimal


@dataclass(frozen=True)
class Waiting:
    """A dossier that did not end, and the door's own reasons against its next move."""

    reference: str
    title: str
    state: str
    reasons: tuple[str, ...]


def move_label(label: str, move: str) -> str:
    """The words of a move's button; « Publier » has no enum because only a version has it."""
    moves = getattr(apps.get_model(label), "moves", None)
    return moves(move).label if moves is not None and move in moves.values else "Publier les règles"


def event_label(label: str, event: str) -> str:
    """What a message is about: a reminder's subject, a move, or what somebody opened."""
    if event.startswith(REMINDER):
        return f"Rappel ({ReminderKind(event.removeprefix(REMINDER)).label.lower()})"
    model, move = apps.get_model(label), event.rpartition(".")[2]
    return str(model._meta.verbose_name).capitalize() if move == engine.OPEN else move_label(label, move)


def days_of(stage: Stage) -> dict[date, Counter]:
    """{day in Paris: how many times each move was made}."""
    found: dict[date, Counter] = defaultdict(Counter)
    rows = Entry.objects.filter(at__gte=_start(stage)).exclude(move__in=UNTOLD)
    for at, label, move in rows.order_by("at", "pk").values_list("at", "subject_label", "move").iterator():
        found[paris_day(at)][move_label(label, move)] += 1
    return found


def refusals_of(stage: Stage) -> dict[date, list[tuple[int, str]]]:
    """{day in Paris: what was refused that day, as `refusals_met` says it}."""
    days: dict[date, list] = defaultdict(list)
    for attempt in stage.attempts:
        if attempt.refused:
            days[paris_day(attempt.at)].append(attempt)
    return {on: _met(attempts) for on, attempts in days.items()}


def refusals_met(stage: Stage) -> list[tuple[int, str]]:
    """(how many times, an example in words) of every kind of refusal that somebody met, the most frequent first."""
    return _met(stage.attempts)


def _met(attempts) -> list[tuple[int, str]]:
    refusals = [refusal for attempt in attempts for _, found in attempt.refused for refusal in found]
    counted = Counter(refusal.code for refusal in refusals)
    example: dict[str, str] = {}
    for refusal in refusals:
        example.setdefault(refusal.code, refusal.sentence)
    return [(counted[code], example[code]) for code in sorted(counted, key=lambda one: (-counted[one], one))]


def messages_of(stage: Stage) -> dict[tuple[int, int], dict[str, Counter]]:
    """{(year, month): {audience: how many mails of each event}}; what concerns accounts is no matter of the year.

    What one person is asked on several dossiers the same day is one mail.
    """
    found: dict[tuple[int, int], dict[str, Counter]] = defaultdict(lambda: defaultdict(Counter))
    rows = Message.objects.filter(created_at__gte=_start(stage)).exclude(audience="")
    told = rows.values_list("planned_on", "audience", "subject_label", "event", "template")
    counted = told.annotate(Count("pk"), Count("recipient", distinct=True))
    for on, audience, label, event, template, many, people in counted.order_by(
        "planned_on", "audience", "event"
    ):
        count = people if template in TOGETHER else many
        words = event_label(label, event)
        found[on.year, on.month][Audience(audience).label][words] += count
    return found


def load_of(stage: Stage) -> dict[date, Counter]:
    """{Monday: acts of the instructor and of the coordinator in that week}."""
    found: dict[date, Counter] = defaultdict(Counter)
    team = {stage.cast.instructor.pk: Role.INSTRUCTOR, stage.cast.coordinator.pk: Role.COORDINATOR}
    rows = Entry.objects.filter(at__gte=_start(stage), actor__in=team)
    for at, actor in rows.order_by("at", "pk").values_list("at", "actor").iterator():
        found[week_of(paris_day(at))][team[actor]] += 1
    return found


def purses_of(stage: Stage) -> list[Purse]:
    """Each envelope's money, its parts' apart; what was asked by dossiers that were never filed does not count."""
    filed = ~Q(lines__dossier__state__in=[DossierState.DRAFT, DossierState.SUPPORT, DossierState.WITHDRAWN])
    envelopes = Envelope.objects.filter(financier__cycle=stage.cycle).annotate(
        asked=Sum("lines__requested", filter=filed), offered=Sum("lines__proposed", filter=filed)
    )
    return [
        Purse(
            str(one.financier), one.label, one.share, one.asked or Decimal(0), one.offered or Decimal(0),
            one.own, one.left, one.to_arbitrate,
        )
        for one in envelopes.select_related("financier__organisation").order_by("financier", "pk")
    ]  # fmt: skip


def states_of(stage: Stage) -> dict[str, int]:
    """How many dossiers ended in each state, by its French name, in the order of the year."""
    rows = (
        Dossier.objects.filter(cycle=stage.cycle).order_by("state").values_list("state").annotate(Count("pk"))
    )
    counted = dict(rows)
    return {str(state.label): counted[state] for state in DossierState if counted.get(state)}


def waiting_of(stage: Stage) -> list[Waiting]:
    """Every dossier that is in no final state at the end, with why: what the door answers to its next move."""
    rows = []
    for state, move in NEXT.items():
        found = Dossier.objects.filter(cycle=stage.cycle, state=state).select_related("rules", "organisation")
        for by, stuck in _movers(stage, move, list(found.order_by("number"))):
            situation = Situation(stuck, by, closes(stage.dates.end))
            rows += [
                Waiting(one.reference, one.title, str(state.label), _said(situation, one, move))
                for one in stuck
            ]
    return sorted(rows, key=lambda one: int(one.reference))


def _movers(stage: Stage, move: str, stuck: list[Dossier]) -> list[tuple]:
    """Who would make this move, with the dossiers that wait for them."""
    if move == DossierMove.COMPLETE:
        return [(stage.cast.holder(one), [one]) for one in stuck]
    by = SYSTEM if move in (DossierMove.CLOSE_REVIEW, DossierMove.OPEN_REPORTING) else stage.cast.coordinator
    return [(by, stuck)] if stuck else []


def _said(situation: Situation, dossier: Dossier, move: str) -> tuple[str, ...]:
    """Each sentence once; where nothing forbids the move, nobody has made it."""
    refusals = engine.offers(situation, dossier).get(move, ())
    sentences = tuple(dict.fromkeys(refusal.sentence for refusal in refusals))
    return sentences or (f"Personne n’a fait : « {DossierMove(move).label} ».",)


def _start(stage: Stage) -> datetime:
    """The eve of the opening, when the rehearsal begins: what is older belongs to the loading of the cycle."""
    return opens(stage.dates.start)
