"""The acknowledgement of receipt: which filing counts, the earlier ones, and the two months said once."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cases.models import Document, Dossier, Filed
from cases.states import DossierMove, DossierState
from workflow import engine
from workflow.calendar import paris_day
from workflow.models import StepKind

SILENCE_MONTHS = 2


@dataclass(frozen=True)
class Filing:
    """One filing as its receipt reads it."""

    filed: Filed
    requests: list[tuple[str, Decimal]]
    """(financier, euros asked)"""

    @property
    def total(self) -> Decimal:
        return sum((amount for _, amount in self.requests), Decimal(0))


@dataclass(frozen=True)
class Receipt:
    """What stands on the page; `counting` is None while a request is taken back."""

    counting: Filing | None
    papers: list[Document]
    """What was joined to the filing that counts."""
    earlier: list[Filing]
    silence_on: date | None
    may_take_back: bool
    until: date | None


def silence_day(at: datetime) -> date:
    """The day after which silence means refusal: two months after filing (CRPA, art. L231-4 3°)."""
    return months_later(paris_day(at), SILENCE_MONTHS)


def months_later(on: date, months: int) -> date:
    """The same day of a later month, or its last day where that month is shorter."""
    year, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + year, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def receipt(dossier: Dossier, *, by, at: datetime) -> Receipt | None:
    """None before the first filing. The one that counts is the last that was not taken back."""
    names = {line.pk: str(line.envelope.financier) for line in _lines(dossier)}
    filings = [_filing(one, names) for one in dossier.filings.order_by("number")]
    if not filings:
        return None
    standing = [one for one in filings if one.filed.taken_back_at is None]
    counting = standing[-1] if standing else None
    return Receipt(
        counting=counting,
        papers=list(Document.kept.of_filing(counting.filed)) if counting else [],
        earlier=[one for one in reversed(filings) if one is not counting],
        silence_on=silence_day(counting.filed.at) if counting else None,
        may_take_back=dossier.state == DossierState.SUBMITTED
        and not engine.refusals(dossier, DossierMove.TAKE_BACK, by=by, at=at),
        until=_deadline(dossier),
    )


def _lines(dossier: Dossier):
    return dossier.lines.select_related("envelope__financier__organisation").order_by("pk")


def _filing(filed: Filed, names: dict[int, str]) -> Filing:
    asked = [(names.get(one["line"], ""), Decimal(one["requested"])) for one in filed.content["lines"]]
    return Filing(filed, [(name, amount) for name, amount in asked if amount])


def _deadline(dossier: Dossier) -> date | None:
    steps = dossier.rules.steps.filter(gates=DossierMove.SUBMIT).exclude(closes=None).select_related("closes")
    return max(
        (one.last_day for one in steps.order_by("pk") if not StepKind(one.kind).accompanies), default=None
    )
