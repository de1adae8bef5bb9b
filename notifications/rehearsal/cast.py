"""The people of a rehearsal: one per role, per holder and per financier, who cannot sign in anywhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.hashers import make_password

from cases.models import Dossier, Financier
from workflow import engine
from workflow.models import Cycle, Grant, User
from workflow.roles import SYSTEM, Role


class Cast:
    """Who plays; created in the rehearsal's own database."""

    def __init__(self, cycle: Cycle, dossiers: list[Dossier]):
        self.cycle = cycle
        self.roles: dict[int | None, Role] = {SYSTEM.pk: Role.SYSTEM}
        self.coordinator, self.instructor = self._people(["coordination", "instruction"])
        self.giving = list(
            Financier.objects.filter(cycle=cycle).select_related("organisation").order_by("pk")
        )
        seats = [giver.organisation_id for giver in self.giving]
        self.financiers = dict(
            zip(seats, self._people([f"financeur-{giver.code}" for giver in self.giving]), strict=True)
        )
        holders = list(dict.fromkeys(dossier.organisation_id for dossier in dossiers))
        named = [f"porteur-{rank}" for rank, _ in enumerate(holders, 1)]
        self.holders = dict(zip(holders, self._people(named), strict=True))
        self._grant()

    def _people(self, names: list[str]) -> list[User]:
        locked = make_password(
            None
        )  # because nobody signs in here, and hashing 2 000 passwords takes minutes
        people = [
            User(email=f"{name}@repetition.test", first_name=name.capitalize(), password=locked)
            for name in names
        ]
        return User.objects.bulk_create(people)

    def _grant(self) -> None:
        grants = [
            Grant(user=self.coordinator, role=Role.COORDINATOR, cycle=self.cycle),
            Grant(user=self.instructor, role=Role.INSTRUCTOR, cycle=self.cycle),
            *(
                Grant(user=user, role=Role.HOLDER, organisation_id=organisation)
                for organisation, user in self.holders.items()
            ),
            *(
                Grant(user=user, role=Role.FINANCIER, cycle=self.cycle, organisation_id=seat)
                for seat, user in self.financiers.items()
            ),
        ]
        Grant.objects.bulk_create(grants)
        self.roles.update({grant.user_id: Role(grant.role) for grant in grants})

    @contextmanager
    def third_party(self, at: datetime) -> Iterator[User]:
        """Only for as long as it speaks, so that the year tells nobody more than it would."""
        locked = {"first_name": "Tiers", "password": make_password(None)}
        third, _ = User.objects.get_or_create(email="tiers@repetition.test", defaults=locked)
        self.roles[third.pk] = Role.THIRD_PARTY
        grant = Grant.objects.create(user=third, role=Role.THIRD_PARTY, cycle=self.cycle)
        yield third
        engine.fire(grant, "end", by=SYSTEM, at=at)

    def role(self, by) -> Role:
        return self.roles[by.pk]

    def holder(self, subject) -> User:
        return self.holders[subject.organisation_id]
