"""`manage.py reminders --from --to`: who will receive what, when and why, before anything leaves."""

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.forms.fields import LIKELY_YEARS, UNLIKELY
from notifications.planned import AHEAD, LONGEST, planned, status_in_words
from notifications.words import TOO_LONG
from workflow.calendar import paris_day
from workflow.models import Cycle
from workflow.wording import day_in_words


class Command(BaseCommand):
    help = "Dit qui recevra quoi, quand et pourquoi, sans rien envoyer."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from", dest="first", type=_day, help="premier jour (2026-11-15) ; aujourd’hui sinon"
        )
        parser.add_argument(
            "--to", dest="last", type=_day, help="dernier jour ; trente jours plus tard sinon"
        )
        parser.add_argument("--cycle", help="le code d’un seul cycle")

    def handle(self, *, first: date | None, last: date | None, cycle: str | None, **options):
        now = timezone.now()
        first = first or paris_day(now)
        last = last or first + AHEAD
        if last < first:
            raise CommandError("Le dernier jour vient avant le premier.")
        if last - first > LONGEST:
            raise CommandError(TOO_LONG)
        cycles = Cycle.objects.filter(code=cycle) if cycle else Cycle.objects.all()
        if cycle and not cycles:
            raise CommandError(f"« {cycle} » n’est le code d’aucun cycle.")
        rows = planned(cycles.order_by("pk"), first, last, now)
        for on in sorted({one.on for one in rows}):
            self.stdout.write(day_in_words(on))
            for one in (row for row in rows if row.on == on):
                about = f" · {one.dossier}" if one.dossier else ""
                status = "" if one.status == "coming" else f" [{status_in_words(one.status)}]"
                self.stdout.write(
                    f"  {one.recipient} <{one.recipient.email}> : {one.what}{about} · {one.why}{status}"
                )
        self.stdout.write(f"{len(rows)} message{'s' if len(rows) > 1 else ''} du {first} au {last}.")


def _day(text: str) -> date:
    """Of the years that a form takes too, because the days around it must exist."""
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"« {text} » n’est pas une date ; exemple : 2026-11-15") from None
    if on.year not in LIKELY_YEARS:
        raise ArgumentTypeError(f"« {text} » : {UNLIKELY}")
    return on
