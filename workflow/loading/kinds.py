"""How each kind of value is read from what a person typed, and shown again the same way."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from workflow import registry
from workflow.charts import chart_of
from workflow.journal import Code
from workflow.loading.errors import suggestion
from workflow.loading.parsing import Node, Scalar
from workflow.money import euros

YES, NO = ("oui", "vrai", "true", "yes"), ("non", "faux", "false", "no")
NONE = ("aucun", "aucune")
_HIDDEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile("[ \u00a0\u202f]")


class Unreadable(Exception):
    """Said in French, about one value; the reader adds the file and the line."""


def fold(text: str) -> str:
    """The same word for the same words: accents, capitals and apostrophes apart."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", plain.replace("’", "'")).strip().casefold()


@dataclass(frozen=True)
class Kind:
    """`read` raises `Unreadable`; `of` takes the value off an instance; `store` makes what the model keeps."""

    def read(self, node: Node, reading) -> Any:
        return self.read_text(self.text_of(node), reading)

    def read_text(self, text: str, reading) -> Any:
        raise NotImplementedError

    def text_of(self, node: Node) -> str:
        if not isinstance(node, Scalar):
            raise Unreadable("attendu : une seule valeur, pas une liste ni un bloc.")
        if _HIDDEN.search(node.text):
            raise Unreadable("un caractère invisible et interdit se trouve dans ce texte.")
        return node.text

    def of(self, instance, attr: str) -> Any:
        for name in attr.split("."):
            instance = getattr(instance, name)
        return instance

    def show(self, value: Any) -> Any:
        return value

    def store(self, value: Any, known) -> Any:
        return value


@dataclass(frozen=True)
class Text(Kind):
    most: int | None = None

    def read_text(self, text: str, reading) -> str:
        if self.most is not None and len(text) > self.most:
            raise Unreadable(f"{len(text)} caractères, {self.most} au plus.")
        return text


@dataclass(frozen=True)
class Email(Text):
    def read_text(self, text: str, reading) -> str:
        try:
            validate_email(text)
        except ValidationError:
            raise Unreadable(f"« {text} » n’est pas une adresse électronique.") from None
        return super().read_text(text, reading)


@dataclass(frozen=True)
class Pattern(Text):
    """A code with a shape; `example` shows it. A slug by default."""

    shape: str = r"[A-Za-z0-9_-]+"
    example: str = "comite_financeurs"

    def read_text(self, text: str, reading) -> str:
        if not re.fullmatch(self.shape, text):
            raise Unreadable(f"« {text} » n’est pas un code ; exemple : « {self.example} ».")
        return super().read_text(text, reading)


@dataclass(frozen=True)
class Siret(Text):
    def read_text(self, text: str, reading) -> str:
        digits = _SPACES.sub("", text)
        if not re.fullmatch(r"[0-9]{14}", digits):
            raise Unreadable(f"« {text} » n’est pas un SIRET : quatorze chiffres.")
        return digits


@dataclass(frozen=True)
class Whole(Kind):
    least: int = 0
    most: int = 32_767

    def read_text(self, text: str, reading) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,6}", text) or not self.least <= int(text) <= self.most:
            raise Unreadable(f"« {text} » n’est pas un nombre entier entre {self.least} et {self.most}.")
        return int(text)


@dataclass(frozen=True)
class YesNo(Kind):
    def read_text(self, text: str, reading) -> bool:
        if fold(text) not in YES + NO:
            raise Unreadable(f"« {text} » : répondez oui ou non.")
        return fold(text) in YES

    def show(self, value: bool) -> str:
        return "oui" if value else "non"


@dataclass(frozen=True)
class Amount(Kind):
    """Euros with two decimals at most: « 82 000 € », « 1 234,50 », « 82000 »."""

    def read_text(self, text: str, reading) -> Decimal:
        digits = _SPACES.sub("", text).removesuffix("€").replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,10}(\.[0-9]{1,2})?", digits):
            raise Unreadable(f"« {text} » n’est pas un montant ; exemple : « 82 000 € ».")
        return Decimal(digits).quantize(Decimal("0.01"))

    def show(self, value: Decimal | None) -> str | None:
        return None if value is None else _SPACES.sub(" ", euros(value))


@dataclass(frozen=True)
class Day(Kind):
    """`2026-11-15` or `15/11/2026`."""

    def read_text(self, text: str, reading) -> date:
        iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
        french = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
        parts = iso.groups() if iso else french.groups()[::-1] if french else None
        if parts is None:
            raise Unreadable(f"« {text} » n’est pas une date ; exemple : 2026-11-15.")
        try:
            day = date(*map(int, parts))
        except ValueError:
            raise Unreadable(f"« {text} » n’existe pas dans le calendrier.") from None
        if not 2000 <= day.year <= 2100:
            raise Unreadable(f"« {text} » : l’année n’est pas vraisemblable.")
        return day


@dataclass(frozen=True)
class DayOf(Day):
    """A date, or the code of a milestone whose first day it is."""

    section: str = "jalons"

    def read_text(self, text: str, reading) -> date:
        rows = reading.rows(self.section)
        if text in rows:
            return rows[text].get("starts_on")  # because a milestone in error has none, and is told already
        if not text[:1].isdigit():
            raise Unreadable(f"« {text} » n’est ni une date ni un jalon.{suggestion(text, rows)}")
        return super().read_text(text, reading)


@dataclass(frozen=True)
class Choice(Kind):
    """One of a closed enum: its label or its value, accents and capitals apart."""

    choices: tuple[tuple[str, str], ...] = ()
    by_value: bool = False

    @cached_property
    def words(self) -> dict[str, str]:
        return {fold(word): value for value, label in self.choices for word in (value, str(label))}

    def read_text(self, text: str, reading) -> str:
        if fold(text) not in self.words:
            said = [value if self.by_value else str(label) for value, label in self.choices]
            raise Unreadable(f"« {text} » n’est pas un choix possible : {', '.join(said)}.")
        return Code(self.words[fold(text)])

    def show(self, value: str) -> str:
        return value if self.by_value else str(dict(self.choices)[value])

    def store(self, value: Any, known) -> Any:
        return Code(value)


@dataclass(frozen=True)
class MoveName(Kind):
    """A move of any chart of the registry, by its code or by what its button says."""

    def read_text(self, text: str, reading) -> str:
        words = {fold(word): name for name, label in _moves().items() for word in (label, name)}
        if fold(text) not in words:
            known = [label for name, label in _moves().items()]
            raise Unreadable(f"« {text} » n’est pas un passage connu.{suggestion(text, known)}")
        return Code(words[fold(text)])

    def show(self, value: str) -> str:
        return _moves().get(value, value)

    def store(self, value: Any, known) -> Any:
        return Code(value)


@dataclass(frozen=True)
class Reference(Kind):
    """The code of a row of another section."""

    section: str = "jalons"

    def read_text(self, text: str, reading) -> str:
        reading.refer(self.section, text)
        return text

    def of(self, instance, attr: str) -> str | None:
        row = getattr(instance, attr)
        return None if row is None else row.code

    def store(self, value: str | None, known) -> Any:
        return None if value is None else known[self.section][value]


@dataclass(frozen=True)
class Beside(Reference):
    """The code of a row of the same list: written before the one that names it, and there before it."""

    def read_text(self, text: str, reading) -> str:
        """Whether it is there is asked of the rows together, because only they know their list."""
        return text


@dataclass(frozen=True)
class Several(Kind):
    """A list of values of one kind."""

    one: Kind = Text()

    def read(self, node: Node, reading) -> list:
        items = [node] if isinstance(node, Scalar) else getattr(node, "items", None)
        if not isinstance(items, list):
            raise Unreadable("attendu : une liste.")
        return [self.one.read(item, reading) for item in items]


def _moves() -> dict[str, str]:
    """{move: what its button says}; a code that a label would hide keeps its own name."""
    said: dict[str, str] = {}
    for model in registry.charts():
        words = getattr(model, "moves", None)
        for name in chart_of(model):
            said.setdefault(name, str(words(name).label) if words else name)
    labels = list(said.values())
    return {name: label if labels.count(label) == 1 else name for name, label in said.items()}


RANGES = {models.PositiveSmallIntegerField: (0, 32_767), models.SmallIntegerField: (-32_768, 32_767)}


def kind_for(field: models.Field) -> Kind:
    """The kind that a model's own field asks for, so that a section says its keys and nothing twice."""
    if field.choices:
        return Choice(tuple(field.choices))
    simple: Iterable[tuple[type, Kind]] = (
        (models.BooleanField, YesNo()),
        (models.DateField, Day()),
        (models.DecimalField, Amount()),
        (models.EmailField, Email(field.max_length)),
        (models.SlugField, Pattern(field.max_length)),
        (models.CharField | models.TextField, Text(field.max_length)),
    )
    if type(field) in RANGES:
        return Whole(*RANGES[type(field)])
    return next(kind for type_, kind in simple if isinstance(field, type_))
