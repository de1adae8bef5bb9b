"""A cycle's file from the command line: say what is wrong with it, load it, write it out again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from workflow import loading, words
from workflow.models import Cycle


class Command(BaseCommand):
    help = "Vérifie, charge ou exporte les cycles d’appel à projets, écrits en YAML."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="check | load | export")
        check = verbs.add_parser("check", help="dit toutes les erreurs, avec leur ligne, sans rien écrire")
        check.add_argument("files", nargs="+", type=Path, metavar="FICHIER")
        load = verbs.add_parser("load", help="charge et publie ; à la moindre erreur, rien n’est écrit")
        load.add_argument("files", nargs="+", type=Path, metavar="FICHIER")
        load.add_argument("--draft", action="store_true", help="charge sans publier les nouvelles règles")
        export = verbs.add_parser("export", help="écrit les cycles, sur l’écran ou dans un dossier")
        export.add_argument("codes", nargs="+", metavar="CODE")
        export.add_argument("--to", type=Path, metavar="DOSSIER", help="un fichier CODE.yaml par cycle")

    def handle(self, *, verb, **options):
        {"check": self.judge, "load": self.bring_in, "export": self.write_out}[verb](options)

    def judge(self, options):
        found = {path: loading.check(path) for path in options["files"]}
        for path, errors in found.items():
            if not errors:
                self.stdout.write(f"{path}: rien à redire.")
        self._end_on([error for errors in found.values() for error in errors])

    def bring_in(self, options):
        """All the files or none: what one of them gets wrong must not leave the others half a campaign ahead."""
        at, errors, told = timezone.now(), [], []
        with transaction.atomic():
            for path in options["files"]:
                try:
                    loaded = loading.bring_in(path, at=at, publish=not options["draft"])
                    told.append(f"{path}: {' ; '.join(words.what_loaded(loaded)) or words.NO_CHANGE}.")
                except loading.CycleErrors as refused:
                    errors += refused.errors
            transaction.set_rollback(bool(errors))
        self._end_on(errors)
        self.stdout.write("\n".join(told))

    def write_out(self, options):
        cycles = {cycle.code: cycle for cycle in Cycle.objects.filter(code__in=options["codes"])}
        unknown = [code for code in options["codes"] if code not in cycles]
        if unknown:
            raise CommandError(f"Aucun cycle de ce code : {', '.join(unknown)}.")
        for code in options["codes"]:
            text = loading.export(cycles[code])
            if options["to"]:
                options["to"].mkdir(parents=True, exist_ok=True)
                (options["to"] / f"{code}.yaml").write_text(text, encoding="utf-8")
            else:
                self.stdout.write(text)

    def _end_on(self, errors):
        """Errors go to stderr as they are, `file:line: sentence`, so that an editor can jump to each."""
        for error in errors:
            self.stderr.write(str(error))
        if errors:
            raise SystemExit(1)
