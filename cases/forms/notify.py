"""One letter notified, and batches of letters and of answers: which rows, as they were read, and the letter's day."""

import re
from collections.abc import Callable, Collection

from django import forms

from cases.enclosed import facts_of, letters_of
from cases.forms.fields import NO_DAY, DayField, WordsField
from cases.forms.filters import PlainSelect
from cases.forms.moving import MoveForm
from cases.line_guards import cut_said
from cases.models import LetterScan
from cases.outgoing import GRANTED, PART, REFUSED, Wanted

_PICKED = re.compile(r"(\d{1,18}):(\d{1,9})")


class PickedField(forms.Field):
    """Boxes of the form « key:version », as {key: version}."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"required": "choisissez au moins une ligne."}

    def to_python(self, value) -> dict[int, int]:
        matches = [_PICKED.fullmatch(str(one)) for one in value or ()]
        return {int(match[1]): int(match[2]) for match in matches if match}

    def validate(self, value) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")


class AnswerForm(forms.Form):
    picked = PickedField(label="Dossiers")


class WantedForm(forms.Form):
    """Which letters the page shows: an ordinary GET form. A choice that is none shows all."""

    financier = forms.ChoiceField(label="Financeur", required=False, widget=PlainSelect)
    outcome = forms.ChoiceField(
        label="Décision",
        required=False,
        widget=PlainSelect,
        choices=[
            ("", "Toutes"),
            (GRANTED, "Accordé en entier"),
            (PART, "Accordé en partie"),
            (REFUSED, "Non retenu"),
        ],
    )
    ready = forms.ChoiceField(
        label="Prêtes",
        required=False,
        widget=PlainSelect,
        choices=[("", "Toutes"), ("yes", "Peuvent partir"), ("no", "Attendent quelque chose")],
    )

    def __init__(self, data, *, letters):
        super().__init__(data)
        seats = {one.line.envelope.financier_id: str(one.line.envelope.financier) for one in letters}
        self.fields["financier"].choices = [("", "Tous"), *((str(key), name) for key, name in seats.items())]

    @property
    def wanted(self) -> Wanted:
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class NotifyForm(MoveForm):
    notified_on = DayField(label="Notifié le")
    letter_reference = WordsField(label="Référence du courrier", long=False, required=False, max_length=80)
    knows = forms.BooleanField(
        label="Je confirme : ce montant part quand même",
        error_messages={"required": "confirmez que vous avez lu la réduction de l’enveloppe."},
    )

    def prepare(self):
        """The number and the day of the letter that was made here are nobody's to type; those of one that came back
        signed are proposed. Where the envelope shrank since the vote, whoever notifies says that they read it."""
        joined = LetterScan.objects.days_of([self.subject])
        self.initial["notified_on"] = joined.get(self.subject.pk)
        for letter in letters_of([self.subject]).values():
            self.initial |= facts_of(letter)
            for name in facts_of(letter):
                self.fields[name].disabled = True
        if self.subject.is_cut_since_vote:
            self.fields["knows"].help_text = cut_said(self.subject)
        else:
            del self.fields["knows"]

    @property
    def facts(self):
        facts = super().facts
        return facts | ({"knows": self.subject.purse_version} if "knows" in facts else {})


class LettersForm(forms.Form):
    """The letters that leave; `enclosed` finds {line key: the letter made here} among the lines that were chosen.

    A letter made here brings its own day and number; `seen` is {line key: letter key} as the preview showed them.
    """

    picked = PickedField(label="Décisions")
    notified_on = DayField(label="Date de la notification", required=False)
    letter_reference = WordsField(label="Référence du courrier", long=False, required=False, max_length=80)
    seen = PickedField(label="Courriers relus", required=False)
    knows = PickedField(label="Enveloppes réduites depuis le vote", required=False)

    def __init__(self, data=None, *, enclosed: Callable[[Collection[int]], dict] = lambda keys: {}):
        super().__init__(data)
        self.enclosed = enclosed
        self.letters: dict = {}

    def clean(self) -> dict:
        """The day is asked where a chosen decision has no letter of its own."""
        typed = super().clean()
        chosen = typed.get("picked", {})
        self.letters = self.enclosed(chosen)
        without = chosen.keys() - self.letters.keys()
        if (without or not chosen) and typed.get("notified_on") is None and "notified_on" not in self.errors:
            self.add_error("notified_on", NO_DAY)
        return typed

    @property
    def facts(self) -> dict:
        """The day and reference of those that have no letter here, as the move takes them."""
        return {name: self.cleaned_data[name] for name in ("notified_on", "letter_reference")}

    @property
    def boxes(self) -> set[str]:
        """What was chosen, as it came: a mistake elsewhere unticks nothing."""
        return set(self.data.getlist("picked")) if self.is_bound else set()
