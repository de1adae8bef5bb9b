"""The table that comes back: a file; for the team also who gave these opinions and how; then a sealed preview."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing

from cases.forms.fields import DayField, WordsField
from cases.workbook.seat_sheet import Opinion, SeatTable, TypedLine
from workflow.wording import day_in_words

MEBIBYTES = 5
SALT = "cases.offline"
LASTS = 24 * 3600
"""Seconds: a preview of yesterday is asked again."""
WAYS = ("Réunion", "Courriel", "Courrier", "Appel")


class TableForm(forms.Form):
    file = forms.FileField(
        label="Le classeur rempli (.xlsx)",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "choisissez le classeur que vous avez rempli.",
            "empty": "ce fichier est vide : choisissez-en un autre.",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MEBIBYTES << 20:
            raise forms.ValidationError(
                f"ce fichier dépasse {MEBIBYTES} Mo : ce n’est pas un tableau d’avis."
            )
        return file

    @property
    def told(self) -> dict[str, Any]:
        """How these opinions arrived: nothing to say of one's own."""
        return {}


class TeamTableForm(TableForm):
    """An opinion that the team writes down says who gave it, when and how."""

    author = WordsField(label="Qui a donné ces avis", help_text="Le nom et la fonction.", long=False)
    received_on = DayField(label="Quel jour")
    how = forms.ChoiceField(
        label="Comment", choices=[(one, one) for one in WAYS], widget=forms.RadioSelect,
        error_messages={"required": "dites comment ces avis sont arrivés."},
    )  # fmt: skip
    field_order = ("author", "received_on", "how", "file")

    @property
    def told(self) -> dict[str, Any]:
        typed = self.cleaned_data
        source = f"{typed['how']} du {day_in_words(typed['received_on'])}, par classeur"
        return {"author": typed["author"], "source": source, "received_on": typed["received_on"]}


class PreviewForm(forms.Form):
    """What was shown, sealed: it waits in the page of whoever read it, and nowhere here."""

    sealed = forms.CharField(widget=forms.HiddenInput)

    def opened(self, user, seat) -> tuple[SeatTable, dict[str, Any], set[str]] | None:
        """The table, how it arrived, which rows were promised; None where the seal is broken, old or not theirs."""
        if not self.is_valid():
            return None
        try:
            kept = signing.loads(self.cleaned_data["sealed"], salt=SALT, max_age=LASTS)
        except signing.BadSignature:
            return None
        if kept["of"] != [user.pk, seat.financier.pk]:
            return None
        rows = tuple(TypedLine(*identity, _opinion(*said)) for *identity, said in kept["rows"])
        table = SeatTable(seat.cycle.code, str(seat.financier.organisation.uuid), rows, kept["columns"])
        return table, _told(kept["told"]), set(kept["promised"])


def sealed(found, user, seat, told: dict[str, Any]) -> str:
    """A preview as its page carries it: only the rows that were filled in."""
    rows = [[*change.row[:5], _plain(change.said)] for change in found.changes]
    if told:
        told = told | {"received_on": told["received_on"].isoformat()}
    kept = {
        "of": [user.pk, seat.financier.pk],
        "rows": rows,
        "columns": dict(found.table.columns),
        "told": told,
        "promised": [change.row.uuid for change in found.ready],
    }
    return signing.dumps(kept, salt=SALT, compress=True)


def _plain(said: Opinion) -> list[str | None]:
    return [said.verdict, None if said.amount is None else str(said.amount), said.motive, said.conditions]


def _opinion(verdict: str, amount: str | None, motive: str, conditions: str) -> Opinion:
    return Opinion(verdict, None if amount is None else Decimal(amount), motive, conditions)


def _told(kept: dict[str, Any]) -> dict[str, Any]:
    day = DayField().to_python(kept["received_on"]) if kept else None
    return kept | {"received_on": day} if kept else {}
