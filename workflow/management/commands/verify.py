"""`manage.py verify`: whether the journal, the triggers and the registered sums still hold. Exit code 0 or 1."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from workflow import heads, journal, registry, triggers
from workflow.models import Entry


class Command(BaseCommand):
    help = "Vérifie le journal, ses déclencheurs et les totaux ; --export garde les fins de chaîne."

    def add_arguments(self, parser):
        parser.add_argument("--export", type=Path, metavar="FICHIER", help="écrire les fins de chaîne")
        parser.add_argument("--against", type=Path, metavar="FICHIER", help="comparer à un export")

    def handle(self, *, export: Path | None, against: Path | None, **options):
        ends = heads.gathered()
        found = [f"déclencheur absent : {name}" for name in triggers.missing()]
        found += [*journal.faults(ends), *journal.prose_faults()]
        for sums_hold in registry.proofs():
            found += sums_hold()
        if against:
            found += heads.rewritten(_kept(against))
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} anomalie(s) : rien n’est exporté.", returncode=1)
        if export:
            heads.export(ends, export)
        self.stdout.write(f"Tout se tient : {Entry.objects.count()} lignes de journal vérifiées.")


def _kept(path: Path) -> heads.Heads:
    try:
        return heads.read(path)
    except (OSError, ValueError, TypeError) as error:
        raise CommandError(f"Impossible de lire « {path} » : {error}", returncode=1) from error
