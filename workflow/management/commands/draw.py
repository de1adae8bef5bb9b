"""`manage.py draw`: the charts of the README as pictures; with a cycle's code, that year's own."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workflow import drawing, flows, registry
from workflow.models import Cycle


def pictures(version=None) -> dict[str, str]:
    """{name of the file: its SVG} of every machine with a main line, and of the review's flow."""
    drawn = {model._meta.model_name: drawing.machine(model, version) for model in registry.drawn()}
    return drawn | {"review": drawing.review(flows.CURRENT, version)}


class Command(BaseCommand):
    help = "Dessine les machines et le tour d’avis (SVG) : celles du code, ou celles d’un cycle publié."

    def add_arguments(self, parser) -> None:
        parser.add_argument("cycle", nargs="?", help="le code d’un cycle : ses étapes et ses dates")
        parser.add_argument("--vers", default=settings.BASE_DIR / "fixtures" / "pictures", type=Path)

    def handle(self, *, cycle, vers: Path, **options) -> None:
        version = None
        if cycle:
            version = Cycle.objects.select_related("current").filter(code=cycle).first()
            if version is None or version.current is None:
                raise CommandError(f"« {cycle} » n’est pas un cycle publié.")
            version = version.current
        vers.mkdir(parents=True, exist_ok=True)
        for name, svg in pictures(version).items():
            (vers / f"{name}.svg").write_text(svg, encoding="utf-8")
            self.stdout.write(f"{name}.svg")
