"""The filter of the messages, and what a click on one or on many of them carries."""

from datetime import date
from uuid import UUID

from django import forms
from django.db.models import TextChoices

from cases.forms.fields import DayField
from notifications import texts
from notifications.handling import Deed
from notifications.models import MailText, MessageStatus
from notifications.planned import AHEAD, LONGEST
from notifications.words import TOO_LONG
from workflow.forms.own_words import OwnWordsForm


class Tab(TextChoices):
    """What the page of messages shows: what has not left yet, or a status of the outbox."""

    PLANNED = "planned", "À venir"
    HELD = MessageStatus.HELD.value, "Retenus"
    SENT = MessageStatus.SENT.value, "Envoyés"
    FAILED = MessageStatus.FAILED.value, "En échec"
    CANCELLED = MessageStatus.CANCELLED.value, "Annulés"


class MessageFilters(forms.Form):
    search = forms.CharField(label="Personne ou dossier", required=False, max_length=100)
    first = DayField(label="Du", required=False)
    last = DayField(label="Au", required=False)
    tab = forms.ChoiceField(choices=Tab, required=False, widget=forms.HiddenInput)

    def __init__(self, data, today: date):
        super().__init__(data)
        self.today = today
        self.is_valid()
        if self.chosen != Tab.PLANNED:
            del self.fields["first"], self.fields["last"]

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("last") and typed["last"] - (typed.get("first") or self.today) > LONGEST:
            self.add_error("last", TOO_LONG)
        return typed

    @property
    def chosen(self) -> Tab:
        """What is to come, unless the address says otherwise; an unknown tab is none."""
        return Tab(self.cleaned_data.get("tab") or Tab.PLANNED)

    @property
    def words(self) -> str:
        return self.cleaned_data.get("search", "")

    @property
    def period(self) -> tuple[date, date]:
        """The days asked for; a month from today where none, or none that makes sense, is given."""
        first = self.cleaned_data.get("first") or self.today
        last = self.cleaned_data.get("last") or first + AHEAD
        return first, max(first, last)

    def kept(self, messages):
        return messages.about(self.words) if self.words else messages


class DeedForm(forms.Form):
    """One click on one message, and what the person had before their eyes: a stale page does nothing."""

    deed = forms.ChoiceField(choices=Deed, widget=forms.HiddenInput)
    status = forms.ChoiceField(
        choices=MessageStatus,
        widget=forms.HiddenInput,
        error_messages={"required": "Rouvrez la page de ce message, puis recommencez."},
    )


class AddressForm(forms.Form):
    """What becomes of the secret address that the page showed; a blank key says that it showed none."""

    act = forms.ChoiceField(
        choices=[("renew", "Changer"), ("give_up", "Désactiver")],
        error_messages={"required": "Choisissez ce que devient l’adresse."},
    )
    key = forms.CharField(required=False, max_length=36)


class MailTextForm(OwnWordsForm):
    """The words of one mail."""

    against = staticmethod(texts.against)

    class Meta(OwnWordsForm.Meta):
        model = MailText
        help_texts = OwnWordsForm.Meta.help_texts | {
            "body": "Vide : le texte d’origine. Il vient après « Bonjour », qui est déjà écrit. "
            "Une ligne vide sépare deux paragraphes ; « - » commence une liste.",
        }
        widgets = {"body": forms.Textarea(attrs={"rows": 10})}


class MailChoices(forms.Form):
    """What a person wants to hear; `shown` tells a form without any box from an empty request."""

    heard = forms.MultipleChoiceField(label="Je reçois", required=False, widget=forms.CheckboxSelectMultiple)
    shown = forms.CharField(
        initial="1",
        widget=forms.HiddenInput,
        error_messages={"required": "Rouvrez cette page, puis recommencez."},
    )

    def __init__(self, *args, kinds, **options):
        super().__init__(*args, **options)
        self.fields["heard"].choices = [(one.value, one.label) for one in kinds]


def chosen(rows: list[str]) -> dict[UUID, str]:
    """{message: the status that was shown} from the boxes that were ticked; what makes no sense is left out."""
    found: dict[UUID, str] = {}
    for row in rows:
        key, _, status = row.partition(":")
        try:
            found[UUID(key)] = status
        except ValueError:
            continue
    return found
