"""The list as a French .csv: semicolons, decimal commas, a mark by which spreadsheets read its accents."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import StringIO
from typing import Any

from cases.exported_lines import (
    BETWEEN,
    CHUNK,
    CLOSING,
    DECIDED,
    OF_DOSSIER,
    OPINIONS,
    PROPOSED,
    REQUESTED,
    Euros,
    TextLines,
    cents_of,
)
from cases.states import DossierState
from cases.words import Audience, said
from cases.workbook.columns import CLOSING_TITLES, PARTS, TITLES
from cases.workbook.writing import RENEWAL

LIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_LIVE = frozenset(LIVE)
NOBODY = ("",) * len(PARTS)


def as_text(dossiers, *, user, audience: Audience) -> bytes:
    """The table of the list; the workbook holds the same values."""
    inside, text = audience != Audience.HOLDER, StringIO(newline="")
    chosen = dossiers.order_by().values("pk")
    lines = TextLines(chosen, user, inside=inside)
    quarters = dossiers.quarters()
    states = {code: said(code, label, audience) for code, label in DossierState.choices}
    writer = csv.writer(text, delimiter=";")
    columns = [f"{name} – {part}" for name in lines.seats for part in PARTS.values()]
    writer.writerow([harmless(one) for one in (*TITLES.values(), *columns, *CLOSING_TITLES.values())])
    writer.writerows(_rows(dossiers, lines, quarters, states))
    return text.getvalue().encode("utf-8-sig")


def _rows(dossiers, lines: TextLines, quarters: dict, states: dict[str, str]) -> Iterator[list[Any]]:
    found = dossiers.order_by("-cycle_id", "number").annotate(cost=Euros("total_cost"))
    known = (*OF_DOSSIER, "cost", *CLOSING[1:])
    for one in found.values_list(*known).iterator(CHUNK):
        key, number, holder, siret, title, renewal, orientation, public, count, cost, state, decided_on = one
        row = [f"{number:03d}", harmless(holder), siret, harmless(title), RENEWAL[renewal]]
        row += (harmless(orientation or ""), harmless(", ".join(quarters.get(key, ()))), harmless(public))
        row += (count, cost)
        given = [line.split(BETWEEN) if line else NOBODY for line in lines.by_seat(key)]
        for previous, requested, opinion, proposed, decided in given:
            row += (previous, requested, OPINIONS.get(opinion, opinion), proposed, decided)
        row += (_share(given, cost), "", states[state], on_day(decided_on if lines.inside else None))
        row.append(on_day(lines.notified.get(key)))
        yield row


def _share(lines: list[list[str]], cost: str) -> str:
    """The part paid by the financiers, as the workbook says it: of the last thing known of the lines."""
    for at in (DECIDED, PROPOSED, REQUESTED):
        if known := [line[at] for line in lines if line[at]]:
            return percent_text(sum(map(cents_of, known)), cents_of(cost))
    return ""


def percent_text(part: int, whole: int) -> str:
    """`programming.percent` as its text, in whole numbers: ten thousand divisions of decimals are felt."""
    if not whole:
        return ""
    tenths, rest = divmod(1000 * part, whole)
    if 2 * rest > whole or (2 * rest == whole and tenths % 2):
        tenths += 1  # because a half goes to the even side, as for every decimal
    return f"{tenths // 10},{tenths % 10}"


def harmless(text: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in _LIVE else text


@cache
def on_day(day: date | None) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}" if day else ""
