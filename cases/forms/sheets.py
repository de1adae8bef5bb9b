"""The forms that edit without a move: each carries the version of what was read."""

from django import forms

from cases.forms.answering import VersionedForm
from cases.forms.fields import DayField, WordsField
from cases.models import Project
from workflow.wording import day_in_words

OPTIONAL = " (facultatif)"


class SheetForm(VersionedForm):
    """An edit that can say what is kept otherwise by now."""

    def kept_otherwise(self) -> list[tuple[str, str]]:
        """(label, what is kept now) wherever what was typed differs: a draft's quiet edits leave no other trace."""
        return [(plain(one.label), in_words(one)) for one in self._differing()]

    def typed_otherwise(self) -> list[tuple[str, str]]:
        """(label, what was typed) of the same fields, where the page cannot show them to be typed any more."""
        return [(plain(one.label), worded(one, one.value())) for one in self._differing()]

    def _differing(self) -> list[forms.BoundField]:
        fields = [self[name] for name in self.changed_data]
        return [one for one in fields if not one.is_hidden and not is_file(one)]


def plain(label: str) -> str:
    """What was optional to write is not optional to read."""
    return label.removesuffix(OPTIONAL)


def is_file(bound) -> bool:
    return isinstance(bound.field, forms.FileField)


def in_words(bound) -> str:
    """What a field held before anybody typed in it, as a reader reads it."""
    return worded(bound, bound.initial)


def worded(bound, value) -> str:
    """One value of a field, as a reader reads it."""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(bound.field, DayField) and value and bound.name not in bound.form.errors:
        return day_in_words(bound.field.to_python(value))  # because an answer is kept as its text
    chosen = {str(key): label for key, label in getattr(bound.field, "choices", ())}
    if isinstance(value, list):
        return ", ".join(str(chosen.get(str(one), one)) for one in value) or "—"
    said = chosen.get(str(value)) or bound.field.prepare_value(value)
    return "—" if said in (None, "") else str(said)


class BeginForm(forms.Form):
    """What a request needs in order to begin; all the rest is written topic by topic."""

    organisation = forms.ModelChoiceField(label="Votre organisation", queryset=None, empty_label=None)
    title = WordsField(label="Nom de l’action", long=False)
    project = forms.ModelChoiceField(
        label="C’est la suite d’une action d’une autre année",
        queryset=None,
        required=False,
        empty_label="Non, c’est une action nouvelle",
        help_text="Si oui, vos réponses d’alors sont reprises : vous les relirez.",
    )

    def __init__(self, *args, cycle, organisations, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations
        self.only = organisations.get() if organisations.count() == 1 else None
        if self.only:
            del self.fields["organisation"]
        earlier = Project.objects.filter(organisation__in=organisations).exclude(dossiers__cycle=cycle)
        self.fields["project"].queryset = earlier.order_by("title", "pk")
        if not earlier.exists():
            del self.fields["project"]  # because a choice of one is no question

    def clean(self) -> dict:
        return ({"organisation": self.only} if self.only else {}) | super().clean()
