"""« Qui recevra quoi, quand »: what stands in the outbox and has not left, and the reminders to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.models import Dossier
from notifications import upcoming, words
from notifications.models import Message, MessageStatus
from workflow.calendar import closes, opens, paris_day
from workflow.models import Cycle, User

AHEAD, LONGEST = timedelta(days=30), timedelta(days=366)
"""How far one looks unless asked, and at most: every day of the period is asked of every rule."""
COMING = "coming"
"""The status of what is not written yet, and would be if nothing changed."""


@dataclass(frozen=True)
class Planned:
    """One message before it leaves: to whom, what, when and why."""

    on: date
    what: str
    recipient: User
    why: str
    dossier: Dossier | None
    status: str
    message: Message

    @property
    def key(self) -> str:
        """What a box of the list carries: the row and what was read of it, or what will make the row."""
        if self.status != COMING:
            return f"{self.message.uuid}:{self.status}"
        row = self.message
        return f"{COMING}:{row.recipient_id}|{row.subject_label}|{row.subject_id}|{row.reason}"


def planned(cycles: Iterable[Cycle], first: date, last: date, at: datetime, text: str = "") -> list[Planned]:
    """Every message of these cycles planned from `first` to `last`, in order; what is late stands on its own day."""
    cycles = list(cycles)
    found = [_written(one) for one in _outbox(cycles, first, last, at, text)]
    tomorrow = max(first, paris_day(at) + timedelta(days=1))  # what is due today stands in the outbox already
    for cycle in cycles:
        rows = upcoming.upcoming(cycle, tomorrow, last)
        found += [_to_come(one) for one in rows if not text or one.answers_to(text)]
    return sorted(found, key=lambda one: (one.on, one.what, one.recipient.email))


def _outbox(cycles: list[Cycle], first: date, last: date, at: datetime, text: str):
    """Those that have not left; what waits since before is said today, because it leaves now."""
    waiting = Message.objects.not_gone().filter(cycle__in=cycles, due_at__lt=closes(last))
    if first > paris_day(at):
        waiting = waiting.filter(due_at__gte=opens(first))
    return (waiting.about(text) if text else waiting).for_list().defer("text", "html")


def _written(one: Message) -> Planned:
    return Planned(
        paris_day(one.due_at), words.name_of(one), one.recipient, words.why(one), one.dossier, one.status, one
    )


def _to_come(one: upcoming.Upcoming) -> Planned:
    one.row.recipient = one.recipient
    return Planned(one.on, one.what, one.recipient, words.why(one.row), one.dossier, COMING, one.row)


def status_in_words(status: str) -> str:
    return "Prévu" if status == COMING else MessageStatus(status).label
