"""`manage.py sweep`: what the cluster does each minute, for a cron; with `--all`, each hour and each night too."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from notifications import heartbeat, tasks
from notifications.delivery import sweep
from notifications.models import MessageStatus


class Command(BaseCommand):
    help = (
        "Envoie les courriels qui attendent ; --all prévoit aussi les rappels et fait passer les échéances."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--all", action="store_true", dest="everything", help="tout ce que fait le service"
        )

    def handle(self, *, everything: bool, **options):
        heartbeat.beat(timezone.now())
        if everything:
            planned = tasks.follow_calendar(timezone.now())
            tasks.tidy(timezone.now())
            self.stdout.write(f"Rappels prévus : {planned}.")
        counts, trouble = self._sent()
        words = ", ".join(
            f"{MessageStatus(name).label.lower()} {count}" for name, count in sorted(counts.items())
        )
        self.stdout.write(f"Courriels : {words or 'rien à envoyer'}.")
        tasks.go_on(timezone.now)
        if trouble:
            heartbeat.beat(timezone.now(), trouble=trouble)
            raise CommandError(trouble)

    @staticmethod
    def _sent() -> tuple[Counter, str]:
        """Sweep until nothing is due or the server does not answer."""
        counts, more, done = Counter(), True, None
        while more:
            done = sweep(timezone.now)
            counts, more = counts + done.counts, done.more
        return counts, done.trouble
