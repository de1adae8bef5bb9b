"""Awards as lines: whose payments one may read, which are late, which wait for a signed act."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum

from cases.acts import AGREEMENT_ABOVE, EXEMPT
from cases.states import PAYABLE
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

    def given_in_the_year(self, line) -> Decimal:
        """What the same financier gives the same body in one year, in euros, whatever the call."""
        same = {name: getattr(line, f"{name}_id") for name in ("seat", "organisation")}
        rows = self.payable().filter(**same, cycle__year=line.cycle.year)
        return rows.aggregate(sum=Sum("decided"))["sum"] or Decimal(0)

    def acts_to_sign(self, user):
        """In the cycles that this person coordinates: above the law's threshold, with no signed act on record."""
        cycles = {
            held.cycle_id for held in roles.reached(user, "line", "act", roles.Reach.CYCLE)
            if held.role == Role.COORDINATOR
        }  # fmt: skip
        same = {name: OuterRef(name) for name in ("seat", "organisation", "cycle__year")}
        year = self.model.objects.payable().filter(**same).order_by().values("seat")
        told = Subquery(year.annotate(sum=Sum("decided")).values("sum"))
        private = ~Q(organisation__kind__in=EXEMPT)
        rows = self.payable().filter(private, act_on=None, cycle__in=cycles - {None})
        return rows.alias(in_the_year=told).filter(in_the_year__gt=AGREEMENT_ABOVE)


def _payments():
    from cases.models import Payment  # because a payment's model imports this file

    return Payment.objects.filter(line=OuterRef("pk"))
