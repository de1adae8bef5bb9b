"""What may leave a cycle: a row that nothing hangs on; what hangs on any other is named."""

from collections.abc import Iterator, Sequence

from django.db import models

from workflow.loading.section import Section
from workflow.subject import Subject

NAMED = 3


def may_go(section: Section) -> bool:
    """Whether rows of this section may leave at all: those with a journal only where their kind says so."""
    kinds = [section, *(field.rows for field in section.nested)]
    return not section.single and all(not one.has_journal or one.model.removable for one in kinds)


def hanging(section: Section, row: models.Model, going: Sequence[models.Model] = ()) -> list[str]:
    """« étape « Dépôt » »: what would be left without this row, in the words of its own kind; `going` leave with it."""
    inside = [one for field in section.nested for one in within(field.rows, row)]
    found = [
        named for field in section.nested for one in inside for named in hanging(field.rows, one, inside)
    ]
    nested = [field.rows.model for field in section.nested]
    found += [named for rows in _pointing_at(row, nested, going) for named in rows]
    return [*sorted(set(found)), *section.held_by(row)]


def within(section: Section, row: models.Model) -> list[Subject]:
    """The rows of a nested section that stand in this one."""
    return list(section.model._base_manager.filter(**{section.owner: row}).order_by("pk"))


def _pointing_at(
    row: models.Model, nested: list[type[models.Model]], going: Sequence[models.Model]
) -> Iterator[list[str]]:
    for relation in row._meta.get_fields(include_hidden=True):
        if relation.concrete or not relation.is_relation or not relation.auto_created:
            continue
        model = relation.related_model
        if model in nested or model._meta.auto_created or relation.on_delete is models.SET_NULL:
            continue
        leaving = [one.pk for one in going if isinstance(one, model)]
        rows = model._base_manager.filter(**{relation.field.name: row}).exclude(pk__in=leaving).order_by("pk")
        yield [f"{model._meta.verbose_name} « {one} »" for one in rows[:NAMED]]
