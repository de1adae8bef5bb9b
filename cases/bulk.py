"""One move on many dossiers: what would happen to each is said first, then each is done or refused by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cases.models import Dossier, FundingLine
from cases.states import DossierMove, LineMove, LineState
from workflow import engine
from workflow.refusal import Refusal

AT_ONCE = 200
"""How many rows one page may send: four pages of the list."""


@dataclass(frozen=True)
class Action:
    """One button of the bulk bar: a move of the dossiers themselves, or of each one's lines in that state."""

    name: str
    label: str
    of_lines: str = ""


ACTIONS = (
    Action(DossierMove.ADMIT, DossierMove.ADMIT.label),
    Action(LineMove.INVITE, "Demander les avis", of_lines=LineState.REQUESTED),
    Action(DossierMove.OPEN_REVIEW, DossierMove.OPEN_REVIEW.label),
    Action(DossierMove.CLOSE_REVIEW, DossierMove.CLOSE_REVIEW.label),
    Action(DossierMove.RESUME, DossierMove.RESUME.label),
    Action(DossierMove.CLOSE, DossierMove.CLOSE.label),
)
BY_NAME = {action.name: action for action in ACTIONS}


@dataclass(frozen=True)
class Fate:
    """What happens, or happened, to one dossier of a batch."""

    dossier: Dossier
    where: str
    row: str
    refusals: tuple[Refusal, ...] = ()
    repeated: bool = False

    @property
    def passes(self) -> bool:
        return not self.refusals


@dataclass(frozen=True)
class Batch:
    """The subjects of one action, with the versions that were read."""

    action: Action
    subjects: list[Any]
    versions: dict[int, int]
    idle: list[Dossier]
    """Chosen dossiers in which this action finds nothing to do."""

    def forecast(self, *, by, at: datetime) -> list[Fate]:
        """What would happen to each now, without doing it; dates and reasons are still to be typed."""
        refusals = engine.forecast(self.subjects, self.action.name, by=by, at=at)
        return [self._fate(one, refusals[one.pk]) for one in self.subjects]

    def fire(self, facts: dict, *, by, at: datetime) -> list[Fate]:
        """Fire them all in one transaction; a refused one does not stop the others."""
        outcomes = engine.fire_many(
            self.subjects, self.action.name, by=by, at=at, versions=self.versions, facts=facts
        )
        told = {one.subject_id: one for one in outcomes}
        return [
            self._fate(one, tuple(told[one.pk].refusals), repeated=told[one.pk].repeated)
            for one in self.subjects
        ]

    def _fate(self, subject, refusals: tuple[Refusal, ...], *, repeated: bool = False) -> Fate:
        dossier = getattr(subject, "dossier", subject)
        where = str(subject.envelope.financier) if self.action.of_lines else ""
        row = f"{subject.uuid}:{self.versions[subject.pk]}"
        return Fate(dossier, where, row, refusals, repeated)


def chosen(rows: Iterable[str], most: int = AT_ONCE) -> dict[UUID, int]:
    """{dossier or line: the version read} from what the page sent; what makes no sense is left out."""
    found: dict[UUID, int] = {}
    for row in list(rows)[:most]:
        key, _, version = row.partition(":")
        try:
            found[UUID(key)] = int(version)
        except ValueError:
            continue
    return found


def batch_of(action: Action, rows: dict[UUID, int], user) -> Batch:
    """The chosen dossiers, or the lines of these dossiers on which the action acts, as this person may see them."""
    dossiers = list(Dossier.objects.visible_to(user).for_pages().named(rows))
    if not action.of_lines:
        return Batch(action, dossiers, {one.pk: rows[one.uuid] for one in dossiers}, [])
    lines = list(FundingLine.objects.visible_to(user).for_pages().of_dossiers(dossiers, action.of_lines))
    busy = {line.dossier_id for line in lines}
    idle = [one for one in dossiers if one.pk not in busy]
    return Batch(action, lines, {line.pk: line.version for line in lines}, idle)


def batch_of_lines(action: Action, rows: dict[UUID, int], user) -> Batch:
    """The very lines that were confirmed, with the versions read on the page of confirmation."""
    lines = list(FundingLine.objects.visible_to(user).for_pages().named(rows))
    return Batch(action, lines, {line.pk: rows[line.uuid] for line in lines}, [])
