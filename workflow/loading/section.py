"""One part of the cycle's file, declared once: its keys, the model they fill, what its rows must promise.

Reading, writing, exporting and the publishing checks all follow this one declaration; a key's kind, its length, its
choices and whether it may be left out come from the model's own field.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from workflow.loading.kinds import Kind, kind_for
from workflow.refusal import Refusal

Row = dict[str, Any]
Promise = Callable[[Any], Iterator[Refusal]]
"""A check of a whole `CycleDocument`; a refusal’s place is « rubrique/code/clé », from which comes the file’s line."""


@dataclass(frozen=True)
class Field:
    """A key of the file and the attribute it fills (« organisation.name » goes through a relation).

    `kind` replaces the one the model asks for; `same_as` names the attribute whose value is taken when it is absent.
    """

    key: str
    attr: str
    kind: Kind | None = None
    same_as: str = ""
    rows: "Section | None" = None


@dataclass(frozen=True)
class Bound:
    """A field once its model is known."""

    key: str
    attr: str
    kind: Kind
    same_as: str
    default: Any
    required: bool
    nullable: bool

    @property
    def relation(self) -> str:
        return self.attr.rpartition(".")[0]


@dataclass(frozen=True)
class Section:
    """`owner` names the relation by which a row belongs to its contract, cycle, version or parent row.

    `coherent` checks rows among themselves as they are read, `promises` what publishing asks of the whole document.
    `settle` finds or makes the related row that dotted attributes describe; `in_use` says that a row must stay.
    """

    name: str
    model: type[models.Model]
    owner: str
    fields: tuple[Field, ...]
    order: int = 0
    single: bool = False
    identity: str = "code"
    coherent: tuple[Callable[[Mapping[str, Row]], Iterator[Refusal]], ...] = ()
    promises: tuple[Promise, ...] = ()
    settle: Callable[..., Any] | None = None
    in_use: Callable[[Any], bool] = lambda row: False

    @cached_property
    def bound(self) -> tuple[Bound, ...]:
        return tuple(self._bind(field) for field in self.fields if field.rows is None)

    @cached_property
    def nested(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.rows is not None)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(field.key for field in self.fields)

    def key_of(self, attr: str) -> str:
        return next(field.key for field in self.fields if field.attr == attr)

    def _bind(self, field: Field) -> Bound:
        column = _column(self.model, field.attr)
        default = column.get_default() if column.has_default() else "" if column.blank else None
        if column.null and not column.has_default():
            default = None
        required = not (column.has_default() or column.null or column.blank or field.same_as)
        kind = field.kind or kind_for(column)
        return Bound(field.key, field.attr, kind, field.same_as, default, required, column.null)


def _column(model: type[models.Model], attr: str) -> models.Field:
    *relations, name = attr.split(".")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model._meta.get_field(name)


def row_of(section: Section, instance) -> Row:
    """A row as the file would say it, from the database."""
    row = {field.attr: field.kind.of(instance, field.attr) for field in section.bound}
    for field in section.nested:
        row[field.attr] = rows_of(field.rows, instance)
    return row


def rows_of(section: Section, owner) -> dict[str, Row]:
    """All rows of one owner, in the order in which they were written."""
    found = section.model._default_manager.filter(**{section.owner: owner}).order_by("pk")
    relations = {field.relation.replace(".", "__") for field in section.bound if field.relation}
    joined = found.select_related(*sorted(relations | _references(section)))
    return {getattr(one, section.identity): row_of(section, one) for one in joined}


def _references(section: Section) -> set[str]:
    columns = (section.model._meta.get_field(field.attr) for field in section.bound if not field.relation)
    return {column.name for column in columns if column.many_to_one}
