"""The dates of a cycle. They belong to the cycle, not to a version, because a date that moves moves for everybody."""

from django.db import models
from django.db.models import Q

from workflow import roles
from workflow.calendar import Precision
from workflow.models.cycle import Cycle
from workflow.roles import Reach, Role
from workflow.subject import Edit, Subject


class MilestoneQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every date of the published calls one works on; a holder reads what is announced, in any of them.

        A call in preparation is its team's own business.
        """
        published = Q(cycle__current__isnull=False)
        follows = (Reach.CYCLE, Reach.SEAT)
        held = [one for reach in follows for one in roles.reached(user, "cycle", "see", reach)]
        followed = {one.cycle_id for one in held} - {None}
        ways = [roles.followed(user, "journal", "see")]
        ways += [published & Q(cycle__in=followed)] if followed else []
        ways += [published & Q(public=True)] if roles.reached(user, "cycle", "see", Reach.OWN) else []
        return self.filter(roles.either(*ways))

    def of_years(self, first: int, last: int):
        return self.filter(cycle__year__range=(first, last))

    def in_order(self):
        return self.select_related("cycle").order_by("starts_on", "ends_on", "pk")


class Milestone(Subject):
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="milestones")
    code = models.SlugField("code", max_length=40)
    label = models.CharField("libellé", max_length=200)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    precision = models.CharField("précision", max_length=12, choices=Precision, default=Precision.DAY)
    public = models.BooleanField("annoncé aux porteurs", default=True)
    source = models.CharField("source", max_length=300, blank=True)
    note = models.TextField("note", blank=True)

    objects = MilestoneQuerySet.as_manager()

    kind = "milestone"
    opened_by = (Role.COORDINATOR,)
    removable = True
    edits = {
        name: Edit(by=(Role.COORDINATOR,))
        for name in ("label", "starts_on", "ends_on", "precision", "public", "source", "note")
    }

    class Meta:
        verbose_name = "jalon"
        verbose_name_plural = "jalons"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="milestone_code_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="milestone_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def reach_key(self, reach: Reach) -> int | None:
        return self.cycle_id if reach is Reach.CYCLE else None
