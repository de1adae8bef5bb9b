"""When a holder may ask again: the announced days of the next call of the same contract, as soon as it is published."""

from dataclasses import dataclass
from datetime import date

from workflow.models import Milestone
from workflow.wording import date_in_words

MOST = 4
"""How many days are worth noting after an answer."""


@dataclass(frozen=True)
class NextDay:
    """One day of the next call, in words."""

    label: str
    words: str


@dataclass(frozen=True)
class NextCall:
    """The call in which one may ask again; no name while nobody has published it."""

    name: str = ""
    code: str = ""
    days: tuple[NextDay, ...] = ()


def next_call(dossier, on: date) -> NextCall:
    """One query, whatever there is."""
    later = Milestone.objects.filter(
        cycle__contract=dossier.cycle.contract_id,
        cycle__year__gt=dossier.cycle.year,
        cycle__current__isnull=False,
        public=True,
        ends_on__gte=on,
    )
    rows = list(later.select_related("cycle").order_by("cycle__year", "cycle", "starts_on", "pk")[: MOST * 2])
    if not rows:
        return NextCall()
    cycle = rows[0].cycle
    own = [one for one in rows if one.cycle_id == cycle.pk][:MOST]
    days = tuple(NextDay(one.label, date_in_words(one.starts_on, one.ends_on, one.precision)) for one in own)
    return NextCall(cycle.name, cycle.code, days)
