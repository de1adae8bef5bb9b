"""What a move does to payments that are expected: given up with their award, trimmed by what is given back, dated."""

from datetime import timedelta
from decimal import Decimal

from cases import (
    models,  # because the models import the charts that name these functions: read at call time only
)
from cases.states import PAYABLE
from workflow import engine
from workflow.calendar import paris_day
from workflow.roles import SYSTEM


def give_up_payments(records, *, by, at) -> None:
    """What was expected of an award that is gone is no longer expected; what was received stays a fact."""
    told = [record.subject.pk for record in records if record.source in PAYABLE]
    for payment in models.Payment.objects.unpaid_of(told) if told else ():
        engine.amend(payment, {"amount": Decimal(0)}, by=SYSTEM, at=at)


def trim_payments(records, *, by, at) -> None:
    """What a financier does not pay because it is given back is no longer expected, the last payment first."""
    short = {record.subject.pk: record.subject.due for record in records if record.subject.given_back}
    for one in models.Payment.objects.arrived_of(list(short)) if short else ():
        short[one.line_id] -= one.amount
    for payment in models.Payment.objects.unpaid_of(list(short)) if short else ():
        kept = max(min(payment.amount, short[payment.line_id]), Decimal(0))
        short[payment.line_id] -= kept
        if kept != payment.amount:
            engine.amend(payment, {"amount": kept}, by=SYSTEM, at=at)


def date_balances(records, *, by, at) -> None:
    """Once the report is accepted the balance has its day; one that the team dated itself keeps it."""
    days = {one.subject.dossier_id: one.subject.dossier.rules.payment_days for one in records}
    final = [one.subject.dossier_id for one in records if one.subject.kind_of == models.ReportKind.FINAL]
    for payment in models.Payment.objects.balances_without_day(final):
        due = paris_day(at) + timedelta(days=days[payment.line.dossier_id])
        engine.amend(payment, {"expected_on": due}, by=SYSTEM, at=at)
