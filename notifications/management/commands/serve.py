"""`manage.py serve`: the web server and the cluster together, watched, and nothing left behind."""

import signal

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from notifications import tasks
from notifications.supervision import CannotStart, house


class Command(BaseCommand):
    help = "Ouvre le service : pages, courriels et échéances. Ctrl-C arrête tout."

    def add_arguments(self, parser):
        parser.add_argument(
            "--without-web", action="store_true", help="les courriels et les échéances seulement"
        )

    def handle(self, *, without_web: bool, **options):
        tasks.ensure_schedules(timezone.now())
        watch = house(timezone.now, web=not without_web)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, watch.stop)
        try:
            watch.run()
        except CannotStart as service:
            raise CommandError(
                f"« {service} » s’arrête aussitôt lancé : ses derniers mots sont ci-dessus."
            ) from None
