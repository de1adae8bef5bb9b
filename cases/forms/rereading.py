"""A remark on one part of a draft; what its holder answers is a move like others."""

from django import forms

from cases.forms.answering import RefusableForm
from cases.forms.fields import WordsField
from cases.remark_life import mark_of, text_of

ABOUT = "Parlez du texte, jamais de la personne qui l’a écrit. Le porteur vous lit."
INSTEAD = "Facultatif. Le porteur pourra le reprendre d’un geste, ou garder son texte."


class RemarkForm(RefusableForm):
    """What could be clearer, and the words that could stand there."""

    seen = forms.CharField(widget=forms.HiddenInput)
    text = WordsField(label="Votre remarque", help_text=ABOUT)

    def __init__(self, *args, dossier, part, replaces: forms.CharField | None, **options):
        """`replaces`: the field of the request in whose place words may be proposed, where it holds a text."""
        super().__init__(*args, **options)
        self.written = text_of(dossier, part)
        self.initial["seen"] = mark_of(self.written)
        if replaces is not None:
            self.fields["wording"] = self._wording(replaces)

    def _wording(self, replaces: forms.CharField) -> WordsField:
        """As long as what it replaces may be, and on one line where that is."""
        options = {"max_length": replaces.max_length, "help_text": INSTEAD, "required": False}
        return WordsField(label="Texte proposé", long=isinstance(replaces.widget, forms.Textarea), **options)

    def clean(self) -> dict:
        return {"wording": ""} | super().clean()

    def renew(self) -> None:
        """Keep what was typed, beside the answer as it is now."""
        self.data = self.data.copy()
        self.data["seen"] = mark_of(self.written)
