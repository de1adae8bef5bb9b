"""The fiche de motivation, part by part: for each financier one to three motives with their facts, or one line."""

from typing import NamedTuple

from django import forms

from cases.explaining import MOST, Owed, owed, part_of, ranked
from cases.forms.fields import REQUIRED, WordsField
from cases.forms.sheets import SheetForm
from cases.models import Reason
from cases.readability import Hint, advised, explain, hints
from workflow.journal import Code

NAMES = ("reason", "free", "fact")
LAST = ("appreciated", "advice")
INSERT = "insert"
"""The name of the buttons that put a proposal into a text: « advice:reason-12-0 », « advice:qpv »."""
FREE = "Aucun : motif libre"
NEEDS_FACT = "Ce qui, dans ce dossier, fonde ce motif. Sans fait, la fiche ne part pas."


class Shown(NamedTuple):
    """One field of the page, and what one might look at again in what it holds."""

    name: str
    field: forms.BoundField
    hinted: bool
    hints: list[Hint]


class Typed(NamedTuple):
    """One motive of the form."""

    rank: int
    key: str
    opened: bool
    fields: list[Shown]
    reason: Reason | None


class PartTyped(NamedTuple):
    """What is typed for one financier, or for the whole request."""

    key: str
    who: str
    owed: str
    motives: list[Typed]
    why: Shown | None
    silent: forms.BoundField | None
    opened: bool

    @property
    def folds(self) -> bool:
        """Whether its motives stand behind one line, because one line is all that is owed."""
        return self.owed == Owed.LINE

    @property
    def given(self) -> bool:
        return any(motive.opened for motive in self.motives)


class FeedbackForm(SheetForm):
    """Nothing is compulsory but « Et maintenant », where a whole explanation is owed: the door says what lacks."""

    def __init__(self, *args, dossier, lines, reasons, hosts, sheet, **options):
        super().__init__(*args, **options)
        self.reasons = {one.code: one for one in reasons}
        self.owed = owed(dossier, lines, dossier.rules)
        self.seats = {line.pk: line for line in lines}
        self.initial.setdefault("version", sheet.version if sheet else 0)
        known = {(line, rank): one for line, rank, one in ranked(sheet.motives if sheet else ())}
        for line in self.owed:
            self._part(line, known, sheet)
        self._words("appreciated", "Ce qui a été apprécié", sheet, required=False)
        full = Owed.FULL in self.owed.values()
        says = "Ce que le porteur peut changer, et quand revenir."
        self._words("advice", "Et maintenant", sheet, required=full, help_text=says)
        self.fields["meeting_with"] = forms.ModelChoiceField(
            hosts,
            label="Rendez-vous proposé avec",
            help_text="Le porteur choisit un jour, ou demande qu’on le rappelle.",
            required=False,
            empty_label="Personne",
            initial=sheet.meeting_with_id if sheet else None,
            error_messages={"invalid_choice": REQUIRED},
        )

    # Its fields ------------------------------------------------------------------------------------------------------

    def _part(self, line: int | None, known: dict, sheet) -> None:
        part = part_of(line)
        if line is not None:
            self.fields[f"silent-{part}"] = forms.BooleanField(
                label="Ce financeur ne communique pas son motif",
                required=False,
                initial=bool(sheet and line in sheet.silent),
            )
        if self.owed[line] == Owed.LINE:
            whys = {one.get("line"): one.get("why", "") for one in (sheet.lesser if sheet else ())}
            self.fields[f"why-{part}"] = WordsField(
                label="Pourquoi moins", required=False, long=False, initial=whys.get(line, ""),
                help_text="Une ligne suffit : la fiche entière n’est pas due.",
            )  # fmt: skip
        for rank in range(MOST):
            self._motive(f"{part}-{rank}", line, known.get((line, rank), {}))

    def _motive(self, place: str, line: int | None, known: dict) -> None:
        suited = [(code, one.label) for code, one in self.reasons.items() if one.suits(line)]
        self.fields[f"reason-{place}"] = forms.ChoiceField(
            label="Motif publié",
            required=False,
            choices=[("", FREE), *suited],
            initial=known.get("reason", ""),
        )
        self.fields[f"free-{place}"] = WordsField(
            label="Motif libre",
            help_text="Il sera marqué « hors motifs publiés », et relu par une autre personne.",
            required=False,
            initial=known.get("free", ""),
            long=False,
            widget=forms.TextInput(attrs={"placeholder": " "}),  # because a blank one may be folded away
        )
        self.fields[f"fact-{place}"] = WordsField(
            label="Fait du dossier", help_text=NEEDS_FACT, required=False, initial=known.get("fact", "")
        )

    def _words(self, name: str, label: str, sheet, **options) -> None:
        self.fields[name] = WordsField(label=label, initial=getattr(sheet, name, ""), **options)

    # What the page shows ---------------------------------------------------------------------------------------------

    def parts(self) -> list[PartTyped]:
        """Part by part, what is owed first: a financier who gave all that was asked may be left closed."""
        found = [self._shown(line) for line in self.owed]
        return sorted(found, key=lambda one: (Owed.FULL, Owed.LINE, Owed.OFFERED).index(Owed(one.owed)))

    def _shown(self, line: int | None) -> PartTyped:
        part, much = part_of(line), self.owed[line]
        motives = [self._typed(part, rank, much) for rank in range(MOST)]
        silent = self[f"silent-{part}"] if line is not None else None
        why = self._seen(f"why-{part}") if much == Owed.LINE else None
        said = any(motive.opened for motive in motives) or bool(silent and silent.value())
        who = (
            str(self.seats[line].envelope.financier)
            if line is not None
            else "L’équipe, pour toute la demande"
        )
        return PartTyped(part, who, str(much), motives, why, silent, said or much != Owed.OFFERED)

    def _typed(self, part: str, rank: int, much: str) -> Typed:
        fields = [self._seen(f"{name}-{part}-{rank}") for name in NAMES]
        opened = any(one.field.value() for one in fields) or (rank == 0 and much == Owed.FULL)
        return Typed(rank, f"{part}-{rank}", opened, fields, self.reasons.get(fields[0].field.value()))

    def _seen(self, name: str) -> Shown:
        text = isinstance(self.fields[name], WordsField)
        return Shown(name, self[name], text, hints(str(self[name].value() or "")) if text else [])

    def last(self) -> list[Shown]:
        """The texts that close the sheet."""
        return [self._seen(name) for name in LAST]

    def hinted(self) -> list[tuple[str, list[Hint]]]:
        """Every text that somebody writes, with its hints."""
        seen = [self._seen(name) for name in self.fields]
        return [(one.name, one.hints) for one in seen if one.hinted]

    # What is typed ---------------------------------------------------------------------------------------------------

    def refuse(self, refusals) -> None:
        """The door speaks of « motives-12-1 »: its fact is where one looks."""
        for refusal in refusals:
            place = refusal.place.replace("motives-", "fact-")
            self.add_error(place if place in self.fields else None, refusal.sentence)

    def inserting(self, asked: str) -> dict[str, str]:
        """{field: its new text} once a proposal is put in: a published advice, or what a word means."""
        name, _, what = asked.partition(":")
        if name not in self.fields:
            return {}
        text = str(self[name].value() or "")
        if what in self.fields:
            reason = self.reasons.get(self[what].value())
            return {name: advised(text, reason.advice if reason else "")}
        return {name: explain(text, what)}

    def as_typed(self) -> dict:
        """The same while somebody still types: what is not valid yet is blank, and nothing is kept."""
        self.is_valid()
        self.cleaned_data = dict.fromkeys(self.fields, "") | self.cleaned_data
        return self.changes()

    def changes(self) -> dict:
        """The sheet's fields; a motive without a word is no motive."""
        typed = self.cleaned_data
        person = typed["meeting_with"] or None
        return {
            "motives": [one for line in self.owed for one in self._motives(line)],
            "silent": [line for line in self.owed if typed.get(f"silent-{part_of(line)}")],
            "lesser": [
                {"line": line, "why": typed[f"why-{part_of(line)}"]}
                for line in self.owed
                if typed.get(f"why-{part_of(line)}")
            ],
            "appreciated": typed["appreciated"],
            "advice": typed["advice"],
            "meeting_with_id": person and person.pk,
        }

    def _motives(self, line: int | None) -> list[dict]:
        typed, part = self.cleaned_data, part_of(line)
        return [
            {
                "line": line,
                "reason": Code(typed[f"reason-{part}-{rank}"]),
                "fact": typed[f"fact-{part}-{rank}"],
                "free": typed[f"free-{part}-{rank}"],
            }
            for rank in range(MOST)
            if any(typed[f"{name}-{part}-{rank}"] for name in NAMES)
        ]
