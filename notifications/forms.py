"""The filter of the messages, and what a click on one of them carries."""

from django import forms
from django.db.models import TextChoices

from notifications.models import MessageStatus


class Tab(TextChoices):
    """What the page of messages shows; a status of the outbox, or what is not written there yet."""

    PLANNED = "planned", "Rappels à venir"
    WAITING = MessageStatus.WAITING.value, "En attente"
    SENT = MessageStatus.SENT.value, "Envoyés"
    FAILED = MessageStatus.FAILED.value, "En échec"
    CANCELLED = MessageStatus.CANCELLED.value, "Annulés"


class MessageFilters(forms.Form):
    search = forms.CharField(label="Personne ou dossier", required=False, max_length=100)
    tab = forms.ChoiceField(choices=Tab, required=False, widget=forms.HiddenInput)

    @property
    def chosen(self) -> Tab:
        """What left, unless the address says otherwise; an unknown tab is none."""
        self.is_valid()
        return Tab(self.cleaned_data.get("tab") or Tab.SENT)

    @property
    def words(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("search", "")

    def kept(self, messages):
        return messages.about(self.words) if self.words else messages


class SeenForm(forms.Form):
    """What the person had before their eyes, so that a stale page does nothing."""

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
