"""The columns of the *tableau de programmation*, found by their titles whatever their order, accents or dashes."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from cases.workbook.errors import Findings
from cases.workbook.sheets import SheetRow

HEADER_WITHIN = 15

NOT_FOUND = (
    "Aucune feuille visible ne porte, dans ses 15 premières lignes, les titres d’un tableau de programmation "
    "(Porteur, Intitulé de l’action, Orientation, QPV, Coût total…)."
)
NO_FINANCIER = "aucune colonne « Financeur – Demandé » : par exemple « État – Demandé »."

TITLES = {
    "number": "N°",
    "holder": "Porteur",
    "siret": "SIRET",
    "title": "Intitulé de l’action",
    "renewal": "Reconduction ou nouvelle",
    "orientation": "Orientation",
    "neighbourhoods": "QPV",
    "public": "Public",
    "public_count": "Nombre de personnes",
    "total_cost": "Coût total",
}
PARTS = {
    "previous": "N-1",
    "requested": "Demandé",
    "opinion": "Avis",
    "proposed": "Proposé",
    "decided": "Décidé",
}
CLOSING_TITLES = {
    "public_share": "Part publique (%)",
    "remarks": "Remarques",
    "committee_decision": "Décision du comité",
    "deliberated_on": "Date de délibération",
    "notified_on": "Date de notification",
}
REQUIRED = ("holder", "title", "renewal", "orientation", "neighbourhoods", "total_cost")


def key(title: str) -> str:
    """The same word for the same title: no accent, no capital, one kind of dash, no needless space."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    plain = re.sub("[‐‑‒–—―−]", "-", plain).replace("’", "'").casefold()
    plain = re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", plain))
    return plain.strip(" *:")


_FIELDS = {key(title): name for name, title in (TITLES | CLOSING_TITLES).items()}
_PARTS = {key(title): name for name, title in PARTS.items()}


@dataclass
class Layout:
    """Where each column stands, counted from 1; the financiers keep the order of the sheet."""

    sheet: str
    header: int
    fields: dict[str, int] = field(default_factory=dict)
    financiers: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def columns(self) -> frozenset[int]:
        """Every column that is read."""
        parts = {column for places in self.financiers.values() for column in places.values()}
        return frozenset(parts.union(self.fields.values()))


def header_among(rows: Iterable[SheetRow]) -> SheetRow | None:
    """The row with most known titles among the first fifteen; None below two of those that are required."""
    best, most = None, 1
    for row in rows:
        if row.index > HEADER_WITHIN:
            break
        names = {_FIELDS.get(key(cell.text)) for cell in row.cells.values()}
        if (score := len(names.intersection(REQUIRED))) > most:
            best, most = row, score
    return best


def layout_of(sheet: str, header: SheetRow, findings: Findings) -> Layout:
    """Place every known title; titles that are doubled, missing or almost known become errors."""
    layout = Layout(sheet, header.index)
    known_as: dict[str, str] = {}
    stray: list[tuple[str, str, str]] = []
    for column, cell in sorted(header.cells.items()):
        title = re.sub(r"\s+", " ", cell.text).strip()
        place = f"{get_column_letter(column)}{header.index}"
        if name := _FIELDS.get(key(title)):
            _put(layout.fields, name, column, title, place, layout, findings)
        elif split := financier_and_part(title):
            financier = known_as.setdefault(key(split[0]), split[0])
            places = layout.financiers.setdefault(financier, {})
            _put(places, split[1], column, title, place, layout, findings)
        else:
            stray.append((key(title), title, place))
    _complain_of_strays(stray, known_as, sheet, findings)
    _complain_of_absences(layout, findings)
    return layout


def financier_and_part(title: str) -> tuple[str, str] | None:
    """Cut « Région Grand Est – N-1 » into its financier and the name of its part."""
    for dash in re.finditer(r"\s*[-‐‑‒–—―−]\s*", title):
        if dash.start() and (part := _PARTS.get(key(title[dash.end() :]))):
            return title[: dash.start()], part
    return None


def _put(places, name, column, title, place, layout, findings) -> None:
    if name in places:
        first = f"{get_column_letter(places[name])}{layout.header}"
        findings.add(
            layout.sheet, place, f"le titre « {title} » est déjà en {first} ; gardez une seule colonne."
        )
    places.setdefault(name, column)


def _complain_of_strays(stray, known_as, sheet, findings) -> None:
    """Other columns are welcome, but one that begins like a financier's is surely a mistyped one."""
    for plain, title, place in stray:
        if any(plain.startswith(f"{financier}-") for financier in known_as):
            expected = ", ".join(PARTS.values())
            findings.add(
                sheet, place, f"le titre « {title} » n’est pas connu ; après le financeur : {expected}."
            )


def _complain_of_absences(layout: Layout, findings: Findings) -> None:
    row = str(layout.header)
    for name in REQUIRED:
        if name not in layout.fields:
            findings.add(layout.sheet, row, f"la colonne « {TITLES[name]} » manque.")
    for financier, places in layout.financiers.items():
        if "requested" not in places:
            findings.add(layout.sheet, row, f"la colonne « {financier} – Demandé » manque.")
    if not layout.financiers:
        findings.add(layout.sheet, row, NO_FINANCIER)
