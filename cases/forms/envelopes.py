"""What a coordinator corrects of an envelope: its shape here, what it may become in the model's own guards."""

from django import forms

from cases.forms.answering import VersionedForm
from cases.forms.fields import MoneyField, WordsField
from cases.models import Envelope
from cases.models.envelope import EnvelopeStatus
from workflow.money import euros


class EnvelopeForm(VersionedForm):
    label = WordsField(label="Nom de l’enveloppe", long=False)
    status = forms.ChoiceField(label="Statut", choices=EnvelopeStatus.choices)
    ceiling = MoneyField(
        label="Montant", required=False, help_text="En euros. Vide tant qu’il n’est pas connu."
    )
    cut_to = MoneyField(
        label="Réduite à",
        required=False,
        help_text="En euros. L’ancien montant reste écrit : la différence se voit comme « à arbitrer ».",
    )

    def __init__(self, envelope: Envelope, data=None):
        self.envelope = envelope
        names = ("version", "label", "status", "ceiling", "cut_to")
        super().__init__(data, initial={name: getattr(envelope, name) for name in names})

    def clean(self):
        status, ceiling, cut = (self.cleaned_data.get(name) for name in ("status", "ceiling", "cut_to"))
        if status == EnvelopeStatus.UNKNOWN and ceiling is not None:
            self.add_error("status", "Le montant est écrit : choisissez « estimée » ou « notifiée ».")
        if (
            status in (EnvelopeStatus.ESTIMATED, EnvelopeStatus.NOTIFIED, EnvelopeStatus.CUT)
            and ceiling is None
        ):
            self.add_error("ceiling", "écrivez le montant de l’enveloppe, ou choisissez « inconnue ».")
        if (status == EnvelopeStatus.CUT) is not (cut is not None):
            self.add_error("cut_to", "une réduction va avec le statut « réduite », et lui avec elle.")
        elif cut is not None and ceiling is not None and cut >= ceiling:
            self.add_error("cut_to", "une réduction est plus basse que le montant.")
        return self.cleaned_data

    @property
    def changes(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def kept_otherwise(self) -> list[tuple[str, str]]:
        """(label, what is kept now) where something else was typed."""
        now = {
            "label": self.envelope.label,
            "status": self.envelope.get_status_display(),
            "ceiling": euros(self.envelope.ceiling),
            "cut_to": euros(self.envelope.cut_to),
        }
        return [
            (str(self.fields[name].label), now[name])
            for name, value in self.changes.items()
            if getattr(self.envelope, name) != value
        ]
