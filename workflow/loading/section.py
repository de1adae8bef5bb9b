"""One part of the cycle's file, declared once: its keys, the model they fill, what its rows must promise.

Reading, writing, exporting, the screens and the publishing checks all follow this one declaration; a key's kind, its
length, its choices and whether it may be left out come from the model's own field.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from workflow.loading.kinds import Beside, Choice, Kind, fold, kind_for
from workflow.refusal import Refusal
from workflow.subject import Subject

Row = dict[str, Any]
Promise = Callable[[Any], Iterator[Refusal]]
"""A check of a whole `CycleDocument`; a refusal’s place is « rubrique/code/clé », from which comes the file’s line."""


@dataclass(frozen=True)
class Field:
    """A key of the file and the attribute it fills (« organisation.name » goes through a relation).

    `kind` replaces the one the model asks for; `same_as` names the attribute whose value is taken when it is absent.
    `label` and `help` are what the screen says of it; the model's own name where nothing better is said. `none` is what
    choosing nothing means, `heading` what stands above the first field of a group.
    """

    key: str
    attr: str
    kind: Kind | None = None
    same_as: str = ""
    rows: "Section | None" = None
    label: str = ""
    help: str = ""
    none: str = ""
    heading: str = ""


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
    label: str = ""
    help: str = ""
    none: str = ""
    heading: str = ""

    @property
    def relation(self) -> str:
        return self.attr.rpartition(".")[0]


@dataclass(frozen=True)
class Section:
    """`owner` names the relation by which a row belongs to its contract, cycle, version or parent row.

    `coherent` checks rows among themselves as they are read, `promises` what publishing asks of the whole document.
    `settle` finds or makes the related row that dotted attributes describe; `shared` says that others know that row by
    the name it has, so that only SYSTEM changes it; `held_by` names what hangs on a row beyond the rows that point at
    it in the database.

    `amended` orders the codes of rows that change, what was before what will be, where one makes place for another.

    On screen: `title`, `lead`, `one` (« une étape ») and `says`, what a row says in a line under its name; `renewed`
    is a row as the next year begins with it; `desk` names the page where rows are worked on, if they have their own;
    `foreseen` asks that what a change of a row does be said before it is saved, even when that is nothing; `for_all`
    says that its rows hold for what is under way too, once they are published.
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
    shared: Callable[[Any, Any], bool] = lambda related, owner: False
    held_by: Callable[[Any], Iterable[str]] = lambda row: ()
    title: str = ""
    lead: str = ""
    one: str = ""
    says: Callable[[Any, Row], str] = lambda document, row: ""
    renewed: Callable[[Row], Row] = lambda row: row
    amended: Callable[[Mapping[str, Row], Mapping[str, Row]], Iterable[str]] = lambda was, now: now
    desk: str = ""
    foreseen: bool = False
    for_all: bool = False

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

    @property
    def of_version(self) -> bool:
        """Whether its rows freeze with a version: they change in a draft, and stay ordered as they were written."""
        return self.owner == "version"

    @cached_property
    def inner(self) -> tuple[str, ...]:
        """The attributes by which a row names another of its own list, which is there before it."""
        return tuple(one.attr for one in self.bound if isinstance(one.kind, Beside))

    def in_order(self, there: Mapping[str, Any], rows: Mapping[str, Row]) -> list[str]:
        """The codes of the rows that are there and stay, as they are to be amended."""
        kept = [code for code in rows if code in there]
        if not self.inner:
            return kept
        was = {code: row_of(self, there[code]) for code in kept}
        return [code for code in self.amended(was, rows) if code in was]

    def waves(self, rows: dict[str, Row]) -> list[dict[str, Row]]:
        """New rows to open together: those that name others of their own list come after these."""
        inner = {code: row for code, row in rows.items() if any(row[attr] is not None for attr in self.inner)}
        first = {code: row for code, row in rows.items() if code not in inner}
        return [wave for wave in (first, inner) if wave]

    @property
    def has_journal(self) -> bool:
        return issubclass(self.model, Subject)

    def is_fixed(self, attr: str) -> bool:
        """Whether an attribute stays for ever once its row is there: its identity, and what the door never amends."""
        return attr == self.identity or (self.has_journal and attr not in self.model.edits)

    def named(self, text: str) -> str:
        """The identity that a person typed: of a closed list, the value behind its label."""
        kind = next(bound.kind for bound in self.bound if bound.attr == self.identity)
        return kind.words.get(fold(text), text) if isinstance(kind, Choice) else text

    def name_of(self, row: Row) -> str:
        """How people call a row."""
        return next((row[attr] for attr in ("label", "name", self.identity) if row.get(attr)), "")

    def _bind(self, field: Field) -> Bound:
        column = _column(self.model, field.attr)
        default = column.get_default() if column.has_default() else "" if column.blank else None
        if column.null and not column.has_default():
            default = None
        required = not (column.has_default() or column.null or column.blank or field.same_as)
        kind = field.kind or kind_for(column)
        label = field.label or str(column.verbose_name)
        said = (label, field.help, field.none, field.heading)
        return Bound(field.key, field.attr, kind, field.same_as, default, required, column.null, *said)


def _column(model: type[models.Model], attr: str) -> models.Field:
    *relations, name = attr.split(".")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model._meta.get_field(name)


def row_of(section: Section, instance) -> Row:
    """A row as the file would say it, from the database."""
    row = _own(section, instance)
    for field in section.nested:
        row[field.attr] = rows_of(field.rows, instance)
    return row


def rows_of(section: Section, owner) -> dict[str, Row]:
    """All rows of one owner, in the order in which they were written."""
    return _rows_by_owner(section, [owner])[owner.pk]


def _rows_by_owner(section: Section, owners: list) -> dict[int, dict[str, Row]]:
    """{owner key: its rows}, nested ones included, in one query per section however many owners there are."""
    found: dict[int, dict[str, Row]] = {owner.pk: {} for owner in owners}
    relations = {field.relation.replace(".", "__") for field in section.bound if field.relation}
    rows = section.model._default_manager.filter(**{f"{section.owner}__in": owners}).order_by("pk")
    joined = list(rows.select_related(*sorted(relations | _references(section))))
    inside = {field.attr: _rows_by_owner(field.rows, joined) for field in section.nested}
    for one in joined:
        row = _own(section, one) | {attr: of[one.pk] for attr, of in inside.items()}
        found[getattr(one, f"{section.owner}_id")][getattr(one, section.identity)] = row
    return found


def _own(section: Section, instance) -> Row:
    return {field.attr: field.kind.of(instance, field.attr) for field in section.bound}


def _references(section: Section) -> set[str]:
    columns = (section.model._meta.get_field(field.attr) for field in section.bound if not field.relation)
    return {column.name for column in columns if column.many_to_one}
