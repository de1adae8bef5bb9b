"""The signed act that an award needs before it is paid: whose, above how much, and where it is still missing."""

from decimal import Decimal

from workflow.models import OrganisationKind

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


def is_private_body(organisation) -> bool:
    return organisation.kind not in EXEMPT


def act_is_missing(line) -> bool:
    """Whether nothing may be paid yet: all that this financier gives that body in the year counts together."""
    if line.act_on is not None or not line.award or not is_private_body(line.organisation):
        return False
    return type(line).objects.given_in_the_year(line) > AGREEMENT_ABOVE
