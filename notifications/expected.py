"""What each kind of reminder waits for: of which rows it speaks, to whom, until what is done, and since when.

The closed list of kinds stands in `choices.py`; planning, sending and forecasting share one declaration of each.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases.models import (
    AgreedAction,
    Booking,
    Dossier,
    FundingLine,
    Report,
    ReportKind,
    Session,
    SurveyBallot,
)
from cases.states import (
    EDITABLE,
    AgreedMove,
    AgreedState,
    BookingMove,
    BookingState,
    DossierMove,
    DossierState,
    LineMove,
    LineState,
    ReportMove,
    ReportState,
    SessionMove,
    SessionState,
)
from notifications.audience import Audience, told
from notifications.choices import Fact, ReminderKind, Wording
from workflow.calendar import paris_day
from workflow.grant_life import GrantState
from workflow.models import Cycle, Entry, Organisation, StepKind
from workflow.openings import OPEN
from workflow.roles import Role


class Ask(NamedTuple):
    """The moves by which something began to be expected: of which model, and which of its rows (`of`)."""

    model: type
    of: Q
    moves: tuple[str, ...]

    @property
    def entries(self) -> Q:
        """Its lines of the journal, correlated with the row that is spoken of."""
        return Q(self.of, subject_label=self.model._meta.label_lower, move__in=self.moves)


Wordings = Mapping[Audience, tuple[Wording, ...]]


@dataclass(frozen=True)
class Expectation:
    """Of which rows a kind of reminder speaks, while what holds; whom it may tell, in which words (the usual first).

    `day` is the rows' own deadline, blank where all share one of the calendar: the last day of a step of the kind
    `until`, unless a row has one of its own in `moved` (an extension).
    `facts` are the conditions that make sense here. `ends` says that nothing can be done once the deadline
    has passed. `pairs` replaces the ordinary way from the rows of a cycle to the people.
    """

    model: type
    tells: Wordings
    holds: Q
    asks: tuple[Ask, ...]
    day: str = ""
    until: str = ""
    moved: str = ""
    ends: bool = False
    facts: tuple[Fact, ...] = ()
    where: str = "cycle"
    pairs: Callable[[Cycle, Audience], QuerySet] | None = field(default=None)

    @property
    def audience(self) -> Audience:
        return next(iter(self.tells))

    def people(self, cycle: int, audience: Audience) -> QuerySet:
        """(subject, person) pairs of a cycle, as rows with `told`."""
        if self.pairs:
            return self.pairs(cycle, audience).filter(self.holds)
        return told(audience, self.model).filter(self.holds, **{self.where: cycle})

    def rows(self, cycle: int) -> QuerySet:
        """What it may speak of, whatever the day."""
        return self.model._base_manager.filter(self.holds, **{self.where: cycle})


HOLDER, TEAM, COORDINATION = Audience.HOLDER, Audience.TEAM, Audience.COORDINATION
_ITSELF = Q(subject_id=OuterRef("pk"))
_FINAL = Report.objects.filter(kind_of=ReportKind.FINAL)
_REPORTS = _FINAL.filter(dossier=OuterRef(OuterRef("pk"))).values("pk")
_SENT = Exists(_FINAL.filter(dossier=OuterRef("pk"), state__in=(ReportState.FILED, ReportState.ACCEPTED)))
_TO_CHOOSE = Exists(
    FundingLine.objects.filter(
        dossier=OuterRef("pk"), state=LineState.NOTIFIED, decided__gt=0, decided__lt=F("requested")
    )
)


def holders_of_last_calls(cycle: int, audience: Audience) -> QuerySet:
    """Those who asked in another call of the same contract, and have begun nothing in this one."""
    # No audience but the holders themselves: a call that opens is news to nobody else.
    dossiers = Dossier.objects.filter(organisation=OuterRef("pk"))
    contract = Cycle.objects.filter(pk=cycle).values("contract")
    before = dossiers.filter(cycle__contract__in=contract).exclude(cycle=cycle)
    known = Organisation.objects.filter(Exists(before), ~Exists(dossiers.filter(cycle=cycle)))
    stands = Q(grants__role=Role.HOLDER, grants__state=GrantState.HELD, grants__user__is_active=True)
    here = Q(grants__cycle=None) | Q(grants__cycle=cycle)
    return known.filter(stands, here).annotate(told=F("grants__user"))


_LIVED_IT = {
    HOLDER: (Role.HOLDER,),
    TEAM: (Role.INSTRUCTOR, Role.COORDINATOR),
    Audience.FINANCIER: (Role.FINANCIER,),
}


def those_who_lived_the_year(cycle: int, audience: Audience) -> QuerySet:
    """Whoever may answer the survey and has not: holders who asked for something, the team, the financiers."""
    held = Q(
        grants__role__in=_LIVED_IT[audience], grants__state=GrantState.HELD, grants__user__is_active=True
    )
    here = Q(grants__cycle=cycle)
    asked = Exists(Dossier.objects.filter(organisation=OuterRef("pk"), cycle=cycle))
    part = Q(asked, here | Q(grants__cycle=None)) if audience is HOLDER else here
    people = Organisation.objects.filter(held, part).annotate(told=F("grants__user"))
    return people.filter(~Exists(SurveyBallot.objects.filter(cycle=cycle, person=OuterRef("told"))))


def those_who_took_it_on(cycle: int, audience: Audience) -> QuerySet:
    """What the holder does is the holder's; what somebody of the team does is theirs, and nobody else is asked."""
    actions = AgreedAction.objects.filter(cycle=cycle)
    if audience is TEAM:
        return actions.filter(member__is_active=True).annotate(told=F("member"))
    return told(audience, AgreedAction).filter(cycle=cycle, member=None)


EXPECTED: dict[str, Expectation] = {
    ReminderKind.CALL_OPEN: Expectation(
        Organisation,
        {HOLDER: (Wording.CALL_OPEN,)},
        Q(),
        (),
        until=StepKind.FILING,
        ends=True,
        pairs=holders_of_last_calls,
    ),
    ReminderKind.NOT_FILED: Expectation(
        Dossier,
        {HOLDER: (Wording.NOT_FILED, Wording.OFFER_HELP), TEAM: (Wording.TEAM_NOT_FILED,)},
        Q(state__in=EDITABLE),
        (Ask(Dossier, _ITSELF, (OPEN, DossierMove.TAKE_BACK, DossierMove.RESTORE)),),
        until=StepKind.FILING,
        ends=True,
        facts=tuple(Fact),
    ),
    ReminderKind.SUPPORT_AWAITED: Expectation(
        Dossier,
        {TEAM: (Wording.SUPPORT,)},
        Q(state=DossierState.SUPPORT),
        (Ask(Dossier, _ITSELF, (DossierMove.ASK_SUPPORT,)),),
        until=StepKind.FILING,
        ends=True,
        facts=(Fact.FIRST_TIME, Fact.RENEWAL),
    ),
    ReminderKind.TO_CHECK: Expectation(
        Dossier,
        {TEAM: (Wording.CHECK,)},
        Q(state=DossierState.SUBMITTED),
        (Ask(Dossier, _ITSELF, (DossierMove.SUBMIT, DossierMove.COMPLETE)),),
        facts=(Fact.FIRST_TIME, Fact.RENEWAL),
    ),
    ReminderKind.COMPLETION_DUE: Expectation(
        Dossier,
        {HOLDER: (Wording.COMPLETION,), TEAM: (Wording.TEAM_COMPLETION,)},
        Q(state=DossierState.INCOMPLETE),
        (Ask(Dossier, _ITSELF, (DossierMove.ASK_COMPLETION,)),),
        day="completion_due_on",
        facts=(Fact.FIRST_TIME, Fact.RENEWAL, Fact.NO_SUPPORT),
    ),
    ReminderKind.OPINION_AWAITED: Expectation(
        FundingLine,
        {Audience.FINANCIER: (Wording.OPINION,), TEAM: (Wording.TEAM_OPINION,)},
        Q(state=LineState.INVITED, dossier__state=DossierState.REVIEW),
        (
            Ask(
                Dossier,
                Q(subject_id=OuterRef("dossier")),
                (DossierMove.OPEN_REVIEW, DossierMove.REOPEN_REVIEW),
            ),
            Ask(FundingLine, _ITSELF, (LineMove.INVITE,)),
        ),
        day="dossier__review_due_on",
        ends=True,
    ),
    ReminderKind.TO_ANSWER: Expectation(
        Dossier,
        {COORDINATION: (Wording.ANSWER,), TEAM: (Wording.ANSWER,)},
        Q(state__in=(DossierState.DECIDED, DossierState.INADMISSIBLE)),
        (Ask(Dossier, _ITSELF, (DossierMove.DECIDE, DossierMove.DECLARE_INADMISSIBLE)),),
    ),
    ReminderKind.CHOICE_AWAITED: Expectation(
        Dossier,
        {HOLDER: (Wording.CHOICE,)},
        Q(_TO_CHOOSE, state=DossierState.ANSWERED),
        (Ask(Dossier, _ITSELF, (DossierMove.ANSWER,)),),
    ),
    ReminderKind.REPORT_DUE: Expectation(
        Dossier,
        {HOLDER: (Wording.REPORT,), TEAM: (Wording.TEAM_REPORT,)},
        Q(~_SENT, state=DossierState.REPORTING),
        (
            Ask(Dossier, _ITSELF, (DossierMove.OPEN_REPORTING,)),
            Ask(Report, Q(subject_id__in=_REPORTS), (ReportMove.ASK_CORRECTION,)),
        ),
        until=StepKind.REPORTING,
        moved="report_due_on",
        facts=(Fact.FIRST_TIME, Fact.RENEWAL),
    ),
    ReminderKind.INTERIM_DUE: Expectation(
        Report,
        {HOLDER: (Wording.INTERIM,)},
        Q(
            kind_of=ReportKind.INTERMEDIATE,
            state__in=(ReportState.DRAFT, ReportState.TO_CORRECT),
            dossier__state__in=(DossierState.ANSWERED, DossierState.REPORTING),
        ),
        (Ask(Report, _ITSELF, (OPEN, ReportMove.ASK_CORRECTION)),),
        until=StepKind.INTERIM,
        where="dossier__cycle",
    ),
    ReminderKind.SURVEY_OPEN: Expectation(
        Organisation,
        dict.fromkeys(_LIVED_IT, (Wording.SURVEY,)),
        Q(),
        (),
        until=StepKind.SURVEY,
        ends=True,
        pairs=those_who_lived_the_year,
    ),
    ReminderKind.SESSION_SOON: Expectation(
        Booking,
        {HOLDER: (Wording.SESSION,)},
        Q(state=BookingState.BOOKED, session__state=SessionState.PLANNED),
        (
            Ask(Booking, _ITSELF, (OPEN, BookingMove.TAKE_SEAT)),
            Ask(Session, Q(subject_id=OuterRef("session")), (SessionMove.RESCHEDULE,)),
        ),
        day="session__starts_at__date",
        ends=True,
    ),
    ReminderKind.ACTION_DUE: Expectation(
        AgreedAction,
        {HOLDER: (Wording.ACTION,), TEAM: (Wording.ACTION,)},
        Q(state=AgreedState.OPEN),
        (Ask(AgreedAction, _ITSELF, (OPEN, AgreedMove.UNTICK, AgreedMove.RESUME)),),
        day="due_on",
        pairs=those_who_took_it_on,
    ),
}


def asked_since(kind: Expectation, begins: str) -> list[Exists]:
    """By which ways it was asked at the instant that this annotation says, or later."""
    return [Exists(Entry.objects.filter(ask.entries, at__gte=OuterRef(begins))) for ask in kind.asks]


def last_ask(kind: Expectation) -> QuerySet:
    """The newest line of the journal by which a row began to be waited for."""
    asked = Q()
    for ask in kind.asks:
        asked |= ask.entries
    return Entry.objects.filter(asked).order_by("-at", "-pk")


def deadline_of(subject, kind: Expectation) -> date | None:
    """A row's own deadline, in Paris."""
    if kind.moved and getattr(subject, kind.moved):
        return getattr(subject, kind.moved)
    value = subject if kind.day else None
    for name in filter(None, kind.day.split("__")):
        value = paris_day(value) if name == "date" else getattr(value, name)
    return value
