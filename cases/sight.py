"""One dossier as one person sees it: what may be read, what may be done, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cases import inbox
from cases.chronicle import Told, chronicle, entries_of
from cases.models import Dossier, FundingLine
from cases.pathway import Stage, pathway
from cases.states import EDITABLE, DossierMove, DossierState, FeedbackState, LineState
from cases.words import Audience, said
from workflow import engine
from workflow.calendar import paris_day
from workflow.charts import chart_of
from workflow.models import Step
from workflow.refusal import Refusal
from workflow.roles import TEAM, Role
from workflow.situation import Situation

_READERS = ((Audience.TEAM, TEAM), (Audience.HOLDER, [Role.HOLDER]))
_COMMITTEE = (Role.COMMITTEE, Role.THIRD_PARTY)
GRAVE = (DossierMove.WITHDRAW, DossierMove.DROP, DossierMove.DECLARE_INADMISSIBLE, DossierMove.REOPEN)
EXPLAINED = (
    DossierState.INADMISSIBLE,
    DossierState.DECIDED,
    DossierState.ANSWERED,
    DossierState.REPORTING,
    DossierState.CLOSED,
)


@dataclass(frozen=True)
class Offer:
    """One move as a button, with what still forbids it."""

    name: str
    label: str
    url: str
    refusals: tuple[Refusal, ...] = ()
    grave: bool = False


@dataclass(frozen=True)
class LineSeen:
    """One financier's line, as far as the reader may know of it."""

    line: FundingLine
    label: str
    state: str
    opinion: bool
    decision: bool
    offers: list[Offer]


@dataclass(frozen=True)
class Sight:
    """Everything the page of a dossier shows."""

    dossier: Dossier
    audience: Audience
    label: str
    next: inbox.Next
    stages: list[Stage]
    lines: list[LineSeen]
    offers: list[Offer]
    story: list[Told]
    pages: list[tuple[str, str]]
    """(label, address) of this dossier's other pages"""

    @property
    def stage(self) -> int:
        """The number of the present stage, from 1."""
        return 1 + sum(stage.status == "done" for stage in self.stages[:-1])

    @property
    def open_offers(self) -> list[Offer]:
        """What may be done now; what cannot be undone stands apart."""
        return [offer for offer in self.offers if not offer.refusals and not offer.grave]

    @property
    def grave_offers(self) -> list[Offer]:
        return [offer for offer in self.offers if not offer.refusals and offer.grave]

    @property
    def closed_offers(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.refusals]

    @property
    def busy_lines(self) -> list[LineSeen]:
        """The lines on which this reader may do something."""
        return [seen for seen in self.lines if seen.offers]

    @property
    def requested(self):
        """What the reader's lines ask for, in euros."""
        return sum(seen.line.requested for seen in self.lines)

    @property
    def public_share(self) -> int | None:
        """How much of the cost is asked from these financiers, in percent; the team's business, None for others."""
        if self.audience != Audience.TEAM or not self.dossier.total_cost:
            return None
        return round(100 * self.requested / self.dossier.total_cost)

    @property
    def share_warning(self) -> int | None:
        """The ceiling that the cycle sets, where the request is above it: it warns, and refuses nothing."""
        ceiling = self.dossier.rules.public_share
        return ceiling if None not in (self.public_share, ceiling) and self.public_share > ceiling else None


def audience_of(situation: Situation, dossier: Dossier) -> Audience:
    """As whom a person reads a dossier that is visible to them."""
    for audience, held in (*_READERS, (Audience.READER, _COMMITTEE)):
        if situation.allows(dossier, held, "see"):
            return audience
    return Audience.FINANCIER


def sight(dossier: Dossier, *, by, at: datetime) -> Sight:
    """Read once what the guards look at, and show just that part of it which this person may know."""
    situation = Situation([dossier], by, at)
    audience = audience_of(situation, dossier)
    moves = engine.offers(situation, dossier)
    lines = _visible(situation.look("lines", dossier), dossier, by, audience)
    entries = entries_of(dossier, lines, audience)
    steps = list(
        Step.objects.filter(version=dossier.rules_id).select_related("opens", "closes").order_by("pk")
    )
    seen = _lines_seen(lines, audience, by, at)
    return Sight(
        dossier=dossier,
        audience=audience,
        label=said(dossier.state, dossier.get_state_display(), audience),
        next=inbox.next_of(dossier, audience, moves, seen, steps, paris_day(at)),
        stages=pathway(dossier, entries, steps),
        lines=seen,
        offers=[_offer(dossier, name, refusals) for name, refusals in moves.items()],
        story=chronicle(entries, lines, audience, by),
        pages=_pages(situation, dossier, audience),
    )


def may_write(dossier: Dossier, *, by, at: datetime) -> bool:
    """Whether this person may still write the request itself."""
    return dossier.state in (Dossier.edits["answers"].states or ()) and is_writer(dossier, by=by, at=at)


def is_writer(dossier: Dossier, *, by, at: datetime) -> bool:
    """Whether this person is one of those who write the request, while it is open."""
    return Situation([dossier], by, at).allows(dossier, Dossier.edits["answers"].by)


def may_fire(subject, move: str, *, by, at: datetime) -> bool:
    """Whether this person holds a role for a move, whatever the state: what is refused to a role tells nothing else."""
    return Situation([subject], by, at).allows(subject, chart_of(type(subject))[move].rule.by)


def works_on(model: type, dossier: Dossier, *, by, at: datetime) -> bool:
    """Whether this person may open such a sheet on this dossier."""
    return Situation([dossier], by, at).allows(model(dossier=dossier), model.opened_by)


def _pages(situation: Situation, dossier: Dossier, audience: Audience) -> list[tuple[str, str]]:
    """Where else this reader finds something about this dossier."""
    writes = audience == Audience.HOLDER and dossier.state in (*EDITABLE, DossierState.INCOMPLETE)
    names = [("Modifier la demande" if writes else "Lire la demande", "dossier-request")]
    if audience == Audience.TEAM and dossier.state not in EDITABLE:
        names.append(("Fiche d’instruction", "dossier-instruction"))
    if audience == Audience.TEAM and dossier.state in EXPLAINED:
        names.append(("Fiche de motivation", "dossier-feedback"))
    if audience == Audience.HOLDER and dossier.state in EXPLAINED:
        sheet = situation.look("feedback", dossier)
        if sheet is not None and sheet.state == FeedbackState.DELIVERED:
            names.append(("La réponse, expliquée", "dossier-feedback"))
    if audience in (Audience.TEAM, Audience.HOLDER) and dossier.state == DossierState.REPORTING:
        names.append(("Bilan", "dossier-report"))
    return [(label, reverse(name, args=[dossier.uuid])) for label, name in names]


def _visible(lines: Iterable[FundingLine], dossier: Dossier, by, audience: Audience) -> list[FundingLine]:
    if audience == Audience.FINANCIER:
        rows = FundingLine.objects.filter(dossier=dossier.pk).visible_to(by).order_by("pk")
        lines = rows.select_related("envelope__financier__organisation", "seat")
    found = list(lines)
    for line in found:
        line.dossier = dossier  # because the guards of its moves look at it
    return found


def _lines_seen(lines: list[FundingLine], audience: Audience, by, at: datetime) -> list[LineSeen]:
    situation = Situation(lines, by, at)
    return [_line_seen(line, audience, situation) for line in lines]


def _line_seen(line: FundingLine, audience: Audience, situation: Situation) -> LineSeen:
    hidden = audience == Audience.HOLDER and line.notified_on is None
    state = LineState.REQUESTED if hidden else LineState(line.state)
    return LineSeen(
        line=line,
        label=said(state, state.label, audience),
        state=state,
        opinion=audience != Audience.HOLDER,
        decision=not hidden,
        offers=[] if line.dossier.state in EDITABLE else _line_offers(line, situation),
    )


def _line_offers(line: FundingLine, situation: Situation) -> list[Offer]:
    """Only what can be done now: a line explains its refusals on the move's own page."""
    moves = engine.offers(situation, line)
    return [_offer(line, name, ()) for name, refusals in moves.items() if not refusals]


def _offer(subject, name: str, refusals: tuple[Refusal, ...]) -> Offer:
    address = f"{subject.kind}-move"
    return Offer(
        name,
        type(subject).moves(name).label,
        reverse(address, args=[subject.uuid, name]),
        refusals,
        name in GRAVE,
    )
