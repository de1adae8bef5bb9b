"""The named fields of letters: a closed list per kind, checked where a model is written, filled in as data.

A model is parted into paragraphs before its fields are filled in, so that no value makes a heading, an item or a field.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cases.letter_kinds import LetterKind
from workflow import named_fields

_BEFORE = re.compile(r" (?=[:;!?»])")
_AFTER = re.compile(r"(?<=«) ")
NARROW, HEADING, ITEM = "\u00a0", "# ", "- "

COMMON = {
    "porteur": "l’organisation",
    "representant": "qui engage l’organisation",
    "titre": "l’action",
    "numero": "le numéro du dossier",
    "campagne": "l’appel à projets",
    "annee": "l’année des actions",
    "contrat": "le contrat de ville",
    "autorite": "qui écrit",
    "signataire": "qui signe",
    "qualite": "en quelle qualité",
    "equipe": "le service qui suit le dossier",
    "telephone": "son téléphone",
    "courriel": "son adresse électronique",
    "tribunal": "le tribunal administratif",
}
_ASKED = {"demande": "la somme demandée"}
_DECIDED = {
    "enveloppe": "l’enveloppe",
    "comite": "le comité",
    "date_comite": "le jour du comité",
}
_GRANTED = {"accorde": "la somme accordée"}
OWN: dict[str, dict[str, str]] = {
    LetterKind.REFUSAL: _ASKED | _DECIDED,
    LetterKind.AWARD: _ASKED | _DECIDED | _GRANTED,
    LetterKind.PARTIAL: _ASKED | _DECIDED | _GRANTED,
    LetterKind.AGREEMENT: _ASKED | _DECIDED | _GRANTED,
    LetterKind.INADMISSIBILITY: {
        "motif": "le motif publié",
        "regle": "sa règle",
        "fait": "le fait du dossier",
    },
    LetterKind.DEFERRAL: {"prochain_comite": "le jour du prochain comité"},
    LetterKind.COMPLETION: {"points": "ce qui manque, en liste", "echeance": "la date limite"},
    LetterKind.RECEIPT: _ASKED
    | {"date_depot": "le jour et l’heure du dépôt", "date_silence": "le jour où le silence vaut refus"},
    LetterKind.ATTENDANCE: {"seance": "la séance", "date_seance": "quand", "lieu": "où"},
}
"""{kind: {field: what it says}}, beside what all share."""

Block = dict[str, Any]


def fields_of(kind: str) -> dict[str, str]:
    """{name: what it says} of all that a letter of this kind may say."""
    return COMMON | OWN[kind]


# As a model is written ------------------------------------------------------------------------------------------------


def against(kind: str, text: str) -> Iterator[str]:
    """What is wrong with a text, in sentences."""
    return named_fields.against(fields_of(kind), "courrier", text)


# As a letter is made --------------------------------------------------------------------------------------------------


def line_filled(text: str, values: Mapping[str, Any]) -> str:
    """One line with its values, each read once and never looked into again."""
    return named_fields.filled(_spaced(text), lambda name: _said(values[name]))


def blocks_of(text: str, values: Mapping[str, Any]) -> list[Block]:
    """A model's text as headings, paragraphs and lists, filled in."""
    return [_block(part, values) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def _block(part: str, values: Mapping[str, Any]) -> Block:
    lines = [one.strip() for one in part.strip().splitlines()]
    alone = named_fields.only_field(lines[0]) if len(lines) == 1 else None
    if alone and isinstance(values[alone], list):
        return {"kind": "list", "items": list(values[alone])}
    if all(one.startswith(ITEM) for one in lines):
        return {"kind": "list", "items": [line_filled(one.removeprefix(ITEM), values) for one in lines]}
    if len(lines) == 1 and lines[0].startswith(HEADING):
        return {"kind": "heading", "text": line_filled(lines[0].removeprefix(HEADING), values)}
    return {"kind": "words", "text": "\n".join(line_filled(one, values) for one in lines)}


def _said(value: Any) -> str:
    return " ; ".join(value) if isinstance(value, list) else str(value)


def _spaced(text: str) -> str:
    """No line begins with a sign that belongs to the word before it."""
    return _AFTER.sub(NARROW, _BEFORE.sub(NARROW, text))
