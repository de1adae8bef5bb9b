"""Which dossiers lie before a committee, and where and when it sits: the shape of what a coordinator chooses."""

import re
from typing import Any

from django import forms

from cases.forms.answering import VersionedForm
from cases.forms.fields import WordsField
from cases.models import Committee, CommitteeScope
from workflow.journal import Code


class NumbersField(forms.CharField):
    """« 12, 15 et 18 » as [12, 15, 18]."""

    def to_python(self, value) -> list[int]:
        text = super().to_python(value)
        if text and not re.fullmatch(r"(\d{1,6}|\bet\b|[\s,;])+", text):
            raise forms.ValidationError("écrivez des numéros de dossiers, comme 12, 15, 18.", code="invalid")
        return sorted({int(one) for one in re.findall(r"\d+", text)})

    def prepare_value(self, value):
        return ", ".join(f"{one:03d}" for one in value) if isinstance(value, list) else value


class SettingsForm(VersionedForm):
    scope = forms.ChoiceField(
        label="Dossiers examinés", choices=CommitteeScope.choices, widget=forms.RadioSelect
    )
    themes = forms.MultipleChoiceField(
        label="Orientations examinées",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Si le comité ne voit que certaines orientations.",
    )
    numbers = NumbersField(
        label="Dossiers choisis",
        required=False,
        max_length=2000,
        help_text="Pour une liste complémentaire : les numéros, séparés par des virgules.",
    )
    starts_at = forms.TimeField(
        label="Heure",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "choisissez une heure.", "invalid": "écrivez une heure, comme 9:30."},
    )
    place = WordsField(label="Lieu", long=False, required=False)

    def __init__(self, committee: Committee, data=None):
        self.committee = committee
        names = ("version", "scope", "themes", "numbers", "starts_at", "place")
        super().__init__(data, initial={name: getattr(committee, name) for name in names})
        themes = committee.cycle.orientations.order_by("pk").values_list("code", "label")
        self.fields["themes"].choices = list(themes)
        if not self.fields["themes"].choices:
            del self.fields["themes"]

    def clean(self):
        scope = self.cleaned_data.get("scope")
        if scope == CommitteeScope.THEMES and not self.cleaned_data.get("themes"):
            self.add_error("themes" if "themes" in self.fields else "scope", "choisissez une orientation.")
        if scope == CommitteeScope.LISTED and self.cleaned_data.get("numbers") == []:
            self.add_error("numbers", "écrivez au moins un numéro.")
        return self.cleaned_data

    @property
    def changes(self) -> dict[str, Any]:
        found = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        found["scope"] = Code(found["scope"])
        if "themes" in found:
            found["themes"] = [Code(one) for one in found["themes"]]
        return found
