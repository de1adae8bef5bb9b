"""What `tests.year` plays is played once per process through the door, then put back row for row.

A play is put back only where it would do the very same again: in a test that the end rolls back, that patches nothing
but the day, and whose database holds exactly what was played before, from the empty tables on. Whatever else is written
or patched makes every later play of that test a real one.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from workflow import published, triggers

CLOCK = timezone.now
UNKNOWN, OTHER = "unknown", "other"
"""What the tables hold: nobody looked yet; something that was not played."""
READS = ("SELECT", "SAVEPOINT", "RELEASE")
BUILT_IN = ("contenttypes", "auth", "sites")
"""Apps whose rows a new database holds already."""


@dataclass
class Played:
    """What a play left: what it wrote, what it returned, and the rules that the process knew after it."""

    written: list
    answer: bytes
    rules: dict


class Memory:
    """What is known of the tables in this process: `state` names the plays that led there, in order."""

    def __init__(self):
        self.met, self.plays = set(), {}
        self.begin()

    def begin(self, may: Callable[[], bool] = lambda: True) -> None:
        """A test begins or is over: nothing is known any more; `may` says whether plays may be put back."""
        self.state, self.may = UNKNOWN, may
        published._remembered.clear()  # because a year that is put back bears the name of the year before
        if self.watch in connection.execute_wrappers:
            connection.execute_wrappers.remove(self.watch)

    def watch(self, execute, sql, parameters, many, context):
        """Whatever writes beside a play is noticed."""
        if not sql.startswith(READS):
            self.state = OTHER
        return execute(sql, parameters, many, context)

    def know(self) -> bool:
        """Whether the tables hold what was played from nothing, and nothing else."""
        if self.state == UNKNOWN:
            self.state = OTHER if _holds_something() else _beginning()
            connection.execute_wrappers.append(self.watch)
        return self.state != OTHER

    def play(self, play, given, named):
        if not (connection.in_atomic_block and self.may() and self.know()):
            return play(*given, **named)
        before = self.state
        after = (*before, (play.__name__, _said(given), _said(named), _day()))
        if after not in self.plays and after in self.met:
            answer = self.learn(after, play, given, named)
        elif after in self.plays:
            answer = _put_back(self.plays[after])
        else:
            answer = play(*given, **named)
            self.met.add(after)
        self.state = after
        return answer

    def learn(self, name, play, given, named):
        """Play for the second time, and keep what it does."""
        before = _rows()
        answer = play(*given, **named)
        self.plays[name] = Played(
            _written(before, _rows()), pickle.dumps(answer), dict(published._remembered)
        )
        return answer


memory = Memory()


def remembered(play):
    """Put back what this play did the last time, where it may."""
    return wraps(play)(lambda *given, **named: memory.play(play, given, named))


def _said(given) -> str:
    """Arguments as words: rows by their keys, because the tables hold the rest."""
    if isinstance(given, models.Model):
        return f"{given._meta.label}:{given.pk}"
    if isinstance(given, dict):
        return str([(name, _said(one)) for name, one in given.items()])
    if isinstance(given, list | tuple):
        return str([_said(one) for one in given])
    return _said(vars(given)) if hasattr(given, "__dict__") and not callable(given) else repr(given)


def _day():
    return None if timezone.now is CLOCK else timezone.now()


# Rows, as the database itself says them -------------------------------------------------------------------------------


def _models() -> list:
    """Every table that a play may write; those that freeze with their version first, because it is published later."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: "version_id" not in triggers.FROZEN.get(model._meta.db_table, ""))


def _holds_something() -> bool:
    tables = [model._meta.db_table for model in _models() if model._meta.app_label not in BUILT_IN]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables))
        return bool(cursor.fetchone()[0])


def _beginning() -> tuple:
    """Empty tables beside these content types, which a flush numbers anew; Django knows them, as after a real play."""
    types = apps.get_model("contenttypes", "ContentType").objects
    found = list(types.order_by("pk"))
    for one in found:
        types._add_to_cache(connection.alias, one)
    return tuple((one.pk, one.app_label, one.model) for one in found)


def _columns(model) -> list[str]:
    return [f'"{field.column}"' for field in model._meta.local_concrete_fields]


def _rows() -> dict:
    """{model: {key: its row}}"""
    found = {}
    with connection.cursor() as cursor:
        for model in _models():
            cursor.execute(f"SELECT {', '.join(_columns(model))} FROM {model._meta.db_table}")
            key = model._meta.local_concrete_fields.index(model._meta.pk)
            found[model] = {row[key]: row for row in cursor.fetchall()}
    return found


def _written(before: dict, after: dict) -> list:
    """(statement, rows) of all that makes of one the other: what changed, then what is new."""
    changes, news = [], []
    for model, rows in after.items():
        assert before[model].keys() <= rows.keys(), "a play removes nothing"
        new = [row for key, row in rows.items() if key not in before[model]]
        changed = [(*row, key) for key, row in rows.items() if row != before[model].get(key, row)]
        table, columns = model._meta.db_table, _columns(model)
        places = ", ".join(["%s"] * len(columns))
        sets = ", ".join(f"{one} = %s" for one in columns)
        if new:
            news.append((f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", new))
        if changed:
            changes.append((f'UPDATE {table} SET {sets} WHERE "{model._meta.pk.column}" = %s', changed))
    return _ready(changes + news)


def _ready(statements: list) -> list:
    """PostgreSQL is told everything at once, in one text; SQLite in as many statements as there are tables."""
    if connection.vendor == "sqlite":
        return [(words.replace("%s", "?"), rows) for words, rows in statements]
    with connection.connection.cursor() as cursor:
        return [(";".join(cursor.mogrify(words, row) for words, rows in statements for row in rows),)]


def _put_back(played: Played):
    put = (
        connection.connection.executemany if connection.vendor == "sqlite" else connection.connection.execute
    )
    for written in played.written:
        put(*written)
    published._remembered.update(played.rules)
    return pickle.loads(played.answer)
