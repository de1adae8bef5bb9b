"""A point of a committee's agenda as a coordinator writes it: its shape only."""

from typing import Any

from django import forms

from cases.forms.answering import RefusableForm, VersionedForm
from cases.forms.committee_settings import NumbersField
from cases.forms.fields import CountField, WordsField
from cases.models import AgendaItem, Committee, ItemKind
from workflow.journal import Code
from workflow.wording import listed


class PointForm(RefusableForm):
    kind_of = forms.ChoiceField(
        label="Nature",
        choices=ItemKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "choisissez la nature du point."},
    )
    title = WordsField(label="De quoi il s’agit", long=False)
    minutes = CountField(
        label="Durée, en minutes",
        error_messages={"required": "écrivez une durée.", "invalid": "écrivez un nombre de minutes."},
    )
    speaker = WordsField(label="Qui présente", long=False, required=False)
    dossiers = NumbersField(
        label="Dossiers",
        required=False,
        max_length=2000,
        help_text="Leurs numéros, séparés par des virgules, si le point porte sur des dossiers.",
    )

    def __init__(self, committee: Committee, data=None, **options):
        self.committee = committee
        super().__init__(data, **options)

    def clean_dossiers(self) -> list[int]:
        """Typed by number, kept by key."""
        numbers = self.cleaned_data["dossiers"]
        found = self.committee.cycle.dossiers.filter(number__in=numbers).order_by("number")
        keys = dict(found.values_list("number", "pk"))
        if unknown := [f"{one:03d}" for one in numbers if one not in keys]:
            raise forms.ValidationError(f"aucun dossier ne porte ce numéro : {listed(unknown)}.")
        return [keys[one] for one in numbers]

    @property
    def fields_typed(self) -> dict[str, Any]:
        found = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return found | {"kind_of": Code(found["kind_of"])}


class ItemForm(PointForm, VersionedForm):
    """The same, of a point that is there."""

    field_order = ("version", "kind_of", "title", "minutes", "speaker", "dossiers")

    def __init__(self, item: AgendaItem, data=None):
        names = ("version", "kind_of", "title", "minutes", "speaker")
        told = {name: getattr(item, name) for name in names}
        rows = item.committee.cycle.dossiers.filter(pk__in=item.dossiers).order_by("number")
        told["dossiers"] = list(rows.values_list("number", flat=True))
        super().__init__(item.committee, data, initial=told)

    @property
    def changes(self) -> dict[str, Any]:
        return self.fields_typed


class ConclusionForm(VersionedForm):
    conclusion = WordsField(
        label="Ce qui a été conclu",
        required=False,
        help_text="Une ou deux phrases : elles iront au procès-verbal.",
    )
