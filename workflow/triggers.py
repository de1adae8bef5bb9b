"""The database's own refusals: append-only tables, and the frozen rows of a published version.

Row triggers do not see a TRUNCATE: PostgreSQL, which alone has one, refuses it by a trigger of the whole statement.

SQLite drops triggers silently when a migration rebuilds a table, so they are created again, idempotently, after every
migrate; a system check and `manage.py verify` fail if one is absent.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

APPEND_ONLY: set[str] = set()
"""Tables in which a row, once written, is neither changed nor removed."""

FROZEN: dict[str, str] = {}
"""Tables that freeze when a version is published: {table: condition under which `{row}` is frozen}."""

_OF_PUBLISHED = (
    "EXISTS (SELECT 1 FROM workflow_cycleversion WHERE id = {row}.version_id AND published_at IS NOT NULL)"
)

_NO_CHANGE = "jalons: append-only table"
_PUBLISHED = "jalons: published version"


def append_only(model) -> None:
    APPEND_ONLY.add(model._meta.db_table)


def frozen_with_version(model) -> None:
    """Rows that belong to a version by `version_id`."""
    FROZEN[model._meta.db_table] = _OF_PUBLISHED


def frozen_once_published(model) -> None:
    """The version itself, with its policies."""
    FROZEN[model._meta.db_table] = "{row}.published_at IS NOT NULL"


def ensure(using: str = "default") -> None:
    """Create every missing trigger; harmless when they are all there."""
    connection = connections[using]
    absent = set(missing(using))
    with connection.cursor() as cursor:
        for name, statement in _statements(connection):
            if name in absent:
                cursor.execute(statement)


def present(using: str = "default") -> set[str]:
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def missing(using: str = "default") -> list[str]:
    there = present(using)
    return sorted(name for name, _ in _statements(connections[using]) if name not in there)


@contextmanager
def lifted(using: str = "default"):
    """Without the triggers, for the flush of a test database and for nothing else."""
    connection = connections[using]
    names = present(using)
    with connection.cursor() as cursor:
        for table, name in _names(connection.vendor):
            if name in names:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {name}{on}")
    try:
        yield
    finally:
        ensure(using)


def _names(vendor: str) -> Iterator[tuple[str, str]]:
    refused = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")
    for table in sorted(APPEND_ONLY):
        yield from ((table, f"{table}_no_{verb}") for verb in refused)
    for table in sorted(FROZEN):
        verbs = ("insert", "update", "delete") if "version_id" in FROZEN[table] else ("update", "delete")
        yield from ((table, f"{table}_frozen_{verb}") for verb in verbs)


def _statements(connection) -> Iterator[tuple[str, str]]:
    """Of the tables that exist: a migrate of one app alone must not stumble over another's."""
    write = _postgresql if connection.vendor == "postgresql" else _sqlite
    tables = set(connection.introspection.table_names())
    for table, name in _names(connection.vendor):
        if table in tables:
            yield name, write(table, name, name.rpartition("_")[2].upper())


def _sqlite(table: str, name: str, verb: str) -> str:
    when, message = _condition(table, verb)
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgresql(table: str, name: str, verb: str) -> str:
    """A function per trigger, replaced each time, because WHEN may not hold a subquery on PostgreSQL."""
    when, message = _condition(table, verb)
    guard = f"IF {when.removeprefix('WHEN ')} THEN" if when else "IF TRUE THEN"
    keep = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(verb, "NEW")
    each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {guard} "
        f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {keep}; END $$; "
        f"DROP TRIGGER IF EXISTS {name} ON {table}; "
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()"
    )


def _condition(table: str, verb: str) -> tuple[str, str]:
    if table in APPEND_ONLY:
        return "", _NO_CHANGE
    rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[verb]
    if "version_id" not in FROZEN[table]:
        rows = ["OLD"]  # because publishing itself is an update
    return f"WHEN {' OR '.join(FROZEN[table].format(row=row) for row in rows)}", _PUBLISHED
