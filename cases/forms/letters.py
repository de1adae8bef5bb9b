"""What a coordinator types about letters: which ones, their day, a model's words, a signed scan."""

from django import forms

from cases.forms.answering import RefusableForm
from cases.forms.fields import DayField
from cases.forms.files import JoinedFileField
from cases.letter_fields import against
from cases.models import LetterModel
from workflow.forms.own_words import OwnWordsForm

SIGNED = "Le PDF ou la photo du courrier signé, 10 Mo au plus."
DAY = "Celui de la signature, aujourd’hui ou dans les semaines à venir."


class LetterForm(RefusableForm):
    """One letter of a dossier's page; `seen` is the digest of what it said there."""

    about = forms.SlugField(widget=forms.HiddenInput, max_length=40)
    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    dated_on = DayField(label="Daté du", help_text=DAY)


class FolderForm(RefusableForm):
    """The letters that are made together; `key` is drawn by the page, so that two clicks begin one folder."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    picked = forms.MultipleChoiceField(
        label="Courriers", error_messages={"required": "choisissez au moins un courrier."}
    )
    dated_on = DayField(label="Datés du", help_text=DAY)

    def __init__(self, *args, offered=(), **options):
        super().__init__(*args, **options)
        self.fields["picked"].choices = [(one, one) for one in offered]
        self.fields["picked"].error_messages["invalid_choice"] = (
            "un de ces courriers n’est plus à faire : relisez la liste."
        )

    @property
    def boxes(self) -> set[str]:
        """What was chosen, as it came: a mistake elsewhere unticks nothing."""
        return set(self.data.getlist("picked")) if self.is_bound else set()


class SignedForm(RefusableForm):
    """The signed letter of our own: its date is known."""

    file = JoinedFileField(label="Courrier signé", required=True, help_text=SIGNED)


class OtherSignedForm(SignedForm):
    """Another authority's letter."""

    dated_on = DayField(label="Date du courrier")
    field_order = ("dated_on", "file")


class ModelForm(OwnWordsForm):
    """The words of one kind of letter."""

    against = staticmethod(against)

    class Meta(OwnWordsForm.Meta):
        model = LetterModel
        help_texts = OwnWordsForm.Meta.help_texts | {
            "body": "Vide : le texte d’origine. Une ligne vide sépare deux paragraphes ; « - » commence une liste, "
            "« # » un titre. L’adresse, la date, les voies de recours et la signature sont écrites pour vous.",
        }
        widgets = {"body": forms.Textarea(attrs={"rows": 14})}
