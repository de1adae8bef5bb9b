"""What awaits somebody, as a query: states × role × window × their part in it. Nothing is stored."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.urls import reverse

from cases import drafts
from cases.models import Committee, Dossier, FundingLine
from cases.states import DossierMove as M
from cases.states import DossierState as S
from cases.states import LineMove
from cases.words import TOO_LATE, Audience, said, task, waiting
from workflow.calendar import paris_day
from workflow.models import Step, StepKind
from workflow.money import euros
from workflow.roles import Role, roles_of

PER_PAGE = 50
TODO_HOME, HOLDER_HOME = "À faire", "Mes demandes"
LINES_ANCHOR = "#argent"
OPINION = "Donner mon avis"
HOLDER, TEAM, FINANCIER = Audience.HOLDER, Audience.TEAM, Audience.FINANCIER


class Part(NamedTuple):
    """Whose turn it is in a state: by which role, where, and the move that ends it."""

    audience: Audience
    state: str
    role: Role
    page: str
    button: str
    move: str


PARTS: tuple[Part, ...] = (
    Part(HOLDER, S.DRAFT, Role.HOLDER, "dossier-request", "Continuer ma demande", M.SUBMIT),
    Part(HOLDER, S.SUPPORT, Role.HOLDER, "dossier-request", "Continuer ma demande", M.SUBMIT),
    Part(HOLDER, S.INCOMPLETE, Role.HOLDER, "dossier-completion", "Compléter mon dossier", M.COMPLETE),
    Part(HOLDER, S.REPORTING, Role.HOLDER, "dossier-report", "Écrire mon bilan", M.CLOSE),
    Part(TEAM, S.SUPPORT, Role.INSTRUCTOR, "", M.END_SUPPORT.label, M.END_SUPPORT),
    Part(TEAM, S.SUBMITTED, Role.INSTRUCTOR, "dossier-instruction", "Vérifier le dossier", M.ADMIT),
    Part(TEAM, S.INSTRUCTION, Role.INSTRUCTOR, "dossier-instruction", "Instruire le dossier", M.OPEN_REVIEW),
    Part(TEAM, S.REVIEW, Role.COORDINATOR, "", M.CLOSE_REVIEW.label, M.CLOSE_REVIEW),
    Part(TEAM, S.COMMITTEE, Role.COORDINATOR, "", M.DECIDE.label, M.DECIDE),
    Part(TEAM, S.DEFERRED, Role.COORDINATOR, "", M.RESUME.label, M.RESUME),
    Part(TEAM, S.REPORTING, Role.INSTRUCTOR, "dossier-report", "Lire le bilan", M.CLOSE),
    Part(TEAM, S.INADMISSIBLE, Role.COORDINATOR, "dossier-feedback", "Écrire la fiche", M.ANSWER),
    Part(TEAM, S.DECIDED, Role.COORDINATOR, "dossier-feedback", "Écrire la fiche", M.ANSWER),
)


@dataclass(frozen=True)
class Next:
    """The next-step card: one sentence, one date, one button."""

    sentence: str
    due: date | None = None
    url: str = ""
    button: str = ""


@dataclass(frozen=True)
class Task:
    """One line of somebody's to-do list."""

    dossier: Dossier
    sentence: str
    due: date | None
    url: str
    button: str
    late: bool = False


# One dossier ---------------------------------------------------------------------------------------------------------


def next_of(dossier: Dossier, audience: Audience, moves, lines, steps: Iterable[Step], on: date) -> Next:
    """What these readers do next with this dossier; `moves` are the door's offers, `lines` as they are seen."""
    owed = _next_of_lines(audience, lines, dossier)
    if owed:
        return owed
    due = due_on(dossier, _gates(steps), {})
    for part in PARTS:
        if (part.audience, part.state) == (audience, dossier.state) and _is_theirs(part, moves, dossier, on):
            return _next(part, dossier, moves, due, on)
    known = due if audience != HOLDER and dossier.state in (S.REVIEW, S.INCOMPLETE) else None
    return Next(waiting(audience, dossier.state), known)


def _next(part: Part, dossier: Dossier, moves, due: date | None, on: date) -> Next:
    """The move itself as soon as nothing forbids it; before that, the page where the work is done."""
    if part.move == M.SUBMIT and due and due < on and _is_closed(moves.get(part.move, ())):
        return Next(TOO_LATE, due)
    sentence, move = task(part.audience, part.state), reverse("dossier-move", args=[dossier.uuid, part.move])
    if part.move in moves and not moves[part.move]:
        return Next(sentence, due, move, M(part.move).label)
    if part.page and not _waits_for_lines(moves.get(part.move, ())):
        return Next(sentence, due, reverse(part.page, args=[dossier.uuid]), part.button)
    return Next(sentence, due, LINES_ANCHOR, "Voir les financeurs")


def _is_closed(refusals) -> bool:
    """The door's own word: a named derogation opens what the calendar closed."""
    return any(refusal.code == "window_closed" for refusal in refusals)


def _waits_for_lines(refusals) -> bool:
    """Nothing is left to do on the page of work: what is still missing is said line by line."""
    return bool(refusals) and all(refusal.place.startswith("line") for refusal in refusals)


def _is_too_late(part: Part, due: date | None, on: date) -> bool:
    return part.move == M.SUBMIT and due is not None and due < on


def _is_theirs(part: Part, moves, dossier: Dossier, on: date) -> bool:
    if part.state == S.REVIEW:
        return part.move in moves and dossier.review_due_on is not None and dossier.review_due_on < on
    if part.page:  # because a page of work is open even before its move may be fired
        return part.role != Role.COORDINATOR or part.move in moves
    return part.move in moves


def _next_of_lines(audience: Audience, lines, dossier: Dossier) -> Next | None:
    for seen in lines:
        names = {offer.name: offer for offer in seen.offers}
        if audience == FINANCIER and seen.state == "invited" and LineMove.OPINE in names:
            offer = names[LineMove.OPINE]
            return Next(task(audience, dossier.state), dossier.review_due_on, offer.url, OPINION)
        if audience == HOLDER and LineMove.ACCEPT in names:
            return Next(_awarded(seen.line), None, names[LineMove.ACCEPT].url, names[LineMove.ACCEPT].label)
    return None


def _awarded(line: FundingLine) -> str:
    amounts = f"{euros(line.decided)} sur {euros(line.requested)} demandés"
    return f"{line.envelope.financier} vous accorde {amounts} : dites si vous maintenez l’action."


def _address(part: Part, dossier: Dossier) -> str:
    """The page of work; a move alone is reached by the dossier's page, which says whether it is time."""
    return reverse(part.page or "dossier-detail", args=[dossier.uuid])


# Everybody’s first page ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Home:
    """What somebody lands on: what awaits them, and their own requests."""

    title: str
    page: Page
    opinions: int
    requests: list[tuple[Dossier, str, str]]
    """(dossier, its state in the holder's words, what happens meanwhile)"""
    calls: list
    """The calls in which this person may begin a request."""


def home(user, at: datetime, page: str) -> Home:
    """Tasks by fifties; a page beyond the last shows the last."""
    found = tasks(user, paris_day(at))
    mine = (
        Dossier.objects.of_holder(user)
        .select_related("cycle", "organisation")
        .order_by("-cycle__year", "number")
    )
    requests = [(one, said(one.state, one.get_state_display(), HOLDER), _meanwhile(one)) for one in mine]
    held = roles_of(user)
    return Home(
        title=HOLDER_HOME if held == {Role.HOLDER} else TODO_HOME,
        page=Paginator(found, PER_PAGE).get_page(page),
        opinions=sum(one.button == OPINION for one in found),
        requests=requests,
        calls=list(drafts.open_calls(at)) if Role.HOLDER in held else [],
    )


def _meanwhile(dossier: Dossier) -> str:
    return task(HOLDER, dossier.state) or waiting(HOLDER, dossier.state)


def tasks(user, on: date) -> list[Task]:
    """All that awaits a person, the most urgent first; dates that nobody set come last."""
    turns = [(dossier, part) for part, dossiers in _turns(user, on) for dossier in dossiers]
    dossiers = [dossier for dossier, _ in turns]
    windows, sittings = _windows(dossiers), _sittings(dossiers, on)
    found = [_task(dossier, part, windows, sittings, on) for dossier, part in turns]
    found += [_opinion(line, on) for line in opinions(user)]
    found += [_choice(line) for line in FundingLine.objects.to_choose(user).for_pages().order_by("pk")]
    return sorted(found, key=lambda one: (one.due or date.max, one.dossier.cycle_id, one.dossier.number))


def opinions(user):
    """The lines on which this person's seats owe an opinion, the most urgent first."""
    return (
        FundingLine.objects.awaiting(user)
        .for_pages()
        .order_by("dossier__review_due_on", "dossier__number", "pk")
    )


def _turns(user, on: date) -> Iterator[tuple[Part, list[Dossier]]]:
    """One query per role a person may act in; the parts of that role by state."""
    for audience, role in ((HOLDER, Role.HOLDER), (TEAM, Role.INSTRUCTOR), (TEAM, Role.COORDINATOR)):
        parts = {part.state: part for part in PARTS if (part.audience, part.role) == (audience, role)}
        mine = _mine(user, audience, role).in_state(*parts).turn_of(audience, on)
        found: dict[str, list[Dossier]] = {}
        for dossier in mine.select_related("organisation", "cycle").order_by("cycle", "number"):
            found.setdefault(dossier.state, []).append(dossier)
        yield from ((parts[state], dossiers) for state, dossiers in found.items())


def _mine(user, audience: Audience, role: Role):
    if audience == HOLDER:
        return Dossier.objects.of_holder(user)
    held = (Role.COORDINATOR,) if role == Role.COORDINATOR else (Role.INSTRUCTOR, Role.COORDINATOR)
    return Dossier.objects.of_team(user, *held)


def _task(dossier: Dossier, part: Part, windows: dict, sittings: dict, on: date) -> Task:
    due = due_on(dossier, windows, sittings)
    late = due is not None and due < on
    if _is_too_late(part, due, on):
        return Task(
            dossier, TOO_LATE, due, reverse("dossier-detail", args=[dossier.uuid]), "Voir ma demande", late
        )
    return Task(dossier, task(part.audience, part.state), due, _address(part, dossier), part.button, late)


def _opinion(line: FundingLine, on: date) -> Task:
    due = line.dossier.review_due_on
    url = reverse("line-move", args=[line.uuid, LineMove.OPINE])
    late = due is not None and due < on
    return Task(line.dossier, "Votre avis est attendu.", due, url, OPINION, late)


def _choice(line: FundingLine) -> Task:
    url = reverse("dossier-detail", args=[line.dossier.uuid])
    return Task(line.dossier, _awarded(line), None, url, "Voir la réponse")


# Dates ---------------------------------------------------------------------------------------------------------------


def due_on(dossier: Dossier, windows: dict, sittings: dict) -> date | None:
    """By when: the date said for this dossier, else the next sitting, else the end of the window of its next move."""
    dated = {
        S.INCOMPLETE: dossier.completion_due_on,
        S.REVIEW: dossier.review_due_on,
        S.DEFERRED: dossier.next_committee_on,
        S.COMMITTEE: sittings.get(dossier.cycle_id),
    }.get(dossier.state)
    if dated:
        return dated
    step = windows.get((dossier.rules_id, _gate(dossier.state)))
    return step.last_day if step else None


def _gate(state: str) -> str:
    """The window of the move that ends this state's turn."""
    return {S.REPORTING: M.OPEN_REPORTING}.get(state) or next(
        (part.move for part in PARTS if part.state == state), ""
    )


def _windows(dossiers: list[Dossier]) -> dict[tuple[int, str], Step]:
    steps = Step.objects.filter(version__in={one.rules_id for one in dossiers}, closes__isnull=False)
    return _gates(steps.select_related("closes").order_by("pk"))


def _gates(steps: Iterable[Step]) -> dict[tuple[int, str], Step]:
    """The windows of the calendar by version and move; accompaniment names the same move and closes nothing."""
    return {(one.version_id, one.gates): one for one in steps if not StepKind(one.kind).accompanies}


def _sittings(dossiers: list[Dossier], on: date) -> dict[int, date]:
    """{cycle: its next committee}."""
    cycles = {one.cycle_id for one in dossiers if one.state == S.COMMITTEE}
    rows = Committee.objects.filter(cycle__in=cycles, on__gte=on - timedelta(days=1)).order_by("-on", "-pk")
    return {row.cycle_id: row.on for row in rows}
