"""The signed act of one award: the day it was signed, and how it is called."""

from datetime import date

from django import forms

from cases.forms.fields import DayField, WordsField
from cases.forms.sheets import SheetForm

FACTS = ("act_on", "act_reference", "firm_on", "returned_on")


class ActForm(SheetForm):
    act_on = DayField(
        label="Signée le",
        help_text="Le jour de la dernière signature. Laissez vide tant qu’il en manque une.",
        required=False,
    )
    act_reference = WordsField(label="Référence", long=False, max_length=80, required=False)
    firm_on = DayField(
        label="Délibérée le", help_text="Si ce financeur a délibéré, et que vous savez quand.", required=False
    )

    returned_on = DayField(
        label="Argent rendu arrivé le",
        help_text="Le jour où ce financeur a retrouvé la somme. Laissez vide tant qu’elle n’est pas arrivée.",
        required=False,
    )

    def __init__(self, *args, on: date, given_back: bool, **options):
        """`given_back`: something comes back on this award, so that its day is asked."""
        super().__init__(*args, **options)
        self.on = on
        if not given_back:
            del self.fields["returned_on"]

    def clean(self) -> dict:
        typed = super().clean()
        for name in ("act_on", "firm_on"):
            if typed.get(name) and typed[name] > self.on:
                self.add_error(
                    name, forms.ValidationError("cette date est à venir : écrivez-la le jour venu.")
                )
        return typed

    def changes(self) -> dict:
        return {name: self.cleaned_data[name] for name in FACTS if name in self.fields}
