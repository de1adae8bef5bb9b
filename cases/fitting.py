"""An action about to be made smaller, before its holder confirms it: the budget of today beside the one typed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from cases.budget import NONE, Budget
from cases.models import FundingLine, RevisedBudget
from cases.revised import Row, budget_of, compared, granted


@dataclass(frozen=True)
class Typed:
    """The budget that is typed, as a version that is not kept yet."""

    amounts: dict[str, Decimal]
    awards: dict[int, Decimal]
    at: None = None


@dataclass(frozen=True)
class Fitting:
    """What stands today and what would stand, in euros; the first of two amounts is today's."""

    before: Budget
    after: Budget
    charges: list[Row]
    products: list[Row]
    in_kind: list[Row]

    days = (None,)
    """What would stand is of no day yet."""

    @property
    def is_detailed(self) -> bool:
        """Whether there are accounts to compare: a request without any is adapted in words."""
        return self.before.is_detailed or self.after.is_detailed


def fitting_of(line: FundingLine, accounts: dict) -> Fitting:
    """The request's budget, or the last one that was fitted since, beside these accounts."""
    dossier = line.dossier
    lines = list(dossier.lines.select_related("envelope__financier__organisation").order_by("pk"))
    kept = list(RevisedBudget.objects.of(dossier))
    request, after = Budget.of(dossier, lines), budget_of(accounts, lines)
    before = Budget(kept[-1].amounts, sum(kept[-1].awards.values(), NONE)) if kept else request
    typed = Typed(after.amounts, {one.pk: one.award for one in granted(lines)})
    table = compared(request, lines, [*kept, typed])
    return Fitting(before, after, *map(_last_two, (table.charges, table.products, table.in_kind)))


def mark_of(line: FundingLine, lines: Iterable[FundingLine], words: str, accounts: dict) -> str:
    """A digest of what its holder confirms: the words and accounts typed, what is granted, the other adaptations.

    This line's own adaptation is no part of it, so that a second click is the same as the first.
    """
    others = RevisedBudget.objects.of(line.dossier).exclude(line=line)
    said = (
        " ".join(words.split()),
        sorted((code, f"{amount:.2f}") for code, amount in accounts.items()),
        [(one.pk, f"{one.award:.2f}") for one in granted(lines)],
        [one.pk for one in others],
    )
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _last_two(rows: list[Row]) -> list[Row]:
    """Without what neither of them says."""
    cut = [Row(one.label, one.amounts[-2:], one.sum) for one in rows]
    return [one for one in cut if any(amount is not None for amount in one.amounts)]
