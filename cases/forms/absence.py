"""« Je suis absent du … au …, telle personne répond pour moi »: its shape; the rest is the door's."""

from django import forms

from cases.forms.answering import RefusableForm
from cases.forms.fields import DayField
from workflow.models import User


class AbsenceForm(RefusableForm):
    begins_on = DayField(label="Premier jour d’absence")
    ends_on = DayField(label="Dernier jour d’absence")
    stand_in = forms.ModelChoiceField(
        label="Qui répond pour vous",
        queryset=User.objects.none(),
        empty_label="Choisissez",
        error_messages={
            "required": "choisissez une personne.",
            "invalid_choice": "choisissez une personne de cette liste.",
        },
    )

    def __init__(self, colleagues, data=None):
        super().__init__(data)
        self.fields["stand_in"].queryset = colleagues
