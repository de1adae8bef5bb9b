"""From the rows of somebody else's table to drafts of this cycle: every error at its cell, all of it or nothing."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.exchange_words import ALREADY_HERE, NOTHING_ASKED, TOO_CHEAP, is_blank
from cases.imports import import_programming
from cases.mapping import ASKED_OF, Column
from cases.models import Dossier
from cases.reconciliation import STATUSES, TURNED_DOWN
from cases.workbook import Programming, ProgrammingLine, ProgrammingRow, values
from cases.workbook.columns import key
from cases.workbook.errors import Findings
from cases.workbook.foreign import ForeignTable
from workflow.models import Cycle

NEEDED = (Column.HOLDER, Column.TITLE, Column.TOTAL_COST)
READERS: dict[str, Callable] = {
    Column.REFERENCE: values.line,
    Column.HOLDER: values.line,
    Column.SIRET: values.siret,
    Column.TITLE: values.line,
    Column.RENEWAL: lambda cell: values.renewal(cell) if cell else False,
    Column.ORIENTATION: values.line,
    Column.NEIGHBOURHOODS: values.neighbourhoods,
    Column.PUBLIC: values.line,
    Column.PUBLIC_COUNT: values.count,
    Column.TOTAL_COST: values.amount,
}


def programming_of(table: ForeignTable, columns: dict[str, int], cycle: Cycle) -> Programming:
    """What the table says, read by its mapping; raises WorkbookErrors with each cell that cannot be used."""
    findings, letters = Findings(), {name: table.place(1, column)[:-1] for name, column in columns.items()}
    givers = tuple(name.removeprefix(ASKED_OF) for name in columns if name.startswith(ASKED_OF))
    here = _already(cycle)
    rows = [_row(table, columns, one, findings, here) for one in table.rows]
    findings.raise_any()
    named = {name.removeprefix(ASKED_OF): letter for name, letter in letters.items()}
    return Programming(givers, tuple(rows), named)


def turned_down(table: ForeignTable, columns: dict[str, int]) -> list[tuple[str, str, str]]:
    """(cell, Dauphin's word, whose) of each row that Dauphin has already refused, on its form or on its merit.

    It warns, and refuses nothing: a holder may well ask again.
    """
    column, found = columns.get(Column.STATUS), []
    for index, cells in table.rows if column else ():
        status = STATUSES.get(key(_said(cells.get(column))))
        if status in TURNED_DOWN:
            whose = (_said(cells.get(columns.get(name))) for name in (Column.HOLDER, Column.TITLE))
            found.append((table.place(index, column), str(status.label), ", ".join(filter(None, whose))))
    return found


def _said(cell) -> str:
    """What a cell says; nothing where it cannot be read, which is told at its own place."""
    try:
        return values.line(cell)
    except values.Unreadable:
        return ""


def bring_in(
    programming: Programming, cycle: Cycle, *, by, at: datetime, keeps: bool = True
) -> list[Dossier]:
    """Open the drafts; a trial is given up again. Raises WorkbookErrors, and Refused for who may not write them."""
    with transaction.atomic():
        Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
        here, findings = _already(cycle), Findings()
        for row in programming.rows:
            if _names(row).intersection(here):
                sheet, _, cell = row.place.rpartition("!")
                findings.add(sheet, cell.lstrip("A"), ALREADY_HERE)
        findings.raise_any()
        found = import_programming(programming, cycle, by=by, at=at)
        transaction.set_rollback(not keeps)
    return found


def _already(cycle: Cycle) -> set[tuple[str, ...]]:
    """By what a request that is here already may be known."""
    rows = Dossier.objects.filter(cycle=cycle).order_by("pk")
    known = rows.values_list("dauphin_reference", "organisation__name", "organisation__siret", "title")
    found: set[tuple[str, ...]] = set()
    for reference, holder, siret, title in known:
        found |= {(reference,), (key(holder), key(title)), (siret, key(title))}
    return {one for one in found if all(one)}


def _names(row: ProgrammingRow) -> set[tuple[str, ...]]:
    found = {(row.reference,), (key(row.holder), key(row.title)), (row.siret, key(row.title))}
    return {one for one in found if all(one)}


def _row(table: ForeignTable, columns: dict, one: tuple, findings: Findings, here: set) -> ProgrammingRow:
    index, cells = one

    def read(name: str, reader: Callable) -> Any:
        column = columns.get(name)
        try:
            found = reader(cells.get(column))
        except values.Unreadable as why:
            findings.add(table.sheet, table.place(index, column), str(why))
            return None
        if name in NEEDED and found in (None, ""):
            findings.add(table.sheet, table.place(index, column), is_blank(Column(name).label))
        return found

    facts = {str(name): read(name, reader) for name, reader in READERS.items()}
    asked = {name: read(name, values.amount) for name in columns if name.startswith(ASKED_OF)}
    lines = [
        ProgrammingLine(name.removeprefix(ASKED_OF), requested=amount)
        for name, amount in asked.items()
        if amount
    ]
    row = ProgrammingRow(place=f"{table.sheet}!A{index}", number="", lines=tuple(lines), **facts)
    _check(table, columns, row, index, findings, here)
    return row


def _check(
    table: ForeignTable, columns: dict, row: ProgrammingRow, index: int, findings: Findings, here: set
) -> None:
    total = sum((line.requested for line in row.lines), Decimal(0))
    if not row.lines:
        findings.add(table.sheet, str(index), NOTHING_ASKED)
    elif row.total_cost is not None and row.total_cost < total:
        findings.add(table.sheet, table.place(index, columns.get(Column.TOTAL_COST)), TOO_CHEAP)
    if row.holder and row.title and _names(row).intersection(here):
        findings.add(table.sheet, str(index), ALREADY_HERE)
