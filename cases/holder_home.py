"""A holder's own requests: the one that awaits them first, then those under way, then what is over."""

from dataclasses import dataclass
from datetime import date, datetime

from cases import calls, sessions, survey
from cases.inbox import PARTS, READ_ANSWER, Next
from cases.line_sight import lines_seen
from cases.meetings import Agreed, seen
from cases.models import AgreedAction, Dossier, FundingLine
from cases.sight import next_seen
from cases.states import FINAL
from cases.words import Audience, said
from workflow import engine, roles
from workflow.calendar import paris_day
from workflow.situation import Situation

HOLDER = Audience.HOLDER
TURNS = frozenset(part.state for part in PARTS if part.audience == HOLDER)


@dataclass(frozen=True)
class Request:
    """One request with its state in the holder's words and its next step."""

    dossier: Dossier
    label: str
    next: Next
    remarks: int
    """How many remarks of a re-reading are still to read."""
    theirs: bool
    """Whether something awaits the holder, and not somebody else."""

    @property
    def urgency(self) -> tuple:
        return not self.theirs, self.next.due or date.max, -self.dossier.cycle.year, self.dossier.number


@dataclass(frozen=True)
class HolderHome:
    """The page « Mes demandes »."""

    under_way: list[Request]
    """The most urgent first."""
    past: list[Request]
    calls: list[calls.Call]
    """Where this person may begin a request today."""
    has_awards: bool
    surveys: list[survey.Survey]
    """Those that this person may answer today."""
    agreed: list[Agreed]
    """What this person's organisations took on after a meeting, and have still to do."""
    appointments: list[sessions.Appointment]
    """Booked sessions to come, and what was called off."""

    @property
    def current(self) -> Request | None:
        return self.under_way[0] if self.under_way else None

    @property
    def other_calls(self) -> list[calls.Call]:
        """Without a request under way, the first call to close is the next step itself."""
        return self.calls if self.current else self.calls[1:]

    @property
    def names_whom(self) -> bool:
        """Whoever writes for several organisations reads on each request for which."""
        return len({one.dossier.organisation_id for one in (*self.under_way, *self.past)}) > 1

    @property
    def others(self) -> list[Request]:
        return self.under_way[1:]


def holder_home(user, at: datetime) -> HolderHome:
    """Each request is read as its own page reads it; the cost does not grow with their number."""
    mine = (
        Dossier.objects.of_holder(user)
        .with_remarks_to_read()
        .select_related("cycle", "rules", "organisation")
    )
    dossiers = list(mine.order_by("-cycle__year", "number"))
    situation = Situation(dossiers, user, at, held_by=roles.seen_by)
    requests = _requests(dossiers, situation)
    agreed = AgreedAction.objects.of_holder(user).to_do().for_pages().in_order()
    return HolderHome(
        under_way=sorted(
            (one for one in requests if one.dossier.state not in FINAL), key=lambda one: one.urgency
        ),
        past=[one for one in requests if one.dossier.state in FINAL],
        calls=[one for one in calls.current_calls(at) if one.takes_requests],
        agreed=[seen(situation, one) for one in agreed],
        has_awards=FundingLine.objects.paid_to(user).awarded(paris_day(at)).exists(),
        surveys=survey.awaiting(user, at),
        appointments=sessions.appointments(user, at),
    )


def _requests(dossiers: list[Dossier], situation: Situation) -> list[Request]:
    lines = {one.pk: list(situation.look("lines", one)) for one in dossiers}
    for one in dossiers:
        for line in lines[one.pk]:
            line.dossier = one  # because the guards of its moves look at it
    every = [line for several in lines.values() for line in several]
    known_lines = lines_seen(every, HOLDER, situation.by, situation.at)
    return [
        _request(one, situation, [line for line in known_lines if line.line.dossier_id == one.pk])
        for one in dossiers
    ]


def _request(dossier: Dossier, situation: Situation, lines: list) -> Request:
    steps, moves = situation.steps(dossier), engine.offers(situation, dossier)
    coming = next_seen(situation, dossier, HOLDER, moves, lines, steps)
    chooses = any(line.offers for line in lines)
    return Request(
        dossier=dossier,
        label=said(dossier.state, dossier.get_state_display(), HOLDER),
        next=coming,
        remarks=dossier.remarks_to_read,
        theirs=chooses or (bool(coming.url) and coming.button != READ_ANSWER and dossier.state in TURNS),
    )
