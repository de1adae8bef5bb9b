"""The national schema « SCDL subventions » 2.1.1: its sixteen columns, written as it asks (decree 2017-779).

UTF-8, comma, decimal point, dates as AAAA-MM-JJ, one file per attributing body.
"""

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO

from cases.exported_text import harmless
from cases.models import FundingLine, Payment, PaymentKind

LONGEST_SUBJECT = 256
IN_MONEY, IN_KIND = "aide en numéraire", "aide en nature"
ONCE, IN_STEPS = "unique", "échelonné"
WHOLE = "1.00"
"""One holder receives all of it: each line is one holder's."""

COLUMNS = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "rnaBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
    "dispositifAide",
)


def row_of(line: FundingLine, payments: tuple[Payment, ...], *, notified_to_eu: str) -> tuple[str, ...]:
    """One subsidy; what nobody recorded stays blank, and `notified_to_eu` is what a person said (« oui », « non »)."""
    giver, holder = line.envelope.financier.organisation, line.dossier.organisation
    return (
        harmless(giver.name),
        giver.siret,
        _day(line.act_on),
        harmless(line.act_reference),
        harmless(holder.name),
        holder.siret,
        "",
        _shortened(harmless(line.dossier.title)),
        f"{line.decided:.2f}",
        IN_KIND if line.in_kind else IN_MONEY,
        conditions(payments),
        period(payments),
        "",
        notified_to_eu,
        WHOLE,
        "",
    )


def conditions(payments: tuple[Payment, ...]) -> str:
    """Paid at once or in steps; blank where nobody said when."""
    if not payments:
        return ""
    return ONCE if len(payments) == 1 and payments[0].kind_of == PaymentKind.SINGLE else IN_STEPS


def period(payments: tuple[Payment, ...]) -> str:
    """The day of the one payment, or from the first to the last; blank where a day is missing."""
    days = [one.paid_on or one.expected_on for one in payments]
    if not days or None in days:
        return ""
    if conditions(payments) == ONCE:
        return _day(days[0])
    return f"{_day(min(days))}/{_day(max(days))}"


def write(rows: Iterable[tuple[str, ...]]) -> bytes:
    """The file of one attributing body."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode()


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _shortened(title: str) -> str:
    """On one line, and cut where the schema ends."""
    subject = " ".join(title.split())
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…"
