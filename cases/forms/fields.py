"""Fields that read what French people type: amounts with spaces and a comma, one item per line."""

import re
from datetime import date
from decimal import Decimal

from django import forms

from workflow.money import euros

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009€]+|euros?\s*$", re.IGNORECASE)
_SHAPE = re.compile(r"\d{1,10}([.,]\d{1,2})?")
LIKELY_YEARS = range(2000, 2101)
UNLIKELY = "vérifiez l’année de cette date."
REQUIRED = "répondez à cette question."


class MoneyField(forms.Field):
    """« 1 234,50 € » or « 500 euros » as a Decimal in euros; narrow and no-break spaces included."""

    widget = forms.TextInput
    default_error_messages = {
        "required": "écrivez un montant, même zéro.",
        "invalid": "écrivez un montant en euros, comme 1 234,50.",
    }

    def __init__(self, **options):
        options.setdefault("help_text", "En euros.")
        super().__init__(**options)

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value) -> Decimal | None:
        text = _BLANKS.sub("", str(value or ""))
        if not text:
            return None
        if not _SHAPE.fullmatch(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(text.replace(",", "."))

    def prepare_value(self, value):
        return euros(value) if isinstance(value, Decimal | int) else value


class CountField(forms.IntegerField):
    """A number of people or of things, as large as a column holds."""

    default_error_messages = {"invalid": "écrivez un nombre entier, comme 40."}

    def __init__(self, **options):
        super().__init__(min_value=0, max_value=2**31 - 1, **options)


NO_DAY = "choisissez une date."


class DayField(forms.DateField):
    """A day, by the browser's own calendar; ISO inside, « 24/11/2026 » accepted."""

    def __init__(self, **options):
        options.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        messages = {"required": NO_DAY, "invalid": "écrivez une date, comme 24/11/2026."}
        super().__init__(widget=widget, error_messages=messages, **options)

    def to_python(self, value) -> date | None:
        """Of our own century: a year typed in haste (« 0026 ») would make the calendar overflow elsewhere."""
        day = super().to_python(value)
        if day and day.year not in LIKELY_YEARS:
            raise forms.ValidationError(UNLIKELY, code="unlikely")
        return day


class ItemsField(forms.CharField):
    """A list, one item per line."""

    widget = forms.Textarea

    def clean(self, value) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class WordsField(forms.CharField):
    """A free text."""

    def __init__(self, *, long: bool = True, **options):
        if long:
            options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        options.setdefault("max_length", 5000 if long else 200)
        super().__init__(error_messages={"required": REQUIRED}, **options)
