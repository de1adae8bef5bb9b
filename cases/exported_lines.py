"""What a table takes away of each dossier beside its own row: its lines and its quarters, as plain values.

Rows of models would cost ten times as much, and a join per line four: envelopes and quarters are named once, apart.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, CharField, DecimalField, F, Func, Value, When
from django.db.models.functions import Coalesce

from cases.models import Envelope, FundingLine
from cases.states import LineState, Verdict

CHUNK = 2_000
SHIFT = 32
"""A dossier's key and an envelope's side by side in one number."""
OPINIONS = {**dict(Verdict.choices), LineState.SILENT.value: LineState.SILENT.label}
"""What was said, else what the state says of it."""
PREVIOUS, REQUESTED, OPINION, PROPOSED, DECIDED = range(5)
"""The order of a line's columns."""
OF_DOSSIER = (
    "pk",
    "number",
    "organisation__name",
    "organisation__siret",
    "title",
    "renewal",
    "orientation__label",
    "public",
    "public_count",
)
CLOSING = ("total_cost", "state", "decided_at__date")
SAID = Case(
    When(verdict="", state=LineState.SILENT, then=Value(LineState.SILENT.value)), default=F("verdict")
)
UNKNOWN = Value(None, output_field=DecimalField())


class Lines:
    """The lines that this person may see, by dossier and envelope, in two queries whatever their number.

    Outside (`inside` is false) stands a holder, who reads no opinion, and each answer with its letter.
    """

    def __init__(self, chosen, user, *, inside: bool):
        self.inside = inside
        self.of: dict[int, Any] = {}
        self.notified: dict[int, date] = {}
        rows = FundingLine.objects.visible_to(user).filter(dossier__in=chosen).order_by()
        asked = self.asked()
        known = ("dossier_id", "envelope_id", "notified_on")
        used = self._read(rows.annotate(**asked).values_list(*known, *asked).iterator(CHUNK))
        self.seats = _seats(used)
        """{financier's name: the keys of its envelopes}, in the order of their calls."""
        once = all(len(keys) == 1 for keys in self.seats.values())
        self.single = [keys[0] for keys in self.seats.values()] if once else []

    def asked(self) -> dict[str, Any]:
        """What the database is asked for each line: an amount that this reader may not know is blank."""
        decided = F("decided") if self.inside else Case(When(notified_on__isnull=False, then=F("decided")))
        opinion, proposed = (SAID, F("proposed")) if self.inside else (Value(""), UNKNOWN)
        columns = (F("previous"), F("requested"), opinion, proposed, decided)
        return {f"column_{rank}": column for rank, column in enumerate(columns)}

    def line(self, *columns: Any) -> Any:
        """A line as it is kept: a plain tuple, because Python's collector goes through all others again and again."""
        previous, requested, said, proposed, decided = columns
        return previous, requested, OPINIONS.get(said, ""), proposed, decided

    def joined(self, lines: list) -> Any:
        """Several envelopes of one financier on one dossier."""
        previous, requested, proposed, decided = (
            summed(line[at] for line in lines) for at in (PREVIOUS, REQUESTED, PROPOSED, DECIDED)
        )
        opinions = dict.fromkeys(line[OPINION] for line in lines if line[OPINION])
        return previous, requested, ", ".join(opinions), proposed, decided

    def _read(self, rows: Iterable[tuple]) -> set[int]:
        """Keep every line; the keys of the envelopes that have one."""
        used = set()
        for dossier, envelope, on, *columns in rows:
            self.of[dossier << SHIFT | envelope] = self.line(*columns)
            used.add(envelope)
            if on:
                self.notified[dossier] = max(on, self.notified.get(dossier, on))
        return used

    def by_seat(self, dossier: int) -> list[Any]:
        """One per financier, in the order of the columns, None where it was not asked; its envelopes summed."""
        at, line_at = dossier << SHIFT, self.of.get
        if self.single:
            return [line_at(at | key) for key in self.single]
        found = ([line for key in keys if (line := line_at(at | key))] for keys in self.seats.values())
        return [self.joined(lines) if len(lines) > 1 else next(iter(lines), None) for lines in found]


class TextLines(Lines):
    """The same as texts that the database writes: a hundred thousand amounts cost Python more than all the rest."""

    def asked(self) -> dict[str, Any]:
        columns = super().asked()
        amounts = {name: Euros(one) for name, one in columns.items() if name != f"column_{OPINION}"}
        whole = [Coalesce(one, Value("")) for one in (columns | amounts).values()]
        return {"text": _Joined(*whole)}

    def line(self, *columns: Any) -> str:
        return columns[0]

    def joined(self, lines: list[str]) -> str:
        parts = [line.split(BETWEEN) for line in lines]
        told = [_sum_of_texts(one[at] for one in parts) if at != OPINION else "" for at in range(5)]
        said = dict.fromkeys(OPINIONS.get(one[OPINION], "") for one in parts)
        told[OPINION] = ", ".join(filter(None, said))
        return BETWEEN.join(told)


BETWEEN = "\t"
"""What stands between the columns of a line's text: no amount and no code holds one."""


class Euros(Func):
    """« 1000,50 », or nothing."""

    output_field = CharField()
    template = "REPLACE(CAST(%(expressions)s AS text), '.', ',')"

    def as_sqlite(self, compiler, connection, **context):
        """Where an amount is kept without its two decimals."""
        amount = "CASE WHEN %(expressions)s IS NOT NULL THEN REPLACE(PRINTF('%%%%.2f', %(expressions)s), '.', ',') END"
        sql, params = self.as_sql(compiler, connection, template=amount, **context)
        return sql, params * 2


class _Joined(Func):
    output_field = CharField()
    template = "(%(expressions)s)"
    arg_joiner = f" || '{BETWEEN}' || "


def summed(amounts: Iterable) -> Any:
    known = [one for one in amounts if one is not None]
    return sum(known) if known else None


def _sum_of_texts(amounts: Iterable[str]) -> str:
    known = [cents_of(one) for one in amounts if one]
    units, cents = divmod(sum(known), 100)
    return f"{units},{cents:02}" if known else ""


def cents_of(text: str) -> int:
    """What the text of an amount says."""
    return int(text.replace(",", ""))


def _seats(used: set[int]) -> dict[str, tuple[int, ...]]:
    rows = Envelope.objects.filter(pk__in=used).order_by("financier", "pk")
    found: dict[str, tuple[int, ...]] = {}
    for key, name, organisation in rows.values_list("pk", "financier__name", "financier__organisation__name"):
        found[name or organisation] = (*found.get(name or organisation, ()), key)
    return found
