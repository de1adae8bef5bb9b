"""Who holds which role in a cycle, and how somebody comes and goes: through the door, with a trace of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.support_life import GUIDES
from workflow import engine, locks, roles
from workflow.journal import Code
from workflow.models import Cycle, Entry, Grant, Organisation, User
from workflow.openings import OPEN
from workflow.refusal import Refusal, Refused
from workflow.roles import Role

RECENT = 20
SEATED = (Role.HOLDER, Role.FINANCIER)
"""Roles that somebody holds for an organisation."""
ORDER = (
    Role.COORDINATOR,
    Role.INSTRUCTOR,
    Role.FINANCIER,
    Role.COMMITTEE,
    Role.ELECTED,
    Role.THIRD_PARTY,
    Role.HOLDER,
)


@dataclass(frozen=True)
class Person:
    """Somebody of this cycle, with the roles held here; `closable` where nothing is held elsewhere."""

    user: User
    grants: list[Grant]

    @property
    def closable(self) -> bool:
        return not any(grant.beyond for grant in self.grants)

    @property
    def role(self) -> Role:
        """Under which role they are listed: the one with most to answer for."""
        return min((Role(grant.role) for grant in self.grants), key=ORDER.index)


# Reading -------------------------------------------------------------------------------------------------------------


def people_of(cycle: Cycle) -> list[Person]:
    """Everybody who holds a role in this cycle, by role; nobody of another one."""
    asking = Organisation.objects.filter(dossiers__cycle=cycle)
    here = (
        Q(cycle=cycle) | Q(cycle=None, invited_in=cycle) | Q(cycle=None, organisation__in=asking.values("pk"))
    )
    ours = Q(cycle=cycle) | Q(cycle=None, invited_in=cycle)
    elsewhere = Grant.objects.filter(~ours, user=OuterRef("user"))
    return _people(Grant.objects.filter(here).annotate(beyond=Exists(elsewhere)))


def crew_of(cycle_id: int) -> QuerySet[User]:
    """Who accompanies the holders in a cycle: the team, and its neutral third parties."""
    grants = Grant.objects.filter(cycle=cycle_id, role__in=GUIDES)
    active = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return active.order_by("last_name", "first_name", "pk")


def colleagues_of(user) -> list[Person]:
    """Those who stand for the same organisations as this person."""
    mine = houses_of(user).values("pk")
    grants = Grant.objects.filter(role=Role.HOLDER, organisation__in=mine)
    return _people(grants.annotate(beyond=Exists(Grant.objects.none())))


def houses_of(user) -> QuerySet[Organisation]:
    """The organisations that this person asks for."""
    held = Grant.objects.filter(user=user, role=Role.HOLDER)
    return Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name", "pk")


def _people(grants: QuerySet[Grant]) -> list[Person]:
    found: dict[int, Person] = {}
    rows = grants.select_related("user", "organisation").order_by("user__last_name", "user__email", "pk")
    for grant in rows:
        found.setdefault(grant.user_id, Person(grant.user, [])).grants.append(grant)
    return sorted(found.values(), key=lambda one: ORDER.index(one.role))


def by_role(people: list[Person]) -> list[tuple[Role, list[Person]]]:
    """The same, under one heading per role."""
    return [
        (role, [one for one in people if one.role == role])
        for role in ORDER
        if any(one.role == role for one in people)
    ]


def recent_changes(cycle: Cycle) -> list[tuple[Entry, Grant]]:
    """What was given and withdrawn in this cycle, the newest first."""
    grants = {
        one.pk: one
        for one in Grant.ever.filter(Q(cycle=cycle) | Q(invited_in=cycle)).select_related(
            "user", "organisation"
        )
    }
    rows = Entry.objects.filter(subject_label=Grant._meta.label_lower, subject_id__in=grants)
    return [
        (row, grants[row.subject_id]) for row in rows.select_related("actor").order_by("-at", "-pk")[:RECENT]
    ]


# Coming and going ----------------------------------------------------------------------------------------------------


CLOSED = "account_closed"


def invite(who: dict, grant: Grant, *, by, at: datetime, reopens: bool = False) -> Grant:
    """Give a role to the owner of an address, whose account begins here if there is none. Raises `Refused`.

    A closed account opens again only where somebody says so (`reopens`), with a new password to choose. The cycle is
    locked before the person, as by whoever withdraws a role, so that two invitations never wait for each other.
    """
    with transaction.atomic(), locks.holding():
        locks.take(Grant.also_locks([grant], OPEN))
        grant.user = User.objects.select_for_update(no_key=True).get(pk=_owner(who).pk)
        _open_again(grant.user, reopens)
        held = Grant.objects.filter(user=grant.user, role=grant.role, organisation=grant.organisation)
        if held.filter(Q(cycle=grant.cycle) | Q(cycle=None)).exists():
            raise Refused([Refusal("already_held", "Cette personne tient déjà ce rôle.", place="email")])
        facts = {"role": Code(grant.role), "person": grant.user.pk, "organisation": grant.organisation_id}
        engine.open_many([grant], by=by, at=at, facts=facts)
    roles.read_again()
    return grant


def role_in(cycle: Cycle, role: str, organisation: Organisation | None) -> Grant:
    """The role as a coordinator may give it: an association's first people keep it over the years, others this year."""
    if role != Role.HOLDER:
        return Grant(role=role, cycle=cycle, organisation=organisation, invited_in=cycle)
    others = Grant.objects.filter(role=Role.HOLDER, organisation=organisation, cycle=None)
    lasting = not others.exclude(invited_in=cycle).exists()
    return Grant(role=role, cycle=None if lasting else cycle, organisation=organisation, invited_in=cycle)


def _owner(who: dict) -> User:
    """The account of an address."""
    names = {"first_name": who["first_name"], "last_name": who["last_name"]}
    return User.objects.filter(email=who["email"].lower()).first() or _new(who["email"], names)


def _open_again(user: User, reopens: bool) -> None:
    if user.is_active:
        return
    if not reopens:
        raise Refused([Refusal(CLOSED, "Le compte de cette adresse a été fermé.", place="email")])
    user.is_active = True
    user.save(update_fields=["is_active"])


def _new(email: str, names: dict) -> User:
    """A new account; where two people invite at the same instant, the one that was written first."""
    try:
        with transaction.atomic():
            return User.objects.create_user(email, None, **names)
    except IntegrityError:
        return User.objects.get(email=email.lower())


def withdraw(grants: Iterable[Grant], *, by, at: datetime, versions: dict[int, int] | None = None) -> None:
    """End these roles, all or none. Raises `Refused`."""
    with transaction.atomic():
        outcomes = engine.fire_many(grants, "end", by=by, at=at, versions=versions)
        if found := [refusal for outcome in outcomes for refusal in outcome.refusals]:
            raise Refused(found)
    roles.read_again()


def close(person: Person, *, by, at: datetime) -> None:
    """End all that somebody holds and shut the account. Raises `Refused` where a role is held elsewhere."""
    if not person.closable:
        raise Refused(
            [Refusal("held_elsewhere", "Cette personne tient un rôle ailleurs : retirez ceux d’ici.")]
        )
    with transaction.atomic():
        withdraw(person.grants, by=by, at=at)
        person.user.is_active = False
        person.user.set_unusable_password()
        person.user.save(update_fields=["is_active", "password"])


def told(entry: Entry, grant: Grant) -> str:
    """One change in words."""
    verb = "a donné le rôle" if entry.move == OPEN else "a retiré le rôle"
    where = f", pour {grant.organisation}" if grant.organisation_id and grant.role in SEATED else ""
    return f"{entry.actor or 'Jalons'} {verb} « {grant.get_role_display()} » : {grant.user}{where}."
