"""The financial statement of a report: what was planned and what came of it, account by account (86 equals 87).

The law's own form (order of 11 October 2006) sets both columns side by side. What the call's financiers gave stands in
a row of its own: its holder says how much of it was used, and the rest is unspent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cases.budget import CHARGES, KIND, NONE, PRODUCTS, Account, Budget
from cases.states import LineState
from workflow.money import MINUS, NARROW, euros
from workflow.refusal import Refusal

USED, TOTAL = "appel", "total"
"""The rows that are no account: what was used of this call's money; the whole cost, where no account was planned."""
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Row:
    """One account: planned and realised in euros, and why they differ."""

    code: str
    label: str
    planned: Decimal | None
    realised: Decimal
    why: str = ""
    limit: int = 0
    settled: bool = False
    """Explained by what the financiers decided themselves."""

    @property
    def gap(self) -> Decimal | None:
        return None if self.planned is None else self.realised - self.planned

    @property
    def percent(self) -> int | None:
        """Of what was planned; None where nothing was."""
        return round(100 * self.gap / self.planned) if self.gap is not None and self.planned else None

    @property
    def percent_said(self) -> str:
        return f"{MINUS if self.percent < 0 else '+'}{abs(self.percent)}{NARROW}%"

    @property
    def is_wide(self) -> bool:
        """Whether the gap passes the cycle's threshold, so that words are asked for."""
        if not self.gap or self.settled:
            return False
        return not self.planned or 100 * abs(self.gap) > self.limit * self.planned

    @property
    def is_unexplained(self) -> bool:
        return self.is_wide and not self.why.strip()


@dataclass(frozen=True)
class Statement:
    """All of it. `awarded`: what the financiers gave and the holder kept, in euros."""

    planned: Budget
    cost: Decimal
    realised: dict[str, Decimal]
    total: Decimal | None
    explained: dict[str, str]
    awarded: Decimal
    limit: int

    @classmethod
    def of(cls, report, lines: Iterable, revised=None) -> "Statement":
        """`revised`: the last budget of an action made smaller (`RevisedBudget`), where there is one."""
        dossier, lines = report.dossier, list(lines)
        planned, cost = Budget.of(dossier, lines), dossier.total_cost
        if revised is not None and revised.accounts:
            planned = Budget(revised.amounts, sum(revised.awards.values(), NONE))
            cost = planned.charges
        realised = {str(code): Decimal(str(amount)) for code, amount in report.realised.items()}
        kept = (one.award for one in lines if one.state != LineState.RENOUNCED and not one.in_kind)
        return cls(
            planned=planned,
            cost=cost,
            realised=realised,
            total=report.spent,
            explained=report.explained,
            awarded=sum(kept, NONE),
            limit=dossier.rules.report_gap,
        )

    # What stands in it

    @property
    def is_detailed(self) -> bool:
        """Whether it is given account by account: as soon as the request was, or as its holder begins to."""
        return self.planned.is_detailed or any(code != USED for code in self.realised)

    @property
    def charges(self) -> Decimal | None:
        """What the action cost; a small association may know its total alone."""
        return self._sum(CHARGES) if self.is_detailed else self.total

    @property
    def has_begun(self) -> bool:
        """Whether its holder has said what the action cost; nothing at all may be said, but not account by account."""
        return bool(self.charges) if self.is_detailed else self.total is not None

    @property
    def used(self) -> Decimal:
        """What was used of this call's money: all of it until its holder says otherwise."""
        return self.realised.get(USED, self.awarded)

    @property
    def products(self) -> Decimal:
        return self._sum(PRODUCTS) + self.used

    @property
    def missing(self) -> Decimal:
        """By how much the products fall short of the charges, in euros; below zero there are too many."""
        return (self.charges or NONE) - self.products

    @property
    def surplus(self) -> Decimal:
        return -self.missing

    @property
    def planned_charges(self) -> Decimal | None:
        return self.planned.charges if self.planned.is_detailed else None

    @property
    def planned_products(self) -> Decimal | None:
        return self.planned.products if self.planned.is_detailed else None

    def rows(self, accounts: Iterable[Account]) -> list[Row]:
        """The accounts of which something was planned or realised, in their order."""
        return [self._row(one) for one in accounts if self._planned(one) or self.realised.get(one)]

    @property
    def spent(self) -> list[Row]:
        return self.rows(CHARGES)

    @property
    def received(self) -> list[Row]:
        return self.rows(PRODUCTS)

    @property
    def in_kind(self) -> list[Row]:
        return self.rows(KIND)

    @property
    def of_the_call(self) -> Row:
        """Granted less than asked is no gap of the holder's: only what it did not use is."""
        label, asked = "74 · Subventions de cet appel", self.planned.asked
        as_granted = self.used == self.awarded
        return Row(USED, label, asked, self.used, self.explained.get(USED, ""), self.limit, as_granted)

    @property
    def whole(self) -> Row:
        """The cost alone, where no account was planned."""
        why = self.explained.get(TOTAL, "")
        return Row(TOTAL, "Coût total de l’action", self.expected, self.charges or NONE, why, self.limit)

    @property
    def explainable(self) -> list[Row]:
        """Every row whose gap may ask for words, once its holder has begun to say what the action cost."""
        if not self.has_begun:
            return []
        if not self.planned.is_detailed:
            return [self.whole]
        return [*self.spent, self.of_the_call, *self.received, *self.in_kind]

    @property
    def wide(self) -> list[Row]:
        return [one for one in self.explainable if one.is_wide]

    # What is unspent

    @property
    def expected(self) -> Decimal:
        """What the action was to cost with the money that was granted: the request, less what was not."""
        return max(self.cost - max(self.planned.asked - self.awarded, NONE), self.awarded)

    @property
    def unspent(self) -> Decimal:
        """What its holder did not use, and no less than this money's share of what the action cost less."""
        if not (self.has_begun and self.awarded):
            return NONE
        share = NONE
        if self.charges < self.expected:
            share = self.awarded - (self.awarded * self.charges / self.expected).quantize(CENT, ROUND_HALF_UP)
        return max(self.awarded - self.used, share, NONE)

    def shares(self, lines: Iterable) -> dict[int, Decimal]:
        """{line key: what it would give back}: each by its award, all together to the cent."""
        kept = [one for one in lines if one.award and one.state != LineState.RENOUNCED and not one.in_kind]
        return split(self.unspent, {one.pk: one.award for one in kept})

    # What it lacks

    def refusals(self) -> Iterator[Refusal]:
        if not self.is_detailed:
            if self.total is None:
                yield Refusal("no_spent", "Indiquez ce que l’action a coûté.", place="spent")
        elif not self.charges:
            yield Refusal("no_spent", "Remplissez les charges : ce que l’action a coûté.", place="account-60")
        else:
            yield from self._balance()
        if self.used > self.awarded:
            sentence = (
                f"Vous ne pouvez pas avoir utilisé plus que ce qui est accordé ({euros(self.awarded)})."
            )
            yield Refusal("over_award", sentence, place=f"account-{USED}")
        for row in self.wide:
            if row.is_unexplained:
                sentence = f"Expliquez l’écart : « {row.label} »."
                yield Refusal("gap_unexplained", sentence, place=f"why-{row.code}")

    def _balance(self) -> Iterator[Refusal]:
        if gap := self.missing:
            sentence = (
                f"Il manque {euros(gap)} de produits : les charges et les produits doivent être égaux."
                if gap > 0
                else f"Il y a {euros(-gap)} de produits en trop. Si l’action a coûté moins, écrivez ce que vous avez "
                "utilisé des subventions de cet appel."
            )
            yield Refusal("unbalanced", sentence, place=f"account-{USED}")
        used, given = (self.realised.get(one, NONE) for one in KIND)
        if used != given:
            sentence = "Aides en nature : écrivez la même somme aux comptes 86 et 87."
            yield Refusal("unbalanced_kind", sentence, place=f"account-{Account.KIND_GIVEN.value}")

    def _row(self, one: Account) -> Row:
        planned = self._planned(one) if self.planned.is_detailed else None
        why = self.explained.get(one.value, "")
        label = f"{one.value} · {one.label}"
        return Row(one.value, label, planned, self.realised.get(one, NONE), why, self.limit)

    def _planned(self, one: Account) -> Decimal:
        return self.planned.amounts.get(one, NONE)

    def _sum(self, accounts: Iterable[Account]) -> Decimal:
        return sum((self.realised.get(one, NONE) for one in accounts), NONE)


def split(amount: Decimal, weights: dict[int, Decimal]) -> dict[int, Decimal]:
    """{key: its part of an amount in euros} by weight, each to the cent; the parts add up to the amount."""
    whole, found, given = sum(weights.values(), NONE), {}, NONE
    passed = NONE
    for key, weight in weights.items():
        passed += weight
        upto = (amount * passed / whole).quantize(CENT, ROUND_HALF_UP) if whole else NONE
        found[key], given = upto - given, upto
    return found
