"""The record of a meeting: what was said, up to five things to do, who does each and by when. One page, no script."""

from typing import Any, NamedTuple

from django import forms

from cases.forms.answering import RefusableForm, VersionedForm
from cases.forms.fields import DayField, WordsField
from cases.models import Booking, Dossier
from cases.people import crew_of

ROWS = 5
HOLDER, THE_HOLDER = "porteur", "Le porteur"
FACTS = (
    "Des faits sur le projet. Rien sur les personnes : ni santé, ni famille, ni opinions, ni caractère. "
    "Le porteur lira ce texte."
)
NEEDS_DAY = "choisissez une date pour ce qui est à faire."
NEEDS_TEXT = "écrivez ce qui est à faire à cette date."
NOTHING_SAID = "La rencontre n’a pas eu lieu : il n’y a ni compte rendu, ni action à noter."


class Row(NamedTuple):
    """One thing to do, as three fields."""

    text: Any
    who: Any
    due_on: Any


class RecordForm(RefusableForm):
    """What every record of a meeting has; `house` says of which association and in which cycle."""

    held_on = DayField(label="Le jour de la rencontre")
    record = WordsField(label="Ce qui a été dit", help_text=FACTS)

    def __init__(self, subject, *args, on=None, **options):
        super().__init__(*args, **options)
        self.subject = subject
        self.house = subject if isinstance(subject, Dossier | Booking) else subject.dossier
        self.initial |= {"version": subject.version, "held_on": on}
        self.typed: list[int] = []
        who = [(HOLDER, THE_HOLDER)]
        who += [(str(one.pk), str(one)) for one in crew_of(self.house.cycle_id)]
        for rank in range(ROWS):
            self._row(rank, who)
        self.prepare()

    def _row(self, rank: int, who: list) -> None:
        names = {name: f"{name}-{rank}" for name in Row._fields}
        self.fields[names["text"]] = WordsField(label=f"À faire ({rank + 1})", long=False, required=False)
        self.fields[names["who"]] = forms.ChoiceField(label=f"Qui ({rank + 1})", choices=who, required=False)
        self.fields[names["due_on"]] = DayField(label=f"Avant le ({rank + 1})", required=False)

    def prepare(self) -> None:
        """What one kind of record asks besides."""

    @property
    def rows(self) -> list[Row]:
        return [Row(*(self[f"{name}-{rank}"] for name in Row._fields)) for rank in range(ROWS)]

    @property
    def head(self) -> list:
        """The fields that stand before the rows."""
        return [one for one in self if not any(one.name.startswith(f"{name}-") for name in Row._fields)]

    def clean(self) -> dict:
        typed = super().clean()
        for rank in range(ROWS):
            text, day = typed.get(f"text-{rank}"), typed.get(f"due_on-{rank}")
            if text and not day and f"due_on-{rank}" not in self.errors:
                self.add_error(f"due_on-{rank}", NEEDS_DAY)
            elif day and not text:
                self.add_error(f"text-{rank}", NEEDS_TEXT)
            elif text:
                self.typed.append(rank)
        return typed

    @property
    def actions(self) -> list[dict]:
        return [self._action(rank) for rank in self.typed]

    def _action(self, rank: int) -> dict:
        text, who, day = (self.cleaned_data[f"{name}-{rank}"] for name in Row._fields)
        return {"text": text, "member": None if who in ("", HOLDER) else int(who), "due_on": day}

    @property
    def facts(self) -> dict[str, Any]:
        named = {name: self.cleaned_data[name] for name in ("held_on", "record") if name in self.fields}
        return named | {"actions": self.actions}

    def refuse(self, refusals) -> None:
        """The door counts the actions that it was given; the page, its rows."""
        for refusal in refusals:
            name, _, rank = refusal.place.partition("-")
            place = f"{name}-{self.typed[int(rank)]}" if rank.isdecimal() else refusal.place
            self.add_error(place if place in self.fields else None, refusal.sentence)


class EndSupportForm(VersionedForm, RecordForm):
    """The meeting that the holder asked for: « n’a pas eu lieu » is an answer too, with another day if there is one."""

    held = forms.TypedChoiceField(
        label="La rencontre",
        widget=forms.RadioSelect,
        choices=(("yes", "A eu lieu"), ("no", "N’a pas eu lieu")),
        coerce=lambda value: value == "yes",
        error_messages={"required": "dites si la rencontre a eu lieu."},
    )
    proposal = WordsField(
        label="Si elle n’a pas eu lieu : une nouvelle date",
        help_text="Par exemple : mardi 8 décembre à 14 h, chez vous.",
        long=False,
        required=False,
    )

    def prepare(self) -> None:
        self.fields["record"].required = False
        self.order_fields(["version", "held", "proposal", "held_on", "record"])

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("held") is False and (typed.get("record") or self.typed):
            self.add_error("held", NOTHING_SAID)
        return typed

    @property
    def facts(self) -> dict[str, Any]:
        if self.cleaned_data["held"]:
            return super().facts | {"held": True}
        return {"held": False, "proposal": self.cleaned_data["proposal"]}


class HoldForm(VersionedForm, RecordForm):
    """A meeting that was missed, or asked otherwise, and that took place after all."""


class NoteForm(VersionedForm, RecordForm):
    """A session of which the day is known: only what was said there is asked."""

    held_on = None


class MetForm(RecordForm):
    """A meeting that nobody had asked for here: a breakfast where they came, a call."""

    step = forms.ChoiceField(
        label="Quelle rencontre",
        widget=forms.RadioSelect,
        error_messages={"required": "choisissez de quelle rencontre il s’agit."},
    )

    def __init__(self, subject, *args, steps=(), **options):
        self.steps = list(steps)
        super().__init__(subject, *args, **options)

    def prepare(self) -> None:
        self.fields["step"].choices = [(one.code, one.label) for one in self.steps]
        self.order_fields(["step", "held_on", "record"])

    @property
    def chosen(self):
        return next(one for one in self.steps if one.code == self.cleaned_data["step"])


class WaiverForm(RefusableForm):
    """A required step that this request may do without, and why."""

    step = forms.ChoiceField(
        label="Étape obligatoire",
        widget=forms.RadioSelect,
        error_messages={"required": "choisissez une étape."},
    )
    reason = WordsField(label="Pourquoi", help_text="Le porteur lira cette raison, avec votre nom.")

    def __init__(self, *args, steps=(), **options):
        super().__init__(*args, **options)
        self.steps = list(steps)
        self.fields["step"].choices = [(one.code, one.label) for one in self.steps]

    @property
    def chosen(self):
        return next(one for one in self.steps if one.code == self.cleaned_data["step"])
