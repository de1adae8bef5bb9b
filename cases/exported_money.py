"""The second table of money: one row per financier and dossier, as budget services keep it."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

from django.db.models import Case, CharField, F, When

from cases.exported_lines import CHUNK, OPINIONS, SAID
from cases.exported_text import harmless
from cases.models import EnvelopeKind, FundingLine
from cases.words import Audience
from cases.workbook.plain import write_table

SHEET = "Financements"
TITLES = (
    "Dossier",
    "Intitulé de l’action",
    "Porteur",
    "Financeur",
    "Dispositif",
    "Nature",
    "Année",
    "N-1",
    "Demandé",
    "Avis",
    "Proposé",
    "Décidé",
)
WIDTHS = {
    "Intitulé de l’action": 42,
    "Porteur": 30,
    "Financeur": 24,
    "Dispositif": 30,
    "Nature": 18,
    "Avis": 22,
}
KINDS = {code: str(label) for code, label in EnvelopeKind.choices}
NAME = Case(
    When(envelope__financier__name="", then=F("envelope__financier__organisation__name")),
    default=F("envelope__financier__name"),
    output_field=CharField(),
)
COLUMNS = (
    "dossier__number",
    "dossier__title",
    "organisation__name",
    "giver",
    "envelope__label",
    "envelope__nature",
    "cycle__year",
    "previous",
    "requested",
    "opinion",
    "proposed",
    "decided",
    "notified_on",
)


def as_workbook(dossiers, *, user, audience: Audience) -> bytes:
    return write_table(SHEET, TITLES, rows(dossiers, user, audience), widths=WIDTHS, frozen="D2")


def as_text(dossiers, *, user, audience: Audience) -> bytes:
    """The same as a French .csv."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(TITLES)
    writer.writerows([_spelt(value) for value in row] for row in rows(dossiers, user, audience))
    return text.getvalue().encode("utf-8-sig")


def rows(dossiers, user, audience: Audience) -> Iterator[tuple]:
    """In one query. A holder reads no opinion, and each answer with its letter."""
    inside = audience != Audience.HOLDER
    lines = FundingLine.objects.visible_to(user).filter(dossier__in=dossiers.order_by().values("pk"))
    lines = lines.annotate(giver=NAME, opinion=SAID).order_by("-cycle", "dossier__number", "pk")
    for number, *told, nature, year, previous, asked, opinion, proposed, decided, on in lines.values_list(
        *COLUMNS
    ).iterator(CHUNK):
        said = (OPINIONS.get(opinion, opinion), proposed) if inside else (None, None)
        amount = decided if inside or on else None
        yield (f"{number:03d}", *told, KINDS[nature], year, previous, asked, *said, amount)


def _spelt(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return "" if value is None else harmless(str(value))
