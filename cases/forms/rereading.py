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
    wording = WordsField(label="Texte proposé", help_text=INSTEAD, required=False)

    def __init__(self, *args, dossier, part, replaceable: bool, **options):
        super().__init__(*args, **options)
        self.written = text_of(dossier, part)
        self.initial["seen"] = mark_of(self.written)
        if not replaceable:
            del self.fields["wording"]

    def clean(self) -> dict:
        return {"wording": ""} | super().clean()

    def renew(self) -> None:
        """Keep what was typed, beside the answer as it is now."""
        self.data = self.data.copy()
        self.data["seen"] = mark_of(self.written)
