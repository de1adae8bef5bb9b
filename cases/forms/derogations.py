"""A named exception to a window: which move, until which evening, why."""

from django import forms

from cases.forms.fields import DayField, WordsField
from cases.states import DossierMove


class DerogationForm(forms.Form):
    move = forms.ChoiceField(label="Ce qui reste possible", widget=forms.RadioSelect)
    until = DayField(label="Jusqu’au", help_text="Ce jour compte en entier.")
    reason = WordsField(label="Pourquoi", help_text="Le journal garde cette raison.")

    def __init__(self, *args, gates, today, **options):
        super().__init__(*args, **options)
        self.today = today
        self.fields["move"].choices = [(move, DossierMove(move).label) for move in gates]
        if len(gates) == 1:
            self.initial["move"] = gates[0]

    def clean_until(self):
        if self.cleaned_data["until"] < self.today:
            raise forms.ValidationError("cette date est passée : choisissez un jour à venir.")
        return self.cleaned_data["until"]
