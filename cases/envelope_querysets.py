"""Which envelopes: scoped to a person first (`visible_to`), then adjectives."""

from django.db import models
from django.db.models.functions import Coalesce

from workflow import roles

WHOLE = Coalesce("within", "pk")
"""The key of the whole that one is a part of, or its own."""


class EnvelopeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The team's in its cycles; a financier's own, in the cycles where it holds the seat."""
        seats = roles.seated(user, "envelope", "see", "financier__organisation", "financier__cycle")
        return self.filter(roles.either(roles.followed(user, "envelope", "see", "financier__"), seats))

    def for_pages(self):
        related = self.select_related("financier__organisation", "financier__cycle", "within")
        return related.order_by("financier__cycle", "financier", WHOLE, "pk")

    def of_cycle(self, cycle: int):
        """Each followed by its parts."""
        related = self.filter(financier__cycle=cycle).select_related("financier__organisation", "within")
        return related.order_by("financier", WHOLE, "pk")

    def with_wholes(self, keys):
        """These and what they are parts of, to be held together."""
        wholes = self.filter(pk__in=keys, within__isnull=False).values("within")
        return self.filter(models.Q(pk__in=keys) | models.Q(pk__in=wholes))
