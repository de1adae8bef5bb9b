"""Somebody of a financier is away: who may answer instead, who does, and what an opinion then says of it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Absence, FundingLine
from workflow import engine
from workflow.calendar import paris_day
from workflow.models import Grant, User
from workflow.refusal import Refusal, Refused
from workflow.roles import Role


def colleagues(user) -> QuerySet[User]:
    """Who holds a seat beside this person, somewhere."""
    mine = Grant.objects.filter(user=user, role=Role.FINANCIER).order_by("pk")
    beside = [Q(organisation=seat, cycle=cycle) for seat, cycle in mine.values_list("organisation", "cycle")]
    shared = Q(pk__in=[])
    for one in beside:
        shared |= one
    held = Grant.objects.filter(shared, role=Role.FINANCIER)
    found = User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=user.pk)
    return found.order_by("last_name", "first_name", "pk")


def leave(user, stand_in: User, first: date, last: date, *, at: datetime) -> None:
    """Away from every seat that both hold, in every call. Raises `Refused`; then from none."""
    theirs = Grant.objects.filter(user=stand_in, role=Role.FINANCIER).values_list("organisation", "cycle")
    mine = Grant.objects.filter(user=user, role=Role.FINANCIER).values_list("organisation", "cycle")
    both = sorted(set(mine) & set(theirs))
    if not both:
        raise Refused([Refusal("not_seated", "Cette personne ne tient aucun de vos sièges.", "stand_in")])
    engine.open_many(
        [
            Absence(
                user=user, stand_in=stand_in, seat_id=seat, cycle_id=cycle, begins_on=first, ends_on=last
            )
            for seat, cycle in both
        ],
        by=user,
        at=at,
    )  # fmt: skip


def come_back(user, *, at: datetime) -> int:
    """Every absence of this person that is not over goes; its journal stays. How many there were."""
    found = list(Absence.objects.of(user).until(paris_day(at)))
    with transaction.atomic():
        for one in found:
            engine.remove(one, by=user, at=at)
    return len(found)


def about(user, on: date) -> Exists:
    """Whether a line is of a seat from which this person is away, or soon will be, or for somebody who is."""
    rows = Absence.objects.until(on).filter(seat=OuterRef("seat"), cycle=OuterRef("cycle"))
    return Exists(rows.filter(Q(user=user) | Q(stand_in=user)))


def around(user, on: date) -> dict[str, list[Absence]]:
    """In one query: one's own absences that are not over, and those in which one answers that day, a person once."""
    rows = Absence.objects.until(on).filter(Q(user=user) | Q(stand_in=user))
    found = list(rows.select_related("user", "stand_in").order_by("ends_on", "pk"))
    mine = {(one.begins_on, one.ends_on, one.stand_in_id): one for one in found if one.user_id == user.pk}
    theirs = {one.user_id: one for one in found if one.stand_in_id == user.pk and one.begins_on <= on}
    return {"mine": list(mine.values()), "theirs": list(theirs.values())}


def delegations(user, lines: Iterable[FundingLine], on: date) -> dict[int, dict]:
    """{line key: what the opinion says of whom it was given for}; only where somebody of that seat is away."""
    asked = list(lines)
    rows = Absence.objects.on(on).filter(stand_in=user.pk, seat__in={one.seat_id for one in asked})
    away = {(one.seat_id, one.cycle_id): one for one in rows.select_related("user").order_by("-pk")}
    found = {one.pk: away.get((one.seat_id, one.cycle_id)) for one in asked}
    return {
        key: {"absence": one.pk, "delegation": str(one.user)} for key, one in found.items() if one is not None
    }
