"""The fiche de motivation: one to three motives, each with a published reason or a free one, and its fact."""

from typing import NamedTuple

from django import forms

from cases.forms.fields import WordsField
from cases.forms.sheets import SheetForm
from cases.models import Reason
from workflow.journal import Code

MOTIVES = 3
NAMES = ("line", "reason", "free", "fact")


class Typed(NamedTuple):
    """One motive of the form."""

    opened: bool
    fields: list[forms.BoundField]
    rank: int
    reason: Reason | None


class FeedbackForm(SheetForm):
    """Nothing is compulsory in a second motive; « Et maintenant » always is."""

    def __init__(self, *args, reasons, lines, sheet, **options):
        super().__init__(*args, **options)
        self.reasons = {one.code: one for one in reasons}
        self.initial.setdefault("version", sheet.version if sheet else 0)
        known = list(sheet.motives) if sheet else []
        for rank in range(MOTIVES):
            self._motive(rank, known[rank] if rank < len(known) else {}, lines)
        self._words("appreciated", "Ce qui a été apprécié", sheet, required=False)
        self._words(
            "advice", "Et maintenant", sheet, help_text="Ce que le porteur peut changer, et quand revenir."
        )
        self._words("meeting_with", "Rendez-vous proposé avec", sheet, required=False, long=False)

    def _motive(self, rank: int, known: dict, lines) -> None:
        whole = [("", "Tout le dossier")]
        self.fields[f"line-{rank}"] = forms.ChoiceField(
            label="Qui répond",
            required=False,
            choices=whole + [(str(line.pk), str(line.envelope.financier)) for line in lines],
            initial=str(known.get("line") or ""),
        )
        self.fields[f"reason-{rank}"] = forms.ChoiceField(
            label="Motif publié",
            required=False,
            choices=[("", "Aucun : motif libre"), *((code, one.label) for code, one in self.reasons.items())],
            initial=known.get("reason", ""),
        )
        free, fact = known.get("free", ""), known.get("fact", "")
        self.fields[f"free-{rank}"] = WordsField(
            label="Motif libre",
            help_text="Il sera marqué « hors motifs publiés ».",
            required=False,
            initial=free,
            long=False,
        )
        self.fields[f"fact-{rank}"] = WordsField(
            label="Fait du dossier",
            help_text="Ce qui, dans ce dossier, fonde ce motif. Sans fait, la fiche ne part pas.",
            required=False,
            initial=fact,
        )

    def _words(self, name: str, label: str, sheet, **options) -> None:
        self.fields[name] = WordsField(label=label, initial=getattr(sheet, name, ""), **options)

    def motives(self) -> list["Typed"]:
        """Motive by motive: whether it is shown open, its bound fields, and the rule and advice of its reason."""
        motives = [[self[f"{name}-{rank}"] for name in NAMES] for rank in range(MOTIVES)]
        return [
            Typed(
                rank == 0 or any(field.value() for field in fields), fields, rank, self._reason_of(fields[1])
            )
            for rank, fields in enumerate(motives)
        ]

    def _reason_of(self, field):
        return self.reasons.get(field.value())

    def refuse(self, refusals) -> None:
        """The door speaks of « motives-1 »: its fact is where one looks."""
        for refusal in refusals:
            place = refusal.place.replace("motives-", "fact-")
            self.add_error(place if place in self.fields else None, refusal.sentence)

    def last(self) -> list:
        return [self[name] for name in ("appreciated", "advice", "meeting_with")]

    def as_typed(self) -> dict:
        """The same while somebody still types: what is not valid yet is blank, and nothing is kept."""
        self.is_valid()
        self.cleaned_data = dict.fromkeys(self.fields, "") | self.cleaned_data
        return self.changes()

    def changes(self) -> dict:
        """The sheet's fields; a motive without a word is no motive."""
        typed = self.cleaned_data
        motives = [
            {
                "line": int(typed[f"line-{rank}"]) if typed[f"line-{rank}"] else None,
                "reason": Code(typed[f"reason-{rank}"]),
                "fact": typed[f"fact-{rank}"],
                "free": typed[f"free-{rank}"],
            }
            for rank in range(MOTIVES)
            if any(typed[f"{name}-{rank}"] for name in ("reason", "free", "fact"))
        ]
        return {"motives": motives} | {
            name: typed[name] for name in ("appreciated", "advice", "meeting_with")
        }
