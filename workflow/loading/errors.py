"""What is wrong in a cycle's file, each with its line, so that a person mends all of it in one go."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

MOST_SAID = 200


@dataclass(frozen=True, order=True)
class CycleError:
    """One sentence and its place; line 0 means the whole file."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.sentence}"


class CycleErrors(Exception):
    """Every error of one file, by line; nothing of the file has been written."""

    def __init__(self, errors: Iterable[CycleError]):
        self.errors = tuple(sorted(errors))
        super().__init__("\n".join(map(str, self.errors)))


class TooMany(Exception):
    """Nobody mends two hundred errors one by one: reading stops there."""


class Findings:
    """Gathers errors while reading goes on."""

    def __init__(self, path: str):
        self.path = path
        self.errors: list[CycleError] = []

    def add(self, line: int, sentence: str) -> None:
        self.errors.append(CycleError(self.path, line, sentence))
        if len(self.errors) >= MOST_SAID:
            self.errors.append(
                CycleError(self.path, 0, f"Plus de {MOST_SAID} erreurs : la lecture s’arrête là.")
            )
            raise TooMany

    def raise_any(self) -> None:
        if self.errors:
            raise CycleErrors(self.errors)


def suggestion(word: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire… ? » when a known word is close enough, else nothing."""
    close = get_close_matches(word, list(known), n=1)
    return f" Vouliez-vous dire « {close[0]} » ?" if close else ""
