"""Strict fixtures: what Django forgives in silence fails here, whoever wrote the test."""

import os
import shutil
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.template import engines
from django.template.base import FilterExpression
from django.test import TransactionTestCase
from django.utils import timezone
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile(
    "house", deadline=None
)  # because a shared machine is slow by fits and starts
hypothesis_settings.load_profile("house")

HOUSE = ("config", "notifications", "cases", "workflow")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SOFFICE = shutil.which("soffice")
IN_CI = os.environ.get("CI") == "true"


# ── What this machine lacks is said, never passed over ──────────────────────


OF_A_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def mark_what_touches_no_database(items):
    """Mark the tests to which pytest-django lends no database: they prove the same thing on each (`tests/run.py`)."""
    for item in items:
        if "django_db" not in item.keywords and OF_A_DATABASE.isdisjoint(item.fixturenames):
            item.add_marker("no_database")


def skip_what_is_missing(items):
    """Skip, with its reason, what this machine or this database cannot prove."""
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    missing = {
        "postgres": on_sqlite and "SQLite has no row lock to prove",
        "browser": not CHROMIUM and not IN_CI and "no Chromium on this machine",
        "libreoffice": not SOFFICE and "no LibreOffice on this machine",
        "gate": not os.environ.get("JALONS_GATE") and "every page in a browser is `make gate`",
        "real": not os.environ.get("JALONS_DATA") and "JALONS_DATA names no real data",
    }
    for item in items:
        for marker, reason in missing.items():
            if reason and marker in item.keywords:
                item.add_marker(pytest.mark.skip(reason=reason))


LONGEST = ("longest", "faults", "browser", "rehearsal", "postgres")
"""What begins first, so that no process works alone at the end, on the one long test that chance put there."""
PROCESSES = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Say what cannot be proven here, then put the long tests first; the others stay in the order that chance gave."""
    mark_what_touches_no_database(items)  # before anything is chosen by its marks
    yield
    skip_what_is_missing(items)
    items.sort(key=lambda item: next((rank for rank, one in enumerate(LONGEST) if one in item.keywords), 9))
    # because each process begins with one unbroken piece of the list: the first would drive every browser test alone
    items[:] = [one for begun in range(PROCESSES) for one in items[begun::PROCESSES]]


@pytest.fixture(scope="session")
def chromium():
    """Give a headless Chromium that speaks to this machine alone; it fails in CI where there is none."""
    from playwright.sync_api import sync_playwright

    # because Playwright's loop runs in this thread, and Django would take every query of the test for a mistake
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM or "/usr/bin/chromium", args=quiet)
        yield browser
        browser.close()


# ── The database: a real one, ours alone ────────────────────────────────────


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Put SQLite in a file of this process, because in memory it has neither WAL nor two connections."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "jalons.sqlite3")


@pytest.fixture(autouse=True, scope="session")
def flush_under_lifted_triggers():
    """Let TransactionTestCase empty the journal, which the database itself refuses to everybody else."""
    flush = TransactionTestCase._fixture_teardown

    def lifted_flush(self):
        from tests import kept
        from workflow.triggers import lifted

        with lifted(connection.alias):
            flush(self)
        kept.forget()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted_flush)
        yield


@pytest.fixture(autouse=True)
def trail_of_plays():
    """Let a play be laid instead of played where nothing but plays was written before it (`tests/kept.py`)."""
    from tests import kept

    with kept.watched():
        yield


# ── The day that the edges read ─────────────────────────────────────────────


@pytest.fixture
def on_day(monkeypatch):
    """Set the day that the edges read from the clock."""
    return lambda at: monkeypatch.setattr(timezone, "now", lambda: at)


# ── An unordered queryset comes back to front ───────────────────────────────


@pytest.fixture(autouse=True)
def back_to_front(request, monkeypatch):
    """Reverse every queryset that asks for no order, because shuffling would find the mistake one day in two."""
    if "insertion_order" in request.keywords:
        return
    written_order = SQLCompiler.get_order_by

    def reversed_order(self):
        found = written_order(self)
        if found or not _could_come_in_any_order(self.query):
            return found
        self.query.order_by = ("-pk",)
        try:
            return written_order(self)
        finally:
            self.query.order_by = ()

    monkeypatch.setattr(SQLCompiler, "get_order_by", reversed_order)


def _could_come_in_any_order(query):
    """Say whether the rows are plain rows of a model of ours: sums, groups, unions and subqueries have no first row."""
    plain = not (query.distinct or query.group_by or query.combinator or query.subquery)
    return plain and query.default_ordering and query.model.__module__.split(".")[0] in HOUSE


# ── An unknown variable of a template fails ─────────────────────────────────

_strict_in = ContextVar("strict_in", default=None)


class _Unknown(str):
    """What Django prints for an unknown variable: nothing in a library's template, a failure in ours."""

    __slots__ = ()

    def __bool__(self):
        return _strict_in.get() is not None

    def __contains__(self, _):
        return True

    def __mod__(self, variable):
        pytest.fail(f"unknown template variable « {variable} » in {_strict_in.get()}")


@pytest.fixture(autouse=True)
def known_variables_only(request, monkeypatch):
    """Fail on a misspelt variable: printed anywhere, or merely asked for (`if`, `for`) in a page.

    A component's parameter may be left out of an `if`; `|default` says in so many words that a variable may be absent.
    """
    if "lenient_templates" in request.keywords:
        return
    lenient = FilterExpression.resolve

    def strict(self, context, ignore_failures=False):
        place = None if _says_default(self) else _own_place(_rendered(context))
        if place and ignore_failures and "/components/" not in place and _is_absent(self, context):
            pytest.fail(f"unknown template variable « {self.var} » in {place}")
        token = _strict_in.set(None if ignore_failures else place)
        try:
            return lenient(self, context, ignore_failures)
        finally:
            _strict_in.reset(token)

    monkeypatch.setattr(FilterExpression, "resolve", strict)
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", _Unknown())


def _rendered(context):
    """Return the name of the very template being rendered, included ones too."""
    template = context.render_context.template or context.template
    return getattr(template.origin, "name", None) or ""


@cache
def _own_place(name):
    """Return where a template stands in the house, None for a library's or a plain string."""
    path = Path(name)
    place = path.relative_to(settings.BASE_DIR) if path.is_relative_to(settings.BASE_DIR) else Path()
    return place.as_posix() if place.parts and place.parts[0] in HOUSE else None


def _says_default(expression):
    """Say whether a filter of the expression answers for an absent variable."""
    return any(function.__name__ in {"default", "default_if_none"} for function, _ in expression.filters)


def _is_absent(expression, context):
    """Say whether the first name of the expression is nowhere in the context."""
    lookups = getattr(expression.var, "lookups", None) if expression.is_var else None
    return bool(lookups) and lookups[0] not in context
