"""What each column of somebody else's table means: guessed by its title, remembered from the last time, confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from cases.models import Financier, TableMapping
from cases.workbook.columns import key
from cases.workbook.foreign import ForeignTable
from workflow.models import Cycle


class Column(models.TextChoices):
    """What a table may tell of a request."""

    REFERENCE = "reference", "Numéro dans Dauphin"
    STATUS = "status", "Statut dans Dauphin"
    HOLDER = "holder", "Porteur"
    SIRET = "siret", "SIRET du porteur"
    TITLE = "title", "Intitulé de l’action"
    RENEWAL = "renewal", "Reconduction ou nouvelle"
    ORIENTATION = "orientation", "Orientation"
    NEIGHBOURHOODS = "neighbourhoods", "Quartiers (codes)"
    PUBLIC = "public", "Public"
    PUBLIC_COUNT = "public_count", "Nombre de personnes"
    TOTAL_COST = "total_cost", "Coût total"


USUAL = {
    Column.REFERENCE: (
        "dauphin",
        "numero de la demande",
        "n° de demande",
        "n° dossier",
        "numero de dossier",
        "reference",
    ),
    Column.STATUS: ("statut", "etat du dossier", "etat de la demande"),
    Column.HOLDER: (
        "porteur",
        "association",
        "structure",
        "demandeur",
        "raison sociale",
        "organisme",
        "beneficiaire",
    ),
    Column.SIRET: ("siret",),
    Column.TITLE: ("intitule", "titre", "nom de l'action", "nom du projet", "action", "projet"),
    Column.RENEWAL: ("reconduction", "renouvellement"),
    Column.ORIENTATION: ("orientation", "axe", "pilier", "thematique"),
    Column.NEIGHBOURHOODS: ("qpv", "quartier"),
    Column.PUBLIC: ("public vise", "public"),
    Column.PUBLIC_COUNT: ("nombre de personnes", "nombre de beneficiaires", "effectif"),
    Column.TOTAL_COST: ("cout total", "budget total", "total des charges", "cout de l'action", "budget"),
}
"""How such columns are usually called, the surest word first."""
ASKED = ("demande", "sollicite", "montant", "subvention")
ASKED_OF = "asked-"


@dataclass(frozen=True)
class Field:
    """One thing that a column may hold."""

    name: str
    label: str


def fields_of(cycle: Cycle) -> list[Field]:
    """What may be told of a request of this cycle: its own facts, then what is asked of each financier."""
    givers = Financier.objects.filter(cycle=cycle).select_related("organisation").order_by("pk")
    asked = [Field(f"{ASKED_OF}{one.code}", f"Demandé : {one}") for one in givers]
    return [*(Field(one.value, str(one.label)) for one in Column), *asked]


def proposed(table: ForeignTable, cycle: Cycle, fields: Iterable[Field]) -> dict[str, int]:
    """{field: column}: as it was confirmed last time, else as the titles suggest; a column serves once."""
    kept = TableMapping.objects.filter(cycle=cycle).values_list("columns", flat=True).first() or {}
    titles = {column: key(title) for column, title in table.titles.items()}
    found: dict[str, int] = {}
    for field in fields:
        known = key(kept[field.name]) if field.name in kept else None
        column = next((one for one, title in titles.items() if title == known), None)
        if column is None and not kept:
            column = _guess(field, {one: title for one, title in titles.items() if one not in found.values()})
        if column is not None:
            found[field.name] = column
    return found


def _guess(field: Field, titles: dict[int, str]) -> int | None:
    if field.name.startswith(ASKED_OF):
        names = {key(field.label.partition(" : ")[2]), key(field.name.removeprefix(ASKED_OF))}
        named = ((one, title) for one, title in titles.items() if any(_holds(title, name) for name in names))
        return next((one for one, title in named if any(word in title for word in ASKED)), None)
    words = USUAL[Column(field.name)]
    return next((one for word in words for one, title in titles.items() if _holds(title, word)), None)


def _holds(title: str, word: str) -> bool:
    return (
        f" {word} " in f" {title.replace('-', ' ').replace('(', ' ').replace(')', ' ')} "
        or title.startswith(word)
    )


def remember(cycle: Cycle, table: ForeignTable, columns: dict[str, int]) -> None:
    """Keep what was confirmed, by titles: next time the columns may stand elsewhere."""
    titles = {name: table.titles[column] for name, column in columns.items()}
    TableMapping.objects.update_or_create(cycle=cycle, defaults={"columns": titles})
