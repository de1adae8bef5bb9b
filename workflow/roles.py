"""The table of rights: role x object x verb -> how far it reaches.

Querysets (`visible_to`), the door and the menus read this one table; nothing else decides a right.
"""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from django.db import connection, models


class Role(models.TextChoices):
    HOLDER = "holder", "Porteur de projet"
    INSTRUCTOR = "instructor", "Instructeur"
    COORDINATOR = "coordinator", "Coordinateur"
    FINANCIER = "financier", "Financeur"
    COMMITTEE = "committee", "Membre du comité"
    THIRD_PARTY = "third_party", "Tiers facilitateur"
    SYSTEM = "system", "Jalons"


class Reach(Enum):
    """How far a right goes: the whole cycle, one's own organisation's things, or the seat one's organisation holds."""

    CYCLE = "cycle"
    OWN = "own"
    SEAT = "seat"


class System:
    """The clock and the review flow when they act: a row of its own in every matrix, never a person."""

    pk = None
    is_authenticated = True

    def __repr__(self) -> str:
        return "SYSTEM"


SYSTEM = System()

TEAM = (Role.INSTRUCTOR, Role.COORDINATOR)

_TEAM = {Role.INSTRUCTOR: Reach.CYCLE, Role.COORDINATOR: Reach.CYCLE}
_COORDINATOR = {Role.COORDINATOR: Reach.CYCLE}
_HOLDER = {Role.HOLDER: Reach.OWN}
_FINANCIER = {Role.FINANCIER: Reach.SEAT}
_READERS = {Role.COMMITTEE: Reach.CYCLE, Role.THIRD_PARTY: Reach.CYCLE}

RIGHTS: dict[tuple[str, str], dict[Role, Reach]] = {
    ("dossier", "see"): _TEAM | _HOLDER | _FINANCIER | _READERS,
    ("dossier", "act"): _TEAM | _HOLDER,
    ("line", "see"): _TEAM | _HOLDER | _FINANCIER | _READERS,
    ("line", "act"): _TEAM | _HOLDER | _FINANCIER,
    ("inquiry", "see"): _TEAM | _HOLDER | _FINANCIER | _READERS,
    ("inquiry", "act"): _HOLDER | _FINANCIER,
    ("feedback", "see"): _TEAM | _HOLDER,
    ("feedback", "act"): _TEAM,
    ("completion", "act"): _HOLDER | _TEAM,
    ("support", "act"): _TEAM,
    ("report", "act"): _HOLDER | _TEAM,
    ("payment", "see"): _TEAM | _HOLDER | _FINANCIER,
    ("payment", "act"): _TEAM,
    ("instruction", "see"): _TEAM | {Role.COMMITTEE: Reach.CYCLE},
    ("instruction", "act"): _TEAM,
    ("envelope", "see"): _TEAM | _FINANCIER,
    ("envelope", "act"): _COORDINATOR,
    ("journal", "see"): _TEAM,
    ("cycle", "see"): _TEAM | _FINANCIER | _READERS | _HOLDER,
    ("cycle", "act"): _COORDINATOR,
    ("milestone", "act"): _COORDINATOR,
    ("committee", "see"): _TEAM | {Role.COMMITTEE: Reach.CYCLE},
    ("committee", "act"): _COORDINATOR,
    ("derogation", "act"): _COORDINATOR,
    ("grant", "act"): _COORDINATOR | _HOLDER,
    ("message", "see"): _COORDINATOR,
    ("message", "act"): _COORDINATOR,
}


class Held(NamedTuple):
    """One role that a person holds: in which cycle (None: every cycle, holders only), for which organisation."""

    role: str
    cycle_id: int | None
    organisation_id: int | None


_HELD = "SELECT role, cycle_id, organisation_id FROM workflow_grant WHERE user_id = %s AND state = 'held' ORDER BY id"


def held_by(user) -> list[Held]:
    """Every role of a person, in one query; the door asks again each time because rights live in the database."""
    if user.pk is None:
        return []
    with connection.cursor() as cursor:  # because building this query costs the ORM as much as asking it
        cursor.execute(_HELD, [user.pk])
        return [Held(*row) for row in cursor.fetchall()]


def roles_of(user) -> set[Role]:
    """The roles a person holds anywhere: what the menus are made from."""
    return {Role(held.role) for held in held_by(user)}


def may(held: Iterable[Held], subject, allowed: Iterable[Role], verb: str = "act") -> bool:
    """Whether one of the held roles is allowed and reaches this subject."""
    reaches = RIGHTS.get((subject.kind, verb), {})
    return any(
        _reaches(grant, subject, reaches[Role(grant.role)])
        for grant in held
        if grant.role in allowed and grant.role in reaches
    )


def _reaches(grant: Held, subject, reach: Reach) -> bool:
    if grant.cycle_id is not None and grant.cycle_id != subject.reach_key(Reach.CYCLE):
        return False
    return reach is Reach.CYCLE or (
        grant.organisation_id is not None and grant.organisation_id == subject.reach_key(reach)
    )


def owned(user, kind: str, verb: str, of: str = "") -> models.Q:
    """What belongs to the organisations that a person stands for: over the years, or in that one cycle.

    `of` leads from the rows to what carries `organisation` and `cycle` (« dossier__ »).
    """
    grants = reaching(user, kind, verb, Reach.OWN)
    lasting = models.Q(**{f"{of}organisation__in": grants.filter(cycle=None).values("organisation")})
    passing = grants.filter(
        organisation=models.OuterRef(f"{of}organisation"), cycle=models.OuterRef(f"{of}cycle")
    )
    return lasting | models.Q(models.Exists(passing))


def reaching(user, kind: str, verb: str, reach: Reach):
    """The grants by which a person reaches objects of a kind that far: what `visible_to` filters by."""
    from workflow.models import Grant

    roles = [role for role, far in RIGHTS.get((kind, verb), {}).items() if far is reach]
    return Grant.objects.filter(user_id=user.pk, role__in=roles)
