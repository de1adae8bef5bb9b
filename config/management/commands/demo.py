"""`manage.py demo`: an empty database becomes a year under way; one that holds it already only says its accounts."""

import os

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import demo

ELSEWHERE = (
    "Cette base sert déjà à d’autres personnes : une démonstration au mot de passe public n’y entre pas."
)


class Command(BaseCommand):
    help = "Écrit l’année de démonstration dans une base vide, et dit avec quelles adresses y entrer."

    def handle(self, **options):
        if not demo.stands():
            self.stdout.write("Écriture de l’année de démonstration…")
            try:
                demo.build(timezone.now())
            except demo.NotADemo:
                raise CommandError(ELSEWHERE) from None
        address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
        self.stdout.write(f"\nPour entrer sur {address}/ :")
        for role, email in demo.accounts():
            self.stdout.write(f"  {role:<24} {email}")
        self.stdout.write(f"  mot de passe de tous     {demo.password()}")
        self.stdout.write(f"\nLes courriels de l’année, à lire sans se connecter : {address}/courriels/\n")
