"""What a coordinator says of the programming as a whole: who reads it, who voted it, why it is opened again."""

from django import forms

from cases.forms.answering import VersionedForm
from cases.forms.fields import WordsField
from cases.models import Committee
from workflow.journal import Code
from workflow.models import Cycle
from workflow.wording import day_in_words


class SharingForm(VersionedForm):
    shared = forms.TypedChoiceField(
        choices=(("1", "ouvrir"), ("0", "fermer")), coerce=lambda value: value == "1"
    )


class SignatureForm(VersionedForm):
    """Which committee voted; `seen` is the digest of the very table that its signatory read."""

    committee = forms.TypedChoiceField(label="Quel comité a voté", coerce=int)
    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(self, data=None, *, cycle: Cycle, **options):
        super().__init__(data, **options)
        known = Committee.objects.of_cycle(cycle.pk).order_by("-on", "pk")
        self.fields["committee"].choices = [
            ("", "Choisissez"),
            *((one.pk, f"{one} · {day_in_words(one.on)}") for one in known),
        ]

    @property
    def facts(self) -> dict:
        return {"committee": self.cleaned_data["committee"], "seen": Code(self.cleaned_data["seen"])}

    def renew(self, version: int, seen: str = "") -> None:
        super().renew(version)
        self.data["seen"] = seen


class ReopeningForm(VersionedForm):
    reason = WordsField(
        label="Pourquoi la rouvrir",
        long=False,
        help_text="Une seconde programmation, une liste complémentaire, une erreur… La raison reste au journal.",
    )
