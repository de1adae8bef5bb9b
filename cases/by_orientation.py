"""The programming by orientation: what is asked, programmed and decided for each priority, drawn and in figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from cases.exchange_words import NO_ORIENTATION
from cases.models import FundingLine
from cases.programming_sums import AMOUNT, priced
from workflow import roles

NOTHING = Decimal(0)
FULL = 100
"""How long the longest bar is, in the drawing's own units."""


@dataclass(frozen=True)
class Share:
    """One orientation, its amounts in euros; `most` is the largest of the page."""

    label: str
    dossiers: int
    requested: Decimal
    planned: Decimal
    decided: Decimal
    most: Decimal

    @property
    def bars(self) -> Iterator[tuple[str, int, str]]:
        """(which one, where it stands, how long it is) for the drawing."""
        for rank, name in enumerate(("requested", "planned", "decided")):
            length = FULL * getattr(self, name) / self.most if self.most else NOTHING
            yield name, 1 + 10 * rank, f"{length:.2f}"


def is_read_by(user) -> bool:
    """The team and the committee: whoever follows the dossiers of a call."""
    return bool(roles.cycles_of(user, "dossier", "see"))


def shares_of(dossiers, user) -> list[Share]:
    """Every orientation of these dossiers, the call's own order, in one query: only the lines this person sees."""
    lines = FundingLine.objects.visible_to(user).filter(dossier__in=dossiers.order_by().values("pk"))
    rows = (
        priced(lines)
        .order_by("dossier__orientation")
        .values_list("dossier__orientation", "dossier__orientation__label")
    )
    found = list(
        rows.annotate(
            many=Count("dossier", distinct=True),
            asked=Sum("requested"),
            programmed=Sum("planned", output_field=AMOUNT),
            given=Sum("decided"),
        )
    )
    most = max((asked for _, _, _, asked, _, _ in found), default=NOTHING)
    return [
        Share(label or NO_ORIENTATION, many, asked, programmed or NOTHING, given or NOTHING, most)
        for _, label, many, asked, programmed, given in sorted(
            found, key=lambda row: (row[0] is None, row[0] or 0)
        )
    ]


def total(shares: list[Share]) -> Share:
    """The sums of the page."""
    amounts = (
        sum((getattr(one, name) for one in shares), NOTHING) for name in ("requested", "planned", "decided")
    )
    return Share("", sum(one.dossiers for one in shares), *amounts, most=NOTHING)
