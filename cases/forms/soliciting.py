"""Whom to ask besides, and for how much."""

from django import forms

from cases.forms.answering import RefusableForm
from cases.forms.fields import REQUIRED, MoneyField
from cases.models import Envelope


class EnvelopeChoice(forms.ModelChoiceField):
    def label_from_instance(self, one: Envelope) -> str:
        return f"{one.financier} · {one}"


class SolicitForm(RefusableForm):
    envelope = EnvelopeChoice(
        label="Financeur et dispositif",
        queryset=Envelope.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": REQUIRED},
    )
    amount = MoneyField(label="Montant demandé")

    def __init__(self, envelopes, data=None):
        super().__init__(data)
        self.fields["envelope"].queryset = envelopes
