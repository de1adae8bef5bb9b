"""Days that go by, for the tests: each morning the calendar is followed and the mail leaves, if the machine is on."""

from collections.abc import Callable, Container
from datetime import date, timedelta

from django.core import mail

from notifications.delivery import sweep
from notifications.models import Message
from notifications.tasks import follow_calendar
from tests.year import day


def lived(
    first: str, last: str, *, off: Container[date] = (), acts: dict[str, Callable] | None = None
) -> None:
    """Every day from `first` to `last`, at nine in the morning; `acts` are what people do at noon of their day."""
    on, end = date.fromisoformat(first), date.fromisoformat(last)
    while on <= end:
        if on not in off:
            at = day(str(on), 9)
            follow_calendar(at)
            sweep(lambda at=at: at)
        if acts and str(on) in acts:
            acts[str(on)]()
        on += timedelta(days=1)


def reminded(**narrowed) -> list[tuple[str, str]]:
    """(day it left, template) of every reminder that was sent, in order."""
    sent = Message.objects.filter(event__startswith="reminder.", status="sent", **narrowed).order_by(
        "sent_at", "pk"
    )
    return [(str(one.sent_at.date()), one.template) for one in sent]


def subjects() -> list[str]:
    """The subject lines of what left, French spaces made plain."""
    return [one.subject.replace("\u00a0", " ") for one in mail.outbox]
