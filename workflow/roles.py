"""The table of rights: role x object x verb -> how far it reaches.

Querysets (`visible_to`), the door and the menus read this one table; nothing else decides a right.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db import connection, models


class Role(models.TextChoices):
    HOLDER = "holder", "Porteur de projet"
    INSTRUCTOR = "instructor", "Instructeur"
    COORDINATOR = "coordinator", "Coordinateur"
    FINANCIER = "financier", "Financeur"
    COMMITTEE = "committee", "Membre du comité"
    ELECTED = "elected", "Élu"
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
_THIRD_PARTY = {Role.THIRD_PARTY: Reach.CYCLE}
_READERS = {Role.COMMITTEE: Reach.CYCLE, Role.THIRD_PARTY: Reach.CYCLE}

RIGHTS: dict[tuple[str, str], dict[Role, Reach]] = {
    ("dossier", "see"): _TEAM | _HOLDER | _FINANCIER | _READERS,
    ("dossier", "act"): _TEAM | _HOLDER,
    ("line", "see"): _TEAM | _HOLDER | _FINANCIER | _READERS,
    ("line", "act"): _TEAM | _HOLDER | _FINANCIER,
    ("absence", "act"): _FINANCIER,
    ("inquiry", "see"): _TEAM | _HOLDER | _FINANCIER | _READERS,
    ("inquiry", "act"): _HOLDER | _FINANCIER,
    ("feedback", "see"): _TEAM | _HOLDER,
    ("feedback", "act"): _TEAM,
    ("letter", "see"): _TEAM | _HOLDER,
    ("letter", "act"): _TEAM,
    ("folder", "see"): _COORDINATOR,
    ("folder", "act"): _COORDINATOR,
    ("completion", "act"): _HOLDER | _TEAM,
    ("support", "act"): _TEAM | _THIRD_PARTY,
    ("session", "see"): _TEAM | _THIRD_PARTY | {Role.HOLDER: Reach.CYCLE},
    ("session", "act"): _TEAM | _THIRD_PARTY,
    ("booking", "see"): _TEAM | _THIRD_PARTY | _HOLDER,
    ("booking", "act"): _TEAM | _THIRD_PARTY | _HOLDER,
    ("idea", "see"): _TEAM | _THIRD_PARTY | _HOLDER,
    ("idea", "act"): _HOLDER,
    ("agreed", "see"): _TEAM | _HOLDER | _THIRD_PARTY,
    ("agreed", "act"): _TEAM | _HOLDER | _THIRD_PARTY,
    ("remark", "see"): _TEAM | _HOLDER | _THIRD_PARTY,
    ("remark", "act"): _TEAM | _HOLDER | _THIRD_PARTY,
    ("report", "act"): _HOLDER | _TEAM,
    ("change", "see"): _TEAM | _HOLDER,
    ("change", "act"): _HOLDER | _TEAM,
    ("payment", "see"): _TEAM | _HOLDER | _FINANCIER,
    ("payment", "act"): _TEAM,
    ("instruction", "see"): _TEAM | {Role.COMMITTEE: Reach.CYCLE},
    ("instruction", "act"): _TEAM,
    ("envelope", "see"): _TEAM | _FINANCIER,
    ("envelope", "act"): _COORDINATOR,
    ("programming", "see"): _TEAM | {Role.FINANCIER: Reach.CYCLE, Role.COMMITTEE: Reach.CYCLE},
    ("programming", "act"): _COORDINATOR,
    ("scenario", "see"): _TEAM,
    ("scenario", "act"): _TEAM,
    ("journal", "see"): _TEAM,
    ("cycle", "see"): _TEAM | _FINANCIER | _READERS | _HOLDER,
    ("cycle", "act"): _COORDINATOR,
    ("milestone", "act"): _COORDINATOR,
    ("committee", "see"): _TEAM | {Role.COMMITTEE: Reach.CYCLE},
    ("committee", "act"): _COORDINATOR,
    ("pack", "see"): _TEAM | {Role.COMMITTEE: Reach.CYCLE, Role.ELECTED: Reach.CYCLE},
    ("derogation", "act"): _COORDINATOR,
    ("grant", "act"): _COORDINATOR | _HOLDER,
    ("survey", "act"): _TEAM | _HOLDER | _FINANCIER,
    ("survey", "see"): _TEAM,
    ("learning", "see"): _TEAM,
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


_read: ContextVar[dict | None] = ContextVar("read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """For the length of one request what a person may see is read once; the door still asks each time."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def read_again() -> None:
    """A role was given or withdrawn: the rest of this very request asks anew."""
    if (read := _read.get()) is not None:
        read.clear()


def seen_by(user) -> list[Held]:
    """Every role of a person, to show and to filter by: what the request read already, else `held_by`."""
    read = _read.get()
    if read is None:
        return held_by(user)
    if user.pk not in read:
        read[user.pk] = held_by(user)
    return read[user.pk]


def roles_of(user) -> set[Role]:
    """The roles a person holds anywhere: what the menus are made from."""
    return {Role(held.role) for held in seen_by(user)}


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


# What `visible_to` filters by: plain keys, because a database reads an index by them, and searches a subquery -------


def reached(user, kind: str, verb: str, reach: Reach) -> list[Held]:
    """The roles by which a person reaches objects of a kind that far."""
    reaches = RIGHTS.get((kind, verb), {})
    return [held for held in seen_by(user) if reaches.get(Role(held.role)) is reach]


NOTHING = models.Q(pk__in=[])
"""What somebody without a role reaches."""


def either(*ways: models.Q) -> models.Q:
    """By any of these ways; one that leads nowhere costs neither the ORM nor the database anything."""
    open_ways = [way for way in ways if way is not NOTHING]
    return reduce(or_, open_ways) if open_ways else NOTHING


def cycles_of(user, kind: str, verb: str) -> list[int]:
    """The keys of the cycles in which a person reaches every object of a kind."""
    found = {held.cycle_id for held in reached(user, kind, verb, Reach.CYCLE)}
    return sorted(found - {None})


def followed(user, kind: str, verb: str, of: str = "") -> models.Q:
    """What belongs to those cycles; `of` leads from the rows to what carries `cycle` (« dossier__ »)."""
    keys = cycles_of(user, kind, verb)
    return models.Q(**{f"{of}cycle__in": keys}) if keys else NOTHING


def owned(user, kind: str, verb: str, of: str = "") -> models.Q:
    """What belongs to the organisations that a person stands for: over the years, or in that one cycle."""
    own = [held for held in reached(user, kind, verb, Reach.OWN) if held.organisation_id]
    lasting = sorted({held.organisation_id for held in own if held.cycle_id is None})
    over_the_years = models.Q(**{f"{of}organisation__in": lasting}) if lasting else NOTHING
    return either(over_the_years, _one_of(own, f"{of}organisation", f"{of}cycle"))


def seated(user, kind: str, verb: str, seat: str = "seat", cycle: str = "cycle") -> models.Q:
    """What stands before a seat that this person holds in that very cycle."""
    return _one_of(reached(user, kind, verb, Reach.SEAT), seat, cycle)


def _one_of(held: Iterable[Held], organisation: str, cycle: str) -> models.Q:
    """Where both keys are those of one same role."""
    pairs = sorted(
        {(one.organisation_id, one.cycle_id) for one in held if one.organisation_id and one.cycle_id}
    )
    return either(*(models.Q(**{organisation: mine, cycle: then}) for mine, then in pairs))
