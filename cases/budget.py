"""The budget of one action, by the accounts of the associations' own chart: charges, products, and help in kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import models

NONE = Decimal(0)


class Account(models.TextChoices):
    """Two digits, as on the form that associations file (n° 12156): 6 is spent, 7 comes in, 8 costs no money."""

    PURCHASES = "60", "Achats"
    SERVICES = "61", "Services extérieurs"
    OTHER_SERVICES = "62", "Autres services extérieurs"
    TAXES = "63", "Impôts et taxes"
    STAFF = "64", "Charges de personnel"
    RUNNING = "65", "Autres charges de gestion courante"
    INTEREST = "66", "Charges financières"
    EXCEPTIONAL = "67", "Charges exceptionnelles"
    DEPRECIATION = "68", "Amortissements et provisions"
    PROFIT_TAX = "69", "Impôt sur les bénéfices"
    SALES = "70", "Ventes et prestations"
    TARIFFS = "73", "Dotations et produits de tarification"
    SUBSIDIES = "74", "Autres subventions"
    DUES = "75", "Cotisations, dons et autres produits"
    RETURNS = "76", "Produits financiers"
    EXCEPTIONAL_INCOME = "77", "Produits exceptionnels"
    REVERSALS = "78", "Reprises sur provisions"
    TRANSFERS = "79", "Transferts de charges"
    KIND_USED = "86", "Emploi des aides en nature"
    KIND_GIVEN = "87", "Aides en nature reçues"


CHARGES = tuple(one for one in Account if one.value < "70")
PRODUCTS = tuple(one for one in Account if "70" <= one.value < "80")
KIND = (Account.KIND_USED, Account.KIND_GIVEN)


@dataclass(frozen=True)
class Budget:
    """What stands in each account, in euros; `asked` is what this very request asks of its financiers."""

    amounts: dict[str, Decimal]
    asked: Decimal = NONE

    @classmethod
    def of(cls, dossier, lines: Iterable) -> "Budget":
        kept = {str(code): Decimal(str(amount)) for code, amount in dossier.budget.items()}
        return cls(kept, sum((line.requested for line in lines if not line.in_kind), NONE))

    @property
    def is_detailed(self) -> bool:
        """Whether any account of money is filled: a small association may know its total alone."""
        return any(self.amounts.get(one) for one in (*CHARGES, *PRODUCTS))

    @property
    def charges(self) -> Decimal:
        return self._sum(CHARGES)

    @property
    def products(self) -> Decimal:
        """What comes in, with what is asked here: it belongs to account 74."""
        return self._sum(PRODUCTS) + self.asked

    @property
    def missing_products(self) -> Decimal:
        return max(self.charges - self.products, NONE)

    @property
    def missing_charges(self) -> Decimal:
        return max(self.products - self.charges, NONE)

    @property
    def missing_given(self) -> Decimal:
        """How far account 87 stands below account 86."""
        return max(self._of(Account.KIND_USED) - self._of(Account.KIND_GIVEN), NONE)

    @property
    def missing_used(self) -> Decimal:
        return max(self._of(Account.KIND_GIVEN) - self._of(Account.KIND_USED), NONE)

    def rows(self, accounts: Iterable[Account]) -> list[tuple[Account, Decimal]]:
        """The filled accounts among these, in their order."""
        return [(one, self.amounts[one]) for one in accounts if self.amounts.get(one)]

    @property
    def spent(self) -> list[tuple[Account, Decimal]]:
        return self.rows(CHARGES)

    @property
    def received(self) -> list[tuple[Account, Decimal]]:
        return self.rows(PRODUCTS)

    @property
    def in_kind(self) -> list[tuple[Account, Decimal]]:
        return self.rows(KIND)

    def share(self, cost: Decimal) -> int | None:
        """What is asked here and of other public bodies (account 74), in percent of the cost; None without a cost."""
        return round(100 * (self.asked + self._of(Account.SUBSIDIES)) / cost) if cost else None

    def _of(self, account: Account) -> Decimal:
        return self.amounts.get(account, NONE)

    def _sum(self, accounts: Iterable[Account]) -> Decimal:
        return sum((self._of(one) for one in accounts), NONE)
