"""Consensual opinions given in one go: favourable, at the amount the team proposes, each bound to what was shown."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.datastructures import MultiValueDict

from cases import standing_in
from cases.desk import Board, Purse, Row, purses
from cases.models import FundingLine
from cases.shown import Shown
from cases.states import LineMove, Verdict
from workflow import engine
from workflow.calendar import paris_day
from workflow.journal import Code
from workflow.outcome import Outcome


@dataclass(frozen=True)
class Item:
    """One dossier of the confirmation, with the digest of what is shown of it."""

    row: Row
    seen: str


@dataclass(frozen=True)
class Batch:
    """What the confirmation lists: the dossiers, the total in euros, and each envelope after it."""

    items: list[Item]
    total: Decimal
    purses: list[Purse]


@dataclass(frozen=True)
class Result:
    """What became of one dossier of the batch."""

    line: FundingLine
    outcome: Outcome


def of(board: Board, chosen: list[str] | None) -> Batch:
    """The consensual dossiers among those that were ticked, all for None; what no longer is one is left out."""
    rows = [row for row in board.consensual if chosen is None or str(row.line.uuid) in chosen]
    lines = [row.line for row in rows]
    read, more = Shown(lines), {}
    for line in lines:
        more[line.envelope_id] = more.get(line.envelope_id, Decimal(0)) + line.team_proposal
    items = [Item(row, read.digest(row.line)) for row in rows]
    return Batch(items, sum(more.values(), Decimal(0)), purses(lines, more))


def give(lines, posted: MultiValueDict, *, by, at: datetime, by_link: bool = False) -> list[Result]:
    """Give the confirmed opinions through the door; a refused one does not stop the others.

    `lines` are those on which this person may opine, `posted` holds `line` and, by its uuid, `version-…` and `seen-…`.
    """
    asked = [line for line in lines.filter(uuid__in=_uuids(posted)) if line.team_proposal]
    versions = {line.pk: _number(posted.get(f"version-{line.uuid}")) for line in asked}
    told = standing_in.delegations(by, asked, paris_day(at))
    each = {
        line.pk: _facts(line, posted.get(f"seen-{line.uuid}", ""), by_link) | told.get(line.pk, {})
        for line in asked
    }
    outcomes = engine.fire_many(asked, LineMove.OPINE, by=by, at=at, versions=versions, each=each)
    return [Result(line, outcome) for line, outcome in zip(asked, outcomes, strict=True)]


def _facts(line: FundingLine, seen: str, by_link: bool) -> dict:
    facts = {"verdict": Verdict.FAVOURABLE, "amount": line.team_proposal, "motive": ""}
    facts["level"] = next(iter(line.envelope.financier.levels), "")
    facts["seen"] = Code(seen or "-")  # because a form without its digest is one that nobody was shown
    return facts | ({"by_link": True} if by_link else {})


def _uuids(posted: MultiValueDict) -> list[UUID]:
    found = []
    for text in posted.getlist("line"):
        try:
            found.append(UUID(text))
        except ValueError:  # because anybody may write anything into a form
            continue
    return found


def _number(text: str | None) -> int:
    """The version that was read; -1, which no row has, where the form does not say."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else -1
