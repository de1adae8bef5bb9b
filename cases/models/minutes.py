"""A committee's record once it is signed off: its data and the very bytes of its PDF, for ever."""

from django.db import models

from cases.models.decision import Committee
from workflow import roles
from workflow.roles import Reach, Role
from workflow.subject import Subject


class MinutesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A record is read by those who follow the committee."""
        return self.filter(committee__cycle__in=roles.cycles_of(user, "committee", "see"))


class Minutes(Subject):
    """Nothing of it may be amended: what was wrong is corrected in the next version, and both stay."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="minutes", verbose_name="comité")
    number = models.PositiveSmallIntegerField("version n°")
    content = models.JSONField("contenu")
    digest = models.CharField("empreinte du contenu", max_length=64)
    pdf = models.BinaryField("document")
    signed_at = models.DateTimeField("arrêté le")
    signed_by = models.CharField("arrêté par", max_length=200)

    objects = MinutesQuerySet.as_manager()

    kind = "committee"
    lock_rank = 10  # because its committee is held first
    reads = ("committee",)
    opened_by = (Role.COORDINATOR,)
    once = ("committee", "digest")

    class Meta:
        verbose_name = "procès-verbal"
        verbose_name_plural = "procès-verbaux"
        ordering = ["committee", "number"]
        constraints = [models.UniqueConstraint(fields=["committee", "number"], name="minutes_number_once")]

    def __str__(self) -> str:
        return f"version {self.number}"

    def reach_key(self, reach: Reach) -> int | None:
        return self.committee.reach_key(reach)

    @classmethod
    def also_locks(cls, subjects, move):
        """The committee, so that one click signs once."""
        return [Committee.objects.filter(pk__in={one.committee_id for one in subjects})]
