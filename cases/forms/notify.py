"""Batches of letters and of answers: which rows, as they were read, and the day of the letter."""

import re

from django import forms

from cases.forms.fields import DayField, WordsField

_PICKED = re.compile(r"(\d{1,18}):(\d{1,9})")


class PickedField(forms.Field):
    """Boxes of the form « key:version », as {key: version}."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"required": "choisissez au moins une ligne."}

    def to_python(self, value) -> dict[int, int]:
        matches = [_PICKED.fullmatch(str(one)) for one in value or ()]
        return {int(match[1]): int(match[2]) for match in matches if match}

    def validate(self, value) -> None:
        if not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")


class AnswerForm(forms.Form):
    picked = PickedField(label="Dossiers")


class LettersForm(forms.Form):
    picked = PickedField(label="Décisions")
    notified_on = DayField(label="Date de la notification")
    letter_reference = WordsField(label="Référence du courrier", long=False, required=False, max_length=80)

    @property
    def boxes(self) -> set[str]:
        """What was chosen, as it came: a mistake elsewhere unticks nothing."""
        return set(self.data.getlist("picked")) if self.is_bound else set()
