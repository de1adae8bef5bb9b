"""Statements whose words never change: the ORM writes each once, because writing one costs more than running it.

Only the words are kept, never a row: each call asks the database again.
"""

import json
from collections.abc import Iterable
from functools import cache, partial

from django.db import DatabaseError, connections, models, router
from django.db.models import F
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

# What a statement leaves open -----------------------------------------------------------------------------------------


class Slot(models.Expression):
    """A parameter without its value, which each call gives by name."""

    def __init__(self, name: str, output_field: models.Field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def filled(self, given: dict, connection):
        return self.output_field.get_db_prep_value(given[self.name], connection)


class Keys(Slot):
    """A list of keys as one parameter, so that the words are the same for one and for a hundred."""

    def __init__(self, name: str = "keys"):
        super().__init__(name, models.JSONField())

    def filled(self, given: dict, connection):
        keys = list(given[self.name])
        return json.dumps(keys) if connection.vendor == "sqlite" else keys


class Among(models.Func):
    """Whether a column is one of the `Keys`."""

    output_field = models.BooleanField()
    template = "%(expressions)s)"
    arg_joiner = " = ANY("

    def as_sqlite(self, compiler, connection):
        return self.as_sql(
            compiler,
            connection,
            template="%(expressions)s))",
            arg_joiner=" IN (SELECT value FROM json_each(",
        )


def filled(parameters: Iterable, given: dict, connection) -> list:
    """The parameters of a statement, its slots filled."""
    return [one.filled(given, connection) if isinstance(one, Slot) else one for one in parameters]


# Reading whole rows ---------------------------------------------------------------------------------------------------


def rows_by(model, name: str, keys: Iterable, *, related=(), locked=False, **narrowed) -> list:
    """The rows of which the column `name` is one of the keys, by primary key, with their `related` rows.

    `locked` holds them (`FOR NO KEY UPDATE`) until the end of the transaction that must be under way.
    """
    return _selection(model, name, tuple(related), locked, tuple(narrowed.items())).rows(keys)


@cache
def _selection(model, name: str, related: tuple, locked: bool, narrowed: tuple) -> "Selection":
    found = model._base_manager.filter(Among(F(name), Keys()), **dict(narrowed)).order_by("pk")
    if related:
        found = found.select_related(*related)
    return Selection(found.select_for_update(no_key=True, of=("self",)) if locked else found)


class Selection:
    """A queryset written down: runs it as the ORM would, without asking again what it says."""

    def __init__(self, queryset: models.QuerySet):
        compiler = queryset.query.get_compiler(queryset.db)
        self.model, self.using, self.locks = queryset.model, queryset.db, queryset.query.select_for_update
        self.sql, self.parameters = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        self.own = [columns[place].target.attname for place in compiler.klass_info["select_fields"]]
        self.related = get_related_populators(compiler.klass_info, compiler.select, self.using)
        self.converted = partial(compiler.apply_converters, converters=compiler.get_converters(columns))

    def rows(self, keys: Iterable) -> list:
        connection = connections[self.using]
        if self.locks and not connection.in_atomic_block:
            raise TransactionManagementError("a lock outside a transaction holds nothing")
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled(self.parameters, {"keys": keys}, connection))
            lines = cursor.fetchall()
        return [self._row(line) for line in self.converted(lines)]

    def _row(self, line):
        row = self.model.from_db(self.using, self.own, line[: len(self.own)])
        for relation in self.related:
            relation.populate(line, row)
        return row


# Writing rows ---------------------------------------------------------------------------------------------------------


def insert(rows: list) -> None:
    """Write new rows of one model and give them their keys: one by words that are kept, several by the ORM's."""
    model = type(rows[0])
    if len(rows) > 1:
        model._base_manager.bulk_create(rows)
        return
    [row] = rows
    connection = connections[router.db_for_write(model)]
    sql, fields = _insertion(model, connection.alias)
    with connection.cursor() as cursor:
        cursor.execute(sql, _values(row, fields, connection, adding=True))
        [row.pk] = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias


def update(rows: list, names: Iterable[str]) -> None:
    """Write these fields of rows that are there, in one statement; only SQLite leaves several rows to the ORM.

    Nobody is told by `post_save`, because the journal is the only source of events.
    """
    model, names, several = type(rows[0]), tuple(sorted(names)), len(rows) > 1
    connection = connections[router.db_for_write(model)]
    if several and connection.vendor != "postgresql":
        model._base_manager.bulk_update(rows, names)
        return
    sql, fields = (_changes if several else _change)(model, names, connection.alias)
    columns = [
        list(column) for column in zip(*(_values(row, fields, connection) for row in rows), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, columns if several else [value for [value] in columns])
        if cursor.rowcount != len(rows):
            raise DatabaseError(f"{model.__name__}: {len(rows)} to write, {cursor.rowcount} there")


def _values(row, fields: list, connection, *, adding: bool = False) -> list:
    return [field.get_db_prep_save(field.pre_save(row, adding), connection) for field in fields]


@cache
def _insertion(model, using: str) -> tuple[str, list]:
    quoted, key = connections[using].ops.quote_name, model._meta.pk
    fields = [field for field in model._meta.concrete_fields if field is not key]
    columns, places = ", ".join(quoted(field.column) for field in fields), ", ".join("%s" for _ in fields)
    table, returned = quoted(model._meta.db_table), quoted(key.column)
    words = ("INSERT INTO", table, f"({columns})", "VALUES", f"({places})", "RETURNING", returned)
    return " ".join(words), fields


@cache
def _change(model, names: tuple[str, ...], using: str) -> tuple[str, list]:
    quoted, key = connections[using].ops.quote_name, model._meta.pk
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    words = ("UPDATE", quoted(model._meta.db_table), "SET", columns, "WHERE", quoted(key.column), "= %s")
    return " ".join(words), [*fields, key]


@cache
def _changes(model, names: tuple[str, ...], using: str) -> tuple[str, list]:
    """One list of values per column: the ORM would name each row in each column, at four times the cost."""
    connection, table, key = connections[using], model._meta.db_table, model._meta.pk
    fields = [*(model._meta.get_field(name) for name in names), key]
    columns = [field.column for field in fields]
    changed = ", ".join(f'"{column}" = new."{column}"' for column in columns[:-1])
    # without its size, because a cast would cut what is too long where the column refuses it
    types = [field.cast_db_type(connection).partition("(")[0] for field in fields]
    lists = ", ".join(f"(%s)::{kind}[]" for kind in types)
    named = ", ".join(f'"{column}"' for column in columns)
    words = ("UPDATE", f'"{table}"', "SET", changed, f"FROM UNNEST({lists}) AS new ({named})")
    return " ".join((*words, f'WHERE "{table}"."{key.column}" = new."{key.column}"')), fields
