"""What leaves after a committee: each financier's letters on its own day, then the team's answer to the holder."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cases.models import Dossier, Financier, FundingLine
from cases.models.envelope import EnvelopeKind
from cases.preview import word_of
from cases.states import DossierMove, DossierState, LineMove, LineState
from workflow import engine, roles
from workflow.refusal import Refusal

UNTOLD = (LineState.GRANTED, LineState.REFUSED)
KNOWN = (DossierState.DECIDED, DossierState.ANSWERED)
TO_ANSWER = (DossierState.DECIDED, DossierState.INADMISSIBLE)
SHEET = "no_feedback"


@dataclass(frozen=True)
class Letter:
    """One decision that its holder does not know yet."""

    line: FundingLine
    missing: tuple[Refusal, ...]
    """What the team's own answer will still wait for; the letter itself does not."""

    @property
    def value(self) -> str:
        """The line and the version that was read, as one box of a form."""
        return f"{self.line.pk}:{self.line.version}"

    @property
    def told(self) -> str:
        return word_of(self.line)


@dataclass(frozen=True)
class Pile:
    """One financier's letters: it writes on its own day."""

    financier: Financier
    letters: list[Letter]


@dataclass(frozen=True)
class Reply:
    """One dossier that awaits the team's answer, with what it still waits for."""

    dossier: Dossier
    refusals: tuple[Refusal, ...]

    @property
    def value(self) -> str:
        return f"{self.dossier.pk}:{self.dossier.version}"


@dataclass(frozen=True)
class Fate:
    """What became of one of a batch: where, and why not."""

    what: str
    refusals: tuple[Refusal, ...]
    repeated: bool


def replies(user, at: datetime) -> list[Reply]:
    """The dossiers whose holder awaits an answer, the ready ones first."""
    dossiers = Dossier.objects.filter(cycle__in=_cycles(user), state__in=TO_ANSWER)
    found = list(dossiers.for_pages().order_by("cycle", "number"))
    refusals = engine.forecast(found, DossierMove.ANSWER, by=user, at=at)
    return sorted((Reply(one, refusals[one.pk]) for one in found), key=lambda one: bool(one.refusals))


def piles(user, awaited: Iterable[Reply]) -> list[Pile]:
    """The letters to write, by financier; one query."""
    missing = {one.dossier.pk: _sheet(one.refusals) for one in awaited}
    found: dict[int, Pile] = {}
    for line in untold(user):
        pile = found.setdefault(line.envelope.financier_id, Pile(line.envelope.financier, []))
        pile.letters.append(Letter(line, missing.get(line.dossier_id, ())))
    return list(found.values())


def untold(user):
    """The lines decided and not yet notified in the cycles that this person coordinates."""
    lines = FundingLine.objects.filter(cycle__in=_cycles(user), state__in=UNTOLD, dossier__state__in=KNOWN)
    money = lines.exclude(envelope__nature=EnvelopeKind.MAINSTREAM)
    return money.for_pages().order_by("cycle", "envelope__financier", "dossier__number", "pk")


def chosen(user, versions: dict[int, int]) -> list[Letter]:
    """The letters of a form, as they are now."""
    return [Letter(line, ()) for line in untold(user).filter(pk__in=versions)]


def notify(user, versions: dict[int, int], on: date, reference: str, at: datetime) -> list[Fate]:
    """Notify these lines together; each is still refused or told by itself."""
    lines = FundingLine.objects.filter(pk__in=versions, cycle__in=_cycles(user)).for_pages()
    facts = {"notified_on": on, "letter_reference": reference}
    return _fire(lines.order_by("pk"), LineMove.NOTIFY, user, versions, at, facts)


def answer(user, versions: dict[int, int], at: datetime) -> list[Fate]:
    """Answer these holders together."""
    dossiers = Dossier.objects.filter(pk__in=versions, cycle__in=_cycles(user)).for_pages()
    return _fire(dossiers.order_by("pk"), DossierMove.ANSWER, user, versions, at, {})


def _fire(subjects, move: str, by, versions: dict[int, int], at: datetime, facts: dict) -> list[Fate]:
    asked = list(subjects)
    outcomes = engine.fire_many(asked, move, by=by, at=at, versions=versions, facts=facts)
    return [
        Fate(_name(one), outcome.refusals, outcome.repeated)
        for one, outcome in zip(asked, outcomes, strict=True)
    ]


def _name(subject) -> str:
    if isinstance(subject, Dossier):
        return str(subject)
    return f"{subject.dossier} · {subject.envelope.financier}"


def _sheet(refusals: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    return tuple(one for one in refusals if one.code == SHEET)


def _cycles(user):
    return roles.cycles_of(user, "committee", "act")
