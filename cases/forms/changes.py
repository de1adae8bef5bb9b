"""Asking for a change, and answering it."""

from django import forms

from cases import changes
from cases.change_life import ChangeKind, Subject
from cases.forms.answering import RefusableForm
from cases.forms.fields import DayField, WordsField
from cases.forms.moving import MaybeReasonForm
from cases.models import Payment


class AskChangeForm(RefusableForm):
    """One form for the three; what a kind does not need stays empty."""

    kind_of = forms.ChoiceField(
        label="Que se passe-t-il ?",
        choices=[
            (ChangeKind.AMENDMENT, "L’action change"),
            (ChangeKind.EXTENSION, "L’action finira plus tard"),
            (ChangeKind.UNDONE, "L’action n’a pas lieu, ou pas toute"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "choisissez ce qui se passe."},
    )
    text = WordsField(label="Ce qui change, et pourquoi", help_text="Deux ou trois phrases suffisent.")
    about = forms.MultipleChoiceField(
        label="Si elle change : quoi ?",
        choices=Subject.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    new_end = DayField(label="Si elle finit plus tard : nouvelle date de fin", required=False)
    whole = forms.BooleanField(
        label="Si elle n’a pas lieu : rien n’en sera fait",
        help_text="Ne cochez pas si une partie a eu lieu : le bilan dira laquelle.",
        required=False,
    )

    def facts(self) -> dict:
        typed = self.cleaned_data
        kind = ChangeKind(typed["kind_of"])
        return {
            "kind_of": kind,
            "text": typed["text"],
            "about": typed["about"] if kind == ChangeKind.AMENDMENT else [],
            "new_end": typed["new_end"] if kind == ChangeKind.EXTENSION else None,
            "whole": typed["whole"] and kind == ChangeKind.UNDONE,
        }


class AcceptForm(MaybeReasonForm):
    report_due_on = DayField(label="Bilan attendu le")
    freed = forms.BooleanField(
        label="L’argent déjà versé revient aux enveloppes de l’année",
        help_text="Ce qui n’est pas versé y revient toujours. Cochez si les financeurs l’ont dit.",
        required=False,
    )
    field_order = ("report_due_on", "freed", "reason")

    def prepare(self) -> None:
        one = self.subject
        self.fields["reason"].label = "Un mot au porteur"
        if one.kind_of == ChangeKind.EXTENSION:
            self.initial["report_due_on"] = changes.report_day_after(one)
        else:
            del self.fields["report_due_on"]
        if not (one.whole and Payment.objects.arrived_for(one.dossier_id).exists()):
            del self.fields["freed"]
