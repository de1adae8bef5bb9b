"""The points of a committee's agenda: timed, typed, some about dossiers, some carried from a committee before."""

from django.db import models

from cases.item_life import ItemLife, it_lasts_a_while, item_is_written, its_dossiers_are_of_the_call
from cases.models.decision import Committee
from cases.states import ItemMove, ItemState
from workflow import roles
from workflow.roles import Reach, Role
from workflow.subject import Edit, Subject


class ItemKind(models.TextChoices):
    DECISION = "decision", "Décision"
    INFORMATION = "information", "Information"
    EXCHANGE = "exchange", "Échange"
    SIGNATURE = "signature", "Signature officielle"


class ItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A point is seen with its committee."""
        found = roles.cycles_of(user, "committee", "see")
        return self.filter(committee__cycle__in=found).select_related("committee__cycle")

    def of(self, committee):
        """In the order of the day, each with where it came from and where it went."""
        rows = self.filter(committee=committee).select_related("origin__committee")
        return rows.prefetch_related("onward__committee").order_by("rank", "pk")

    def after(self) -> int:
        """The rank of whatever comes last."""
        return (self.aggregate(last=models.Max("rank"))["last"] or 0) + 1


_COORDINATOR = Edit(by=(Role.COORDINATOR,), states=(ItemState.PLANNED,))


class AgendaItem(ItemLife, Subject):
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="items", verbose_name="comité")
    rank = models.PositiveSmallIntegerField("place")
    kind_of = models.CharField("nature", max_length=11, choices=ItemKind, default=ItemKind.DECISION)
    title = models.CharField("point", max_length=200)
    speaker = models.CharField("qui présente", max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField("durée en minutes")
    dossiers = models.JSONField("dossiers", default=list, blank=True)
    """Their keys, in the order in which they are called."""
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="onward", verbose_name="reporté de"
    )

    objects = ItemQuerySet.as_manager()

    kind = "committee"
    lock_rank = 10  # because its committee is held first
    moves = ItemMove
    reads = ("committee",)
    removable = True
    opened_by = (Role.COORDINATOR,)
    opening = (item_is_written, its_dossiers_are_of_the_call)
    once = ("committee", "title", "dossiers", "state")
    edits = dict.fromkeys(("kind_of", "title", "speaker", "dossiers"), _COORDINATOR) | {
        "rank": Edit(by=(Role.COORDINATOR,)),
        "minutes": Edit(by=(Role.COORDINATOR,), states=(ItemState.PLANNED,), guards=(it_lasts_a_while,)),
    }

    class Meta:
        verbose_name = "point de l’ordre du jour"
        verbose_name_plural = "points de l’ordre du jour"
        ordering = ["committee", "rank", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(minutes__gt=0), name="item_lasts_a_while")]

    def __str__(self) -> str:
        return self.title

    def reach_key(self, reach: Reach) -> int | None:
        return self.committee.reach_key(reach)

    @classmethod
    def also_locks(cls, subjects, move):
        """The committee, so that one click makes its agenda once; all of the call's where points pass between them."""
        if move == ItemMove.POSTPONE:
            return [Committee.objects.filter(cycle__in={one.committee.cycle_id for one in subjects})]
        return [Committee.objects.filter(pk__in={one.committee_id for one in subjects})]
