"""Somebody else's table: a file, then which column holds what; what was read waits sealed in the page."""

from django import forms
from django.core import signing
from openpyxl.utils import get_column_letter

from cases.forms.offline import LASTS, MEBIBYTES
from cases.mapping import Field
from cases.workbook.foreign import ForeignTable
from cases.workbook.sheets import Cell
from cases.workbook.values import quoted

SALT = "cases.arrivals"
LONGEST_SEAL = 2_000_000
"""Characters: a form may hold a little more."""


class ForeignFileForm(forms.Form):
    file = forms.FileField(
        label="Le tableau (.xlsx)",
        help_text="Une ligne de titres, puis une demande par ligne.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "choisissez un tableau.", "empty": "ce fichier est vide."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MEBIBYTES << 20:
            raise forms.ValidationError(f"ce fichier dépasse {MEBIBYTES} Mo : coupez-le en plusieurs.")
        return file


class MappingForm(forms.Form):
    """One list per thing that a column may hold; nothing chosen: this table does not tell it."""

    def __init__(self, table: ForeignTable, fields: list[Field], data=None, *, proposed: dict[str, int]):
        super().__init__(data)
        columns = [(str(column), _named(table, column)) for column in table.titles]
        for field in fields:
            self.fields[field.name] = forms.ChoiceField(
                label=field.label,
                choices=[("", "Pas dans ce tableau"), *columns],
                initial=str(proposed.get(field.name, "")),
                required=False,
            )

    def clean(self) -> dict:
        typed = super().clean()
        used: dict[str, str] = {}
        for name, column in list(typed.items()):  # because an error takes its field out
            if column and used.setdefault(column, name) != name:
                first = self.fields[used[column]].label
                self.add_error(name, f"cette colonne sert déjà pour « {first} ».")
        return typed

    @property
    def columns(self) -> dict[str, int]:
        return {name: int(column) for name, column in self.cleaned_data.items() if column}


def _named(table: ForeignTable, column: int) -> str:
    example = table.example(column)
    shown = f" (par exemple {quoted(example)})" if example else ""
    return f"{get_column_letter(column)} · {table.titles[column]}{shown}"


def seal(table: ForeignTable, user, cycle) -> str:
    """A table as its page carries it."""
    rows = [[index, {column: list(cell) for column, cell in cells.items()}] for index, cells in table.rows]
    kept = {"of": [user.pk, cycle.pk], "sheet": table.sheet, "titles": table.titles, "rows": rows}
    return signing.dumps(kept | {"from_1904": table.from_1904}, salt=SALT, compress=True)


def unseal(sealed: str, user, cycle) -> ForeignTable | None:
    """The table again; None where the seal is broken, old or not of this person and cycle."""
    try:
        kept = signing.loads(sealed, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    if kept["of"] != [user.pk, cycle.pk]:
        return None
    rows = tuple(
        (index, {int(column): Cell(*cell) for column, cell in cells.items()}) for index, cells in kept["rows"]
    )
    titles = {int(column): title for column, title in kept["titles"].items()}
    return ForeignTable(kept["sheet"], titles, rows, kept["from_1904"])
