"""Gives a cycle its first coordinator, from whom all other roles come: `manage.py coordinator vitry_2027 a@b.fr`."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from workflow import engine
from workflow.journal import Code
from workflow.models import Cycle, Grant, User
from workflow.roles import SYSTEM, Role


class Command(BaseCommand):
    help = "Donne à un cycle sa première personne à la coordination."

    def add_arguments(self, parser) -> None:
        parser.add_argument("cycle", help="code du cycle")
        parser.add_argument("email", help="adresse électronique de la personne")

    def handle(self, *args, cycle: str, email: str, **options) -> None:
        found = Cycle.objects.filter(code=cycle).first()
        if found is None:
            raise CommandError(f"Aucun cycle ne porte le code « {cycle} ».")
        user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(email)
        held = {"user": user, "role": Role.COORDINATOR, "cycle": found}
        if Grant.objects.filter(**held).exists():
            raise CommandError(f"{user} coordonne déjà « {found} ».")
        facts = {"role": Code(Role.COORDINATOR), "person": user.pk}
        engine.open_many([Grant(**held, invited_in=found)], by=SYSTEM, at=timezone.now(), facts=facts)
        self.stdout.write(
            f"{user} coordonne « {found} ». « Mot de passe oublié » lui donne son premier mot de passe."
        )
