"""Who is invited to a committee and who came, as it is typed: names line by line, one presence each."""

from typing import Any

from django import forms

from cases.forms.answering import VersionedForm
from cases.forms.fields import ItemsField, WordsField
from cases.models import Attendee, Presence
from workflow.journal import Code

PARTS = ("name", "quality", "organisation")
MOST = 200


class WelcomeForm(forms.Form):
    people = ItemsField(
        label="Ajouter des personnes",
        help_text="Une par ligne : nom, qualité, organisation. Par exemple : Awa Diallo, adjointe, Ville.",
        error_messages={"required": "écrivez au moins un nom."},
    )

    def clean_people(self) -> list[dict[str, str]]:
        lines = self.cleaned_data["people"]
        if any(len(part.strip()) > MOST for line in lines for part in line.split(",", 2)):
            raise forms.ValidationError(f"{MOST} caractères au plus entre deux virgules.")
        parts = [[part.strip() for part in line.split(",", 2)] for line in lines]
        if any(not one[0] for one in parts):
            raise forms.ValidationError("chaque ligne commence par un nom.")
        return [dict(zip(PARTS, [*one, "", ""], strict=False)) for one in parts]


class PresenceForm(VersionedForm):
    """One person's presence, on the page where all are noted."""

    presence = forms.ChoiceField(choices=Presence.choices)
    represented_by = WordsField(required=False, long=False)

    def __init__(self, attendee: Attendee, data=None):
        self.attendee = attendee
        names = ("version", "presence", "represented_by")
        told = {name: getattr(attendee, name) for name in names}
        super().__init__(data, prefix=str(attendee.pk), initial=told)
        who = str(attendee)
        self.fields["presence"].widget.attrs["aria-label"] = f"Présence de {who}"
        self.fields["represented_by"].widget.attrs["aria-label"] = f"Qui représente {who}"

    def clean(self):
        said, by = self.cleaned_data.get("presence"), self.cleaned_data.get("represented_by", "")
        if said == Presence.REPRESENTED and not by:
            self.add_error("represented_by", "dites qui le représente.")
        if said and said != Presence.REPRESENTED:
            self.cleaned_data["represented_by"] = ""
        return self.cleaned_data

    @property
    def changes(self) -> dict[str, Any]:
        """What differs from what stands there."""
        typed = {name: self.cleaned_data[name] for name in ("presence", "represented_by")}
        changed = {name: value for name, value in typed.items() if getattr(self.attendee, name) != value}
        return changed | ({"presence": Code(typed["presence"])} if "presence" in changed else {})


class AttendeeForm(VersionedForm):
    name = WordsField(label="Nom", long=False)
    quality = WordsField(label="Qualité", long=False, required=False)
    organisation = WordsField(label="Organisation", long=False, required=False)
    goals = WordsField(
        label="Ce qui est attendu de la séance",
        required=False,
        help_text="En quelques phrases. Lu par tous, à côté de l’ordre du jour.",
        max_length=1500,
    )

    def __init__(self, attendee: Attendee, data=None):
        names = ("version", *PARTS, "goals")
        super().__init__(data, initial={name: getattr(attendee, name) for name in names})

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class GoalsForm(VersionedForm):
    goals = WordsField(
        label="Ce que vous attendez de cette séance",
        help_text="Deux ou trois phrases. Elles seront lues par tous, à côté de l’ordre du jour.",
        max_length=1500,
    )

    def __init__(self, attendee: Attendee, data=None):
        super().__init__(data, initial={"version": attendee.version, "goals": attendee.goals})
