"""The answer as the holder reads it: each financier for itself, each from its own letter's day."""

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cases.acts import under_agreement
from cases.line_sight import LineSeen, Offer
from cases.models import Dossier, FundingLine
from cases.preview import Sheet, delivered
from cases.sight import Sight
from cases.states import LineMove, LineState
from cases.words import ANSWERED_TO_HOLDER, Audience, choice, said
from workflow.calendar import paris_day

CHOICES = (LineMove.ACCEPT, LineMove.ADAPT, LineMove.RENOUNCE)


@dataclass(frozen=True)
class Choice:
    """One of the holder's ways after an award, with what follows."""

    offer: Offer
    means: str


@dataclass(frozen=True)
class Word:
    """One financier's word."""

    line: FundingLine
    state: str
    label: str
    told: bool
    silent: bool
    """It let it be known that it does not communicate its decision."""
    choices: list[Choice]
    by_agreement: bool = False
    """Whether the law asks for an agreement."""

    @property
    def granted(self) -> bool:
        return self.told and self.line.outcome == LineState.GRANTED

    @property
    def in_full(self) -> bool:
        return self.granted and self.line.award >= self.line.requested

    @property
    def needs_agreement(self) -> bool:
        return self.granted and self.by_agreement


@dataclass(frozen=True)
class Answer:
    """The whole page."""

    words: list[Word]
    sheet: Sheet | None
    on: date

    @property
    def told(self) -> list[Word]:
        return [one for one in self.words if one.told]

    @property
    def awaited(self) -> int:
        """How many financiers will still answer."""
        return sum(not one.told and not one.silent for one in self.words)

    @property
    def asked(self) -> Decimal:
        return sum((one.line.requested for one in self.words), Decimal(0))

    @property
    def granted(self) -> Decimal:
        return sum((one.line.award for one in self.told), Decimal(0))

    @property
    def to_choose(self) -> bool:
        return any(one.choices for one in self.words)


def answer_of(dossier: Dossier, seen: Sight, *, at: datetime) -> Answer | None:
    """None while nothing may be read: no letter's day has come, and no sheet was delivered."""
    on = paris_day(at)
    sheet = delivered(dossier, on=on, lines=[one.line for one in seen.lines])
    agreed = under_agreement([one.line for one in seen.lines if one.told(on)])
    words = [_word(dossier, one, on, agreed) for one in seen.lines if one.line.requested]
    if not (sheet or dossier.state in ANSWERED_TO_HOLDER or any(one.told for one in words)):
        return None
    return Answer(words, sheet, on)


def foreseen(line: FundingLine, *, notified_on: date, letter_reference: str = "") -> Word:
    """One financier's word as its holder will read it once it is notified that day; nothing is written."""
    told = copy(line)
    told.notified_on, told.letter_reference = notified_on, letter_reference
    label = said(line.outcome, LineState(line.outcome).label, Audience.HOLDER)
    return Word(line=told, state=line.outcome, label=label, told=True, silent=False, choices=[])


def _word(dossier: Dossier, seen: LineSeen, on: date, agreed: set[int]) -> Word:
    line, offers = seen.line, {offer.name: offer for offer in seen.offers}
    told = seen.told(on)
    return Word(
        line=line,
        state=seen.state,
        label=seen.label,
        told=told,
        silent=line.outcome == LineState.UNDISCLOSED and dossier.state in ANSWERED_TO_HOLDER,
        choices=[Choice(offers[name], choice(name)) for name in CHOICES if told and name in offers],
        by_agreement=line.pk in agreed,
    )
