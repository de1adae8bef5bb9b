"""The mirror survey as one answers it: every question may be left blank, because nobody is made to say."""

from django import forms

from cases.forms.fields import WordsField
from cases.models import SurveyKind, SurveyMark, SurveyQuestion

NOT_SAID = ("", "Je ne sais pas")


class SurveyForm(forms.Form):
    """One field per question, named after its code."""

    def __init__(self, *args, questions: list[SurveyQuestion], **options):
        super().__init__(*args, **options)
        for one in questions:
            self.fields[one.code] = self._mark(one) if one.kind == SurveyKind.MARK else self._words(one)

    def _mark(self, question: SurveyQuestion) -> forms.Field:
        return forms.TypedChoiceField(
            label=question.label,
            choices=[*reversed(SurveyMark.choices), NOT_SAID],
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )

    def _words(self, question: SurveyQuestion) -> forms.Field:
        return WordsField(label=question.label, required=False, help_text="Ne citez personne.")

    def clean(self):
        typed = super().clean()
        if not self.errors and not any(said not in (None, "") for said in typed.values()):
            self.add_error(None, "répondez au moins à une question.")
        return typed
