"""Who speaks for a financier's seat while one of its people is away."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q

from workflow.calendar import paris_day
from workflow.models import Cycle, Grant, Organisation
from workflow.refusal import Refusal, no_right
from workflow.roles import SYSTEM, Reach, Role
from workflow.subject import Subject


def it_is_ones_own(absence, by) -> Iterator[Refusal]:
    if by is not SYSTEM and absence.user_id != by.pk:
        yield no_right()


def days_are_to_come(absence, at) -> Iterator[Refusal]:
    if absence.ends_on < absence.begins_on:
        yield Refusal("ends_before", "Le dernier jour vient avant le premier.", place="ends_on")
    elif absence.ends_on < paris_day(at):
        yield Refusal("absence_over", "Cette absence est déjà finie.", place="ends_on")


def somebody_else_holds_the_seat(absence, seated) -> Iterator[Refusal]:
    """A delegation gives no right: whoever answers could answer already."""
    if absence.stand_in_id == absence.user_id or not seated(absence):
        yield Refusal("not_seated", "Choisissez une personne qui tient le même siège.", place="stand_in")


class AbsenceQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(user=user).select_related("stand_in", "seat", "cycle").order_by("begins_on", "pk")

    def on(self, day):
        """Those of that day: a date, or how one row says it."""
        return self.filter(begins_on__lte=day, ends_on__gte=day)

    def until(self, day: date):
        """Those that are not over."""
        return self.filter(ends_on__gte=day)

    def heard_instead(self, day):
        """Those of that day in which somebody hears instead: the stand-in holds that seat still, and is there."""
        held = Grant.objects.filter(
            user=OuterRef("stand_in"), role=Role.FINANCIER, user__is_active=True,
            organisation=OuterRef("seat"), cycle=OuterRef("cycle"),
        )  # fmt: skip
        away = Absence.objects.filter(
            user=OuterRef("stand_in"), seat=OuterRef("seat"), cycle=OuterRef("cycle")
        )
        dated = self.annotate(day=ExpressionWrapper(day, models.DateField()))
        here = dated.filter(begins_on__lte=F("day"), ends_on__gte=F("day"))
        return here.filter(Exists(held), ~Exists(away.on(OuterRef("day"))))


class Absence(Subject):
    """One person away from one seat in one call; another who holds it answers meanwhile, and hears instead."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="répond à sa place"
    )
    seat = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="siège")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="+")
    begins_on = models.DateField("du")
    ends_on = models.DateField("au")

    objects = AbsenceQuerySet.as_manager()

    kind = "absence"
    opened_by = (Role.FINANCIER,)
    opening = (it_is_ones_own, days_are_to_come, somebody_else_holds_the_seat)
    once = ("user", "stand_in", "seat", "cycle", "begins_on", "ends_on")
    removable = True

    class Meta:
        verbose_name = "absence"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on__lte=models.F("ends_on")), name="absence_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(user=models.F("stand_in")), name="absence_another_stands_in"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.begins_on}"

    def reach_key(self, reach: Reach) -> int | None:
        return {Reach.CYCLE: self.cycle_id, Reach.SEAT: self.seat_id}.get(reach)
