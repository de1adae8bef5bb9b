"""What the team says when it files for a holder: for whom, and who engages the association, confirmed how."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from cases import siret
from cases.forms.fields import DayField, WordsField
from cases.forms.sheets import SheetForm
from workflow.models import Organisation, OrganisationKind

PARIS = ZoneInfo("Europe/Paris")
NEW = "new"


class BehalfForm(forms.Form):
    """A call, an organisation known or new, the action's name."""

    cycle = forms.ModelChoiceField(label="Appel", queryset=None, empty_label=None)
    organisation = forms.ChoiceField(label="Porteur")
    name = WordsField(label="Nom de la nouvelle organisation", long=False, required=False)
    siret = forms.CharField(
        label="SIRET de la nouvelle organisation",
        help_text="14 chiffres. Laissez vide si elle n’en a pas encore.",
        required=False,
        max_length=30,
    )
    kind = forms.ChoiceField(
        label="Nature de la nouvelle organisation", choices=OrganisationKind.choices, required=False
    )
    title = WordsField(label="Nom de l’action", long=False)

    def __init__(self, *args, cycles, organisations, **options):
        super().__init__(*args, **options)
        self.known = {str(one.pk): one for one in organisations}
        self.fields["cycle"].queryset = cycles
        names = [(key, one.name) for key, one in self.known.items()]
        self.fields["organisation"].choices = [(NEW, "Une nouvelle organisation"), *names]

    def clean_siret(self) -> str:
        digits = siret.without_blanks(self.cleaned_data["siret"])
        if digits and not siret.is_shaped(digits):
            raise forms.ValidationError("écrivez les 14 chiffres du SIRET.")
        if digits and not siret.holds(digits):
            raise forms.ValidationError("ce SIRET est faux : un chiffre a été mal recopié.")
        return digits

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("organisation") == NEW and not typed.get("name"):
            self.add_error("name", "écrivez le nom de l’organisation.")
        return typed

    def holder(self) -> Organisation:
        """The chosen one; else the one that bears this SIRET already, else a new one, not yet saved."""
        typed = self.cleaned_data
        if typed["organisation"] != NEW:
            return self.known[typed["organisation"]]
        known = Organisation.objects.filter(siret=typed["siret"]).first() if typed["siret"] else None
        kind = typed["kind"] or OrganisationKind.ASSOCIATION
        return known or Organisation(name=typed["name"], siret=typed["siret"], kind=kind)


class CommitmentForm(SheetForm):
    """Who engages the association, when, and how the team knows."""

    commitment_by = WordsField(
        label="Qui engage l’organisation",
        help_text="Le nom et la fonction du représentant légal.",
        long=False,
    )
    commitment_source = WordsField(
        label="Comment c’est confirmé",
        help_text="Par exemple : formulaire papier signé et numérisé, courriel du 3 novembre.",
        long=False,
    )
    confirmed_on = DayField(label="Confirmé le")

    def __init__(self, *args, dossier, today, **options):
        super().__init__(*args, **options)
        self.today = today
        self.initial |= {
            "version": dossier.version,
            "commitment_by": dossier.commitment_by,
            "commitment_source": dossier.commitment_source,
            "confirmed_on": dossier.commitment_at.astimezone(PARIS).date() if dossier.commitment_at else None,
        }

    def clean_confirmed_on(self):
        if self.cleaned_data["confirmed_on"] > self.today:
            raise forms.ValidationError("cette date est à venir : écrivez le jour où c’était confirmé.")
        return self.cleaned_data["confirmed_on"]

    def changes(self) -> dict:
        typed = self.cleaned_data
        noon = datetime.combine(typed["confirmed_on"], time(12), PARIS)
        return {name: typed[name] for name in ("commitment_by", "commitment_source")} | {
            "commitment_at": noon
        }
