"""The request on one page, made of the questions of its own call."""

from decimal import Decimal

from django import forms

from cases.forms.fields import CountField, DayField, MoneyField, WordsField
from cases.forms.files import JoinedFileField
from cases.forms.sheets import OPTIONAL, SheetForm, in_words, is_file, plain
from cases.models import QuestionKind

_PLAIN = ("title", "public", "public_count", "total_cost", "starts_on", "ends_on")
_FIELDS = {
    QuestionKind.TEXT: lambda **options: WordsField(long=False, **options),
    QuestionKind.LONG: WordsField,
    QuestionKind.NUMBER: CountField,
    QuestionKind.MONEY: MoneyField,
    QuestionKind.DATE: DayField,
    QuestionKind.YES_NO: lambda **options: forms.ChoiceField(
        choices=(("oui", "Oui"), ("non", "Non")), widget=forms.RadioSelect, **options
    ),
}


class RequestForm(SheetForm):
    """Nothing is compulsory while one writes: what is missing is said when one files."""

    title = WordsField(label="Nom de l’action", long=False)
    public = WordsField(label=f"Pour qui{OPTIONAL}", long=False, required=False)
    public_count = CountField(label=f"Pour combien de personnes{OPTIONAL}", required=False)
    starts_on = DayField(label=f"Début de l’action{OPTIONAL}", required=False)
    ends_on = DayField(label=f"Fin de l’action{OPTIONAL}", required=False)
    total_cost = MoneyField(label="Coût total de l’action", required=False)
    commitment_by = WordsField(
        label="Nom du représentant légal",
        long=False,
        required=False,
        help_text="La personne qui engage l’organisation.",
    )
    commitment = forms.BooleanField(
        label="Le représentant légal confirme la demande et l’engagement républicain", required=False
    )

    def __init__(self, *args, dossier, questions, envelopes, lines, documents, **options):
        super().__init__(*args, **options)
        self.dossier, self.questions, self.envelopes = dossier, questions, envelopes
        self.lines = {line.envelope_id: line for line in lines}
        self.initial |= {name: getattr(dossier, name) for name in (*_PLAIN, "commitment_by")}
        self.initial |= {"version": dossier.version, "commitment": dossier.commitment_at is not None}
        joined = {one.code: one.name for one in documents}
        for question in questions:
            self._ask(question, joined.get(question.code, ""))
        for envelope in envelopes:
            self._offer(envelope)

    def _ask(self, question, joined: str) -> None:
        if question.kind == QuestionKind.DOCUMENT:
            said = f"Déjà joint : {joined}. Un nouveau fichier s’ajoute." if joined else None
            self.fields[f"file-{question.code}"] = JoinedFileField(
                label=_label(question), **({"help_text": said} if said else {})
            )
            return
        make = _FIELDS[QuestionKind(question.kind)]
        options = {
            "label": _label(question),
            "required": False,
            "initial": self.dossier.answers.get(question.code),
        }
        if question.help:
            options["help_text"] = question.help
        self.fields[f"answer-{question.code}"] = make(**options)

    def _offer(self, envelope) -> None:
        line = self.lines.get(envelope.pk)
        self.fields[f"amount-{envelope.pk}"] = MoneyField(
            label=f"{envelope.financier} · {envelope}",
            required=False,
            help_text="En euros. Laissez vide si vous ne demandez rien ici.",
            initial=line.requested if line else None,
        )
        self.fields[f"line-{envelope.pk}"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=line.version if line else 0
        )

    # What was typed, as the door takes it

    def changes(self, at) -> dict:
        """The dossier's fields; the engagement is dated once, and again only if it was lifted."""
        typed = self.cleaned_data
        plain = {name: typed[name] for name in _PLAIN} | {"total_cost": typed["total_cost"] or Decimal(0)}
        confirmed = typed["commitment"] and typed["commitment_by"]
        moment = (self.dossier.commitment_at or at) if confirmed else None
        return plain | {
            "answers": self._answers(),
            "commitment_by": typed["commitment_by"],
            "commitment_at": moment,
        }

    def _answers(self) -> dict:
        kept = dict(self.dossier.answers)
        for question in self.questions:
            if question.kind != QuestionKind.DOCUMENT:
                value = self.cleaned_data[f"answer-{question.code}"]
                kept[question.code] = value if value is None or isinstance(value, int) else str(value)
        return kept

    def amounts(self) -> list[tuple]:
        """(envelope, its line or None, the line's version that was read, euros)."""
        typed = self.cleaned_data
        return [
            (one, self.lines.get(one.pk), typed[f"line-{one.pk}"], typed[f"amount-{one.pk}"] or Decimal(0))
            for one in self.envelopes
        ]

    def joined(self) -> dict:
        """The new files, by the code of their question."""
        return {
            question.code: self.cleaned_data[f"file-{question.code}"]
            for question in self.questions
            if self.cleaned_data.get(f"file-{question.code}")
        }

    def renew(self, version: int) -> None:
        """Each line has a version of its own, read on the same page."""
        super().renew(version)
        for line in self.lines.values():
            self.data[f"line-{line.envelope_id}"] = line.version

    # Its topics, one after the other

    def topics(self) -> list[tuple[str, list]]:
        """The page's sections: the action, each topic of the call, the money, the engagement."""
        sections: dict[str, list] = {"L’action": [self[name] for name in _PLAIN if name != "total_cost"]}
        for question in self.questions:
            kind = "file" if question.kind == QuestionKind.DOCUMENT else "answer"
            sections.setdefault(question.topic, []).append(self[f"{kind}-{question.code}"])
        money = [self["total_cost"]]
        for envelope in self.envelopes:
            money += [self[f"amount-{envelope.pk}"], self[f"line-{envelope.pk}"]]
        sections["Le budget"] = money
        sections["L’engagement"] = [self["commitment_by"], self["commitment"]]
        return list(sections.items())

    def answers_read(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The same sections as plain words, for those who read."""
        return [
            (
                topic,
                [
                    (plain(one.label), in_words(one))
                    for one in fields
                    if not one.is_hidden and not is_file(one)
                ],
            )
            for topic, fields in self.topics()
        ]

    def refuse(self, refusals) -> None:
        """A reason about a question stands beside its field."""
        for refusal in refusals:
            self.add_error(self._field_of(refusal), refusal.sentence)

    def pointed(self, refusals) -> list[tuple[str, str]]:
        """(id of the field it speaks of, sentence): what is missing leads to where one writes it."""
        names = [(self._field_of(refusal), refusal.sentence) for refusal in refusals]
        return [(_target(self[name]) if name else "", sentence) for name, sentence in names]

    def _field_of(self, refusal) -> str | None:
        places = [refusal.place, f"answer-{refusal.place}", f"file-{refusal.place}"]
        if refusal.place == "lines":
            places += [f"amount-{envelope.pk}" for envelope in self.envelopes[:1]]
        return next((one for one in places if one in self.fields), None)


def _label(question) -> str:
    return question.label if question.required else f"{question.label}{OPTIONAL}"


def _target(bound) -> str:
    return f"{bound.auto_id}_0" if bound.field.widget.use_fieldset else bound.auto_id
