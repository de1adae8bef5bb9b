"""Which rows: scoped to a person first (`visible_to`), then adjectives."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from cases.states import DossierState, LineState
from workflow import roles
from workflow.roles import Reach


class ByDossier(models.QuerySet):
    def tally_by_dossier(self) -> dict[int, int]:
        """{dossier key: how many rows}."""
        rows = self.order_by("dossier").values_list("dossier").annotate(count=Count("pk"))
        return dict(rows)


class DossierQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What a person may know of: their cycles, their organisation's, or those where their seat was asked."""
        from cases.models import FundingLine  # because a line's model imports this file

        asked = FundingLine.objects.filter(
            dossier=OuterRef("pk"),
            seat__in=roles.reaching(user, "dossier", "see", Reach.SEAT).values("organisation"),
            seat__grants__cycle=OuterRef("cycle"),
        ).exclude(state=LineState.REQUESTED)
        return self.filter(
            Q(cycle__in=roles.reaching(user, "dossier", "see", Reach.CYCLE).values("cycle"))
            | Q(organisation__in=roles.reaching(user, "dossier", "see", Reach.OWN).values("organisation"))
            | Exists(asked)
        )

    def in_state(self, *states):
        return self.filter(state__in=states)


class LineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A line is seen with its dossier; a financier sees its own seat's lines once it was asked."""
        return self.filter(
            Q(cycle__in=roles.reaching(user, "line", "see", Reach.CYCLE).values("cycle"))
            | Q(organisation__in=roles.reaching(user, "line", "see", Reach.OWN).values("organisation"))
            | Q(seat__in=roles.reaching(user, "line", "see", Reach.SEAT).values("organisation"))
            & ~Q(state=LineState.REQUESTED)
        )

    def awaiting(self, user):
        """The opinions that this person's seats owe."""
        seats = roles.reaching(user, "line", "see", Reach.SEAT)
        return self.filter(
            Exists(seats.filter(organisation=OuterRef("seat"), cycle=OuterRef("cycle"))),
            state=LineState.INVITED,
            dossier__state=DossierState.REVIEW,
        )
