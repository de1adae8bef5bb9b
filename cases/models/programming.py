"""A call's programming: to whom it is open, whether it is signed, and each table that was signed."""

from django.conf import settings
from django.db import models

from cases.models.decision import Committee
from cases.models.dossier import Dossier
from cases.programming_life import ProgrammingLife
from cases.programming_states import ProgrammingMove
from workflow.models import Cycle
from workflow.roles import Reach, Role
from workflow.subject import Edit, Subject


class Programming(ProgrammingLife, Subject):
    """One per call, opened the first time somebody decides something about the table as a whole."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="programming")
    shared = models.BooleanField("ouverte aux financeurs", default=False)

    kind = "programming"
    moves = ProgrammingMove
    opened_by = (Role.COORDINATOR,)
    once = ("cycle",)
    edits = {"shared": Edit(by=(Role.COORDINATOR,))}

    class Meta:
        verbose_name = "programmation"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"programmation {self.cycle_id}"

    def reach_key(self, reach: Reach) -> int | None:
        return self.cycle_id if reach is Reach.CYCLE else None

    @classmethod
    def also_locks(cls, subjects, move):
        """The call for a new one; to sign, every dossier: whoever writes an amount or a word holds its dossier."""
        cycles = {one.cycle_id for one in subjects}
        if any(one.pk is None for one in subjects):
            return [Cycle.objects.filter(pk__in=cycles)]
        return [Dossier.objects.filter(cycle__in=cycles)] if move == ProgrammingMove.SIGN_OFF else []


class SignedQuerySet(models.QuerySet):
    def of_cycle(self, cycle: int):
        """The newest first."""
        rows = self.filter(programming__cycle=cycle).select_related("committee", "by")
        return rows.order_by("-number")

    def without_content(self):
        return self.defer("content")


class SignedProgramming(models.Model):
    """The table as the committee voted it: append-only. `content` is the very text that `digest` was taken of."""

    programming = models.ForeignKey(Programming, models.PROTECT, related_name="signed")
    number = models.PositiveSmallIntegerField("version")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+", verbose_name="comité")
    at = models.DateTimeField("arrêtée le")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="arrêtée par"
    )
    content = models.TextField("contenu")
    digest = models.CharField("empreinte", max_length=64)

    objects = SignedQuerySet.as_manager()

    class Meta:
        verbose_name = "programmation arrêtée"
        verbose_name_plural = "programmations arrêtées"
        ordering = ["programming", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programming", "number"], name="signed_programming_number_once")
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
