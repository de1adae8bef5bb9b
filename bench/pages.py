"""The pages against their floors, in one run, at 100, 1 000 and 10 000 dossiers: `make bench`.

What is measured is a whole request through each one's own middleware: Django's default one for the floors, ours for
our pages. The end says how time and statements grew from the first size to the last.
"""

import os
from collections.abc import Callable
from typing import NamedTuple

from django.db import connection
from django.test import Client, override_settings

from bench.crowd import a_crowd, grow, on_the_table, programmed
from bench.floors import PLAIN, words
from bench.measure import ROUNDS, Measure, a_database, queries, say, taking_turns, told, verdict
from cases.models import Dossier

SIZES = tuple(int(size) for size in os.environ.get("SIZES", "100,1000,10000").split(","))
ON_THE_TABLE = 50
PROGRAMMED = int(os.environ.get("PROGRAMMED", "2000"))
"""How many dossiers, each before six financiers, the programming holds: its page shows fifty of them."""
WORD = "théâtre"
"""What one title in ten bears; the searched list asks for what all bear, because ten rows would measure our frame."""
GROWTH = 1.3


class Pair(NamedTuple):
    """A page of ours and its floor, with what SPEED asks: at most so many times the floor, at most so many SQL."""

    name: str
    floor: Callable
    ours: Callable
    times: float
    sql: int
    each: int = 5
    kib: int = 0
    """The most a page may weigh; 0 where nothing is asked."""


class Found(NamedTuple):
    measure: Measure
    sql: int


def main() -> None:
    with a_database(), override_settings(ROOT_URLCONF="bench.floors.pages"):
        measure()


def measure() -> None:
    year, model = a_crowd(SIZES[0])
    sitting = on_the_table(ON_THE_TABLE)
    floor, ours = _signed_in(year.coordinator, PLAIN), _signed_in(year.coordinator)
    whole = programmed(PROGRAMMED)
    programming = _signed_in(whole.coordinator), f"/programmation/{whole.cycle.code}/"
    committee = _signed_in(sitting.coordinator), f"/comites/{sitting.cycle.committees.get().uuid}/"
    say(
        f"{connection.vendor}, {ROUNDS} tours ; médianes, et rapport au plancher du même tour (le moindre, le pire)"
    )
    found = {}
    for size in SIZES:
        grow(model, size)
        say(f"{size} dossiers")
        tables = [_table(floor, *committee), *_programming(floor, *programming)]
        pairs = [*_reading(floor, ours, model), *tables, *_writing(floor, ours, model)]
        found[size] = {pair.name: _compared(pair) for pair in pairs}
        if connection.vendor == "postgresql":
            words.prepared()
            _searched(year.coordinator)
    _tell_growth(found[SIZES[0]], found[SIZES[-1]])


def _signed_in(user, middleware: list | None = None) -> Client:
    """A client whose handler keeps its own middleware, read once here."""
    client = Client()
    client.force_login(user)
    if middleware is None:
        client.handler.load_middleware()
    else:
        with override_settings(MIDDLEWARE=middleware):
            client.handler.load_middleware()
    return client


# What is compared -----------------------------------------------------------------------------------------------------


def _reading(floor: Client, ours: Client, model: Dossier) -> list[Pair]:
    one = (_getting(floor, f"/plancher/{model.pk}/"), _getting(ours, f"/dossiers/{model.uuid}/"))
    return [
        Pair("liste", _getting(floor, "/plancher/"), _getting(ours, "/dossiers/?state="), 2.0, 8, kib=80),
        _narrowed("liste filtrée", "state=submitted", floor, ours),
        _narrowed("liste cherchée", "search=num", floor, ours),
        Pair("un dossier", *one, 2.5, 14),
        Pair("à faire", _getting(floor, "/plancher/"), _getting(ours, "/"), 3.0, 10),
    ]


def _narrowed(name: str, asked: str, floor: Client, ours: Client) -> Pair:
    both = (_getting(floor, f"/plancher/?{asked}"), _getting(ours, f"/dossiers/?{asked}"))
    return Pair(name, *both, 2.0, 8, kib=80)


def _table(floor: Client, ours: Client, path: str) -> Pair:
    """Fifty dossiers of five financiers each, against the list of fifty."""
    return Pair("comité", _getting(floor, "/plancher/"), _getting(ours, path), 3.0, 10, each=3)


def _programming(floor: Client, ours: Client, path: str) -> list[Pair]:
    """Fifty dossiers of two thousand, by six financiers, with the sums of all, against the list of fifty."""
    asked = {
        "programmation": "",
        "… regroupée": "?group=orientation",
        "… filtrée": "?only=discuss&sort=planned",
    }
    return [
        Pair(name, _getting(floor, "/plancher/"), _getting(ours, path + query), 3.0, 10, each=3)
        for name, query in asked.items()
    ]


def _writing(floor: Client, ours: Client, model: Dossier) -> list[Pair]:
    waiting = Dossier.objects.filter(state="submitted").order_by("pk").exclude(pk=model.pk)
    turns = waiting[:5_000].iterator()
    one = Pair("une décision", _deciding(floor, turns, 1), _admitting(ours, turns), 3.0, 12, each=2)
    return [one, *([_lot(floor, ours, turns)] if waiting.count() >= 5_000 else [])]


def _getting(client: Client, path: str) -> Callable:
    return lambda: _well(client.get(path))


def _deciding(client: Client, turns, many: int) -> Callable:
    return lambda: _well(
        client.post("/plancher/decision/", {"dossier": [next(turns).pk for _ in range(many)]})
    )


def _admitting(client: Client, turns) -> Callable:
    def admit():
        one = next(turns)
        return _well(client.post(f"/dossiers/{one.uuid}/admit/", {"version": one.version}))

    return admit


def _lot(floor: Client, ours: Client, turns) -> Pair:
    def admit():
        rows = [f"{one.uuid}:{one.version}" for one in (next(turns) for _ in range(100))]
        return _well(ours.post("/dossiers/lot/", {"action": "admit", "row": rows, "confirmed": "1"}))

    return Pair("un lot de 100", _deciding(floor, turns, 100), admit, 10.0, 25, each=1)


def _well(answer):
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{answer.status_code}: a refusal costs less than a page")
    return answer


# What is said ---------------------------------------------------------------------------------------------------------


def _compared(pair: Pair) -> Found:
    found = taking_turns(pair.floor, pair.ours, each=pair.each)
    answers = []
    sql = queries(lambda: answers.append(pair.ours()))
    kib = len(answers[0].content) / 1024
    held = found.times <= pair.times and sql <= pair.sql and (not pair.kib or kib <= pair.kib)
    weight = f"{kib:4.0f} Kio" + (f" (≤ {pair.kib})" if pair.kib else "")
    say(
        f"  {pair.name:14} {told(found, pair.times)}   {sql:2} SQL (≤ {pair.sql})   {weight}   {verdict(held)}"
    )
    return Found(found, sql)


def _searched(user) -> None:
    """The search alone, without its page: the floor reads an index of full text on the title and nothing else."""
    visible = Dossier.objects.visible_to(user)
    found = taking_turns(lambda: words.by_full_text(WORD), lambda: words.by_ours(WORD, visible), each=5)
    say(f"  {'recherche seule':14} {told(found, 1.2)}   {verdict(found.times <= 1.2)}")


def _tell_growth(few: dict[str, Found], many: dict[str, Found]) -> None:
    """Pages that both sizes have: ours, and beside it what the floor's own time became."""
    say(f"de {SIZES[0]} à {SIZES[-1]} dossiers : au plus × {GROWTH} en temps, autant de SQL")
    for name in (name for name in few if name in many):
        before, after = few[name], many[name]
        ours, floor = (getattr(after.measure, it) / getattr(before.measure, it) for it in ("ours", "floor"))
        held = ours <= GROWTH and before.sql == after.sql
        say(
            f"  {name:14} × {ours:.2f} (plancher × {floor:.2f})   {before.sql} → {after.sql} SQL   {verdict(held)}"
        )


if __name__ == "__main__":
    main()
