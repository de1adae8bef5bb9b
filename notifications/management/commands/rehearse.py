"""manage.py rehearse CYCLE.yaml --dossiers FILE.xlsx: the general rehearsal before a cycle is published.

The year is played by a child process on a temporary database: this one touches no database, sends nothing, and leaves
nothing behind but the account that it prints and the workbook that was asked for.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Répéter toute une année sur une base à part : ce qui tombe quand, qui reçoit quoi, ce qui bloque."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("cycle", help="le fichier du cycle, en YAML")
        parser.add_argument("--dossiers", required=True, help="le tableau de programmation, en XLSX")
        parser.add_argument("--seed", type=int, default=1, help="le tirage : le même donne la même année")
        parser.add_argument("--xlsx", help="écrire le tableau de programmation de la fin de l’année")
        parser.add_argument(
            "--holders",
            choices=("fictional", "real"),
            default="fictional",
            help="real : de vraies associations, dont rien n’est jamais refusé, noté ni commenté",
        )

    def handle(self, *, cycle, dossiers, seed, xlsx, holders, **options):
        for path in (cycle, dossiers):
            if not Path(path).is_file():
                raise CommandError(f"{path} : ce fichier n’existe pas.")
        if xlsx and not Path(xlsx).absolute().parent.is_dir():
            raise CommandError(f"{xlsx} : ce dossier n’existe pas.")
        with _workplace() as place:
            request = {
                "cycle": str(cycle),
                "dossiers": str(dossiers),
                "seed": seed,
                "gentle": holders == "real",
                "xlsx": xlsx and str(place / "programmation.xlsx"),
                "account": str(place / "account.txt"),
            }
            code = _play(place, request)
            if code:
                sys.exit(code)
            if xlsx:
                shutil.copyfile(request["xlsx"], xlsx)
            self.stdout.write((place / "account.txt").read_text(encoding="utf-8"), ending="")


@contextmanager
def _workplace():
    """A folder that is gone whatever happens, a polite end of the process included."""
    former = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with tempfile.TemporaryDirectory(prefix="jalons-repetition-") as folder:
            yield Path(folder)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        signal.signal(signal.SIGTERM, former)


def _play(place: Path, request: dict) -> int:
    """Run the child to its end; it never outlives this call."""
    asked = place / "request.json"
    asked.write_text(json.dumps(request), encoding="utf-8")
    paths = [str(settings.BASE_DIR), os.environ.get("PYTHONPATH", "")]
    surroundings = os.environ | {
        "DATABASE_URL": f"sqlite:///{place / 'rehearsal.sqlite3'}",
        "JALONS_VAR": str(place),
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    command = [sys.executable, "-m", "notifications.rehearsal", str(asked)]
    child = subprocess.Popen(command, env=surroundings)  # noqa: S603 because every word of it is ours
    try:
        return child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
