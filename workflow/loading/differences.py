"""What changes from one document of a cycle to another: for the journal, and for people before they publish."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from workflow.journal import Code
from workflow.loading.document import CycleDocument, sections
from workflow.loading.kinds import Choice, Kind, MoveName, Pattern, Reference
from workflow.loading.section import Bound, Row, Section

CODED = (Choice, MoveName, Pattern, Reference)
"""Kinds whose values are codes of the configuration; any other text is somebody's words."""


@dataclass(frozen=True)
class Difference:
    """One row before and after; None where it is not there. With neither, the rows only stand in another order."""

    section: Section
    code: str
    was: Row | None = None
    now: Row | None = None

    @property
    def row(self) -> Row:
        return self.now or self.was or {}

    @property
    def values(self) -> list[tuple[Bound, Any, Any]]:
        """(field, before, after) of what differs."""
        was, now = self.was or {}, self.now or {}
        pairs = [(bound, was.get(bound.attr), now.get(bound.attr)) for bound in self.section.bound]
        return [(bound, old, new) for bound, old, new in pairs if old != new]


def differences(before: CycleDocument, after: CycleDocument, owners: Iterable[str] = ()) -> list[Difference]:
    """Every row that differs, in the order of the file; `owners` keeps the sections of these owners only."""
    asked = [section for section in sections() if not owners or section.owner in owners]
    return [one for section in asked for one in _of(section, before[section.name], after[section.name])]


def _of(section: Section, before: dict, after: dict) -> Iterator[Difference]:
    if section.single:
        if before != after:
            yield Difference(section, "", before or None, after or None)
        return
    for code in (*before, *(code for code in after if code not in before)):
        yield from _of_row(section, code, before.get(code), after.get(code))
    kept = [code for code in before if code in after]
    if kept != [code for code in after if code in before]:
        yield Difference(section, "")


def _of_row(section: Section, code: str, was: Row | None, now: Row | None) -> Iterator[Difference]:
    one = Difference(section, code, was, now)
    if one.values:
        yield one
    for field in section.nested:
        inside = (was or {}).get(field.attr, {}), (now or {}).get(field.attr, {})
        yield from _of(field.rows, *inside)


def facts(found: Iterable[Difference]) -> dict:
    """For the journal, {section: {code: {key: [was, now]}}} of rows without a journal of their own, or gone."""
    said: dict[str, dict] = {}
    for one in found:
        if one.section.single or (one.section.has_journal and one.now):
            continue
        values = {
            bound.key: [_fact(bound.kind, old), _fact(bound.kind, new)] for bound, old, new in one.values
        }
        said.setdefault(one.section.name, {})[one.code or "ordre"] = values
    return said


def _fact(kind: Kind, value: Any) -> Any:
    return Code(value) if isinstance(value, str) and isinstance(kind, CODED) else value
