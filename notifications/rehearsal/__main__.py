"""The rehearsal's own process: python -m notifications.rehearsal REQUEST.json, started by `manage.py rehearse`.

Its environment names a database of its own, which its parent removes. Errors of the files go to standard error with
exit code 1; the account goes to the file that the request names, so that a broken year leaves no half of it.
"""

import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import django

INTERRUPTED = 130
EVERY = 5.0
"""Seconds between two words on the progress: a short year says nothing, a long one is never silent for long."""


def main(request: dict) -> None:
    """Load the cycle and the workbook, play, and write what was asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from cases.workbook import WorkbookErrors
    from workflow.loading import CycleErrors

    programming = _read_both(request)
    _prepare()
    try:
        _rehearse(request, programming)
    except CycleErrors as errors:
        sys.exit(str(errors))
    except WorkbookErrors as errors:
        sys.exit(_placed(request["dossiers"], errors))


def _read_both(request: dict):
    """Every error of both files before anything is begun."""
    from cases.workbook import WorkbookErrors, read_programming
    from workflow.loading import check

    wrong, programming = [str(error) for error in check(request["cycle"])], None
    try:
        programming = read_programming(request["dossiers"])
    except WorkbookErrors as errors:
        wrong.append(_placed(request["dossiers"], errors))
    if wrong:
        sys.exit("\n".join(wrong))
    return programming


def _placed(path: str, errors) -> str:
    return "\n".join(f"{path}: {error}" for error in errors.errors)


def _prepare() -> None:
    """A new database that needs no lasting, its tables made as the models stand, and no way to send a mail.

    No migration is played, because the way to today's tables costs seven seconds and nobody rehearses that way.
    """
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA synchronous=OFF"
        )  # because a rehearsal that a power cut stops is simply run again


def _rehearse(request: dict, programming) -> None:
    from cases.workbook import write_programming
    from notifications.rehearsal.printing import text_of
    from notifications.rehearsal.programming import programming_of
    from notifications.rehearsal.year import play
    from workflow import loading
    from workflow.calendar import opens

    year = loading.read(request["cycle"])["cycle"]["year"]
    cycle = loading.load(request["cycle"], at=opens(date(year - 1, 1, 1)))
    seed, gentle = request["seed"], request["gentle"]
    played = play(cycle, programming, seed=seed, gentle=gentle, progress=told(len(programming.rows)))
    if request["xlsx"]:
        write_programming(request["xlsx"], programming_of(played.stage, programming))
    Path(request["account"]).write_text(text_of(played), encoding="utf-8")


def told(total: int):
    """Say on standard error, now and then, how far the year has come."""
    last = [time.monotonic()]

    def say(day, stage) -> None:
        if time.monotonic() - last[0] < EVERY:
            return
        last[0] = time.monotonic()
        sys.stderr.write(f"{day:%d/%m/%Y} : {stage.answered()} dossiers répondus sur {total}\n")
        sys.stderr.flush()

    return say


if __name__ == "__main__":
    try:
        main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
