"""What a holder writes after filing, one small form at a time; and the payments that the team notes for them."""

from datetime import date

from django import forms

from cases.forms.fields import DayField, MoneyField, WordsField
from cases.forms.files import JoinedFileField
from cases.forms.sheets import SheetForm
from cases.models import PaymentKind
from cases.papers import JOINED


class ReplyForm(SheetForm):
    """The answer to one point that the team asked for: words, a paper, or both."""

    reply = WordsField(label="Votre réponse", required=False)
    file = JoinedFileField(label="Joindre une pièce")
    was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    """What stood there when the page was read: two people answering two points do not disturb each other."""

    def __init__(self, *args, item: str, rank: int, **options):
        super().__init__(*args, prefix=f"p{rank}", **options)
        self.item, self.rank = item, rank

    def clean(self):
        typed = super().clean()
        if not self.errors and not typed["reply"] and not typed["file"]:
            self.add_error("reply", "écrivez une réponse, ou joignez une pièce.")
        return typed

    @property
    def words(self) -> str:
        """What the team will read; a paper alone says its name."""
        typed = self.cleaned_data
        return typed["reply"] or JOINED.format(typed["file"].name)

    def renew(self, version: int) -> None:
        """Keep what was typed; the next try is compared with what stands there now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version

    def compared_with(self, now: str) -> None:
        self.data[self.add_prefix("was")] = now


class PaymentForm(SheetForm):
    """One payment of one financier: expected, then received."""

    kind_of = forms.ChoiceField(label="Nature", choices=PaymentKind.choices, widget=forms.RadioSelect)
    amount = MoneyField(label="Montant")
    expected_on = DayField(label="Attendu le", required=False)
    paid_on = DayField(label="Reçu le", help_text="Laissez vide tant que rien n’est arrivé.", required=False)
    reference = WordsField(label="Référence du versement", long=False, max_length=80, required=False)

    def __init__(self, *args, on: date, **options):
        super().__init__(*args, **options)
        self.on = on

    def clean_paid_on(self) -> date | None:
        paid_on = self.cleaned_data["paid_on"]
        if paid_on and paid_on > self.on:
            raise forms.ValidationError("un versement se note le jour où il est arrivé, pas avant.")
        return paid_on

    def changes(self) -> dict:
        names = ("amount", "expected_on", "paid_on", "reference")
        return {name: self.cleaned_data[name] for name in names} | {
            "kind_of": PaymentKind(self.cleaned_data["kind_of"])
        }
