"""The next year's cycle, begun from this one: the same rules, dates on the same weekdays, money unknown."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from workflow import loading
from workflow.loading.section import Row, Section
from workflow.models import Cycle, Grant
from workflow.succession import carry


class DatedText(NamedTuple):
    """A text that still speaks of a year gone by."""

    section: Section
    code: str
    label: str
    text: str


def renewed(document: loading.CycleDocument) -> loading.CycleDocument:
    """The whole document one year on, as its sections say that their rows begin again."""
    rows = {
        section.name: document[section.name] if section.single else _renewed(section, document[section.name])
        for section in loading.sections()
    }
    cycle = document["cycle"]
    rows["cycle"] = cycle | _called(cycle) | {"source": ""}
    return loading.CycleDocument(rows)


def _renewed(section: Section, rows: dict[str, Row]) -> dict[str, Row]:
    found = {}
    for code, row in rows.items():
        inside = {field.attr: _renewed(field.rows, row[field.attr]) for field in section.nested}
        found[code] = section.renewed(row | inside)
    return found


def _called(cycle: Row) -> Row:
    """The next year's code, name and year, as far as the year stands in them."""
    old, new = str(cycle["year"]), str(cycle["year"] + 1)
    code = cycle["code"].replace(old, new) if old in cycle["code"] else f"{cycle['code']}_{new}"
    return {"code": code[:40], "name": cycle["name"].replace(old, new), "year": cycle["year"] + 1}


def begin(
    cycle: Cycle, document: loading.CycleDocument, *, roles: Iterable[str], by, at: datetime
) -> Cycle | None:
    """Open the next cycle in preparation, with the people of these roles. Raises `CycleErrors`; then nothing is.

    None where its code is taken: asked under the lock of the year before, so that two clicks begin one year.
    """
    with transaction.atomic():
        Cycle.objects.select_for_update(no_key=True, of=("self",)).get(pk=cycle.pk)
        if Cycle.objects.filter(code=document["cycle"]["code"]).exists():
            return None
        following = loading.keep(document, at=at, by=by, follows=cycle).cycle
        carry(Grant.objects.filter(role__in=list(roles)), cycle, following, by=by, at=at)
    return following


def dated_texts(document: loading.CycleDocument) -> Iterator[DatedText]:
    """Rules that name a year before this call's own: a date that was copied and says something false."""
    first = document["cycle"]["year"] - 1
    for section in loading.sections():
        rows = {} if section.single or not section.of_version else document[section.name]
        for code, row in rows.items():
            for bound in section.bound:
                text = row[bound.attr]
                if isinstance(text, str) and any(
                    int(year) < first for year in re.findall(r"\b20\d\d\b", text)
                ):
                    yield DatedText(section, code, bound.label, text)
