"""Signature folders: what waits to be written after a committee, and the letters that are made together.

Each letter is its own transaction, with its place in the folder: killed at any instant, whoever comes next (the
sweep, or a click) goes on with what is still to make, and makes nothing twice.
"""

import io
import logging
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from typst import TypstError

from cases import correspondence, letter_making
from cases import letter_words as words
from cases.correspondence import Matter
from cases.letter_kinds import SENT_TOGETHER, LetterKind
from cases.models import Dossier, FundingLine, Letter, LetterBatch, LetterOrder, LetterPrint
from cases.states import DossierState, LineState
from workflow import engine, locks, roles
from workflow.calendar import paris_day
from workflow.models import Cycle
from workflow.refusal import Refused
from workflow.registry import Panel

logger = logging.getLogger(__name__)

A_WHILE = timedelta(seconds=20)
"""How long one sweep works at folders: mail must not wait for longer behind them."""
TOGETHER = 20
"""How many orders are read at once; what was chosen since is read again before each letter."""
LONGEST = 500
"""Signs of what is kept of a refusal."""
_DECIDED = (DossierState.DECIDED, DossierState.ANSWERED, DossierState.REPORTING)
_OUTCOMES = (LineState.GRANTED, LineState.REFUSED)


@dataclass(frozen=True)
class Pending:
    """One letter that a folder may take: nothing stands about this matter, or it says something else."""

    matter: Matter
    former: Letter | None

    @property
    def value(self) -> str:
        return self.matter.about


def cycles_of(user):
    """The calls in whose name this person writes: those where an authority writes here."""
    keys = roles.cycles_of(user, "folder", "act")
    return (
        Cycle.objects.filter(pk__in=keys, financiers__writes_letters=True)
        .distinct()
        .order_by("-year", "code")
    )


def panel(cycle: Cycle, user, at: datetime) -> Panel | None:
    """Where letters are written, beside the year they are of; nothing where no authority writes here."""
    author = correspondence.author_of(cycle.pk)
    return Panel("cases/letter_panel.html", {"cycle": cycle, "author": author}) if author else None


def pending(cycle: Cycle) -> list[Pending]:
    """What waits, in the order of kinds, then of numbers; a constant number of queries."""
    found = [one for one in _matters(cycle) if one.kind in SENT_TOGETHER]
    standing = {
        one.about: one
        for one in Letter.objects.standing()
        .filter(cycle=cycle, about__in=[one.about for one in found])
        .order_by("pk")
    }
    waiting = [Pending(one, standing.get(one.about)) for one in found]
    order = list(SENT_TOGETHER)
    rows = [one for one in waiting if not _says(one.former, one.matter)]
    return sorted(rows, key=lambda one: (order.index(one.matter.kind), one.matter.dossier.number, one.value))


def _says(letter: Letter | None, matter: Matter) -> bool:
    return letter is not None and (letter.kind_of, letter.amount) == (matter.kind, matter.amount)


def _matters(cycle: Cycle) -> list[Matter]:
    lines = FundingLine.objects.filter(
        cycle=cycle,
        outcome__in=_OUTCOMES,
        dossier__state__in=_DECIDED,
        envelope__financier__writes_letters=True,
    )
    found = correspondence.of_lines(
        lines.for_pages().select_related("organisation").order_by("dossier__number", "pk")
    )
    author = correspondence.author_of(cycle.pk)
    return found + correspondence.of_dossiers(_undecided(cycle), author) if author else found


def _undecided(cycle: Cycle) -> list[Dossier]:
    states = (DossierState.INADMISSIBLE, DossierState.DEFERRED)
    return list(Dossier.objects.filter(cycle=cycle, state__in=states).for_pages().order_by("number"))


@dataclass(frozen=True)
class Pile:
    """What waits of one kind."""

    kind: LetterKind
    rows: list[Pending]


def piles(waiting: list[Pending]) -> list[Pile]:
    kinds = dict.fromkeys(one.matter.kind for one in waiting)
    return [Pile(kind, [one for one in waiting if one.matter.kind == kind]) for kind in kinds]


# A folder is begun ----------------------------------------------------------------------------------------------------


def begin(cycle: Cycle, chosen: Iterable[str], key: UUID, *, by, at: datetime, on: date) -> LetterBatch:
    """A folder of these matters, in the order of the page; the same `key` twice is one folder. Raises `Refused`."""
    named = set(chosen)
    batch = LetterBatch(cycle=cycle, author=by, begun_at=at, dated_on=on, uuid=key)
    with transaction.atomic(), locks.holding():
        try:
            engine.open_many([batch], by=by, at=at)
        except Refused as refused:
            if refused.codes != ["already"]:
                raise
            return LetterBatch.objects.get(uuid=key, author=by, cycle=cycle)
        matters = [one.matter for one in pending(cycle) if one.value in named]
        LetterOrder.objects.bulk_create(
            LetterOrder(
                batch=batch, rank=rank, dossier=one.dossier, line=one.line, about=one.about,
                kind_of=one.kind, amount=one.amount,
            )
            for rank, one in enumerate(matters, 1)
        )  # fmt: skip
    return batch


def begun(key: str, user) -> LetterBatch | None:
    """The folder that this very page began already, if any."""
    try:
        return LetterBatch.objects.visible_to(user).filter(uuid=UUID(key), author=user).first()
    except ValueError:
        return None


# A folder goes on -----------------------------------------------------------------------------------------------------


def advance_all(clock: Callable[[], datetime]) -> bool:
    """What a sweep does: every folder that is not finished, for a while. Whether something is left."""
    until = clock() + A_WHILE
    left = [advance(one, clock, until) for one in LetterBatch.objects.unfinished().select_related("author")]
    return any(left)


def advance(batch: LetterBatch, clock: Callable[[], datetime], until: datetime) -> bool:
    """Make the letters of one folder in its order, until that instant. Whether something is left."""
    while orders := list(batch.orders.waiting().order_by("rank").select_related("dossier")[:TOGETHER]):
        for order in orders:
            at = clock()
            if at > until:
                return True
            _make(order, batch, at)
    return False


def _make(order: LetterOrder, batch: LetterBatch, at: datetime) -> None:
    """One letter, or why there is none; somebody else at work on the same folder does no harm."""
    mine = LetterOrder.objects.waiting().filter(pk=order.pk)
    try:
        letter_making.make(
            order.dossier,
            order.about,
            by=batch.author,
            at=at,
            on=max(batch.dated_on, paris_day(at)),
            still=lambda draft: (draft.matter.kind, draft.matter.amount) == (order.kind_of, order.amount),
            then=lambda letter: mine.update(letter=letter),
        )
    except Refused as refused:
        said = " ".join(dict.fromkeys(str(one) for one in refused.refusals))
        mine.update(refusal=said[:LONGEST])
    except (TypstError, ValueError):  # because one that cannot be laid out must not stop those behind it
        logger.exception("letter about %s", order.about)
        mine.update(refusal=words.CANNOT_BE_LAID_OUT)


# What there is to sign ------------------------------------------------------------------------------------------------


def folder(batch: LetterBatch, at: datetime) -> bytes:
    """One accessible document: the list of the letters, then each as it was frozen, in the order of their numbers."""
    prints = _prints(batch).defer("pdf")
    rows = [(one.letter.reference, one.content["recipient"][0], one.content["title"]) for one in prints]
    return letter_making.laid_out([one.content for one in prints], at, rows)


def files(batch: LetterBatch) -> bytes:
    """The very bytes of each letter, as an archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:  # because a PDF is compressed already
        for one in _prints(batch).iterator(chunk_size=50):
            archive.writestr(words.file_name(one.letter.reference), bytes(one.pdf))
    return held.getvalue()


def _prints(batch: LetterBatch):
    letters = batch.orders.exclude(letter=None).order_by("rank").values("letter")
    rows = LetterPrint.objects.filter(letter__in=letters).select_related("letter")
    return rows.order_by("letter__year", "letter__number")
