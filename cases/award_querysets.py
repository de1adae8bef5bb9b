"""Awards as lines: whose payments one may read, which are late, which wait for a signed act."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum

from cases.acts import AGREEMENT_ABOVE, EXEMPT
from cases.states import DECIDED, PAYABLE, LineState
from workflow import roles
from workflow.roles import Role


class AwardQuerySet(models.QuerySet):
    def paid_to(self, user):
        """Those whose payments this person may read: the team's, the holder's, the seat's own."""
        ways = (way(user, "payment", "see") for way in (roles.followed, roles.owned, roles.seated))
        return self.filter(roles.either(*ways))

    def awarded(self, on: date):
        """Money that a letter announced, from that letter's own day, and that the holder did not give up."""
        return self.filter(notified_on__lte=on, decided__gt=0)

    def payable(self):
        """Awards that were told and are kept."""
        return self.filter(state__in=PAYABLE, decided__gt=0)

    def late(self, on: date):
        """Those of which a payment was expected by now and has not come."""
        return self.filter(Exists(_payments().filter(paid_on=None, amount__gt=0, expected_on__lt=on)))

    def given(self):
        """Awards that a committee's decision stands behind and that are kept, whether their holder knows or not."""
        kept = self.filter(outcome=LineState.GRANTED, decided__gt=0, dossier__state__in=DECIDED)
        return kept.exclude(state=LineState.RENOUNCED)

    def under_agreement(self):
        """Those for which the law asks for an agreement: in one year more than its threshold from one financier to one
        body of private law, whatever the call; what its holder was told counts, and the award itself."""
        private = ~Q(organisation__kind__in=EXEMPT)
        rows = self.given().filter(private).alias(in_the_year=self._in_the_year())
        return rows.filter(in_the_year__gt=AGREEMENT_ABOVE)

    def _in_the_year(self) -> Subquery:
        same = {name: OuterRef(name) for name in ("seat", "organisation", "cycle__year")}
        known = Q(notified_on__isnull=False) | Q(pk=OuterRef("pk"))
        rows = self.model.objects.given().filter(known, **same)
        return Subquery(rows.order_by().values("seat").annotate(sum=Sum("decided")).values("sum"))

    def acts_to_sign(self, user):
        """In the cycles that this person coordinates: above the law's threshold, with no signed act on record."""
        cycles = {
            held.cycle_id for held in roles.reached(user, "line", "act", roles.Reach.CYCLE)
            if held.role == Role.COORDINATOR
        }  # fmt: skip
        return self.payable().under_agreement().filter(act_on=None, cycle__in=cycles - {None})


def _payments():
    from cases.models import Payment  # because a payment's model imports this file

    return Payment.objects.filter(line=OuterRef("pk"))
