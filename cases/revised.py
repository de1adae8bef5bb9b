"""An action made smaller: what its budget stands on, each version kept, and the request's read beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.db.models import Max

from cases import models  # because the models import the chart that names `keep`: read at call time only
from cases.budget import CHARGES, KIND, NONE, PRODUCTS, Budget
from cases.states import LineMove, LineState
from workflow.models import Prose

KEPT = (LineState.NOTIFIED, LineState.ACCEPTED, LineState.ADAPTED, LineState.SETTLED)
"""A financier's word that its holder knows and did not give back."""


def granted(lines: Iterable["models.FundingLine"]) -> list["models.FundingLine"]:
    """The awards that a revised budget stands on: told, kept, and of money."""
    return [one for one in lines if one.state in KEPT and one.award and not one.in_kind]


def awards(dossiers: Iterable[int]) -> dict[int, list[dict]]:
    """{dossier: what each financier that answered gives it now}, as a version keeps it; one query."""
    rows = models.FundingLine.objects.filter(dossier__in=dossiers, state__in=KEPT)
    found: dict[int, list[dict]] = {}
    for line in granted(rows.select_related("envelope__financier__organisation").order_by("dossier", "pk")):
        one = {"line": line.pk, "who": str(line.envelope.financier), "amount": f"{line.award:.2f}"}
        found.setdefault(line.dossier_id, []).append(one)
    return found


def total_of(lines: Iterable["models.FundingLine"]) -> dict:
    """For a guard: how to learn what a line's dossier is granted in all, asked only once a budget is typed."""

    def total(dossier: int) -> Decimal:
        given = awards([dossier]).get(dossier, [])
        return sum((Decimal(one["amount"]) for one in given), NONE)

    return {one.pk: partial(total, one.dossier_id) for one in lines}


def numbers(dossiers: Iterable[int]) -> dict[int, int]:
    """{dossier: how many versions it has}."""
    rows = (
        models.RevisedBudget.objects.filter(dossier__in=dossiers).order_by("dossier").values_list("dossier")
    )
    return dict(rows.annotate(last=Max("number")))


def keep(records, *, by, at) -> None:
    """Beside the budget that was asked for, with what each financier grants that day; the dossier is locked."""
    told = [record for record in records if record.facts.get("budget")]
    dossiers = {record.subject.dossier_id for record in told}
    if not dossiers:
        return
    last, given = numbers(dossiers), awards(dossiers)
    new = []
    for record in told:
        key = record.subject.dossier_id
        last[key] = last.get(key, 0) + 1
        accounts = {str(code): f"{amount:.2f}" for code, amount in record.facts["budget"].items()}
        version = {"number": last[key], "accounts": accounts, "granted": given.get(key, [])}
        new.append(models.RevisedBudget(dossier_id=key, line=record.subject, at=at, **version))
    models.RevisedBudget.objects.bulk_create(new)


def budget_of(accounts: dict, lines: Iterable["models.FundingLine"]) -> Budget:
    """The accounts as typed, with what was granted by the financiers that answered in the place of what was asked."""
    held = {str(code): Decimal(str(amount)) for code, amount in (accounts or {}).items()}
    return Budget(held, sum((one.award for one in granted(lines)), NONE))


def said(lines: Iterable["models.FundingLine"]) -> dict[int, str]:
    """{line: what its holder wrote when it adapted the action}; erased words are blank."""
    keys = [one.pk for one in lines]
    rows = Prose.objects.filter(
        entry__subject_label=models.FundingLine._meta.label_lower,
        entry__subject_id__in=keys,
        entry__move=LineMove.ADAPT,
        key="adaptation",
    )
    return dict(rows.order_by("entry__seq").values_list("entry__subject_id", "text"))


@dataclass(frozen=True)
class Adapted:
    """One financier's award that its holder fits the action to, in the holder's words."""

    line: "models.FundingLine"
    said: str


@dataclass(frozen=True)
class Revision:
    """The whole page."""

    adapted: list[Adapted]
    table: "Compared"


def revision_of(dossier, *, own: set[int] | None) -> Revision | None:
    """What changed since the request; None while nothing was adapted.

    `own`: the lines that a financier may tell from the others, and None for who reads all of them.
    """
    versions = list(models.RevisedBudget.objects.of(dossier))
    adapted = [one.line for one in versions if own is None or one.line_id in own]
    if not adapted:
        return None
    words = said(adapted)
    every = list(dossier.lines.select_related("envelope__financier__organisation").order_by("pk"))
    table = compared(Budget.of(dossier, every), every, versions, own)
    return Revision([Adapted(one, words.get(one.pk, "")) for one in adapted], table)


@dataclass(frozen=True)
class Row:
    """One account, one financier or one sum, in each version; None where that version says nothing."""

    label: str
    amounts: tuple[Decimal | None, ...]
    sum: bool = False


@dataclass(frozen=True)
class Compared:
    """The request's budget and each later one, side by side."""

    versions: list[datetime]
    charges: list[Row]
    products: list[Row]
    in_kind: list[Row]


def compared(
    request: Budget,
    lines: Iterable["models.FundingLine"],
    versions: list["models.RevisedBudget"],
    own: set[int] | None = None,
) -> Compared:
    """`own`: the lines that the reader may tell from the others (None: all); what others give is one sum."""
    budgets = [request, *(Budget(one.amounts, sum(one.awards.values(), NONE)) for one in versions)]
    sources = [{one.pk: one.requested for one in lines if not one.in_kind}]
    sources += [one.awards for one in versions]
    named = [one for one in lines if own is None or one.pk in own]
    given = [Row(_said(one), _across(sources, [one.pk])) for one in named]
    others = [one.pk for one in lines if one not in named]
    if others:
        given.append(Row("74 · Autres financeurs du contrat", _across(sources, others)))
    return Compared(
        versions=[one.at for one in versions],
        charges=[*_rows(budgets, CHARGES), _total("Total des charges", [one.charges for one in budgets])],
        products=[
            *given,
            *_rows(budgets, PRODUCTS),
            _total("Total des produits", [one.products for one in budgets]),
        ],
        in_kind=_rows(budgets, KIND),
    )


def _said(line: "models.FundingLine") -> str:
    return f"74 · {line.envelope.financier}, {line.envelope}"


def _across(sources: list[dict], keys: list[int]) -> tuple[Decimal | None, ...]:
    return tuple(
        sum((one[key] for key in keys if key in one), NONE) if any(key in one for key in keys) else None
        for one in sources
    )


def _rows(budgets: list[Budget], accounts) -> list[Row]:
    filled = [one for one in accounts if any(budget.amounts.get(one) for budget in budgets)]
    return [
        Row(f"{one.value} · {one.label}", tuple(budget.amounts.get(one) for budget in budgets))
        for one in filled
    ]


def _total(label: str, sums: list[Decimal]) -> Row:
    return Row(label, tuple(sums), sum=True)
