"""The order of the day: points with their hours, made from the programming, moved about; what is left is carried on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from cases import committee_words as words
from cases.board import Board, Row
from cases.models import AgendaItem, Committee, CommitteeKind, Dossier, ItemKind, Passage
from cases.states import ItemMove, ItemState
from workflow import engine, locks
from workflow.refusal import Refusal, Refused
from workflow.wording import clock_in_words

SIGNED = (CommitteeKind.STEERING, CommitteeKind.TRANSVERSAL)
"""The kinds that have an official sequence."""
EACH, PER_CONSENT, LEAST = 8, 1, 10
"""Minutes: a dossier that is discussed; one on which all agree; the shortest consent list."""


@dataclass
class Point:
    """One point of the agenda as it stands: when, about what, and whether it is settled."""

    item: AgendaItem
    starts: str
    ends: str
    dossiers: list[Dossier] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    """The keys of its dossiers that this committee has not settled"""

    @property
    def is_settled(self) -> bool:
        """Concluded or carried on; a decision about dossiers once each of them has passed."""
        return self.item.state != ItemState.PLANNED or bool(self.dossiers and not self.left)

    @property
    def is_left(self) -> bool:
        """Whether it would be carried on: what only informs has been said, or never will be."""
        return not self.is_settled and self.item.kind_of != ItemKind.INFORMATION

    @property
    def carried_to(self) -> Committee | None:
        return next((one.committee for one in self.item.onward.all()), None)

    @property
    def carried_from(self) -> Committee | None:
        return self.item.origin.committee if self.item.origin else None


def order_of_day(committee: Committee) -> list[Point]:
    """Four queries whatever the number of points."""
    items = list(AgendaItem.objects.of(committee))
    keys = {key for one in items for key in one.dossiers}
    dossiers = Dossier.objects.select_related("organisation").defer("answers", "budget").in_bulk(keys)
    passed = Passage.objects.that_stand().filter(committee=committee, dossier__in=keys).order_by("pk")
    gone = set(passed.values_list("dossier", flat=True))
    points, clock = [], datetime.combine(committee.on, committee.starts_at)
    for one in items:
        starts = clock
        clock += timedelta(minutes=one.minutes if one.state != ItemState.POSTPONED else 0)
        points.append(
            Point(
                one,
                clock_in_words(starts.time()),
                clock_in_words(clock.time()),
                [dossiers[key] for key in one.dossiers if key in dossiers],
                [key for key in one.dossiers if key not in gone],
            )
        )
    return points


# Made from the programming -------------------------------------------------------------------------------------------


def make(committee: Committee, board: Board, *, by, at: datetime) -> int:
    """Put on the agenda each waiting dossier that is not there yet; returns how many points were added.

    A first agenda is whole: a welcome, the dossiers, what is official, what comes next. A later one only grows.
    """
    known = list(AgendaItem.objects.of(committee))
    there = {key for one in known if one.state != ItemState.POSTPONED for key in one.dossiers}
    rows = [row for row in board.waiting if row.dossier.pk not in there]
    wanted = _about(rows, committee)
    if not known:
        wanted = [*_opening(committee), *wanted, *_closing(committee)]
    rank = AgendaItem.objects.filter(committee=committee).after()
    new = [
        AgendaItem(committee=committee, rank=rank + place, **fields) for place, fields in enumerate(wanted)
    ]
    engine.open_many(new, by=by, at=at)
    return len(new)


def _about(rows: list[Row], committee: Committee) -> list[dict]:
    """The consent list first, because it frees the time of the others; then what is to discuss, one by one."""
    agreed = [row for row in rows if not row.to_discuss]
    found = [_consent(theme, each) for theme, each in _by_theme(agreed, committee)]
    return found + [
        {"title": words.discussed(row.dossier), "minutes": EACH, "dossiers": [row.dossier.pk]}
        for row in rows
        if row.to_discuss
    ]


def _by_theme(rows: list[Row], committee: Committee) -> list[tuple[str, list[Row]]]:
    """One list; on a transversal day one for each orientation, because each has its own people."""
    if committee.kind_of != CommitteeKind.TRANSVERSAL:
        return [("", rows)] if rows else []
    themes: dict[str, list[Row]] = {}
    names = dict(committee.cycle.orientations.order_by("pk").values_list("pk", "label"))
    for row in rows:
        themes.setdefault(names.get(row.dossier.orientation_id, ""), []).append(row)
    return sorted(themes.items())


def _consent(theme: str, rows: list[Row]) -> dict:
    return {
        "title": words.consent(len(rows), theme),
        "minutes": max(LEAST, PER_CONSENT * len(rows)),
        "dossiers": [row.dossier.pk for row in rows],
    }


def _opening(committee: Committee) -> list[dict]:
    welcome = {"kind_of": ItemKind.INFORMATION, "title": words.WELCOME, "minutes": 10}
    goals = {"kind_of": ItemKind.EXCHANGE, "title": words.GOALS, "minutes": 15}
    return [welcome] if committee.kind_of == CommitteeKind.TECHNICAL else [welcome, goals]


def _closing(committee: Committee) -> list[dict]:
    signing = {"kind_of": ItemKind.SIGNATURE, "title": words.SIGNING, "minutes": 15}
    coming = {"kind_of": ItemKind.INFORMATION, "title": words.NEXT, "minutes": 10}
    return [*([signing] if committee.kind_of in SIGNED else []), coming]


# Changed by hand -----------------------------------------------------------------------------------------------------


def add(committee: Committee, fields: dict, *, by, at: datetime) -> None:
    """One more point, last. Raises `Refused`."""
    rank = AgendaItem.objects.filter(committee=committee).after()
    engine.open_many([AgendaItem(committee=committee, rank=rank, **fields)], by=by, at=at)


def shift(item: AgendaItem, *, later: bool, version: int | None, by, at: datetime) -> None:
    """One place earlier or later: it and its neighbour change ranks, both or neither. Raises `Refused`."""
    with transaction.atomic(), locks.holding():
        order = list(AgendaItem.objects.filter(committee=item.committee).order_by("rank", "pk"))
        here = [one.pk for one in order].index(item.pk)
        there = here + (1 if later else -1)
        if not 0 <= there < len(order):
            return
        order[here], order[there] = order[there], order[here]
        for rank, one in enumerate(order, 1):
            asked = version if one.pk == item.pk else None
            if one.rank != rank or asked is not None:
                engine.amend(one, {"rank": rank}, by=by, at=at, version=asked)


def remove(item: AgendaItem, *, by, at: datetime) -> None:
    """A point that nothing was said of; one that came from elsewhere, or went on, keeps its trace. Raises `Refused`."""
    if item.state != ItemState.PLANNED or item.origin_id:
        raise Refused([Refusal("kept_item", words.KEPT_ITEM)])
    engine.remove(item, by=by, at=at)


# What is left --------------------------------------------------------------------------------------------------------


def next_committee(committee: Committee) -> Committee | None:
    """The one to which what is left goes: of the same kind if there is one, else whichever sits next."""
    after = Committee.objects.filter(cycle=committee.cycle_id, on__gt=committee.on).order_by("on", "pk")
    return after.filter(kind_of=committee.kind_of).first() or after.first()


def carry(points: Iterable[Point], target: Committee, *, by, at: datetime, versions: dict[int, int]) -> int:
    """Carry what is left to a later committee, all or none; returns how many points. Raises `Refused`."""
    left = [point.item for point in points if point.is_left]
    facts = {"committee": target.pk}
    with transaction.atomic():
        outcomes = engine.fire_many(left, ItemMove.POSTPONE, by=by, at=at, versions=versions, facts=facts)
        found: list[Refusal] = [refusal for one in outcomes for refusal in one.refusals]
        if found:
            raise Refused(dict.fromkeys(found))
    return len(left)
