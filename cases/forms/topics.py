"""One topic of the request as a form: it says only what was changed here, and knows what its page was shown."""

import hashlib
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django import forms
from django.utils.text import Truncator

from cases.carried import Carried
from cases.forms.fields import CountField, DayField, MoneyField, WordsField
from cases.forms.sheets import OPTIONAL, in_words, plain
from cases.models import QuestionKind
from workflow.money import euros
from workflow.wording import day_in_words

SHORT = 300
"""How many signs of an earlier text stand beside the field that asks for it again."""
BUSY = "quelqu’un d’autre vient d’écrire ici. Relisez, puis enregistrez de nouveau."
ATTRIBUTES = {"orientation": "orientation_id"}
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


def marked(value) -> str:
    """A short mark of what a field holds, the same for what is kept and for what is typed."""
    if isinstance(value, Decimal):
        value = f"{value:.2f}"
    elif isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, list):
        value = ",".join(map(str, value))
    text = "" if value is None else str(value).replace("\r\n", "\n").strip()
    return hashlib.sha256(text.encode()).hexdigest()[:10]


class Section(NamedTuple):
    """Fields that stand together; the first of a screen needs no title."""

    fields: list
    title: str = ""
    help: str = ""
    rows: bool = False
    """one line per amount, its label beside it"""


class TopicForm(forms.Form):
    """Nothing is compulsory while one writes: what is missing is said before one files.

    Three things are compared field by field: what the page was shown (`seen`), what is typed, and what stands in the
    dossier now. Only what was typed here is saved; only a field that somebody else changed too is refused.
    """

    seen = forms.CharField(widget=forms.HiddenInput)
    page = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, *args, dossier, topic, own=None, carried=None, **options):
        super().__init__(*args, **options)
        self.dossier, self.topic, self.own = dossier, topic, own or {}
        self.carried = carried or Carried()
        self.mine: dict = {}
        self.busy: list = []
        self.refusals: tuple = ()
        self.ask()
        for question in topic.questions:
            if question.kind != QuestionKind.DOCUMENT:
                self._question(question)
        self.fields["seen"].required = bool(self.asked)
        self.initial["seen"] = self.marks({name: self[name].initial for name in self.asked})

    def ask(self) -> None:
        """The fields that this topic has besides the call's questions."""

    def _question(self, question) -> None:
        kept = self.dossier.answers.get(question.code)
        options = {"label": _label(question), "required": False, "help_text": question.help}
        if question.kind == QuestionKind.MONEY:
            kept, options["help_text"] = amount_of(kept), question.help or "En euros."
        if said := self._said_before(question.code, question.code in self.carried.codes, question.kind):
            options["help_text"] = f"{said} {options['help_text']}".strip()
        field = _FIELDS[QuestionKind(question.kind)](initial=kept, **options)
        field.example, field.example_comment = question.example, question.example_comment
        self.fields[f"answer-{question.code}"] = field

    def _said_before(self, name: str, stands: bool, kind: str = "") -> str:
        """What last year's request has to do with this field, for who writes it."""
        if stands:
            return f"Repris de {self.carried.year}, à vérifier."
        before = self.carried.asked.get(name)
        return f"En {self.carried.year} : {_in_short(before, kind)}" if before not in (None, "") else ""

    @property
    def asked(self) -> list[str]:
        return [name for name in self.fields if name not in ("seen", "page")]

    @staticmethod
    def marks(values: dict) -> str:
        return " ".join(f"{name}:{marked(value)}" for name, value in values.items())

    # What was typed here, what stands there

    def clean(self) -> dict:
        typed = super().clean()
        if "seen" not in typed:
            return typed
        shown = dict(one.partition(":")[::2] for one in typed["seen"].split())
        for name in self.asked:
            if name in typed:
                self._compare(name, self.value(name), shown.get(name, ""))
        return typed

    def _compare(self, name: str, value, shown: str) -> None:
        kept, mark = marked(self[name].initial), marked(value)
        if mark in (kept, shown):
            return
        if kept not in (shown, self.own.get(name)):
            self.busy.append((plain(self[name].label), in_words(self[name])))
            self.add_error(name, BUSY)
            return
        self.mine[name] = value

    def value(self, name: str):
        """What was typed as the dossier keeps it."""
        value = self.cleaned_data[name]
        if hasattr(value, "values_list"):
            return sorted(one.pk for one in value)
        return getattr(value, "pk", value)

    def now_seen(self) -> str:
        """The marks of the page as it stands after a save; a field that was not saved keeps the mark it came with."""
        came = dict(one.partition(":")[::2] for one in self.data.get("seen", "").split())
        good = {name: marked(self.value(name)) for name in self.asked if name in self.cleaned_data}
        return " ".join(f"{name}:{mark}" for name, mark in (came | good).items())

    def renew(self) -> None:
        """Shown again with its errors: what somebody else wrote is read now, so that the next save may replace it."""
        self.data = self.data.copy()
        read = {name: marked(self[name].initial) for name in self.asked if name in self.errors}
        came = dict(one.partition(":")[::2] for one in self.now_seen().split())
        self.data["seen"] = " ".join(f"{name}:{mark}" for name, mark in (came | read).items())

    def changes(self) -> dict:
        """The dossier's fields, the rest of each left as it stands."""
        found = {}
        for name, value in self.mine.items():
            if name.startswith("answer-"):
                kept = value if value is None or isinstance(value, int) else str(value)
                found.setdefault("answers", dict(self.dossier.answers))[name.removeprefix("answer-")] = kept
            elif not name.startswith(("account-", "amount-")):
                found[ATTRIBUTES.get(name, name)] = value
        return found

    def amounts(self) -> list[tuple]:
        """(envelope, its line or None, euros) wherever what is asked changed."""
        return []

    def refuse(self, refusals) -> None:
        self.refusals = tuple(refusals)
        for refusal in refusals:
            self.add_error(self.field_of(refusal.place), refusal.sentence)

    def field_of(self, place: str) -> str | None:
        """The field that a refusal speaks of; None where it is about the whole."""
        return next((one for one in (place, f"answer-{place}") if one in self.fields), None)

    def target_of(self, place: str) -> str:
        """The id of the control that a refusal speaks of; blank where it is about the whole."""
        name = self.field_of(place)
        return _target(self[name]) if name else ""

    def sections(self) -> list[Section]:
        """In the order of the screen."""
        return [Section([self[name] for name in self.asked])]

    def accounts(self) -> list[Section]:
        """What stands folded below, because few can fill it."""
        return []

    @property
    def faulty(self) -> list[tuple[str, str]]:
        """(field, what is wrong) wherever nobody else but the writer can mend it."""
        return [
            (plain(one.label), " ".join(one.errors)) for one in self if one.errors and BUSY not in one.errors
        ]

    @property
    def to_read_again(self) -> list[str]:
        """The questions whose answers stand as they were taken over."""
        own = [plain(self[name].label) for name in self.asked if name in self.carried.fields]
        return own + [one.label for one in self.topic.questions if one.code in self.carried.codes]

    def told(self) -> dict[str, tuple[str, str]]:
        """{field: (question, answer) in plain words}, all of them: what two versions are compared by."""
        return {name: (plain(self[name].label), in_words(self[name])) for name in self.asked}

    def read(self) -> list[tuple[str, str]]:
        """(question, answer) as plain words, for those who read."""
        return [(plain(self[name].label), in_words(self[name])) for name in self.asked]


def _in_short(value, kind: str = "") -> str:
    """An earlier answer in a few words, beside the field that asks again."""
    if isinstance(value, date):
        return f"{day_in_words(value)}."
    if kind == QuestionKind.DATE:
        return f"{day_in_words(date.fromisoformat(value))}."
    if isinstance(value, Decimal) or kind == QuestionKind.MONEY:
        return f"{euros(amount_of(value))}."
    said = (
        {"oui": "Oui", "non": "Non"}.get(str(value), str(value))
        if kind == QuestionKind.YES_NO
        else str(value)
    )
    return (
        f"« {Truncator(said).chars(SHORT)} »"
        if kind in (QuestionKind.TEXT, QuestionKind.LONG)
        else f"{said}."
    )


def _label(question) -> str:
    return question.label if question.required else f"{question.label}{OPTIONAL}"


def amount_of(kept) -> Decimal | str | None:
    """An amount that was kept as text; what is no amount is shown as it is."""
    try:
        return None if kept in (None, "") else Decimal(str(kept))
    except InvalidOperation:
        return kept


def _target(bound) -> str:
    return f"{bound.auto_id}_0" if bound.field.widget.use_fieldset else bound.auto_id
