"""The demo's programming: open to its financiers, with a scenario that somebody is working on."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from cases import programming_sight, scenarios
from cases.amounts import Typed
from cases.models import Envelope
from workflow.models import Cycle, User


def prepare(cycle: Cycle, written: dict[str, Any], at: datetime) -> None:
    """Share the table, then begin each scenario with what it supposes of an envelope, and spread the cut."""
    by = User.objects.get(email=f"{written['qui']}@exemple.test")
    sight = programming_sight.sight_of(cycle, by)
    programming_sight.share(sight, cycle, shared=True, by=by, at=at, version=0)
    for one in written["scénarios"]:
        financier, code = one["enveloppe"]
        envelope = Envelope.objects.get(financier__cycle=cycle, financier__code=financier, code=code)
        scenario, _ = scenarios.begin(cycle, one["nom"], None, by=by, at=at)
        supposed = Typed(envelope.pk, "", 0, None, Decimal(one["montant"]))
        scenarios.suppose(scenario, [supposed], by=by, at=at)
        scenarios.spread(scenario, envelope.pk, by=by, at=at)
