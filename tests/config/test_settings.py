"""The settings as a town would run them: closed by default, and clean for Django's own inspection."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

TOWN = {"JALONS_HTTPS": "1", "JALONS_HOSTS": "jalons.exemple.fr", "JALONS_DEBUG": "0"}


def managed(tmp_path, *arguments, **environment):
    """Run manage.py on this environment alone, with a directory of its own, and return what it did."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**kept, "JALONS_VAR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
    )


def read(tmp_path, names, **environment):
    """Return these settings as a process of this environment sees them."""
    question = (
        f"import json; from django.conf import settings as s; print(json.dumps([{names}], default=str))"
    )
    answer = managed(tmp_path, "shell", "--no-imports", "-c", question, **environment)
    return json.loads(answer.stdout or answer.stderr)


def test_django_finds_nothing_to_say_of_a_deployment(tmp_path):
    inspection = managed(tmp_path, "check", "--deploy", "--fail-level", "DEBUG", **TOWN)
    assert inspection.stdout == "System check identified no issues (0 silenced).\n"
    assert (inspection.returncode, inspection.stderr) == (0, "")


def test_https_closes_cookies_and_announces_itself(tmp_path):
    names = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.CSRF_TRUSTED_ORIGINS, s.DEBUG"
    assert read(tmp_path, names, **TOWN) == [True, True, True, ["https://jalons.exemple.fr"], False]
    assert read(tmp_path, names) == [False, False, False, [], False]


def test_without_a_word_it_is_sqlite_waiting_its_turn(tmp_path):
    engine, name, options = read(
        tmp_path, "*(s.DATABASES['default'][k] for k in ('ENGINE', 'NAME', 'OPTIONS'))"
    )
    assert (engine, name) == ("django.db.backends.sqlite3", str(tmp_path / "jalons.sqlite3"))
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert "journal_mode=WAL" in options["init_command"]


def test_database_url_chooses_postgresql(tmp_path):
    names = (
        "s.DATABASES['default']['ENGINE'], s.DATABASES['default']['HOST'], s.DATABASES['default']['OPTIONS']"
    )
    answer = read(tmp_path, names, DATABASE_URL="postgres://ville@base.exemple.fr/jalons")
    assert answer == ["django.db.backends.postgresql", "base.exemple.fr", {"options": "-c jit=off"}]


def test_the_queue_can_neither_run_a_task_twice_nor_catch_up():
    queue = settings.Q_CLUSTER
    assert (queue["queue_limit"], queue["bulk"], queue["catch_up"]) == (queue["workers"], 1, False)
    assert queue["retry"] >= 10 * queue["timeout"]
    assert queue["orm"] == "default"


def test_no_request_holds_a_transaction():
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False


@pytest.mark.django_db
def test_every_page_allows_itself_nothing_from_elsewhere(client):
    policy = client.get(reverse("login")).headers["Content-Security-Policy"]
    assert sorted(policy.split("; ")) == [
        "base-uri 'none'",
        "default-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]


@pytest.mark.django_db
def test_who_is_not_signed_in_is_led_to_the_door(client):
    answer = client.get(reverse("todo"))
    assert (answer.status_code, answer.url) == (302, f"{reverse('login')}?next={reverse('todo')}")
