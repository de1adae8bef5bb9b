"""What a financier pays of what it granted: one row per payment, expected then received."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q

from cases.acts import act_is_missing
from cases.models.dossier import Dossier
from cases.models.funding import FundingLine
from cases.querysets import PaymentQuerySet
from cases.states import PAYABLE
from workflow.money import euros
from workflow.refusal import Refusal
from workflow.roles import TEAM, Reach
from workflow.subject import Edit, Subject
from workflow.wording import day_in_words


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
    line = payment.line
    over = payment.beside + amount - line.due
    if amount > 0 and over > 0:
        kept = f", {euros(line.given_back)} étant rendus" if line.given_back else ""
        yield Refusal(
            "over_award",
            f"Les versements dépasseraient de {euros(over)} ce qui est accordé ({euros(line.award)}{kept}).",
            place="amount",
        )


def days_follow_the_letter(payment) -> Iterator[Refusal]:
    for name in ("expected_on", "paid_on"):
        yield from _since_the_letter(payment, getattr(payment, name), name)


def expected_since_the_letter(payment, value) -> Iterator[Refusal]:
    yield from _since_the_letter(payment, value, "expected_on")


def paid_since_the_letter(payment, value) -> Iterator[Refusal]:
    yield from _since_the_letter(payment, value, "paid_on")


def _since_the_letter(payment, day: date | None, place: str) -> Iterator[Refusal]:
    """A financier pays what it has told, never before."""
    told = payment.line.notified_on
    if day and told and day < told:
        yield Refusal(
            "before_letter", f"Cette date précède la notification du {day_in_words(told)}.", place=place
        )


def act_is_signed(payment) -> Iterator[Refusal]:
    yield from _without_act(payment, payment.paid_on)


def act_is_signed_first(payment, value) -> Iterator[Refusal]:
    yield from _without_act(payment, value)


def _without_act(payment, paid_on: date | None) -> Iterator[Refusal]:
    """Expected it may be; paid it is only under a signed agreement, where the law asks for one."""
    if paid_on and act_is_missing(payment.line):
        yield Refusal(
            "no_act",
            "La loi demande une convention signée au-dessus de 23 000 € par an : notez d’abord sa date.",
            place="paid_on",
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
    opening = (award_is_told, amount_is_paid_money, award_is_enough, days_follow_the_letter, act_is_signed)
    edits = {name: Edit(by=TEAM) for name in ("kind_of", "reference")} | {
        "amount": Edit(by=TEAM, guards=(award_is_still_enough,)),
        "expected_on": Edit(by=TEAM, guards=(expected_since_the_letter,)),
        "paid_on": Edit(by=TEAM, guards=(paid_since_the_letter, act_is_signed_first)),
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
