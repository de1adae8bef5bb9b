"""An award with its payments: what was granted, what is expected, what arrived, what nobody announced yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from cases.models import FundingLine, Payment, PaymentKind
from workflow import engine
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
        """To be paid, with no payment noted for it."""
        return max(self.line.due - sum((one.amount for one in self.payments), NOTHING), NOTHING)

    @property
    def to_return(self) -> Decimal:
        """What arrived beyond what is kept: its holder sends it back."""
        return max(self.received - self.line.due, NOTHING)

    def late(self, on: date) -> list[Payment]:
        """Announced for a day that has passed."""
        return [one for one in self.awaited if one.expected_on and one.expected_on < on]


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
    due = sum((one.line.due for one in awards), NOTHING)
    return Total(granted, received, max(due - received, NOTHING))


def plan(award: Award) -> list[Payment]:
    """The payments that the cycle's rules make of an award of which none is noted yet; nothing is kept.

    The law counts its days from the letter (law 2021-875); a balance waits for the report, hence for its own day.
    """
    line = award.line
    if award.payments or not line.due or line.notified_on is None:
        return []
    rules = line.dossier.rules
    first = line.notified_on + timedelta(days=rules.payment_days)
    if rules.advance_share is None:
        return [Payment(line=line, kind_of=PaymentKind.SINGLE, amount=line.due, expected_on=first)]
    advance = (line.due * rules.advance_share / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    parts = ((PaymentKind.ADVANCE, advance, first), (PaymentKind.BALANCE, line.due - advance, None))
    return [Payment(line=line, kind_of=kind, amount=amount, expected_on=on) for kind, amount, on in parts]


def confirm(award: Award, *, by, at: datetime) -> None:
    """The plan becomes what is expected. Raises `Refused`; « already » where somebody has just confirmed it."""
    if planned := plan(award):
        engine.open_many(planned, by=by, at=at)


def may_note(line: FundingLine, *, by, at: datetime) -> bool:
    """Whether this person notes payments on that line."""
    return Situation([line], by, at).allows(Payment(line=line), Payment.opened_by)
