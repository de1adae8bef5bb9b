"""A line of a holder's notebook: what it would like to do, before there is a request."""

from django.db import models

from cases.idea_life import IdeaLife
from cases.models.project import Neighbourhood, Orientation
from cases.session_querysets import IdeaQuerySet
from cases.states import IdeaMove, IdeaState
from workflow.models import Cycle, Organisation
from workflow.roles import Reach, Role
from workflow.subject import Edit, Subject


class Idea(IdeaLife, Subject):
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="ideas", verbose_name="appel à projets")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ideas", verbose_name="association"
    )
    title = models.CharField("votre idée en quelques mots", max_length=300)
    need = models.TextField("à quel besoin elle répond", blank=True)
    orientation = models.ForeignKey(
        Orientation, models.PROTECT, null=True, blank=True, verbose_name="orientation"
    )
    neighbourhoods = models.ManyToManyField(Neighbourhood, blank=True, verbose_name="quartiers")
    noted_at = models.DateTimeField("notée le")
    dossier = models.OneToOneField(
        "cases.Dossier", models.PROTECT, null=True, blank=True, related_name="idea", verbose_name="demande"
    )

    objects = IdeaQuerySet.as_manager()

    kind = "idea"
    moves = IdeaMove
    opened_by = (Role.HOLDER,)
    once = ("cycle", "organisation", "title", "state")
    edits = {
        name: Edit(by=(Role.HOLDER,), states=(IdeaState.OPEN,))
        for name in ("title", "need", "orientation_id", "neighbourhoods")
    }

    class Meta:
        verbose_name = "idée"
        ordering = ["noted_at", "pk"]

    def __str__(self) -> str:
        return self.title

    def reach_key(self, reach: Reach) -> int | None:
        return {Reach.CYCLE: self.cycle_id, Reach.OWN: self.organisation_id}.get(reach)

    @classmethod
    def also_locks(cls, subjects, move):
        """The call for a new one, so that two taps note one idea."""
        if any(one.pk is None for one in subjects):
            return [Cycle.objects.filter(pk__in={one.cycle_id for one in subjects})]
        return []
