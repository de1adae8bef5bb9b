"""What stands in each envelope, in euros: what is decided, firm and paid, and what is still proposed."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value, Window
from django.db.models.functions import Coalesce

from cases.models import Envelope, FundingLine, LedgerEntry, Payment
from cases.states import DossierState, LineMove
from workflow.models import Cycle

AMOUNT = DecimalField(max_digits=14, decimal_places=2)
UNDER_WAY = (DossierState.INSTRUCTION, DossierState.REVIEW, DossierState.COMMITTEE, DossierState.DEFERRED)
"""Where a proposal still counts: before there is none, afterwards the decision speaks."""


def with_sums(envelopes: QuerySet[Envelope]) -> QuerySet[Envelope]:
    """Each envelope with `pending`, `firm` and `paid`, in one query however many lines there are."""
    lines = FundingLine.objects.filter(envelope=OuterRef("pk"))
    open_lines = lines.filter(outcome="", dossier__state__in=UNDER_WAY)
    paid = Payment.objects.filter(line__envelope=OuterRef("pk"), paid_on__isnull=False)
    return envelopes.annotate(
        pending=_sum(open_lines, "envelope", Coalesce("proposed", "team_proposal")),
        firm=_sum(lines.filter(firm_on__isnull=False), "envelope", F("decided")),
        paid=_sum(paid, "line__envelope", F("amount")),
    )


def _sum(rows: QuerySet, by: str, amount) -> Coalesce:
    sums = rows.order_by().values(by).annotate(total=Sum(amount, output_field=AMOUNT)).values("total")
    return Coalesce(Subquery(sums, output_field=AMOUNT), Value(Decimal(0)), output_field=AMOUNT)


def overrun(envelope: Envelope) -> Decimal:
    """How far what is proposed would carry it above what may be decided, in euros; over-programming is normal."""
    if envelope.available is None:
        return Decimal(0)
    return max(Decimal(0), envelope.decided + envelope.pending - envelope.available)


def by_call(found: Iterable[Envelope]) -> list[tuple[Cycle, list[Envelope]]]:
    """Each call with its envelopes, the newest that is published first; what is only in preparation comes last."""
    calls: dict[Cycle, list[Envelope]] = {}
    for one in found:
        one.overrun = overrun(one)
        calls.setdefault(one.financier.cycle, []).append(one)
    return sorted(calls.items(), key=lambda call: (call[0].current_id is None, -call[0].year, call[0].code))


def ledger(envelope: Envelope) -> QuerySet[LedgerEntry]:
    """Its movements, the newest first, each with the `balance` that it left."""
    rows = LedgerEntry.objects.filter(envelope=envelope.pk)
    balance = Window(Sum("amount"), order_by=F("pk").asc())
    return rows.annotate(balance=balance).select_related("line__dossier").order_by("-pk")


def told(entry: LedgerEntry) -> str:
    """What the movement was, in the journal's words."""
    words = LineMove(entry.move).told
    return f"{words[0].upper()}{words[1:]}"
