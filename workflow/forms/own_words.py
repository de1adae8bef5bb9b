"""The form of what a coordinator writes in the place of our words: a subject and a text, with named fields."""

from collections.abc import Iterator

from django import forms


class OwnWordsForm(forms.ModelForm):
    """The words of one kind of what is written; `Meta` of each says its model and how the text is written."""

    class Meta:
        fields = ("subject", "body")
        labels = {"subject": "Objet", "body": "Texte"}
        help_texts = {"subject": "Vide : l’objet d’origine."}

    def __init__(self, kind: str, *args, **options):
        super().__init__(*args, **options)
        self.kind = kind

    @staticmethod
    def against(kind: str, text: str) -> Iterator[str]:
        """What is wrong with a text of this kind, in sentences."""
        raise NotImplementedError

    def clean_subject(self) -> str:
        return self._known("subject")

    def clean_body(self) -> str:
        return self._known("body")

    def _known(self, name: str) -> str:
        """A field that the list does not have is said with those it has."""
        text = self.cleaned_data[name].replace("\r\n", "\n")
        if found := list(self.against(self.kind, text)):
            raise forms.ValidationError(found)
        return text

    def typed(self) -> dict[str, str] | None:
        """What the cycle keeps; nothing where both are blank, because the original speaks then."""
        typed = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return typed if any(typed.values()) else None
