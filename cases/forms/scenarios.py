"""What is said of a scenario: how it is called, and what it begins from."""

from django import forms

from cases.forms.answering import RefusableForm, VersionedForm
from cases.forms.fields import WordsField
from cases.models import Scenario
from workflow.models import Cycle


class BeginForm(RefusableForm):
    name = WordsField(
        label="Nom du scénario", long=False, max_length=80, help_text="Par exemple : État, 20 000 de moins."
    )
    copied = forms.ModelChoiceField(
        label="Partir de",
        queryset=Scenario.objects.none(),
        required=False,
        to_field_name="uuid",
        empty_label="Ce que propose l’équipe aujourd’hui",
    )

    def __init__(self, data=None, *, cycle: Cycle):
        super().__init__(data)
        self.fields["copied"].queryset = Scenario.objects.of_cycle(cycle.pk)


class RenameForm(VersionedForm):
    name = WordsField(label="Nom du scénario", long=False, max_length=80)

    def __init__(self, scenario: Scenario, data=None):
        super().__init__(data, initial={"name": scenario.name, "version": scenario.version})


class ApplyForm(VersionedForm):
    """On which version of the scenario the rows were read."""
