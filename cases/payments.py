"""An award with its payments: what was granted, what is expected, what arrived, what nobody announced yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from cases.models import FundingLine, Payment
from workflow.situation import Situation

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Award:
    """One financier's money on one dossier."""

    line: FundingLine
    payments: tuple[Payment, ...]

    @property
    def granted(self) -> Decimal:
        return self.line.award

    @property
    def arrived(self) -> list[Payment]:
        return [one for one in self.payments if one.paid_on]

    @property
    def awaited(self) -> list[Payment]:
        """Announced, not yet here."""
        return [one for one in self.payments if not one.paid_on]

    @property
    def received(self) -> Decimal:
        return sum((one.amount for one in self.arrived), NOTHING)

    @property
    def unannounced(self) -> Decimal:
        """Granted, with no payment noted for it."""
        return max(self.granted - sum((one.amount for one in self.payments), NOTHING), NOTHING)


@dataclass(frozen=True)
class Total:
    """The sums of a page."""

    granted: Decimal
    received: Decimal
    left: Decimal


def awards_of(lines: Iterable[FundingLine]) -> list[Award]:
    """One query for the payments of all these lines; those that were given up are left out."""
    lines = list(lines)
    found: dict[int, tuple[Payment, ...]] = {}
    for one in Payment.objects.filter(line__in=lines, amount__gt=0).order_by("expected_on", "pk"):
        found[one.line_id] = (*found.get(one.line_id, ()), one)
    return [Award(line, found.get(line.pk, ())) for line in lines]


def total(awards: list[Award]) -> Total:
    granted = sum((one.granted for one in awards), NOTHING)
    received = sum((one.received for one in awards), NOTHING)
    return Total(granted, received, max(granted - received, NOTHING))


def may_note(line: FundingLine, *, by, at: datetime) -> bool:
    """Whether this person notes payments on that line."""
    return Situation([line], by, at).allows(Payment(line=line), Payment.opened_by)
