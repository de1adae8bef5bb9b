"""What a financier pays of what it granted: one row per payment, expected then received."""

from collections.abc import Iterator
from decimal import Decimal

from django.db import models
from django.db.models import Q

from cases.models.dossier import Dossier
from cases.models.funding import FundingLine
from cases.querysets import PaymentQuerySet
from cases.states import LineState
from workflow.money import euros
from workflow.refusal import Refusal
from workflow.roles import TEAM, Reach
from workflow.subject import Edit, Subject

PAYABLE = (LineState.NOTIFIED, LineState.ACCEPTED, LineState.ADAPTED, LineState.SETTLED)


class PaymentKind(models.TextChoices):
    ADVANCE = "advance", "Acompte"
    BALANCE = "balance", "Solde"
    SINGLE = "single", "Versement unique"


def award_is_told(payment) -> Iterator[Refusal]:
    """Nobody learns of an award by its payment: the letter comes first."""
    if payment.line.state not in PAYABLE or not payment.line.award:
        yield Refusal("nothing_to_pay", "Un versement se note une fois l’accord notifié au porteur.")


def amount_is_paid_money(payment) -> Iterator[Refusal]:
    if payment.amount <= 0:
        yield Refusal("amount_off", "Le montant du versement doit être positif.", place="amount")


def award_is_enough(payment) -> Iterator[Refusal]:
    yield from _within(payment, payment.amount)


def award_is_still_enough(payment, value) -> Iterator[Refusal]:
    """An amount brought to zero cancels the payment and keeps its trace."""
    if value < 0:
        yield Refusal("amount_off", "Le montant ne peut pas être négatif.", place="amount")
    yield from _within(payment, value)


def _within(payment, amount: Decimal) -> Iterator[Refusal]:
    """Asked under the lock of the line, so that two payments noted at once never exceed it together."""
    over = payment.beside + amount - payment.line.award
    if amount > 0 and over > 0:
        yield Refusal(
            "over_award",
            f"Les versements dépasseraient de {euros(over)} ce qui est accordé ({euros(payment.line.award)}).",
            place="amount",
        )


class Payment(Subject):
    """Expected on a day, then received on another. Zero euros is a payment that was given up."""

    line = models.ForeignKey(FundingLine, models.PROTECT, related_name="payments", verbose_name="financement")
    kind_of = models.CharField("nature", max_length=8, choices=PaymentKind, default=PaymentKind.SINGLE)
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2)
    expected_on = models.DateField("attendu le", null=True, blank=True)
    paid_on = models.DateField("reçu le", null=True, blank=True)
    reference = models.CharField("référence", max_length=80, blank=True)

    objects = PaymentQuerySet.as_manager()

    kind = "payment"
    lock_rank = 3
    reads = ("line",)
    opened_by = TEAM
    once = ("line", "kind_of", "amount", "expected_on", "paid_on", "reference")
    opening = (award_is_told, amount_is_paid_money, award_is_enough)
    edits = {name: Edit(by=TEAM) for name in ("kind_of", "expected_on", "paid_on", "reference")} | {
        "amount": Edit(by=TEAM, guards=(award_is_still_enough,))
    }

    class Meta:
        verbose_name = "versement"
        ordering = ["line", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="payment_amount_not_negative")]

    def __str__(self) -> str:
        return f"{self.get_kind_of_display()} · {self.line_id}"

    @property
    def beside(self) -> Decimal:
        """What the line's other payments add up to, in euros."""
        return Payment.objects.filter(line=self.line_id).exclude(pk=self.pk).sum()

    def reach_key(self, reach: Reach) -> int | None:
        return self.line.reach_key(reach)

    @classmethod
    def also_locks(cls, subjects, move):
        return [
            Dossier.objects.filter(pk__in={one.line.dossier_id for one in subjects}),
            FundingLine.objects.filter(pk__in={one.line_id for one in subjects}),
        ]
