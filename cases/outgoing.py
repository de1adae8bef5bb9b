"""What waits to leave after a committee: each financier's letters on its own day, then the team's answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cases.enclosed import letters_of
from cases.line_guards import cut_said
from cases.models import Dossier, Financier, FundingLine, LetterScan, Programming
from cases.models import Letter as Made
from cases.models.envelope import EnvelopeKind
from cases.programming_states import ProgrammingState
from cases.states import DossierMove, DossierState, LineMove, LineState
from workflow import engine, roles
from workflow.refusal import Refusal

UNTOLD = (LineState.GRANTED, LineState.REFUSED)
KNOWN = (DossierState.DECIDED, DossierState.ANSWERED)
TO_ANSWER = (DossierState.DECIDED, DossierState.INADMISSIBLE)
SHEET, SHORT, CALL = "no_feedback", "short_feedback", "call_first"
GRANTED, PART, REFUSED = "granted", "part", "refused"


@dataclass(frozen=True)
class Letter:
    """One decision that its holder does not know yet."""

    line: FundingLine
    blocks: tuple[Refusal, ...] = ()
    """Why it cannot be notified yet."""
    missing: tuple[Refusal, ...] = ()
    """What the team's own answer will still wait for; the letter itself does not."""
    made: Made | None = None
    """The document that was made here for it: the notification carries its number and its day."""
    joined_on: date | None = None
    """The day of the signed letter that its own authority, or the team, joined."""

    @property
    def value(self) -> str:
        """The line and the version that was read, as one box of a form."""
        return f"{self.line.pk}:{self.line.version}"

    @property
    def outcome(self) -> str:
        if self.line.state == LineState.REFUSED:
            return REFUSED
        return PART if self.line.award < self.line.requested else GRANTED

    @property
    def cut(self) -> str:
        """What became of its envelope since the vote; blank where nothing did."""
        return cut_said(self.line) if self.line.is_cut_since_vote else ""

    @property
    def to_call(self) -> bool:
        return any(one.code == CALL for one in self.blocks)

    @property
    def ready(self) -> bool:
        return not self.blocks


@dataclass(frozen=True)
class Pile:
    """One financier's letters: it writes on its own day."""

    financier: Financier
    letters: list[Letter]

    @property
    def ready(self) -> list[Letter]:
        return [one for one in self.letters if one.ready]


@dataclass(frozen=True)
class Reply:
    """One dossier that awaits the team's answer, with what it still waits for."""

    dossier: Dossier
    refusals: tuple[Refusal, ...]

    @property
    def value(self) -> str:
        return f"{self.dossier.pk}:{self.dossier.version}"


@dataclass(frozen=True)
class Wanted:
    """Which letters a page shows; blanks show all."""

    financier: str = ""
    outcome: str = ""
    ready: str = ""

    def takes(self, letter: Letter) -> bool:
        return (
            self.financier in ("", str(letter.line.envelope.financier_id))
            and self.outcome in ("", letter.outcome)
            and self.ready in ("", "yes" if letter.ready else "no")
        )


def replies(user, at: datetime) -> list[Reply]:
    """The dossiers whose holder awaits an answer, the ready ones first."""
    dossiers = Dossier.objects.filter(cycle__in=coordinated(user), state__in=TO_ANSWER)
    found = list(dossiers.for_pages().order_by("cycle", "number"))
    refusals = engine.forecast(found, DossierMove.ANSWER, by=user, at=at)
    return sorted((Reply(one, refusals[one.pk]) for one in found), key=lambda one: bool(one.refusals))


def letters(user, awaited: Iterable[Reply], at: datetime) -> list[Letter]:
    """Every letter to write, by financier and dossier, with what each still lacks; a constant number of queries."""
    lines, missing = list(untold(user)), {one.dossier.pk: _sheet(one.refusals) for one in awaited}
    blocks = engine.forecast(lines, LineMove.NOTIFY, by=user, at=at)
    made, joined = letters_of(lines), LetterScan.objects.days_of(lines)
    return [
        Letter(
            line,
            blocks[line.pk],
            missing.get(line.dossier_id, ()),
            made.get(line.pk),
            joined.get(line.pk),
        )
        for line in lines
    ]


def whole(user, financier: str, at: datetime) -> list[str]:
    """The boxes of all that one financier's pile can let go."""
    wanted = Wanted(financier=financier, ready="yes")
    return [one.value for one in letters(user, (), at) if wanted.takes(one)]


def piles(found: Iterable[Letter], wanted: Wanted) -> list[Pile]:
    """The letters that somebody wants to see, by financier; a financier without any has no pile."""
    by_financier: dict[int, Pile] = {}
    for one in found:
        if wanted.takes(one):
            financier = one.line.envelope.financier
            by_financier.setdefault(financier.pk, Pile(financier, [])).letters.append(one)
    return list(by_financier.values())


def untold(user):
    """The lines decided and not yet notified in the cycles that this person coordinates."""
    lines = FundingLine.objects.filter(
        cycle__in=coordinated(user), state__in=UNTOLD, dossier__state__in=KNOWN
    )
    money = lines.exclude(envelope__nature=EnvelopeKind.MAINSTREAM)
    money = money.for_pages().select_related("envelope__within")
    return money.order_by("cycle", "envelope__financier", "dossier__number", "pk")


def told_lately(user):
    """What was notified and awaits the holder's choice, or the dossier's answer."""
    lines = FundingLine.objects.filter(cycle__in=coordinated(user), state=LineState.NOTIFIED)
    return (
        lines.filter(dossier__state__in=KNOWN).for_pages().order_by("dossier__cycle", "dossier__number", "pk")
    )


def unsigned(user) -> list[Programming]:
    """The programmings of this person's cycles that are worked on, and not yet signed."""
    rows = Programming.objects.filter(cycle__in=coordinated(user), state=ProgrammingState.OPEN)
    return list(rows.select_related("cycle").order_by("cycle"))


def coordinated(user) -> list[int]:
    return roles.cycles_of(user, "committee", "act")


def _sheet(refusals: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    return tuple(one for one in refusals if one.code in (SHEET, SHORT))
