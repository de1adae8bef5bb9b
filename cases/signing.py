"""A programming signed off: the table as exact text, its digest, and what a signature looks at before it is given."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple

from cases import models
from cases.programming_states import VOTED
from cases.states import DossierState

OF_DOSSIER = (
    "pk",
    "number",
    "title",
    "organisation__name",
    "renewal",
    "orientation__label",
    "total_cost",
    "state",
)
OF_LINE = (
    "previous",
    "requested",
    "in_kind",
    "team_proposal",
    "verdict",
    "state",
    "outcome",
    "proposed",
    "decided",
)
"""In the order of a cell of the table."""


@dataclass(frozen=True)
class Table:
    """The whole programming of one call as plain data, in the order of its numbers."""

    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]] = field(repr=False)

    @property
    def content(self) -> str:
        """The text that is kept: the same facts always give the same text."""
        return json.dumps({"columns": self.columns, "rows": self.rows}, sort_keys=True, ensure_ascii=False)

    @property
    def digest(self) -> str:
        return digest_of(self.content)


def digest_of(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def read(content: str) -> Table:
    """A table as it was signed."""
    return Table(**json.loads(content))


def table_of(cycle: int) -> Table:
    """The programming of a call as it is now, in four queries whatever its length; amounts are text."""
    dossiers = models.Dossier.objects.of_cycle(cycle).programmed()
    lines = _lines(dossiers.values("pk"))
    quarters = dossiers.quarters()
    rows = [
        {
            "number": number,
            "title": title,
            "holder": holder,
            "renewal": renewal,
            "orientation": orientation or "",
            "quarters": list(quarters.get(key, ())),
            "cost": _text(cost),
            "state": state,
            "lines": lines.get(key, []),
        }
        for key, number, title, holder, renewal, orientation, cost, state in dossiers.order_by(
            "number"
        ).values_list(*OF_DOSSIER)
    ]
    return Table(_columns(cycle), rows)


def _columns(cycle: int) -> list[dict[str, Any]]:
    return [
        {
            "key": one.pk,
            "financier": str(one.financier),
            "label": one.label,
            "nature": one.nature,
            "available": _text(one.share),
        }
        for one in models.Envelope.objects.of_cycle(cycle)
    ]


def _lines(dossiers) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    rows = models.FundingLine.objects.filter(dossier__in=dossiers).order_by("dossier", "envelope", "pk")
    for dossier, envelope, *facts in rows.values_list("dossier", "envelope", *OF_LINE):
        told = {
            name: one if isinstance(one, str | bool) else _text(one)
            for name, one in zip(OF_LINE, facts, strict=True)
        }
        found.setdefault(dossier, []).append({"envelope": envelope, **told})
    return found


def _text(amount) -> str | None:
    return None if amount is None else format(amount, ".2f")


# What guards look at --------------------------------------------------------------------------------------------------


class Ballot(NamedTuple):
    """Who votes in a call, what is still on the table, how many dossiers are decided."""

    committees: set[int]
    waiting: list[str]
    decided: int


def programming_of(rows) -> dict[int, Any]:
    """The programming of each row's call; None where nobody has opened one."""
    found = {
        one.cycle_id: one
        for one in models.Programming.objects.filter(cycle__in={row.cycle_id for row in rows}).order_by("pk")
    }
    return {row.pk: found.get(row.cycle_id) for row in rows}


def ballots(programmings) -> dict[int, Ballot]:
    return {one.pk: ballot_of(one.cycle_id) for one in programmings}


def ballot_of(cycle: int) -> Ballot:
    committees = models.Committee.objects.of_cycle(cycle).order_by("pk").values_list("pk", flat=True)
    known = models.Dossier.objects.of_cycle(cycle).programmed().order_by("number")
    states = list(known.values_list("number", "state"))
    waiting = [f"{number:03d}" for number, state in states if state == DossierState.COMMITTEE]
    return Ballot(set(committees), waiting, sum(state in VOTED for _, state in states))


def tables(programmings) -> dict[int, Any]:
    """How to read each table: asked only once somebody signs."""
    return {one.pk: cache(partial(table_of, one.cycle_id)) for one in programmings}


# What follows, and what must always hold ------------------------------------------------------------------------------


def keep_the_table(records, *, by, at: datetime) -> None:
    """One row per signature, in the transaction of the move, with the dossiers still held."""
    for record in records:
        programming, table = record.subject, table_of(record.subject.cycle_id)
        models.SignedProgramming.objects.create(
            programming=programming,
            number=programming.signed.count() + 1,
            committee_id=record.facts["committee"],
            at=at,
            by=by,
            content=table.content,
            digest=table.digest,
        )


def tables_hold():
    """Every signed table whose text is no longer the one that was signed."""
    for one in models.SignedProgramming.objects.order_by("pk").iterator():
        if digest_of(one.content) != one.digest:
            yield f"programmation {one.programming_id}, version {one.number} : ce n’est plus la table arrêtée"
