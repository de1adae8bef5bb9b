"""What is wrong in a workbook, each with its place, so that a person mends all of it in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_SAID = 1000


@dataclass(frozen=True)
class CellError:
    """One sentence and its place; a blank sheet means the whole file, a cell may also be « 14 » (a whole row)."""

    sheet: str
    cell: str
    sentence: str

    def __str__(self) -> str:
        if not self.sheet:
            return self.sentence
        if not self.cell:
            return f"Feuille {self.sheet} : {self.sentence}"
        place = "ligne" if self.cell.isdigit() else "cellule"
        return f"Feuille {self.sheet}, {place} {self.cell} : {self.sentence}"


class WorkbookErrors(Exception):
    """Every error of one file, in reading order; nothing of the file may be used."""

    def __init__(self, errors: Sequence[CellError]):
        self.errors = tuple(errors)
        super().__init__(*self.errors)

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))

    @classmethod
    def of_file(cls, sentence: str) -> "WorkbookErrors":
        """The file as a whole cannot be used."""
        return cls([CellError("", "", sentence)])


class Findings:
    """Gathers errors while reading goes on; beyond a thousand it stops, because nobody mends those one by one."""

    def __init__(self):
        self.errors: list[CellError] = []

    def add(self, sheet: str, cell: str, sentence: str) -> None:
        self.errors.append(CellError(sheet, cell, sentence))
        if len(self.errors) == MOST_SAID:
            self.errors.append(CellError("", "", f"Plus de {MOST_SAID} erreurs : la lecture s’arrête ici."))
            raise WorkbookErrors(self.errors)

    def raise_any(self) -> None:
        if self.errors:
            raise WorkbookErrors(self.errors)
