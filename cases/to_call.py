"""Whom to call before a refusal leaves: each holder with its numbers, and how often nobody took the call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from cases.models import Dossier, FundingLine
from cases.models.telling import ENOUGH_TRIES
from cases.outgoing import Letter
from workflow.grant_life import GrantState
from workflow.models import Grant, User
from workflow.roles import Role


@dataclass(frozen=True)
class Call:
    """One holder to call about the refusals of one dossier."""

    dossier: Dossier
    letters: list[Letter]
    people: list[User]

    @property
    def missed(self) -> int:
        return max(one.line.calls_missed for one in self.letters)

    @property
    def left(self) -> int:
        """How many tries before the letters may leave unsaid."""
        return ENOUGH_TRIES - self.missed

    @property
    def tried_at(self) -> datetime | None:
        return max((one.line.tried_at for one in self.letters if one.line.tried_at), default=None)

    @property
    def financiers(self) -> list[str]:
        return [str(one.line.envelope.financier) for one in self.letters]


@dataclass(frozen=True)
class Unread:
    """One holder whose answer was told, and that has not opened it."""

    dossier: Dossier
    lines: list[FundingLine]
    people: list[User]

    @property
    def since(self) -> date:
        return min(one.notified_on for one in self.lines)


def around(letters: Iterable[Letter], unread: Iterable[FundingLine]) -> tuple[list[Call], list[Unread]]:
    """Whom to call before a letter, and who has not read one, by dossier; one query for all their people."""
    waiting = _by_dossier((one.line.dossier_id, one) for one in letters if one.to_call)
    told = _by_dossier((line.dossier_id, line) for line in unread)
    first = {key: found[0].line.dossier for key, found in waiting.items()}
    second = {key: found[0].dossier for key, found in told.items()}
    people = people_of([*first.values(), *second.values()])
    calls = [Call(first[key], found, people.get(_pair(first[key]), [])) for key, found in waiting.items()]
    return calls, [
        Unread(second[key], found, people.get(_pair(second[key]), [])) for key, found in told.items()
    ]


def _by_dossier(pairs) -> dict[int, list]:
    found: dict[int, list] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return found


def _pair(dossier: Dossier) -> tuple[int, int]:
    return dossier.organisation_id, dossier.cycle_id


def people_of(dossiers: Iterable[Dossier]) -> dict[tuple[int, int], list[User]]:
    """{(organisation, cycle): who stands for it there}, whoever has a number first."""
    pairs = {_pair(one) for one in dossiers}
    if not pairs:
        return {}
    held = Grant.objects.filter(
        role=Role.HOLDER,
        state=GrantState.HELD,
        user__is_active=True,
        organisation__in={organisation for organisation, _ in pairs},
    )
    held = held.filter(Q(cycle=None) | Q(cycle__in={cycle for _, cycle in pairs})).select_related("user")
    found: dict[tuple[int, int], list[User]] = {}
    for grant in held.order_by("pk"):
        for pair in pairs:
            if pair[0] == grant.organisation_id and grant.cycle_id in (None, pair[1]):
                found.setdefault(pair, []).append(grant.user)
    return {
        pair: sorted(dict.fromkeys(people), key=lambda one: not one.phone) for pair, people in found.items()
    }
