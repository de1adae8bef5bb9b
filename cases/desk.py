"""The financier's desk: what awaits its seats, what one sheet shows, and the addresses at which it answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse

from cases import standing_in
from cases.models import Envelope, FundingLine, Inquiry, Question, QuestionKind, SeatLink
from cases.states import DossierState, LineState, Verdict
from workflow.calendar import paris_day

SIGNED_IN = {
    "list": "opinions",
    "opinion": "opinion",
    "batch": "opinions-batch",
    "inquiry": "inquiry-open",
    "pack": "opinions-pack",
}
BY_LINK = {
    "list": "link-list",
    "opinion": "link-opinion",
    "batch": "link-batch",
    "inquiry": "link-inquiry",
    "pack": "link-pack",
}


@dataclass(frozen=True)
class Row:
    """One dossier on the list."""

    line: FundingLine
    url: str
    late: bool
    questions: list[Inquiry]

    @property
    def consensual(self) -> bool:
        """Whether it may be settled with others in one go: a proposal of the team, and nobody who asks or doubts."""
        return bool(self.line.team_proposal) and not self.questions and self.line.verdict != Verdict.DISCUSS

    @property
    def replied(self) -> bool:
        return any(one.answer for one in self.questions)


@dataclass(frozen=True)
class Purse:
    """An envelope with what is decided or proposed on it, in euros, and what one more choice would take."""

    envelope: Envelope
    taken: Decimal
    more: Decimal = Decimal(0)

    @property
    def overrun(self) -> Decimal:
        """By how much proposals exceed it: normal, and said."""
        known = self.envelope.share
        return Decimal(0) if known is None else max(self.taken + self.more - known, Decimal(0))


@dataclass(frozen=True)
class Desk:
    """Signed in, a person answers for all its seats; by a link, for that link's seat alone."""

    user: Any
    link: SeatLink | None = None
    token: str = field(default="", repr=False)

    def lines(self):
        """The lines on which an opinion may be given or corrected now, the most urgent first."""
        mine = FundingLine.objects.of_seats_of(self.user).in_open_round()
        if self.link is not None:
            mine = mine.filter(seat=self.link.seat_id)
        return mine.for_pages().order_by("dossier__review_due_on", "dossier__number", "pk")

    def awaiting(self):
        return self.lines().filter(state=LineState.INVITED)

    def url(self, page: str, *keys) -> str:
        """The address of one of the desk's pages: a link's stay under that link."""
        if self.link is None:
            return reverse(SIGNED_IN[page], args=keys)
        return reverse(BY_LINK[page], args=[self.token, *keys])

    def board(self, at: datetime) -> "Board":
        return Board(self, paris_day(at))


class Board:
    """Everything that the list shows, read in four queries whatever its length."""

    def __init__(self, desk: Desk, on: date):
        self.desk, self.on = desk, on

    @cached_property
    def rows(self) -> list[Row]:
        lines = list(self.desk.lines().annotate(with_absence=standing_in.about(self.desk.user, self.on)))
        asked: dict[int, list[Inquiry]] = {}
        for one in Inquiry.objects.about({line.dossier_id for line in lines}):
            asked.setdefault(one.dossier_id, []).append(one)
        return [self._row(line, asked.get(line.dossier_id, [])) for line in lines]

    def _row(self, line: FundingLine, questions: list[Inquiry]) -> Row:
        due = line.dossier.review_due_on
        url = self.desk.url("opinion", line.uuid)
        return Row(line, url, due is not None and due < self.on, questions)

    @property
    def owed(self) -> list[Row]:
        return [row for row in self.rows if row.line.state == LineState.INVITED]

    @property
    def given(self) -> list[Row]:
        return [row for row in self.rows if row.line.state == LineState.ANSWERED]

    @property
    def consensual(self) -> list[Row]:
        return [row for row in self.owed if row.consensual]

    @property
    def cycles(self) -> int:
        """Of how many calls these dossiers are: the name is said where there are several."""
        return len({row.line.cycle_id for row in self.rows})

    @cached_property
    def delegations(self) -> dict[str, list]:
        """Who is away, read only where one of these lines says that somebody is."""
        some = any(row.line.with_absence for row in self.rows)
        return standing_in.around(self.desk.user, self.on) if some else {}

    @cached_property
    def purses(self) -> list[Purse]:
        return purses([row.line for row in self.rows])


def answers_of(dossier) -> list[tuple[str, str]]:
    """What the holder wrote, question by question: (question, answer)."""
    return told_of(dossier, dossier.rules.questions.exclude(kind=QuestionKind.DOCUMENT).order_by("pk"))


def told_of(dossier, asked: Iterable[Question]) -> list[tuple[str, str]]:
    """Its answers to these questions, in their order."""
    told = [(one.label, dossier.answers.get(one.code)) for one in asked]
    return [(label, _said(answer)) for label, answer in told if answer not in (None, "")]


def _said(answer) -> str:
    return ("Oui" if answer else "Non") if isinstance(answer, bool) else str(answer)


def said_beside(line: FundingLine) -> Iterable[FundingLine]:
    """What the other seats said, once nobody can be swayed by it: after the round."""
    if line.dossier.state in (DossierState.INSTRUCTION, DossierState.REVIEW):
        return []
    beside = line.dossier.lines.exclude(pk=line.pk).exclude(verdict="")
    return beside.select_related("envelope__financier__organisation").order_by("pk")


def purses(lines: Iterable[FundingLine], more: dict[int, Decimal] | None = None) -> list[Purse]:
    """The envelopes of these lines, each once; `more` {envelope key: euros} is what a choice would add."""
    envelopes = {line.envelope_id: line.envelope for line in lines}
    taken = FundingLine.objects.filter(envelope__in=envelopes).taken_by_envelope() if envelopes else {}
    none = Decimal(0)
    return [
        Purse(one, taken.get(key, none), (more or {}).get(key, none))
        for key, one in sorted(envelopes.items())
    ]


def purse_beside(line: FundingLine, amount: Decimal) -> Purse:
    """The envelope of a line with what the others take, and what this one would."""
    return Purse(line.envelope, FundingLine.objects.on_envelope_beside(line).taken(), amount)
