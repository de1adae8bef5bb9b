"""The fiche de motivation as the holder reads it: who decided what, why, what now; no way to contest."""

from dataclasses import dataclass, field
from datetime import date, datetime

from cases.coming_back import NextCall, next_call
from cases.explaining import WHOLE, part_of
from cases.models import Dossier, Feedback, FeedbackVersion, Passage
from cases.sheet_content import content_of
from cases.sheet_words import REOPENED, decided_by, later, word_of
from cases.states import LineState


@dataclass(frozen=True)
class Motive:
    """One motive: what the holder reads, the rule it rests on, its nature, and the fact of the file."""

    said: str
    fact: str
    rule: str
    kind: str
    free: bool


@dataclass(frozen=True)
class Part:
    """What one financier answers, for itself alone; or the team, for a request that was not examined."""

    key: str
    who: str
    answer: str
    motives: list[Motive] = field(default_factory=list)
    why: str = ""
    silent: bool = False
    """It communicates no motive, and that is said."""


@dataclass(frozen=True)
class Sheet:
    """The page that leaves."""

    parts: list[Part]
    decided: str
    appreciated: str
    advice: str
    next: NextCall
    meeting_with: str = ""
    meets: int | None = None
    """The key of the person of the team with whom a meeting is offered."""
    number: int = 0
    """Which version this is, from 1; 0 while nothing was delivered."""
    at: datetime | None = None
    because: str = ""

    @property
    def answers(self) -> list[str]:
        return [part.answer for part in self.parts]

    @property
    def motives(self) -> list[Motive]:
        return [motive for part in self.parts for motive in part.motives]

    @property
    def is_corrected(self) -> bool:
        return self.number > 1


def preview(dossier: Dossier, feedback: Feedback | None, *, on: date) -> Sheet:
    """What the sheet says as it is written now; blanks where nothing is written yet."""
    reasons = {one.code: one for one in dossier.rules.reasons.order_by("pk")}
    return _sheet(dossier, content_of(feedback or Feedback(), reasons), set(), on)


def delivered(dossier: Dossier, *, on: date, lines: list | None = None) -> Sheet | None:
    """What the holder reads: the version delivered, each financier's part from its own letter's day."""
    version = FeedbackVersion.objects.standing().of_dossier(dossier).first()
    return None if version is None else as_read(dossier, version, on=on, lines=lines)


def as_read(
    dossier: Dossier, version: FeedbackVersion, *, on: date, sealed: bool = True, lines: list | None = None
) -> Sheet:
    """One version; `sealed` keeps back what no letter has told yet, `lines` are those that a page has read."""
    lines = _lines(dossier) if lines is None else sorted(lines, key=lambda one: one.pk)
    told = {line.pk for line in lines if sealed and _is_sealed(line, on)}
    because = version.because or (REOPENED if version.number > 1 else "")
    kept = {"number": version.number, "at": version.at, "because": because}
    return _sheet(dossier, version.content, told, on, lines, **kept)


def _lines(dossier: Dossier) -> list:
    return list(dossier.lines.select_related("envelope__financier__organisation").order_by("pk"))


def _is_sealed(line, on: date) -> bool:
    untold = line.notified_on is None or line.notified_on > on
    return untold and line.outcome in (LineState.GRANTED, LineState.REFUSED)


def _sheet(dossier: Dossier, content: dict, sealed: set[int], on: date, lines=None, **kept) -> Sheet:
    meeting = content["meeting"] or {}
    return Sheet(
        parts=_parts(dossier, _lines(dossier) if lines is None else lines, content, sealed),
        decided=decided_by(dossier, _passage(dossier)),
        appreciated=content["appreciated"],
        advice=content["advice"],
        next=next_call(dossier, on),
        meeting_with=meeting.get("name", ""),
        meets=meeting.get("person"),
        **kept,
    )


def _passage(dossier: Dossier) -> Passage | None:
    """The committee that decided; nothing was ever decided on what was not examined."""
    if dossier.decided_at is None:
        return None
    rows = Passage.objects.that_decided().filter(dossier=dossier)
    return rows.select_related("committee").order_by("at", "pk").last()


def _parts(dossier: Dossier, lines, content: dict, sealed: set[int]) -> list[Part]:
    if dossier.is_inadmissible:
        return [Part(WHOLE, "", word_of(None), _motives(content, None))]
    return [
        Part(part_of(line.pk), str(line.envelope.financier), later(line))
        if line.pk in sealed
        else _part(line, content)
        for line in lines
        if line.requested
    ]


def _part(line, content: dict) -> Part:
    return Part(
        key=part_of(line.pk),
        who=str(line.envelope.financier),
        answer=word_of(line),
        motives=_motives(content, line.pk),
        why=next((one["why"] for one in content["lesser"] if one["line"] == line.pk), ""),
        silent=line.pk in content["silent"],
    )


def _motives(content: dict, line: int | None) -> list[Motive]:
    return [
        Motive(one["said"], one["fact"], one["rule"], one["kind"], one["free"])
        for one in content["motives"]
        if one["line"] == line
    ]
