"""One financier's line as one person sees it, and a move as a button."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse

from cases.consultation import Read, read_of
from cases.models import Dossier, FundingLine, Payment
from cases.states import EDITABLE, PAYABLE, DossierMove, LineState
from cases.words import Audience, said
from workflow import engine, roles
from workflow.calendar import paris_day
from workflow.refusal import Refusal
from workflow.situation import Situation

GRAVE = (DossierMove.WITHDRAW, DossierMove.DROP, DossierMove.DECLARE_INADMISSIBLE, DossierMove.REOPEN)


@dataclass(frozen=True)
class Offer:
    """One move as a button, with what still forbids it."""

    name: str
    label: str
    url: str
    refusals: tuple[Refusal, ...] = ()
    grave: bool = False


def offered(subject, name: str, refusals: tuple[Refusal, ...]) -> Offer:
    address = f"{subject.kind}-move"
    return Offer(
        name,
        type(subject).moves(name).label,
        reverse(address, args=[subject.uuid, name]),
        refusals,
        name in GRAVE,
    )


@dataclass(frozen=True)
class LineSeen:
    """One financier's line, as far as the reader may know of it."""

    line: FundingLine
    label: str
    state: str
    opinion: bool
    decision: bool
    offers: list[Offer]
    payments: tuple[Payment, ...] = ()
    payments_url: str = ""
    """Where the team notes payments; blank for all others, and before the letter."""
    read: Read | None = None
    """Whether its holder opened the answer, for the team; None where nothing was told yet."""

    def told(self, on: date) -> bool:
        """Whether the letter's own day has come."""
        return self.line.notified_on is not None and self.line.notified_on <= on

    @property
    def received(self) -> Decimal:
        """Euros that arrived."""
        return sum((one.amount for one in self.payments if one.paid_on), Decimal(0))


def visible_lines(
    lines: Iterable[FundingLine], dossier: Dossier, by, audience: Audience
) -> list[FundingLine]:
    if audience == Audience.FINANCIER:
        rows = FundingLine.objects.filter(dossier=dossier.pk).visible_to(by).order_by("pk")
        lines = rows.select_related("envelope__financier__organisation", "seat")
    found = list(lines)
    for line in found:
        line.dossier = dossier  # because the guards of its moves look at it
    return found


def lines_seen(lines: list[FundingLine], audience: Audience, by, at: datetime) -> list[LineSeen]:
    situation, on = Situation(lines, by, at, held_by=roles.seen_by), paris_day(at)
    paid = _payments(lines, audience)
    return [_line_seen(line, audience, situation, on, paid.get(line.pk, ())) for line in lines]


def _payments(lines: list[FundingLine], audience: Audience) -> dict[int, tuple[Payment, ...]]:
    """{line: its payments}; asked only where an award was told, and never for the committee."""
    payable = [line.pk for line in lines if line.state in PAYABLE and line.award]
    found: dict[int, tuple[Payment, ...]] = {}
    if audience != Audience.READER and payable:
        for one in Payment.objects.filter(line__in=payable).order_by("pk"):
            found[one.line_id] = (*found.get(one.line_id, ()), one)
    return found


def _line_seen(line: FundingLine, audience: Audience, situation: Situation, on: date, paid) -> LineSeen:
    hidden = audience == Audience.HOLDER and (line.notified_on is None or line.notified_on > on)
    state = LineState.REQUESTED if hidden else LineState(line.state)
    if audience == Audience.HOLDER and state == LineState.NOTIFIED:
        state = LineState(line.outcome)  # because a letter is read for what it says
    payable = audience == Audience.TEAM and line.state in PAYABLE and line.award
    return LineSeen(
        line=line,
        label=said(state, state.label, audience),
        state=state,
        opinion=audience != Audience.HOLDER,
        decision=not hidden,
        offers=[] if _is_still(line, hidden) else _line_offers(line, situation),
        payments=() if hidden else paid,
        payments_url=reverse("line-payments", args=[line.uuid]) if payable else "",
        read=_read(line) if audience == Audience.TEAM and line.notified_on else None,
    )


def _read(line: FundingLine) -> Read:
    """What the page of its dossier gathered; a page that gathers nothing says nothing of it."""
    return read_of(getattr(line.dossier, "consulted", None)).get(line.pk, Read())


def _is_still(line: FundingLine, hidden: bool) -> bool:
    """No button while the request is written, nor before the letter's own day."""
    return line.dossier.state in EDITABLE or (hidden and line.state == LineState.NOTIFIED)


def _line_offers(line: FundingLine, situation: Situation) -> list[Offer]:
    """Only what can be done now: a line explains its refusals on the move's own page."""
    moves = engine.offers(situation, line)
    return [offered(line, name, ()) for name, refusals in moves.items() if not refusals]
