"""Each kind of value as a form field, read by the very code that reads a cycle's file: one mistake, one sentence."""

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from workflow import registry
from workflow.charts import chart_of
from workflow.loading import CycleDocument
from workflow.loading.kinds import (
    Amount,
    Beside,
    Choice,
    Day,
    Email,
    Kind,
    MoveName,
    Reference,
    Several,
    Text,
    Unreadable,
    Whole,
    YesNo,
)
from workflow.loading.parsing import Items, Scalar
from workflow.loading.section import Bound

NONE_CHOSEN, TO_CHOOSE = "Aucun", "Choisissez"
MISSING = "remplissez ce champ."
LONG = 400
FEW = 3


class Here:
    """What kinds ask while they read: the document that the form belongs to."""

    def __init__(self, document: CycleDocument):
        self.document = document

    def rows(self, section: str) -> dict:
        return self.document[section]

    def refer(self, section: str, code: str) -> None:
        if code not in self.document[section]:
            raise Unreadable(f"« {code} » n’existe pas.")


class KindField(forms.Field):
    """A value of one kind: what was typed, read as the file's own text would be."""

    def __init__(self, kind: Kind, document: CycleDocument, *, blank: Any, **options):
        super().__init__(error_messages={"required": MISSING}, **options)
        self.kind, self.here, self.blank = kind, Here(document), blank

    def to_python(self, value: Any) -> Any:
        text = unicodedata.normalize("NFC", "" if value is None else str(value)).replace("\r\n", "\n").strip()
        if not text:
            return self.blank
        try:
            return self.kind.read(self._node(text), self.here)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None

    def validate(self, value: Any) -> None:
        if self.required and value in (None, "", []):
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return ("\n" if _by_line(self.kind) else ", ").join(str(one) for one in value)
        if isinstance(value, date):
            return value.isoformat()
        shown = self.kind.show(value) if isinstance(value, Decimal) else value
        return "" if shown is None else shown

    def _node(self, text: str):
        if not isinstance(self.kind, Several):
            return Scalar(0, text)
        parts = text.split("\n") if _by_line(self.kind) else text.replace("\n", ",").split(",")
        return Items(0, [Scalar(0, part.strip()) for part in parts if part.strip()])


class Checkbox(forms.CheckboxInput):
    """A box that may stay empty, so that the browser must not insist; templates know it by its name."""

    def use_required_attribute(self, initial) -> bool:
        return False


class TickField(forms.BooleanField):
    """Yes or no: both are an answer, so that nothing about it is « facultatif »."""

    widget = Checkbox

    def validate(self, value: bool) -> None:
        """An empty box says no."""


def field_for(
    bound: Bound, document: CycleDocument, beside: Callable[[CycleDocument], dict] = lambda document: {}
) -> forms.Field:
    """The field of one key of a section; `beside` are the rows of the same list."""
    label = f"{bound.label[:1].upper()}{bound.label[1:]}"
    if isinstance(bound.kind, YesNo):
        return TickField(label=label, help_text=bound.help)
    blank = None if bound.nullable else [] if isinstance(bound.kind, Several) else bound.default
    usual = bound.default not in (None, "", []) and not bound.nullable and not bound.same_as
    return KindField(
        bound.kind,
        document,
        blank=blank if not usual else "",
        label=label,
        help_text=bound.help,
        required=bound.required or usual,
        widget=_widget(bound, document, beside),
    )


def _by_line(kind: Kind) -> bool:
    return isinstance(kind, Several) and isinstance(kind.one, Text)


def _widget(bound: Bound, document: CycleDocument, beside: Callable[[CycleDocument], dict]) -> forms.Widget:
    kind = bound.kind
    if isinstance(kind, Choice):
        few = len(kind.choices) <= FEW and not bound.nullable and bound.default != ""
        choices = [(value, str(label)) for value, label in kind.choices]
        return forms.RadioSelect(choices=choices) if few else _select(bound, choices)
    if isinstance(kind, MoveName):
        return _select(bound, gates())
    if isinstance(kind, Beside):
        rows = beside(document).items()
        return _select(bound, [(code, row["label"]) for code, row in rows if row[bound.attr] is None])
    if isinstance(kind, Reference):
        rows = document[kind.section].items()
        return _select(bound, [(code, row["label"]) for code, row in rows])
    return _typed(kind)


def _select(bound: Bound, choices: list[tuple[str, str]]) -> forms.Select:
    may_be_none = bound.nullable or bound.default == "" or bound.required
    blank = TO_CHOOSE if bound.required else bound.none or NONE_CHOSEN
    return forms.Select(choices=[("", blank), *choices] if may_be_none else choices)


def _typed(kind: Kind) -> forms.Widget:
    if isinstance(kind, Day):
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if isinstance(kind, Whole):
        return forms.NumberInput(attrs={"min": kind.least, "max": kind.most})
    if isinstance(kind, Amount):
        return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    if isinstance(kind, Email):
        return forms.EmailInput(attrs={"maxlength": kind.most})
    if _by_line(kind):
        return forms.Textarea(attrs={"rows": 3})
    most = kind.most if isinstance(kind, Text) else None
    if type(kind) is Text and (most is None or most >= LONG):  # because codes are short, whatever their class
        return forms.Textarea(attrs={"rows": 3} | ({"maxlength": most} if most else {}))
    return forms.TextInput(attrs={"maxlength": most} if most else {})


def gates() -> list[tuple[str, str]]:
    """The moves that a step may open and close, as their buttons say them."""
    named: dict[str, str] = {}
    for model in registry.charts():
        gated = {move.rule.gated for move in chart_of(model).values()} - {""}
        named |= {name: MoveName().show(name) for name in chart_of(model) if name in gated}
    return list(named.items())
