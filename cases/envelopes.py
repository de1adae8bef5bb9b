"""What stands in each envelope, in euros: what is decided, firm and paid, and what is still proposed."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, Window
from django.db.models.functions import Coalesce

from cases.models import Envelope, FundingLine, LedgerEntry, Payment
from cases.states import DossierState, LineMove
from workflow.models import Cycle

AMOUNT = DecimalField(max_digits=14, decimal_places=2)
UNDER_WAY = (DossierState.INSTRUCTION, DossierState.REVIEW, DossierState.COMMITTEE, DossierState.DEFERRED)
"""Where a proposal still counts: before there is none, afterwards the decision speaks."""


def with_sums(envelopes: QuerySet[Envelope]) -> QuerySet[Envelope]:
    """Each envelope with `pending`, `firm` and `paid`, its parts' in them, in one query whatever their lines."""
    own = Envelope.objects.filter(Q(pk=OuterRef(OuterRef("pk"))) | Q(within=OuterRef(OuterRef("pk"))))
    lines = FundingLine.objects.filter(envelope__in=own.values("pk"))
    open_lines = lines.filter(outcome="", dossier__state__in=UNDER_WAY)
    paid = Payment.objects.filter(line__envelope__in=own.values("pk"), paid_on__isnull=False)
    return envelopes.annotate(
        pending=_sum(open_lines, Coalesce("proposed", "team_proposal")),
        firm=_sum(lines.filter(firm_on__isnull=False), F("decided")),
        paid=_sum(paid, F("amount")),
    )


def _sum(rows: QuerySet, amount) -> Coalesce:
    every = rows.order_by().annotate(all=Value(1)).values("all")
    sums = every.annotate(total=Sum(amount, output_field=AMOUNT)).values("total")
    return Coalesce(Subquery(sums, output_field=AMOUNT), Value(Decimal(0)), output_field=AMOUNT)


def overrun(envelope: Envelope) -> Decimal:
    """How far what is proposed would carry it above what may be decided, in euros; over-programming is normal."""
    if envelope.available is None:
        return Decimal(0)
    return max(Decimal(0), envelope.decided + envelope.pending - envelope.available)


def by_call(found: Iterable[Envelope]) -> list[tuple[Cycle, list[Envelope]]]:
    """Each call with its envelopes, the newest that is published first; what is only in preparation comes last.

    A part stands `inside` its whole, in whose sums it is counted.
    """
    calls: dict[Cycle, list[Envelope]] = {}
    wholes: dict[int, Envelope] = {}
    for one in found:
        one.overrun, one.inside = overrun(one), []
        wholes[one.pk] = one
        whole = wholes.get(one.within_id)
        rows = calls.setdefault(one.financier.cycle, []) if whole is None else whole.inside
        rows.append(one)
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
