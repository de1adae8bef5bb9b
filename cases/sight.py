"""One dossier as one person sees it: what may be read, what may be done, what comes next."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from cases import changes, inbox
from cases.chronicle import Told, changes_of, chronicle, entries_of, seats_of, topics_of
from cases.line_sight import LineSeen, Offer, lines_seen, offered, visible_lines
from cases.meetings import Meetings, meetings_of
from cases.models import Dossier, FundingLine, Inquiry, Passage, Report
from cases.pathway import Stage, pathway
from cases.states import BEFORE_DECISION, EDITABLE, DossierState, LineState, ReportState
from cases.words import ANSWERED_TO_HOLDER, REREAD, Audience, said, waiting
from workflow import engine, roles
from workflow.calendar import paris_day
from workflow.charts import chart_of
from workflow.roles import TEAM, Role
from workflow.situation import Situation

_READERS = ((Audience.TEAM, TEAM), (Audience.HOLDER, [Role.HOLDER]))
_COMMITTEE = (Role.COMMITTEE, Role.THIRD_PARTY)
EXPLAINED = (
    DossierState.INADMISSIBLE,
    DossierState.DECIDED,
    DossierState.ANSWERED,
    DossierState.REPORTING,
    DossierState.CLOSED,
)
TABLED = (DossierState.COMMITTEE, DossierState.DEFERRED, *EXPLAINED[1:])
"""From when on a committee's table says something of a dossier."""

_REPORT_OF = {
    Audience.HOLDER: (ReportState.DRAFT, ReportState.TO_CORRECT),
    Audience.TEAM: (ReportState.FILED, ReportState.ACCEPTED),
}
"""In whose hands a report is, by its state."""


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
    neighbourhoods: list[str]
    inquiries: list[Inquiry]
    """The financiers' questions, with their answers"""
    meetings: Meetings
    changes: list[changes.Noted]
    """What was asked for since the answer"""
    passages: list[Passage]
    """Its way through the committees, for those who follow them"""

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
    def other_pages(self) -> list[tuple[str, str]]:
        """Without the one that the next step leads to, because one way to a page is enough."""
        return [(label, address) for label, address in self.pages if address != self.next.url]

    @property
    def busy_lines(self) -> list[LineSeen]:
        """The lines on which this reader may do something."""
        return [seen for seen in self.lines if seen.offers or seen.payments_url]

    @property
    def reads_revisions(self) -> bool:
        """Whether this reader may compare the budget of an adapted action; a financier, once its own line is."""
        if self.audience == Audience.FINANCIER:
            return any(seen.state in (LineState.ADAPTED, LineState.SETTLED) for seen in self.lines)
        return self.audience in (Audience.HOLDER, Audience.TEAM)

    @property
    def remarks_to_read(self) -> int:
        """How many remarks await the holder, while the request is still written."""
        return self.meetings.unread if self.dossier.state in EDITABLE else 0

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
    """Read once what the guards look at, and show just that part of it which this person may know.

    `dossier` is read `for_its_page`, which says what hangs on it.
    """
    situation = Situation([dossier], by, at, held_by=roles.seen_by)
    steps = situation.steps(dossier)
    audience = audience_of(situation, dossier)
    moves = engine.offers(situation, dossier)
    lines = visible_lines(situation.look("lines", dossier), dossier, by, audience)
    seen = lines_seen(lines, audience, by, at)
    meetings = meetings_of(situation, dossier, steps)
    noted = changes.noted_on(dossier) if audience in _REPORT_OF else []
    seats = seats_of(seen) | topics_of(meetings) | changes_of(noted)
    entries = entries_of(dossier, seats, audience)
    pages = _pages(situation, dossier, audience, any(one.decision for one in seen))
    pages += _of_the_team(situation, dossier, moves)
    pages += changes.pages_of(dossier, lines) if audience in _REPORT_OF else []
    pages += _of_the_rereading(dossier, audience, meetings) + _of_letters(dossier, audience)
    if dossier.has_revised and audience != Audience.READER:
        pages.append(("Budget adapté", reverse("dossier-revised", args=[dossier.uuid])))
    return Sight(
        dossier=dossier,
        audience=audience,
        label=said(dossier.state, dossier.get_state_display(), audience),
        next=_or_rereading(
            next_seen(situation, dossier, audience, moves, seen, steps), dossier, audience, meetings
        ),
        stages=pathway(
            dossier,
            entries,
            steps,
            goes_on=_goes_on(dossier, lines, audience),
            announced=audience == Audience.HOLDER,
        ),
        lines=seen,
        offers=[offered(dossier, name, refusals) for name, refusals in moves.items()],
        story=chronicle(entries, seats, audience, by),
        pages=pages,
        neighbourhoods=[name for _, name in sorted(dossier.places or ())],
        inquiries=_inquiries(dossier, by),
        meetings=meetings,
        changes=noted,
        passages=_passages(situation, dossier),
    )


def _passages(situation: Situation, dossier: Dossier) -> list[Passage]:
    """For those who follow the committees."""
    follows = dossier.has_passed and situation.allows(dossier, (*TEAM, Role.COMMITTEE), "see")
    return list(Passage.objects.of(dossier)) if follows else []


def _goes_on(dossier: Dossier, lines: list[FundingLine], audience: Audience) -> bool:
    """Whether an action follows, once all is answered: a path must not tell a decision before its letter."""
    if dossier.is_inadmissible:
        return False
    known = dossier.state in ANSWERED_TO_HOLDER and audience != Audience.FINANCIER
    return not known or any(line.award for line in lines)


def _inquiries(dossier: Dossier, by) -> list[Inquiry]:
    return list(Inquiry.objects.visible_to(by).about([dossier.pk])) if dossier.has_inquiries else []


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


def _pages(situation: Situation, dossier: Dossier, audience: Audience, told: bool) -> list[tuple[str, str]]:
    """Where else this reader finds something about this dossier."""
    own, team = audience == Audience.HOLDER, audience == Audience.TEAM
    writes = own and dossier.state in (*EDITABLE, DossierState.INCOMPLETE)
    names = [("Modifier la demande" if writes else "Lire la demande", "dossier-request")]
    if team and dossier.state not in EDITABLE:
        names.append(("Fiche d’instruction", "dossier-instruction"))
    if (own or team) and dossier.submitted_at:
        names.append(("Accusé de réception", "dossier-receipt"))
    if dossier.state in TABLED and (team or situation.allows(dossier, [Role.COMMITTEE], "see")):
        names.append(("Le comité", "dossier-committee"))
    if team and dossier.state in EXPLAINED:
        names.append(("Fiche de motivation", "dossier-feedback"))
    if own and (told or _is_answered(situation, dossier)):
        names.append(("Lire la réponse", "dossier-answer"))
    if team and dossier.state in ANSWERED_TO_HOLDER:
        names.append(("La réponse, comme le porteur la lit", "dossier-answer"))
    told_of = (own or team) and dossier.state in (DossierState.REPORTING, DossierState.CLOSED)
    if told_of and situation.look("report", dossier) is not None:
        names.append(("Bilan", "dossier-report"))
    return [(label, reverse(name, args=[dossier.uuid])) for label, name in names]


def _of_the_team(situation: Situation, dossier: Dossier, moves: dict) -> list[tuple[str, str]]:
    """What the team does in a holder's stead, and what opens a date that is shut."""
    names = []
    if dossier.state in EDITABLE and situation.allows(dossier, TEAM):
        names.append(("Noter qui engage l’organisation", "behalf-commitment"))
    if dossier.state in BEFORE_DECISION and situation.allows(dossier, TEAM):
        names.append(("Solliciter un autre financeur", "solicit"))
    shut = any(refusal.code == "window_closed" for refusals in moves.values() for refusal in refusals)
    if shut and situation.allows(dossier, [Role.COORDINATOR]):
        names.append(("Accorder une dérogation", "derogation"))
    return [(label, reverse(name, args=[dossier.uuid])) for label, name in names]


def _of_the_rereading(dossier: Dossier, audience: Audience, meetings: Meetings) -> list[tuple[str, str]]:
    """Where a draft is re-read, and what changed since it was, or since it was filed."""
    names = []
    if meetings.reread and audience != Audience.HOLDER:
        names.append((REREAD, "rereading"))
    if meetings.reread or (dossier.submitted_at and audience in (Audience.HOLDER, Audience.TEAM)):
        names.append(("Comparer les versions", "versions"))
    return [(label, reverse(name, args=[dossier.uuid])) for label, name in names]


def _of_letters(dossier: Dossier, audience: Audience) -> list[tuple[str, str]]:
    """What was written to the holder, once there is something that this reader may know of."""
    writes = audience == Audience.TEAM and dossier.submitted_at is not None
    reads = audience == Audience.HOLDER and dossier.has_letters
    return [("Courriers", reverse("dossier-letters", args=[dossier.uuid]))] if writes or reads else []


def _or_rereading(coming: inbox.Next, dossier: Dossier, audience: Audience, meetings: Meetings) -> inbox.Next:
    """A re-reading that awaits the team is done on its own page, remark by remark."""
    if audience != Audience.TEAM or not meetings.being_reread:
        return coming
    return replace(coming, url=reverse("rereading", args=[dossier.uuid]), button=REREAD)


def next_seen(
    situation: Situation, dossier: Dossier, audience: Audience, moves, lines: list[LineSeen], steps
) -> inbox.Next:
    """The next step as the machine says it; where a holder has nothing to do but something to read, that."""
    coming = inbox.next_of(dossier, audience, moves, lines, steps, paris_day(situation.at))
    if coming.url == reverse("dossier-report", args=[dossier.uuid]) and not _report_awaits(
        audience, situation.look("report", dossier)
    ):
        coming = inbox.Next(waiting(audience, dossier.state))
    if audience == Audience.HOLDER and not coming.url and _is_answered(situation, dossier):
        return replace(coming, url=inbox.answer_url(dossier), button=inbox.READ_ANSWER)
    return coming


def _report_awaits(audience: Audience, report: Report | None) -> bool:
    """Written by the holder, then read by the team: never both at once."""
    return report is None or audience not in _REPORT_OF or report.state in _REPORT_OF[audience]


def _is_answered(situation: Situation, dossier: Dossier) -> bool:
    """Whether the holder has something to read besides the letters."""
    if dossier.state in ANSWERED_TO_HOLDER:
        return True
    sheet = situation.look("feedback", dossier) if dossier.state in EXPLAINED else None
    return sheet is not None and sheet.delivered_at is not None
