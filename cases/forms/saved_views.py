"""A view to keep: its name, whether the team shares it, whether it opens first."""

from django import forms

from cases.forms.fields import WordsField
from cases.forms.filters import PlainSelect
from cases.models import SavedView

NOBODY = [("", "Personne : pour moi seul")]


class SavedViewForm(forms.Form):
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    name = WordsField(label="Nom de la vue", long=False, max_length=80)
    cycle = forms.ChoiceField(label="Partager avec l’équipe de", required=False, widget=PlainSelect)
    opens_first = forms.BooleanField(label="L’ouvrir d’abord quand je viens ici", required=False)

    def __init__(self, *args, owner, cycles, **options):
        super().__init__(*args, **options)
        self.owner = owner
        self.fields["cycle"].choices = [*NOBODY, *cycles]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if SavedView.objects.owned_by(self.owner).filter(name=name).exists():
            raise forms.ValidationError("vous avez déjà une vue de ce nom : choisissez-en un autre.")
        return name

    def facts(self) -> dict:
        typed = self.cleaned_data
        return {"name": typed["name"], "query": typed["query"], "cycle_id": typed["cycle"] or None}
