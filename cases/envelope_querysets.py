"""Which envelopes: scoped to a person first (`visible_to`), then adjectives."""

from django.db import models

from workflow import roles


class EnvelopeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The team's in its cycles; a financier's own, in the cycles where it holds the seat."""
        seats = roles.seated(user, "envelope", "see", "financier__organisation", "financier__cycle")
        return self.filter(roles.either(roles.followed(user, "envelope", "see", "financier__"), seats))

    def for_pages(self):
        related = self.select_related("financier__organisation", "financier__cycle")
        return related.order_by("financier__cycle", "financier", "pk")

    def of_cycle(self, cycle: int):
        return (
            self.filter(financier__cycle=cycle)
            .select_related("financier__organisation")
            .order_by("financier", "pk")
        )
