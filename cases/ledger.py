"""What the money must always say three times: the envelope's total, its ledger, its lines."""

from collections.abc import Iterator

from django.db.models import Sum

from cases import models
from workflow.money import euros


def sums_hold() -> Iterator[str]:
    """Every envelope whose total is not the sum of its ledger and of what its lines booked, in euros."""
    ledger, lines = _sums(models.LedgerEntry, "amount"), _sums(models.FundingLine, "booked")
    for envelope in models.Envelope.objects.order_by("pk"):
        for name, found in (("le registre", ledger), ("les lignes", lines)):
            told = found.get(envelope.pk, 0)
            if told != envelope.decided:
                yield (
                    f"enveloppe {envelope.pk} « {envelope} » : décidé {euros(envelope.decided)}, "
                    f"{name} disent {euros(told)}"
                )


def _sums(model, column: str) -> dict:
    return dict(model.objects.order_by("envelope").values_list("envelope").annotate(Sum(column)))
