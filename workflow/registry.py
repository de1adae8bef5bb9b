"""Where each app says in `AppConfig.ready()` what it brings: charts, and sections of the cycle's YAML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

Look = Callable[[list], Mapping[int, Any]]
"""Loads one thing that guards look at, for many subjects in a constant number of queries: {subject pk: value}."""


@dataclass(frozen=True)
class Registered:
    model: type
    looks: Mapping[str, Look] = field(default_factory=dict)


class Hanging(NamedTuple):
    """Something that a date of the calendar carries: a window's first or last day, a reminder, a sitting."""

    what: str
    on: date


class Panel(NamedTuple):
    """A part of a page: the template that shows it, and what that template reads as `panel`."""

    template: str
    panel: Any


class Effect(NamedTuple):
    """What a change of the year would do to the messages of one day; `who` are those concerned, in words."""

    what: str
    on: date
    added: int
    removed: int
    who: tuple[str, ...] = ()

    @property
    def unnamed(self) -> bool:
        """Whether more are concerned than are named."""
        return self.added + self.removed > len(self.who)


class Mail(NamedTuple):
    """A mail that a move would send: to whom, where (blank where its address is refused), its very words, and about
    which subjects; `held` where so many leave at once that somebody must confirm them."""

    to: str
    address: str
    subject: str
    text: str
    about: tuple[int, ...]
    held: bool


_charts: dict[type, Registered] = {}
_sections: dict[str, Any] = {}
_proofs: list[Callable] = []
_hangings: list[Callable] = []
_effects: list[Callable] = []
_panels: dict[str, list[Callable]] = {}
_datings: list[Callable] = []
_works: dict[type, Callable] = {}
_tellers: list[Callable] = []


def chart(model: type, **looks: Look) -> None:
    """A machine that goes through the door, and what its guards may look at."""
    _charts[model] = Registered(model, looks)


def charts() -> list[type]:
    return list(_charts)


def drawn() -> list[type]:
    """The machines whose main line is worth a picture."""
    return [model for model in _charts if model.stages]


def looks(model: type) -> Mapping[str, Look]:
    return _charts[model].looks if model in _charts else {}


def proof(sums_hold: Callable) -> None:
    """Something else that `manage.py verify` asks: a function that yields every fault in plain French."""
    _proofs.append(sums_hold)


def proofs() -> list[Callable]:
    return list(_proofs)


def hanging(dated: Callable) -> None:
    """What hangs on the calendar: a pure function of a cycle's document that yields `Hanging` rows.

    Asked twice, for the dates as they are and as somebody would move them, it says what moves before it is saved.
    """
    _hangings.append(dated)


def hangings() -> list[Callable]:
    return list(_hangings)


def panel(page: str, made: Callable) -> None:
    """What a page shows for a layer above: `made(cycle, user, at)` gives a `Panel`, or None for nothing."""
    _panels.setdefault(page, []).append(made)


def panels(page: str, cycle, user, at) -> list[Panel]:
    return [one for made in _panels.get(page, ()) if (one := made(cycle, user, at))]


def dating(source: Callable) -> None:
    """What a person sees in the calendar: a function (user, first, last, at) that yields `workflow.dated.Dated` things.

    Both days count in full; it asks a constant number of queries, and yields nothing that this person may not know.
    """
    _datings.append(source)


def datings() -> list[Callable]:
    return list(_datings)


def effect(foreseen: Callable) -> None:
    """What changes for people: (cycle, document before, document after, day) to `Effect` rows, before it is saved."""
    _effects.append(foreseen)


def effects() -> list[Callable]:
    return list(_effects)


def teller(foretells: Callable) -> None:
    """Who knows what a move would say by mail: (subjects, move, by, at) to `Mail` rows, and nothing is written."""
    _tellers.append(foretells)


def mails(subjects: list, move: str, *, by, at) -> list[Mail]:
    return [one for foretells in _tellers for one in foretells(subjects, move, by=by, at=at)]


def section(section) -> None:
    """A part of the cycle's YAML (`workflow.loading.Section`), with the publishing checks that belong to it."""
    _sections[section.name] = section


def sections() -> list:
    return list(_sections.values())


def work(model: type, goes_on: Callable) -> None:
    """What a sweep does besides mail: `goes_on(clock)` works for a while and says whether something is left.

    An entry in the journal of that model wakes the sweep; what is interrupted is found again by the next one.
    """
    _works[model] = goes_on


def works() -> dict[type, Callable]:
    return dict(_works)
