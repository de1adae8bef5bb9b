"""What the filters of a list keep: one verb per filter, each a condition that never doubles a row."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from workflow.models import Organisation


class NarrowedQuerySet(models.QuerySet):
    def matching(self, text: str):
        """Number, title or holder, in the words somebody typed.

        Holders are asked first, because a database reads no index across two tables.
        """
        holders = Organisation.objects.filter(name__icontains=text).order_by().values_list("pk", flat=True)
        found = Q(title__icontains=text) | Q(organisation__in=list(holders))
        return self.filter(found | Q(number=int(text)) if text.isdecimal() and len(text) < 9 else found)

    def of_orientation(self, orientation: int):
        return self.filter(orientation=orientation)

    def of_cycle(self, cycle: int):
        return self.filter(cycle=cycle)

    def in_neighbourhood(self, neighbourhood: int):
        through = self.model.neighbourhoods.through.objects
        return self.filter(Exists(through.filter(dossier=OuterRef("pk"), neighbourhood=neighbourhood)))

    def held_by_somebody_called(self, name: str):
        return self.filter(organisation__name__icontains=name)

    def named(self, uuids):
        """Those of a list that somebody chose from, in the list's own order."""
        return self.filter(uuid__in=uuids).order_by("cycle", "number")

    def asking(self, financier: int):
        lines = self.model.lines.rel.related_model.objects.filter(dossier=OuterRef("pk"))
        return self.filter(Exists(lines.filter(envelope__financier=financier)))

    def of_holders(self, organisations):
        return self.filter(organisation__in=organisations)

    def before_year(self, year: int):
        """Those of earlier years, the latest first."""
        return self.filter(cycle__year__lt=year).order_by("-cycle__year", "number", "pk")
