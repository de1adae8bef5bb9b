"""A list as somebody likes to see it: a name on a query string, one's own or shared with the team of a cycle."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow import roles
from workflow.models import Cycle


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those that a colleague shared with a team of which this person is."""
        cycles = roles.cycles_of(user, "dossier", "act")
        return self.filter(Q(owner=user.pk) | Q(cycle__in=cycles))

    def owned_by(self, user):
        return self.filter(owner=user.pk)


class SavedView(models.Model):
    """A preference, not a fact of the year: it has no journal, and its owner changes it at will."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    cycle = models.ForeignKey(Cycle, models.CASCADE, null=True, blank=True, related_name="+")
    """The cycle with whose team it is shared; None: nobody else sees it."""
    name = models.CharField("nom", max_length=80)
    query = models.CharField("filtres", max_length=500, blank=True)
    opens_first = models.BooleanField("s’ouvre d’abord", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(opens_first=True), name="saved_view_one_opens_first"
            ),
        ]

    def __str__(self) -> str:
        return self.name
