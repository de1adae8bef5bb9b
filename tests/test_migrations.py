"""Migrating leads to the very tables of the models, so that everything else may be proven on tables made at once."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from tests.faults.standing import database_url
from workflow import triggers

pytestmark = pytest.mark.django_db

NUMBERED = re.compile(r"__unnamed_constraint_\d+__|fk_\d+|__primary__")
BOOKKEEPING = MigrationRecorder.Migration._meta.db_table


@contextmanager
def an_empty_database(tmp_path):
    """Another database of the same kind, dropped in the end; a connection to it."""
    other = connection.copy()
    if connection.vendor == "sqlite":
        other.settings_dict["NAME"] = str(tmp_path / "migrated.sqlite3")
        yield other
        other.close()
        return
    other.settings_dict["NAME"] = name = f"{connection.settings_dict['NAME']}_migrated"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield other
        finally:
            other.close()
            cursor.execute(f"DROP DATABASE {name}")


def migrated(other) -> None:
    """Migrate as a town does: by the command, in a process of its own."""
    own = os.environ | {"DATABASE_URL": database_url(other), "JALONS_SECRET_KEY": settings.SECRET_KEY}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=own, check=True)


def tables_of(one) -> dict:
    """{table: (its columns, its constraints and indexes)}, in no order, because a column added later stands last.

    Of a library's table only the name counts: how its migrations reach its models is proven by its own tests.
    """
    with one.cursor() as cursor:
        names = {info.name for info in one.introspection.get_table_list(cursor)} - {BOOKKEEPING}
        return {
            name: (columns_of(one, cursor, name), constraints_of(one, cursor, name)) if is_ours(name) else ()
            for name in names
            if not name.startswith("standin_")
        }


def is_ours(table: str) -> bool:
    return table.startswith(("workflow_", "cases_", "notifications_", "config_"))


def columns_of(one, cursor, table: str) -> set:
    described = one.introspection.get_table_description(cursor, table)
    return {(column.name, column.type_code, column.display_size, column.null_ok) for column in described}


def constraints_of(one, cursor, table: str) -> list:
    """Each by its name, unless SQLite numbered it, and by all that it says."""
    found = one.introspection.get_constraints(cursor, table).items()
    named = [("" if NUMBERED.match(name) else name, sorted(rule.items())) for name, rule in found]
    return sorted(map(repr, named))


def test_a_migrated_database_has_the_tables_and_the_triggers_of_the_models(tmp_path, monkeypatch):
    with an_empty_database(tmp_path) as other:
        migrated(other)
        monkeypatch.setattr(connections._connections, "migrated", other, raising=False)
        found, expected = tables_of(other), tables_of(connection)
        assert set(found) == set(expected)
        assert {name: one for name, one in found.items() if one != expected[name]} == {}
        assert triggers.present("migrated") == triggers.present()
