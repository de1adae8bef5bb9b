"""An opinion as it is typed, by its financier or by the team that heard it."""

from django import forms

from cases.forms.fields import DayField, MoneyField, WordsField
from cases.forms.moving import MoveForm
from cases.states import Verdict
from workflow.wording import day_in_words


class OpineForm(MoveForm):
    verdict = forms.ChoiceField(
        label="Votre avis",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "choisissez un avis."},
    )
    amount = MoneyField(label="Montant proposé", required=False)
    conditions = WordsField(
        label="À quelle condition", help_text="Demandé pour un avis favorable avec réserve.", required=False
    )
    motive = WordsField(
        label="En une phrase, pourquoi", help_text="Demandé pour un avis défavorable.", required=False
    )
    level = forms.ChoiceField(label="Au nom de", widget=forms.RadioSelect)

    def prepare(self) -> None:
        """A financier without levels speaks with one voice; the others begin with the first, then go on."""
        line, levels = self.subject, self.subject.envelope.financier.levels
        if not levels:
            del self.fields["level"]
            return
        self.fields["level"].choices = [(one, one) for one in levels]
        self.initial.setdefault(
            "level", (line.awaited_levels or levels[-1:])[0] if line.verdict else levels[0]
        )

    def clean_verdict(self):
        return Verdict(self.cleaned_data["verdict"])


class RecordOpinionForm(OpineForm):
    """An opinion that came by a call, a meeting or a mail: who gave it, when and how, then what it says."""

    author = WordsField(label="Qui l’a donné", help_text="Le nom et la fonction.", long=False)
    received_on = DayField(label="Quel jour")
    how = forms.ChoiceField(
        label="Comment",
        choices=[(one, one) for one in ("Appel", "Réunion", "Courriel", "Courrier")],
        widget=forms.RadioSelect,
        error_messages={"required": "dites comment cet avis est arrivé."},
    )
    detail = WordsField(
        label="Précision", help_text="Par exemple : réunion des financeurs.", long=False, required=False,
        max_length=100,
    )  # fmt: skip
    field_order = (
        "version", "author", "received_on", "how", "detail", "verdict", "amount", "conditions", "motive",
        "level",
    )  # fmt: skip

    def prepare(self):
        super().prepare()
        self.fields["verdict"].label = "Son avis"
        self.fields["motive"].label = "Son motif, en une phrase"

    @property
    def facts(self):
        """« Appel du mardi 12 janvier 2027 (réunion des financeurs) », as it will be read beside the opinion."""
        typed = super().facts
        how, detail = typed.pop("how"), typed.pop("detail")
        source = f"{how} du {day_in_words(typed['received_on'])}"
        return typed | {"source": f"{source} ({detail})" if detail else source}
