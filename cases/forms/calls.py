"""« Puis-je demander ? »: a few questions made of the call's own conditions. Nothing is kept."""

from django import forms

YES, NO, UNSURE = "oui", "non", "a-voir"
ANSWERS = ((YES, "Oui"), (NO, "Non"), (UNSURE, "Je ne sais pas"))


class CheckForm(forms.Form):
    """One question per condition; the answers stand in the address alone."""

    def __init__(self, *args, checks, **options):
        super().__init__(*args, **options)
        self.checks = checks
        for one in checks:
            self.fields[one.code] = forms.ChoiceField(
                label=one.before or one.label,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": "répondez à cette question."},
            )

    def answering(self, answer: str) -> list:
        """The conditions to which a valid form answers so."""
        return [one for one in self.checks if self.cleaned_data[one.code] == answer]

    @property
    def missed(self) -> list:
        return self.answering(NO)

    @property
    def unsure(self) -> list:
        return self.answering(UNSURE)
