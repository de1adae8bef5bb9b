"""A year in preparation: its document under the rules being written, and how one part of it is changed."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db import transaction

from workflow import loading
from workflow.loading.section import Row, Section
from workflow.models import Cycle, CycleVersion
from workflow.publishing import VersionState
from workflow.refusal import Refusal, Refused, stale

Edit = Callable[[loading.CycleDocument], loading.CycleDocument]


@dataclass(frozen=True)
class Campaign:
    """`current` is in force, `draft` in preparation; either may be missing, never both."""

    cycle: Cycle
    current: CycleVersion | None
    draft: CycleVersion | None

    @classmethod
    def of(cls, cycle: Cycle) -> "Campaign":
        newest = cycle.versions.order_by("number").last()
        draft = newest if newest and newest.state == VersionState.DRAFT else None
        return cls(cycle, cycle.current, draft)

    @cached_property
    def document(self) -> loading.CycleDocument:
        """The cycle under the newest rules: those that a coordinator reads and edits."""
        return loading.describe(self.cycle, self.draft or self.current)

    @cached_property
    def in_force(self) -> loading.CycleDocument:
        """The cycle under the published rules; under the draft where nothing is published."""
        if self.draft is None or self.current is None:
            return self.document
        return loading.describe(self.cycle, self.current)

    @cached_property
    def changes(self) -> list[loading.Difference]:
        """What the draft would change in the published rules."""
        return loading.differences(self.in_force, self.document, ["version"])

    @cached_property
    def refusals(self) -> list[Refusal]:
        return list(loading.refusals(self.document))

    @property
    def may_publish(self) -> bool:
        """Whether there is anything to publish: a first version, or one that differs."""
        return self.draft is not None and (self.current is None or bool(self.changes))


def part_of(document: loading.CycleDocument, section: Section, code: str = "") -> Row | None:
    """One row, or the section itself where it is single."""
    return document[section.name] if section.single else document[section.name].get(code)


def with_part(document: loading.CycleDocument, section: Section, code: str, row: Row | None):
    """The document with one row written, or taken out where `row` is None; its place among the others is kept."""
    if section.single:
        return with_rows(document, section, row or {})
    rows = {**document[section.name], code: row}
    return with_rows(document, section, {name: one for name, one in rows.items() if one is not None})


def with_rows(document: loading.CycleDocument, section: Section, rows: dict) -> loading.CycleDocument:
    return replace(document, sections={**document.sections, section.name: rows})


def digest(part) -> str:
    """What a form carries of what it showed, so that nobody overwrites what they have not read."""
    text = json.dumps(part, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def change(
    cycle: Cycle,
    edit: Edit,
    *,
    by,
    at: datetime,
    shown: Callable[[loading.CycleDocument], object] | None = None,
    seen: str = "",
) -> bool:
    """Write what `edit` makes of the document; False where it was done already. Raises `Refused`.

    `shown` takes off the document what the form showed, whose digest it sent back as `seen`.
    """
    with transaction.atomic():
        locked = Cycle.objects.select_for_update(no_key=True, of=("self",)).for_pages().get(pk=cycle.pk)
        before = Campaign.of(locked).document
        after = edit(before)
        if loading.differences(before, after) == []:
            return False
        if shown is not None and digest(shown(before)) != seen:
            raise Refused([stale()])
        _refuse(before, after)
        try:
            loading.keep(after, by=by, at=at)
        except loading.CycleErrors as against:
            raise Refused(Refusal("cycle", _capital(error.sentence)) for error in against.errors) from None
    return True


def _refuse(before: loading.CycleDocument, after: loading.CycleDocument) -> None:
    """What the change itself makes incoherent; what was so before may be mended one thing at a time."""
    found = []
    for section in loading.sections():
        known = loading.incoherences(section, before[section.name])
        found += [one for one in loading.incoherences(section, after[section.name]) if one not in known]
    if found:
        raise Refused(found)


def _capital(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}"
