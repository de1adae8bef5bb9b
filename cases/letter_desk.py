"""One dossier's letters as one person sees them: what was written, what may be, what other authorities sent."""

from dataclasses import dataclass, field

from cases import correspondence, letter_making
from cases.letter_guards import kind_of_decision
from cases.letter_kinds import LetterKind
from cases.letter_making import Draft
from cases.models import Dossier, FundingLine, Letter, LetterScan


@dataclass(frozen=True)
class Written:
    """A letter, and the scans of it that were signed."""

    letter: Letter
    scans: list[LetterScan]


@dataclass(frozen=True)
class Other:
    """Another authority's line, with its signed letters."""

    line: FundingLine
    scans: list[LetterScan]

    @property
    def kind(self) -> LetterKind | None:
        return kind_of_decision(self.line)


@dataclass(frozen=True)
class Desk:
    written: list[Written]
    others: list[Other]
    drafts: list[Draft] = field(default_factory=list)
    """What may be written; for the team alone."""

    @property
    def to_make(self) -> list[Draft]:
        return [one for one in self.drafts if one.written is None]


def desk_of(dossier: Dossier, user, *, of_team: bool) -> Desk:
    scans = list(LetterScan.objects.visible_to(user).of(dossier))
    written = [
        Written(one, [scan for scan in scans if scan.letter_id == one.pk])
        for one in Letter.objects.visible_to(user).of(dossier)
    ]
    alone = [one for one in scans if one.letter_id is None]
    others = [Other(line, [one for one in alone if one.line_id == line.pk]) for line in _others(dossier)]
    if not of_team:
        return Desk(written, [one for one in others if one.scans])
    return Desk(written, others, [letter_making.draft_of(one) for one in correspondence.matters_of(dossier)])


def letters_of_seats(user) -> list[Other]:
    """The decisions of this person's seats that are written elsewhere, those without a signed letter first; two
    queries."""
    lines = list(FundingLine.objects.written_by_seats_of(user).for_pages())
    scans: dict[int, list[LetterScan]] = {}
    for one in LetterScan.objects.filter(line__in=lines, letter=None).order_by("-pk"):
        scans.setdefault(one.line_id, []).append(one)
    found = [Other(line, scans.get(line.pk, [])) for line in lines]
    return sorted(found, key=lambda one: bool(one.scans))


def _others(dossier: Dossier) -> list[FundingLine]:
    """The lines on which an authority that writes elsewhere has decided."""
    lines = FundingLine.objects.on_dossier(dossier)
    return [
        one
        for one in lines
        if kind_of_decision(one) is not None and not one.envelope.financier.writes_letters
    ]
