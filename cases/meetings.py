"""What was said and agreed between a holder and who accompanies them, as one dossier shows it; and what adds to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from cases.line_sight import Offer, offered
from cases.models import AgreedAction, Booking, Dossier, Support
from cases.states import AgreedMove, DossierState, RemarkState, SupportMove, SupportState
from cases.support_life import GUIDES
from workflow import engine, locks
from workflow.calendar import paris_day
from workflow.models import Requirement, Step, StepKind
from workflow.refusal import Refused, already
from workflow.roles import TEAM, Role
from workflow.situation import Situation

DONE = (SupportState.HELD, SupportState.WAIVED)
ONE_TAP = (AgreedMove.TICK, AgreedMove.UNTICK, AgreedMove.RESUME)
"""Moves that ask nothing: a button where the action stands."""


@dataclass(frozen=True)
class Met:
    """One meeting, as its row says it: an accompaniment, or a session before there was a request."""

    row: Support | Booking
    label: str
    held_on: date | None
    offers: list[Offer]


@dataclass(frozen=True)
class Agreed:
    """One thing to do, as its reader sees it."""

    action: AgreedAction
    late: bool
    taps: list[Offer]
    asks: list[Offer]
    """Moves that ask for a reason first."""
    year: int | None
    """When it was agreed, where that was in another year."""
    yours: bool
    """Whether it is this reader's to do: said as « vous », never by the name of one's own association."""


class Remarked(NamedTuple):
    """One remark that its reader may know of."""

    pk: int
    text: str
    state: str
    rereading: str
    """The state of the re-reading that it belongs to."""


@dataclass(frozen=True)
class Meetings:
    met: list[Met]
    coming: list[Met]
    """Sessions that are booked for this request."""
    agreed: list[Agreed]
    missing: list[Step]
    """Required steps that are neither done nor waived."""
    records: bool
    """Whether this reader writes records and waives steps."""
    remarks: list[Remarked] = field(default_factory=list)
    """Those of every re-reading that this reader may know of."""

    @property
    def to_do(self) -> list[Agreed]:
        return [one for one in self.agreed if one.action.is_open]

    @property
    def reread(self) -> bool:
        """Whether a re-reading was asked for."""
        return any(isinstance(one.row, Support) and one.row.content is not None for one in self.met)

    @property
    def being_reread(self) -> bool:
        """Whether one that was asked for is not over."""
        asked = [one.row for one in self.met if isinstance(one.row, Support) and one.row.content is not None]
        return any(row.state == SupportState.ASKED for row in asked)

    @property
    def unread(self) -> int:
        """How many remarks of a re-reading that is over await their holder."""
        told = [one for one in self.remarks if one.rereading != SupportState.ASKED]
        return sum(one.state == RemarkState.OPEN for one in told)

    @property
    def ended(self) -> list[Agreed]:
        return [one for one in self.agreed if not one.action.is_open]

    def __bool__(self) -> bool:
        return bool(self.met or self.coming or self.agreed or self.missing)


NOTHING = Meetings([], [], [], [], records=False)


def meetings_of(situation: Situation, dossier: Dossier, steps: Iterable[Step]) -> Meetings:
    """What the holder and those who accompany read; nobody else knows of it. `dossier` is read `for_its_page`."""
    if not situation.allows(AgreedAction(**_place(dossier)), (Role.HOLDER, *GUIDES), "see"):
        return NOTHING
    supports = situation.look("supports", dossier) if dossier.has_met else []
    for one in supports:
        one.dossier = dossier  # because its rights are the dossier's
    before, coming = _booked(dossier, steps, situation.at) if dossier.has_booked else ([], [])
    return Meetings(
        met=before + [Met(one, str(one.step), one.met_on, _offers(situation, one)) for one in supports],
        coming=coming,
        agreed=agreed_on(situation, dossier) if dossier.has_agreed else [],
        missing=_missing(dossier, supports, steps),
        records=situation.allows(dossier, TEAM),
        remarks=[Remarked(*one) for one in sorted(dossier.remarked or ())],
    )


def _booked(dossier: Dossier, steps: Iterable[Step], at: datetime) -> tuple[list[Met], list[Met]]:
    """What was said of the idea that became this request; then the sessions to come, the nearest first."""
    names = {step.code: str(step) for step in steps}
    before, coming = [], []
    for one in Booking.objects.around(dossier, at):
        met = Met(one, names.get(one.session.step, one.session.step), one.met_on, [])
        (before if one.record else coming).append(met)
    return before, coming


def _place(dossier: Dossier) -> dict:
    names = ("cycle_id", "organisation_id", "project_id")
    return {name: getattr(dossier, name) for name in names} | {"dossier": dossier}


def _missing(dossier: Dossier, supports, steps) -> list[Step]:
    """Said while the request is written: afterwards nothing waits for them."""
    if dossier.state not in (DossierState.DRAFT, DossierState.SUPPORT):
        return []
    done = {one.step_id for one in supports if one.state in DONE}
    return [one for one in steps if is_required(one) and one.pk not in done]


def is_required(step: Step) -> bool:
    return StepKind(step.kind).accompanies and step.requirement == Requirement.REQUIRED


def _offers(situation: Situation, support: Support) -> list[Offer]:
    """What can be done now; a meeting that the dossier waits for is recorded by the dossier's own move."""
    moves = engine.offers(situation, support)
    rereads = support.content is not None
    hidden = {SupportMove.HOLD if rereads else SupportMove.FINISH}
    awaited = support.state == SupportState.ASKED and support.dossier.state == DossierState.SUPPORT
    if awaited and not rereads:
        hidden |= {SupportMove.HOLD, SupportMove.MISS}
    return [offered(support, name, ()) for name in moves if name not in hidden and not moves[name]]


def agreed_on(situation: Situation, dossier: Dossier) -> list[Agreed]:
    rows = AgreedAction.objects.standing_on(dossier).for_pages().in_order()
    return [seen(situation, one, dossier.cycle_id) for one in rows]


def seen(situation: Situation, action: AgreedAction, cycle_id: int | None = None) -> Agreed:
    moves = engine.offers(situation, action)
    offers = [offered(action, name, ()) for name in moves if not moves[name]]
    return Agreed(
        action=action,
        late=action.is_late(paris_day(situation.at)),
        taps=[one for one in offers if one.name in ONE_TAP],
        asks=[one for one in offers if one.name not in ONE_TAP],
        year=None if cycle_id in (None, action.cycle_id) else action.cycle.year,
        yours=_is_of(situation, action),
    )


def _is_of(situation: Situation, action: AgreedAction) -> bool:
    if action.member_id:
        return action.member_id == situation.by.pk
    return situation.allows(action, (Role.HOLDER,), "see")


def key_of(text: str | None) -> UUID | None:
    """The key of a page as a form sends it back; anything else leads nowhere."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


# What adds to it -----------------------------------------------------------------------------------------------------


def recordable(dossier: Dossier) -> list[Step]:
    """The meetings of this year that may be recorded though nobody asked for them here."""
    awaited = dossier.supports.filter(state=SupportState.ASKED).values("step")
    kinds = [kind.value for kind in StepKind if kind.accompanies and kind is not StepKind.REREADING]
    return list(dossier.rules.steps.filter(kind__in=kinds).exclude(pk__in=awaited).order_by("pk"))


def waivable(dossier: Dossier) -> list[Step]:
    """Required steps that nobody asked for yet: what was asked, or missed, is waived where it stands."""
    known = dossier.supports.values("step")
    return [one for one in dossier.rules.steps.exclude(pk__in=known).order_by("pk") if is_required(one)]


def note_meeting(dossier: Dossier, step: Step, facts: dict, *, by, at: datetime) -> None:
    """A meeting that nobody had asked for here, with its record. The same click twice writes one. Raises `Refused`."""
    _open_then(dossier, step, SupportMove.HOLD, facts, by=by, at=at, held_on=facts["held_on"])


def waive(dossier: Dossier, step: Step, reason: str, *, by, at: datetime) -> None:
    """Lift a required step that was never asked for. Raises `Refused`."""
    _open_then(dossier, step, SupportMove.WAIVE, {"reason": reason}, by=by, at=at, state=SupportState.WAIVED)


def _open_then(dossier, step, move: str, facts: dict, *, by, at: datetime, **same) -> None:
    """Under the dossier's lock, so that one click is one meeting; `same` says what its double looks like."""
    with transaction.atomic(), locks.holding():
        locks.take([Dossier.objects.filter(pk=dossier.pk)])
        if dossier.supports.filter(step=step, **same).exists():
            raise Refused([already()])
        support = Support(dossier=dossier, step=step, asked_at=at)
        engine.open_many([support], by=by, at=at)
        engine.fire(support, move, by=by, at=at, facts=facts)
