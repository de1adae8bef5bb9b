"""What the door answers when a move may not be fired: every reason, in plain French."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workflow.wording import day_in_words


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason. `place` names the question, line or item it is about, so that a form can point at it."""

    code: str
    sentence: str
    place: str = ""

    def __str__(self) -> str:
        return self.sentence


class Refused(Exception):
    """Raised by the door for one subject; carries all reasons, never the first only."""

    def __init__(self, refusals: Iterable[Refusal]):
        self.refusals = tuple(refusals)
        super().__init__(" ".join(refusal.sentence for refusal in self.refusals))

    @property
    def codes(self) -> list[str]:
        return [refusal.code for refusal in self.refusals]


def absent() -> Refusal:
    return Refusal("absent", "Cet élément n’existe plus.")


def already() -> Refusal:
    return Refusal("already", "C’est déjà fait : la même chose est enregistrée.")


def partly() -> Refusal:
    return Refusal("partly_there", "Une partie est déjà enregistrée : n’ajoutez que ce qui manque.")


def no_arrow() -> Refusal:
    return Refusal("no_arrow", "Ce passage n’est pas possible à cette étape.")


def no_right() -> Refusal:
    return Refusal("no_right", "Votre rôle ne permet pas cette action ici.")


def stale() -> Refusal:
    return Refusal(
        "stale", "Cette page n’est plus à jour : quelqu’un a agi entre-temps. Relisez ce qui a changé."
    )


def missing_fact(name: str) -> Refusal:
    return Refusal("missing_fact", "Une information obligatoire manque.", place=name)


def not_editable(name: str) -> Refusal:
    return Refusal("not_editable", "Cette information ne peut plus être modifiée à cette étape.", place=name)


def window_closed(label: str, first: date | None, last: date | None, on: date) -> Refusal:
    """`first` and `last` are the window's days, counted in full; `on` is the day the person asks."""
    if first is not None and on < first:
        return Refusal("window_closed", f"{label} : cela ouvre le {day_in_words(first)}.")
    return Refusal("window_closed", f"{label} : c’est clos depuis le {day_in_words(last)} à minuit.")
