"""Who comes to a committee: invited from the call’s seats and roles, noted as they come, asked what they expect."""

from collections.abc import Iterable
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from cases.committee_words import KEPT_ATTENDEE
from cases.models import Attendee, Committee, Financier
from workflow import engine
from workflow.calendar import paris_day
from workflow.models import Grant
from workflow.refusal import Refusal, Refused
from workflow.roles import SYSTEM, Role

INVITED = (Role.FINANCIER, Role.COMMITTEE, Role.ELECTED, Role.COORDINATOR, Role.INSTRUCTOR)
_SIGNER = Signer(salt="cases.attendance")


def invite(committee: Committee, *, by, at: datetime) -> int:
    """Each financier's people, the members and the team, once each; returns how many are new. Raises `Refused`."""
    there = set(Attendee.objects.of(committee).values_list("name", "organisation"))
    new = [
        one for one in _from_roles(committee) + _from_seats(committee)
        if (one.name, one.organisation) not in there
    ]  # fmt: skip
    engine.open_many(new, by=by, at=at)
    return len(new)


def invite_financiers(committee: Committee, *, by, at: datetime) -> None:
    """The call's financiers alone, where nobody is on the list yet. Raises `Refused`."""
    new = _from_roles(committee, (Role.FINANCIER,)) + _from_seats(committee)
    there = set(Attendee.objects.of(committee).values_list("name", "organisation"))
    engine.open_many([one for one in new if (one.name, one.organisation) not in there], by=by, at=at)


def _from_roles(committee: Committee, invited: tuple[Role, ...] = INVITED) -> list[Attendee]:
    grants = Grant.objects.filter(cycle=committee.cycle_id, role__in=invited, user__is_active=True)
    found: dict[tuple[str, str], Attendee] = {}
    for one in grants.select_related("user", "organisation").order_by("user__last_name", "pk"):
        house = one.organisation.name if one.organisation else ""
        seat = one.organisation_id if one.role == Role.FINANCIER else None
        found.setdefault(
            (str(one.user), house),
            Attendee(
                committee=committee, name=str(one.user), quality=str(one.get_role_display()),
                organisation=house, seat_id=seat,
            ),
        )  # fmt: skip
    return list(found.values())


def _from_seats(committee: Committee) -> list[Attendee]:
    """A financier that nobody answers for here is invited by the contact that the campaign names."""
    held = Grant.objects.filter(cycle=committee.cycle_id, role=Role.FINANCIER).order_by("pk")
    seats = set(held.values_list("organisation", flat=True))
    financiers = Financier.objects.filter(cycle=committee.cycle_id).select_related("organisation")
    return [
        Attendee(
            committee=committee, name=(one.contact or str(one))[:200], quality=str(Role.FINANCIER.label),
            organisation=one.organisation.name, seat_id=one.organisation_id,
        )
        for one in financiers.order_by("pk")
        if one.organisation_id not in seats
    ]  # fmt: skip


def welcome(committee: Committee, people: Iterable[dict], *, by, at: datetime) -> int:
    """Several people at once, by name, quality and organisation. Raises `Refused`."""
    there = set(Attendee.objects.of(committee).values_list("name", "organisation"))
    unique = {(one["name"], one["organisation"]): one for one in people}
    new = [Attendee(committee=committee, **one) for key, one in unique.items() if key not in there]
    engine.open_many(new, by=by, at=at)
    return len(new)


def note(changes: dict[Attendee, dict], versions: dict[int, int], *, by, at: datetime) -> dict[int, Refused]:
    """Who came, each by itself; returns {attendee key: why not} for those that could not be noted."""
    refused = {}
    for one, change in changes.items():
        try:
            engine.amend(one, change, by=by, at=at, version=versions.get(one.pk))
        except Refused as reasons:
            refused[one.pk] = reasons
    return refused


def withdraw(attendee: Attendee, *, version: int | None, by, at: datetime) -> None:
    """Somebody invited by mistake; who came, or said what they expect, stays on the record. Raises `Refused`."""
    with transaction.atomic():
        if version != attendee.version or attendee.presence != "invited" or attendee.goals:
            raise Refused([Refusal("kept_attendee", KEPT_ATTENDEE)])
        engine.remove(attendee, by=by, at=at)


# What a partner expects, without an account --------------------------------------------------------------------------


def path_of(attendee: Attendee) -> str:
    """The address at which somebody writes what they expect of this one sitting; it opens nothing else."""
    return reverse("committee-goals", args=[_SIGNER.sign(str(attendee.uuid))])


def opened(token: str, at: datetime) -> Attendee | None:
    """Whose expectations a link opens, until the day of the committee is over; None for what we never signed."""
    try:
        uuid = _SIGNER.unsign(token)
    except BadSignature:
        return None
    rows = Attendee.objects.filter(uuid=uuid, committee__on__gte=paris_day(at))
    return rows.select_related("committee__cycle").first()


def expect(attendee: Attendee, goals: str, version: int, *, at: datetime) -> None:
    """Written by whoever holds the link: the signature is the proof, as no account is. Raises `Refused`."""
    engine.amend(attendee, {"goals": goals}, by=SYSTEM, at=at, version=version)
