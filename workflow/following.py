"""Subjects under way that still live by an earlier version: what a newer one would change for them, and the change.

Never by itself, because what somebody began under known rules ends under them unless the coordination says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow import engine, forecast, loading
from workflow.charts import state_of
from workflow.models import Cycle, CycleVersion
from workflow.refusal import Refusal, Refused
from workflow.subject import Subject

RULES = "rules_id"


@dataclass(frozen=True)
class Behind:
    """The subjects of one earlier version, and what the version in force changes for them."""

    version: CycleVersion
    changes: list[loading.Difference]
    before: loading.CycleDocument
    movable: list[Subject]
    staying: list[Subject]
    """Those whose state keeps them to their rules: a round is under way, or all is over."""


@dataclass(frozen=True)
class Fate:
    """What became of one subject."""

    subject: Subject
    refusals: tuple[Refusal, ...] = ()


def behind(cycle: Cycle, document: loading.CycleDocument) -> list[Behind]:
    """By earlier version, the newest first; `document` is the cycle under the version in force."""
    found: dict[CycleVersion, list[Subject]] = {}
    for model in forecast.pinned():
        rows = model._base_manager.filter(cycle=cycle).exclude(rules=cycle.current_id)
        for row in rows.select_related("rules").order_by("-rules__number", "pk"):
            found.setdefault(row.rules, []).append(row)
    return [_behind(cycle, version, rows, document) for version, rows in found.items()]


def _behind(cycle: Cycle, version: CycleVersion, rows: list[Subject], document) -> Behind:
    before = loading.describe(cycle, version)
    return Behind(
        version=version,
        changes=loading.differences(before, document, ["version"]),
        before=before,
        movable=[row for row in rows if _may_follow(row)],
        staying=[row for row in rows if not _may_follow(row)],
    )


def _may_follow(row: Subject) -> bool:
    states = row.edits[RULES].states
    return states is None or state_of(row) in states


def follow(cycle: Cycle, chosen: Mapping[str, int], *, by, at: datetime) -> list[Fate]:
    """Put each of these subjects under the version in force; {uuid: the version that the page showed}.

    One refused does not stop the others; one that is there already is done.
    """
    fates = []
    for model in forecast.pinned():
        rows = model._base_manager.filter(cycle=cycle, uuid__in=list(chosen)).order_by("pk")
        fates += [_follow(row, cycle, chosen[str(row.uuid)], by, at) for row in rows]
    return fates


def _follow(row: Subject, cycle: Cycle, version: int, by, at: datetime) -> Fate:
    try:
        engine.amend(row, {RULES: cycle.current_id}, by=by, at=at, version=version)
    except Refused as refused:
        return Fate(row, refused.refusals)
    return Fate(row)
