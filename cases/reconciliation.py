"""Dauphin's table beside this cycle: what agrees, what is missing on either side, what waits, which amount differs."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import models
from django.db.models import Sum

from cases.exchange_words import NO_REFERENCE, REFERENCE_TWICE, no_such_status
from cases.mapping import ASKED_OF, Column
from cases.models import Dossier, FundingLine
from cases.states import DossierState
from cases.workbook import values
from cases.workbook.columns import key
from cases.workbook.errors import Findings
from cases.workbook.foreign import ForeignTable
from workflow.models import Cycle


class DauphinStatus(models.TextChoices):
    """Its own words; « Non recevable » is not « Rejetée »: the one could not be examined, the other was."""

    TYPING = "typing", "En cours de saisie"
    SENT = "sent", "Transmise"
    ATTESTATION = "attestation", "En attente d’attestation"
    TAKEN = "taken", "Prise en charge"
    ADMISSIBLE = "admissible", "Recevable"
    INADMISSIBLE = "inadmissible", "Non recevable"
    AWAITING = "awaiting", "En attente d’instruction"
    UNDER_WAY = "under_way", "En cours"
    REJECTED = "rejected", "Rejetée"
    CLOSED = "closed", "Cloturée"
    TO_JUSTIFY = "to_justify", "A justifier"
    PAID = "paid", "A été versé"
    JUSTIFYING = "justifying", "Justification en cours"
    TO_AMEND = "to_amend", "Justification à modifier"
    JUSTIFIED = "justified", "Justifiée"


STATUSES = {key(str(label)): DauphinStatus(code) for code, label in DauphinStatus.choices}
TURNED_DOWN = (DauphinStatus.INADMISSIBLE, DauphinStatus.REJECTED)
"""Two ends that are not one: it could not be examined, or it was and was not kept."""
NOT_THERE_YET = (DossierState.DRAFT, DossierState.SUPPORT, DossierState.WITHDRAWN, DossierState.DROPPED)
"""What nobody expects in Dauphin."""


@dataclass(frozen=True)
class Row:
    """One request as Dauphin tells it; `amounts` {financier's code: euros asked}."""

    index: int
    reference: str
    status: DauphinStatus | None
    told: str
    amounts: dict[str, Decimal]


@dataclass(frozen=True)
class Match:
    row: Row
    dossier: Dossier
    differing: list[tuple[str, Decimal | None, Decimal]] = field(default_factory=list)
    """(financier, what is asked here, what is asked there)."""


@dataclass
class Reconciliation:
    matched: list[Match] = field(default_factory=list)
    differing: list[Match] = field(default_factory=list)
    waiting: list[tuple[Row, Dossier | None]] = field(default_factory=list)
    missing_here: list[Row] = field(default_factory=list)
    missing_there: list[Dossier] = field(default_factory=list)


def reconcile(table: ForeignTable, columns: dict[str, int], cycle: Cycle) -> Reconciliation:
    """Everything by Dauphin's own number; raises WorkbookErrors for a cell that cannot be read."""
    rows, found = _rows(table, columns), Reconciliation()
    here = Dossier.objects.filter(cycle=cycle).select_related("organisation").order_by("number")
    dossiers = list(here)
    by_reference = {one.dauphin_reference: one for one in dossiers if one.dauphin_reference}
    asked = _asked(cycle)
    for row in rows:
        dossier = by_reference.get(row.reference)
        if row.status == DauphinStatus.ATTESTATION:
            found.waiting.append((row, dossier))
        elif dossier is None:
            found.missing_here.append(row)
        else:
            match = Match(row, dossier, _differing(row, asked.get(dossier.pk, {})))
            (found.differing if match.differing else found.matched).append(match)
    told = {row.reference for row in rows}
    expected = (one for one in dossiers if one.state not in NOT_THERE_YET)
    found.missing_there = [one for one in expected if one.dauphin_reference not in told]
    return found


def _rows(table: ForeignTable, columns: dict[str, int]) -> list[Row]:
    findings, known, rows = Findings(), {}, []
    for index, cells in table.rows:
        row = _row(table, columns, index, cells, findings)
        first = known.setdefault(row.reference, index)
        if row.reference and first != index:
            place = table.place(index, columns[Column.REFERENCE])
            findings.add(table.sheet, place, REFERENCE_TWICE.format(line=first))
        rows.append(row)
    findings.raise_any()
    return rows


def _row(table: ForeignTable, columns: dict, index: int, cells, findings: Findings) -> Row:
    def read(name: str, reader):
        try:
            return reader(cells.get(columns.get(name)))
        except values.Unreadable as why:
            findings.add(table.sheet, table.place(index, columns.get(name)), str(why))
            return None

    reference, said = read(Column.REFERENCE, values.line), read(Column.STATUS, values.line)
    if reference == "":
        findings.add(table.sheet, table.place(index, columns.get(Column.REFERENCE)), NO_REFERENCE)
    status = STATUSES.get(key(said)) if said else None
    if said and status is None:
        findings.add(
            table.sheet, table.place(index, columns.get(Column.STATUS)), no_such_status(values.quoted(said))
        )
    told = " · ".join(filter(None, (read(Column.HOLDER, values.line), read(Column.TITLE, values.line))))
    amounts = {
        name.removeprefix(ASKED_OF): amount
        for name in columns
        if name.startswith(ASKED_OF) and (amount := read(name, values.amount)) is not None
    }
    return Row(index, reference or "", status, told, amounts)


def _asked(cycle: Cycle) -> dict[int, dict[str, Decimal]]:
    """{dossier: {financier's code: euros asked}}, in one query."""
    lines = (
        FundingLine.objects.filter(cycle=cycle)
        .order_by("dossier")
        .values_list("dossier", "envelope__financier__code")
    )
    found: dict[int, dict[str, Decimal]] = {}
    for dossier, code, amount in lines.annotate(sum=Sum("requested")):
        found.setdefault(dossier, {})[code] = amount
    return found


def _differing(row: Row, here: dict[str, Decimal]) -> list[tuple[str, Decimal | None, Decimal]]:
    return [
        (code, here.get(code), there) for code, there in row.amounts.items() if (here.get(code) or 0) != there
    ]
