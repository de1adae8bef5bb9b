"""What is typed during a committee: one word per financier, then the committee's own."""

from decimal import Decimal
from typing import Any

from django import forms

from cases.board import Cell, Row
from cases.forms.fields import DayField, MoneyField, WordsField
from cases.states import LineMove

WORDS = (
    ("", "À décider"),
    (LineMove.GRANT, "Accordé"),
    (LineMove.REFUSE, "Non retenu"),
    (LineMove.WITHHOLD, "Non communiqué"),
)


class CellForm(forms.Form):
    """One financier's word on one dossier."""

    version = forms.IntegerField(error_messages={"required": "cette page est incomplète : rechargez-la."})
    word = forms.ChoiceField(choices=WORDS, required=False)
    amount = MoneyField(required=False)

    def __init__(self, cell: Cell, data):
        super().__init__(data, prefix=str(cell.line.pk))
        self.cell = cell

    def clean(self):
        if self.cleaned_data.get("word") == LineMove.GRANT and self.cleaned_data.get("amount") is None:
            self.add_error("amount", "écrivez le montant accordé.") if "amount" in self.cleaned_data else None
        return self.cleaned_data

    @property
    def move(self) -> str:
        """What changes: blank where the same word is noted already; no word on a decided line takes it back."""
        word, cell = self.cleaned_data["word"], self.cell
        same = word == cell.word and (
            word != LineMove.GRANT or self.cleaned_data["amount"] == cell.line.decided
        )
        return "" if same else word or LineMove.RELEASE

    @property
    def facts(self) -> dict[str, Decimal]:
        return {"amount": self.cleaned_data["amount"]} if self.move == LineMove.GRANT else {}

    def show(self) -> None:
        """Put what was typed, and what is wrong with it, back on the table."""
        self.cell.word = self.data.get(self.add_prefix("word"), "")
        self.cell.amount = self.data.get(self.add_prefix("amount"), "")
        self.cell.errors += [sentence for sentences in self.errors.values() for sentence in sentences]


class RowForm:
    """All that was typed about one dossier."""

    def __init__(self, row: Row, data):
        self.row = row
        self.cells = [CellForm(cell, data) for cell in row.cells if cell.is_open]
        self.version = whole(data.get("version"))

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.cells]  # because every mistake is said at once
        return all(valid) and self.version is not None

    def show(self) -> None:
        for form in self.cells:
            form.show()

    def take(self) -> None:
        """Put what was read, once it makes sense, on the table: as it would be recorded."""
        for form in self.cells:
            form.cell.word, form.cell.amount = form.cleaned_data["word"], form.cleaned_data["amount"]

    def by_move(self) -> dict[str, list[CellForm]]:
        """What changes, by move: money is given back before it is given, so that a transfer fits the envelope."""
        order = (LineMove.RELEASE, LineMove.REFUSE, LineMove.WITHHOLD, LineMove.GRANT)
        moves = {move: [form for form in self.cells if form.move == move] for move in order}
        return {move: forms for move, forms in moves.items() if forms}


class DeferralForm(forms.Form):
    """Why a dossier waits, and until when."""

    reason = WordsField(label="Pourquoi", long=False)
    next_committee_on = DayField(label="Prochain comité")

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def whole(text: str | None) -> int | None:
    """A whole number that a page carried, or None for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def versions_of(rows: list[Row], data) -> dict[int, int]:
    """{dossier key: the version that was on the page}, for those whose page said one."""
    found = {row.dossier.pk: whole(data.get(f"version-{row.dossier.pk}")) for row in rows}
    return {key: version for key, version in found.items() if version is not None}
