"""The comparison of scenarios, taken away: two sheets of typed cells, as the page shows them."""

from collections.abc import Iterator
from decimal import Decimal

from cases.comparing import Comparison
from cases.programming import Column
from cases.workbook.plain import Table, write_tables

BY_ENVELOPE, DIFFERING = "Par enveloppe", "Ce qui diffère"
PARTS = ("programmé", "disponible", "reste")
OF_ENVELOPE = ("Financeur", "Enveloppe")
OF_LINE = ("Dossier", "Intitulé de l’action", "Porteur", "Financeur", "Enveloppe")
WIDTHS = {"Intitulé de l’action": 42, "Porteur": 30, "Financeur": 24, "Enveloppe": 30}


def as_workbook(comparison: Comparison) -> bytes:
    """No query: what the page has read is what the file says."""
    names = comparison.names
    parts = [f"{name} : {part}" for name in names for part in PARTS]
    return write_tables(
        [
            Table(BY_ENVELOPE, (*OF_ENVELOPE, *parts), _envelopes(comparison), WIDTHS, "C2"),
            Table(DIFFERING, (*OF_LINE, *names), _lines(comparison), WIDTHS, "F2"),
        ]
    )


def _envelopes(comparison: Comparison) -> Iterator[tuple]:
    for columns in comparison.envelopes:
        envelope = columns[0].envelope
        told = (amount for column in columns for amount in _amounts(column))
        yield (str(envelope.financier), str(envelope), *told)


def _amounts(column: Column) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Blank where the envelope is unknown, or where droit commun has none; a negative rest is an overrun."""
    if column.is_mainstream:
        return column.whole.planned, None, None
    return column.whole.planned, column.available, column.remaining


def _lines(comparison: Comparison) -> Iterator[tuple]:
    for one in comparison.lines:
        line, dossier = one.line, one.line.dossier
        known = (dossier.reference, dossier.title, dossier.organisation.name)
        yield (*known, str(line.envelope.financier), str(line.envelope), line.team_proposal, *one.amounts)
