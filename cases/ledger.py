"""What the money must always say three times: the envelope's total, its ledger, its lines."""

from collections.abc import Iterator

from django.db.models import Sum

from cases import models
from workflow.money import euros


def sums_hold() -> Iterator[str]:
    """Every envelope whose total is not the sum of its ledger and of what its lines booked, in euros; those of its
    parts count in it."""
    envelopes = list(models.Envelope.objects.order_by("pk"))
    ledger, lines = _sums(models.LedgerEntry, "amount"), _sums(models.FundingLine, "booked")
    parts = {one.pk: [part for part in envelopes if part.within_id == one.pk] for one in envelopes}
    for one in envelopes:
        below = sum(lines.get(part.pk, 0) for part in parts[one.pk])
        told = (
            ("décidé", one.decided, "le registre", ledger.get(one.pk, 0)),
            ("décidé", one.decided, "les lignes", lines.get(one.pk, 0) + below),
            ("dont sous-enveloppes", one.below, "leurs lignes", below),
            ("réparti", one.split, "ses sous-enveloppes", sum(part.reserved for part in parts[one.pk])),
        )
        for name, kept, whose, found in told:
            if kept != found:
                yield f"enveloppe {one.pk} « {one} » : {name} {euros(kept)}, {whose} disent {euros(found)}"


def _sums(model, column: str) -> dict:
    return dict(model.objects.order_by("envelope").values_list("envelope").annotate(Sum(column)))
