"""What the open data of a subsidy asks: its act, and who its holder is; before a file leaves, one declaration."""

from datetime import date
from typing import Any

from django import forms

from cases import siret
from cases.forms.fields import DayField, WordsField
from cases.forms.sheets import SheetForm
from cases.models import FundingLine
from cases.open_data import is_siret, mark_of
from workflow.models import OrganisationKind


class SubsidyForm(SheetForm):
    """The act that grants it, and the identity of whoever receives it."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)
    act_on = DayField(
        label="Convention ou arrêté du",
        help_text="Le jour de la signature. Laissez vide tant qu’il n’y en a pas.",
        required=False,
    )
    act_reference = WordsField(
        label="Référence de la convention ou de l’arrêté", long=False, max_length=80, required=False
    )
    kind = forms.ChoiceField(
        label="Nature du porteur",
        help_text="Une personne physique n’est jamais publiée.",
        choices=OrganisationKind.choices,
    )
    siret = forms.CharField(
        label="SIRET du porteur", help_text="Quatorze chiffres.", max_length=30, required=False
    )

    def __init__(self, line: FundingLine, data=None, *, on: date):
        holder = line.dossier.organisation
        self.on, self.mark = on, mark_of(holder)
        known = {name: getattr(line, name) for name in ("version", "act_on", "act_reference")}
        super().__init__(
            data, initial=known | {"kind": holder.kind, "siret": holder.siret, "seen": self.mark}
        )

    def clean_act_on(self) -> date | None:
        signed = self.cleaned_data["act_on"]
        if signed and signed > self.on:
            raise forms.ValidationError("cette date est à venir : écrivez le jour de la signature.")
        return signed

    def clean_siret(self) -> str:
        digits = siret.without_blanks(self.cleaned_data["siret"])
        if digits and not is_siret(digits):
            raise forms.ValidationError("ce SIRET est faux : il faut 14 chiffres, sans erreur de copie.")
        return digits

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("act_on", "act_reference")}

    @property
    def holder(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("kind", "siret")}

    def renew(self, version: int) -> None:
        super().renew(version)
        self.data["seen"] = self.mark


class FileForm(forms.Form):
    """The one column that nothing here can tell: a person answers before the file leaves."""

    notified = forms.ChoiceField(
        label="Ces subventions relèvent-elles d’une aide notifiée à la Commission européenne ?",
        choices=[("non", "Non, aucune"), ("oui", "Oui, toutes (aide « de minimis »)")],
        widget=forms.RadioSelect,
        error_messages={"required": "répondez avant de télécharger : le schéma national le demande."},
    )
