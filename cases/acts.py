"""The signed act that an award needs before it is paid: whose, above how much, and where it is still missing.

One rule for letters, pages and payments: all that one authority told one body of private law in the year counts
together with the award at hand, whatever the call and the action. What is decided and not told yet does not, because a
letter must not tell of another decision.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from django.db.models import F

from workflow.models import OrganisationKind
from workflow.statements import Among, Keys, Selection

AGREEMENT_ABOVE = Decimal(23_000)
"""Euros a year to a private body above which an agreement is signed (law 2000-321, art. 10; decree 2001-495)."""

EXEMPT = (
    OrganisationKind.SCHOOL,
    OrganisationKind.SERVICE,
    OrganisationKind.STATE,
    OrganisationKind.EPCI,
    OrganisationKind.COMMUNE,
    OrganisationKind.DEPARTEMENT,
    OrganisationKind.REGION,
    OrganisationKind.ARS,
    OrganisationKind.PERSON,
)
"""Public bodies and natural persons: the law speaks of bodies of private law. A landlord or a CAF may be one."""


def under_agreement(lines: Iterable) -> set[int]:
    """The keys of the awards among these lines for which the law asks for an agreement; one query at most."""
    awarded = [one for one in lines if one.award]
    if not awarded:
        return set()
    return {one.pk for one in _agreed(type(awarded[0])).rows([one.pk for one in awarded])}


@cache
def _agreed(model) -> Selection:
    """Written once, because each letter of a folder asks it."""
    rows = model.objects.filter(Among(F("pk"), Keys())).under_agreement()
    return Selection(rows.only("pk").order_by("pk"))


def act_is_missing(line) -> bool:
    """Whether nothing may be paid yet."""
    return line.act_on is None and line.pk in under_agreement([line])
