"""A line of the notebook of ideas, as its holder writes it."""

from typing import Any

from django import forms

from cases.forms.answering import RefusableForm, VersionedForm
from cases.forms.fields import REQUIRED, WordsField
from cases.models import Idea
from workflow.models import Organisation


class IdeaFields(forms.Form):
    title = WordsField(
        label="Votre idée en quelques mots", help_text="Par exemple : réparer des vélos.", long=False
    )
    need = WordsField(
        label="À quel besoin elle répond", help_text="Comme vous le diriez à un voisin.", required=False
    )
    neighbourhoods = forms.ModelMultipleChoiceField(
        label="Dans quels quartiers", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    orientation = forms.ModelChoiceField(
        label="À quelle priorité de l’appel elle répond",
        queryset=None,
        required=False,
        empty_label="Je ne sais pas encore",
    )

    def ask(self, cycle) -> None:
        """What the call has; where it has no quarter or no priority, none is asked for."""
        self.fields["neighbourhoods"].queryset = cycle.contract.neighbourhoods.order_by("code")
        self.fields["orientation"].queryset = cycle.orientations.order_by("pk")
        for name in ("neighbourhoods", "orientation"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]


class NoteForm(IdeaFields, RefusableForm):
    """A new idea, for one of one's associations."""

    organisation = forms.ModelChoiceField(
        label="Pour quelle association",
        queryset=Organisation.objects.none(),
        error_messages={"required": REQUIRED},
    )

    def __init__(self, cycle, houses, data=None):
        super().__init__(data)
        self.ask(cycle)
        self.fields["organisation"].queryset = houses
        several = list(houses[:2])
        if len(several) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = several[0].pk


class IdeaForm(IdeaFields, VersionedForm):
    """An idea that is written again."""

    def __init__(self, idea: Idea, data=None):
        super().__init__(data)
        self.ask(idea.cycle)
        where = sorted(idea.neighbourhoods.order_by("pk").values_list("pk", flat=True))
        self.initial = {"title": idea.title, "need": idea.need, "neighbourhoods": where}
        self.initial |= {"orientation": idea.orientation_id, "version": idea.version}

    @property
    def changes(self) -> dict[str, Any]:
        """The fields of the idea, as the door edits them."""
        typed = {name: self.cleaned_data[name] for name in ("title", "need")}
        if "neighbourhoods" in self.fields:
            typed["neighbourhoods"] = sorted(one.pk for one in self.cleaned_data["neighbourhoods"])
        if "orientation" in self.fields:
            typed["orientation_id"] = getattr(self.cleaned_data["orientation"], "pk", None)
        return typed
