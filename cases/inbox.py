"""Whose turn it is, state by state, and what one dossier asks of its reader next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from cases.models import Dossier, FundingLine
from cases.states import DossierMove as M
from cases.states import DossierState as S
from cases.states import LineMove
from cases.words import ANSWERED_TO_HOLDER, TOO_LATE, Audience, task, waiting
from workflow.models import Step, StepKind
from workflow.money import euros
from workflow.roles import Role

LINES_ANCHOR = "#argent"
COMMITTEE, TO_NOTIFY = "dossier-committee", "to-notify"
TABLES = (COMMITTEE, TO_NOTIFY)
"""Pages on which the lines of many dossiers are settled at once."""
OPINION, READ_ANSWER = "Donner mon avis", "Lire la réponse"
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
    Part(TEAM, S.COMMITTEE, Role.COORDINATOR, COMMITTEE, M.DECIDE.label, M.DECIDE),
    Part(TEAM, S.DEFERRED, Role.COORDINATOR, COMMITTEE, M.RESUME.label, M.RESUME),
    Part(TEAM, S.REPORTING, Role.INSTRUCTOR, "dossier-report", "Lire le bilan", M.CLOSE),
    Part(TEAM, S.INADMISSIBLE, Role.COORDINATOR, "dossier-feedback", "Préparer la réponse", M.ANSWER),
    Part(TEAM, S.DECIDED, Role.COORDINATOR, TO_NOTIFY, "Préparer la réponse", M.ANSWER),
)


@dataclass(frozen=True)
class Next:
    """The next-step card: one sentence, one date, one button."""

    sentence: str
    due: date | None = None
    url: str = ""
    button: str = ""


# One dossier ---------------------------------------------------------------------------------------------------------


def next_of(dossier: Dossier, audience: Audience, moves, lines, steps: Iterable[Step], on: date) -> Next:
    """What these readers do next with this dossier; `moves` are the door's offers, `lines` as they are seen."""
    owed = _next_of_lines(audience, lines, dossier)
    if owed:
        return owed
    due = due_on(dossier, _gates(steps))
    for part in PARTS:
        if (part.audience, part.state) == (audience, dossier.state) and _is_theirs(part, moves, dossier, on):
            return _next(part, dossier, moves, due, on)
    if audience == HOLDER and (dossier.state in ANSWERED_TO_HOLDER or any(one.decision for one in lines)):
        return Next(waiting(audience, dossier.state), None, answer_url(dossier), READ_ANSWER)
    known = due if audience != HOLDER and dossier.state in (S.REVIEW, S.INCOMPLETE) else None
    return Next(waiting(audience, dossier.state), known)


def _next(part: Part, dossier: Dossier, moves, due: date | None, on: date) -> Next:
    """The move itself as soon as nothing forbids it; before that, the page where the work is done."""
    if part.move == M.SUBMIT and due and due < on and _is_closed(moves.get(part.move, ())):
        return Next(TOO_LATE, due)
    sentence, move = task(part.audience, part.state), reverse("dossier-move", args=[dossier.uuid, part.move])
    if part.move in moves and not moves[part.move]:
        return Next(sentence, due, move, M(part.move).label)
    if part.page in TABLES or (part.page and not _waits_for_lines(moves.get(part.move, ()))):
        return Next(sentence, due, page_of(part, dossier), part.button)
    return Next(sentence, due, LINES_ANCHOR, "Voir les financeurs")


def page_of(part: Part, dossier: Dossier) -> str:
    """Where the work is done: a page of the dossier's own, or one that many share, with this dossier in view."""
    if part.page == TO_NOTIFY:
        return f"{reverse(part.page)}#dossier-{dossier.uuid}"
    return reverse(part.page, args=[dossier.uuid])


def _is_closed(refusals) -> bool:
    """The door's own word: a named derogation opens what the calendar closed."""
    return any(refusal.code == "window_closed" for refusal in refusals)


def _waits_for_lines(refusals) -> bool:
    """Nothing is left to do on the page of work: what is still missing is said line by line."""
    return bool(refusals) and all(refusal.place.startswith("line") for refusal in refusals)


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
            return Next(awarded(seen.line), None, answer_url(dossier), READ_ANSWER)
    return None


def answer_url(dossier: Dossier) -> str:
    return reverse("dossier-answer", args=[dossier.uuid])


def awarded(line: FundingLine) -> str:
    amounts = f"{euros(line.decided)} accordés sur {euros(line.requested)} demandés"
    return f"{line.envelope.financier} : {amounts}. Dites si vous maintenez l’action."


# Dates ---------------------------------------------------------------------------------------------------------------


TOLD = {
    S.INCOMPLETE: "completion_due_on",
    S.REVIEW: "review_due_on",
    S.DEFERRED: "next_committee_on",
    S.REPORTING: "report_due_on",
}
"""The field that holds the date said for one dossier, by state."""


def due_on(dossier: Dossier, windows: dict) -> date | None:
    """By when: the date said for this dossier, else the end of the window of its next move."""
    told = TOLD.get(dossier.state)
    if told and getattr(dossier, told):
        return getattr(dossier, told)
    step = windows.get((dossier.rules_id, gate_of(dossier.state)))
    return step.last_day if step else None


def gate_of(state: str) -> str:
    """The window of the move that ends this state's turn."""
    return {S.REPORTING: M.OPEN_REPORTING}.get(state) or next(
        (part.move for part in PARTS if part.state == state), ""
    )


def _gates(steps: Iterable[Step]) -> dict[tuple[int, str], Step]:
    """The windows of the calendar by version and move; accompaniment names the same move and closes nothing."""
    return {(one.version_id, one.gates): one for one in steps if not StepKind(one.kind).accompanies}
