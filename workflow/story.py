"""The journal of a cycle in words: who changed what in its preparation, and when."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Q

from workflow import loading
from workflow.edits import AMEND
from workflow.journal import facts_of
from workflow.loading.section import Section
from workflow.models import Cycle, CycleVersion, Entry
from workflow.openings import OPEN
from workflow.roles import SYSTEM
from workflow.wording import day_in_words, listed

MOST = 40
PUBLISHED = "publish"


@dataclass(frozen=True)
class Told:
    """One line of `components/journal.html`."""

    at: datetime
    who: str
    sentence: str


def story(cycle: Cycle, reader=SYSTEM, most: int = MOST) -> list[Told]:
    """The newest first. What came with the cycle itself is told by its own first entry."""
    names = _names(cycle)
    asked = Q()
    for label, keys in names.items():
        asked |= Q(subject_label=label, subject_id__in=list(keys))
    mine = Q(subject_label=Cycle._meta.label_lower)
    opened = Entry.objects.filter(mine, subject_id=cycle.pk, move=OPEN).values("at")[:1]
    told = Entry.objects.filter(asked).filter(mine | ~Q(move=OPEN) | ~Q(at__in=opened))
    return [
        Told(entry.at, who_did(entry, reader), _sentence(entry, names[entry.subject_label][entry.subject_id]))
        for entry in told.select_related("actor").order_by("-at", "-pk")[:most]
    ]


def _names(cycle: Cycle) -> dict[str, dict[int, str]]:
    """{label: {key: how people call it}} of everything in the cycle that has a journal."""
    names = {
        Cycle._meta.label_lower: {cycle.pk: ""},
        CycleVersion._meta.label_lower: {
            key: f"la version {number} des règles"
            for key, number in cycle.versions.order_by("pk").values_list("pk", "number")
        },
    }
    for section, path in _journaled():
        rows = section.model._base_manager.filter(**{path: cycle}).order_by("pk")
        names[section.model._meta.label_lower] = {row.pk: f"« {row} »" for row in rows}
    return names


def _journaled() -> list[tuple[Section, str]]:
    """Sections whose rows have a journal, nested ones included, each with its way to the cycle."""
    found = []
    for section in (one for one in loading.sections() if one.owner == "cycle" and not one.single):
        inside = [(field.rows, f"{field.rows.owner}__cycle") for field in section.nested]
        found += [(one, path) for one, path in ((section, "cycle"), *inside) if one.has_journal]
    return found


def who_did(entry: Entry, reader) -> str:
    if entry.actor_id is None:
        return "Jalons"
    return "Vous" if entry.actor_id == reader.pk else str(entry.actor)


def _sentence(entry: Entry, name: str) -> str:
    facts = facts_of(entry)
    if entry.move == OPEN:
        return _opened(entry, name, facts)
    if entry.move == PUBLISHED:
        return f"A publié {name}"
    if entry.move == AMEND and "ends_on" in facts:
        was, now = (datetime.fromisoformat(day).date() for day in facts["ends_on"])
        return f"A déplacé {name} : {day_in_words(was)} devient {day_in_words(now)}"
    return " : ".join(part for part in (f"A modifié {name or 'la campagne'}", _changed(entry, facts)) if part)


def _opened(entry: Entry, name: str, facts: dict) -> str:
    if entry.subject_label == CycleVersion._meta.label_lower:
        return " : ".join(part for part in (f"A préparé {name}", _changed(entry, facts)) if part)
    return f"A ajouté {name}" if name else "A commencé cette campagne"


def _part(label: str, rows: dict) -> str:
    """A section, with the codes of what was taken out of it: what is no longer there has no name to be read."""
    gone = [code for code, values in rows.items() if _is_gone(values)]
    return f"{label} (retiré : {listed(gone)})" if gone else label


def _is_gone(values: dict | list) -> bool:
    """Whether a row lost every field; a list says of which messages something was done."""
    return isinstance(values, dict) and bool(values) and all(now is None for _, now in values.values())


def _changed(entry: Entry, facts: dict) -> str:
    sections = {section.name: section.title for section in loading.sections()}
    said = facts.get("rows") or {}
    rows = said[1] if isinstance(said, list) else said
    labels = [_part(sections.get(name, name).lower(), kept) for name, kept in rows.items()]
    columns = apps.get_model(entry.subject_label)._meta.concrete_fields
    known = {field.name: str(field.verbose_name) for field in columns}
    return listed([*(known[name] for name in facts if name in known), *labels])
