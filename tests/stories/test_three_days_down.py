"""G7: whatever the days on which the machine is off, nobody hears the same thing twice, nor twice a week."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.core import mail

from notifications.models import Message
from tests import year as play
from tests.cases import reached
from tests.days import lived, reminded

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 10, 26), date(2026, 12, 31)


def a_busy_year() -> None:
    year = play.a_year()
    play.a_draft(year)
    play.a_draft(year, title="Jardin")
    play.in_review(year)
    reached.incomplete(year)


def sent_twice() -> dict:
    """What one person heard more than once for one reason, and what they heard twice in a week about one thing."""
    rows = Message.objects.filter(event__startswith="reminder.", status="sent").order_by("pk")
    once, weekly = Counter(), Counter()
    for row in rows:
        thing = (row.recipient_id, row.event, row.subject_label, row.subject_id)
        once[(*thing, row.reason)] += 1
        weekly[(*thing, row.sent_at.isocalendar()[:2])] += 1
    return {key: many for key, many in (once + weekly).items() if many > 1}


@pytest.mark.parametrize(
    "begins", ["2026-10-29", "2026-11-04", "2026-11-06", "2026-11-11", "2026-12-09", "2026-12-16"]
)
def test_three_days_down_send_one_message_at_most_for_one_reason(begins):
    a_busy_year()
    first = date.fromisoformat(begins)
    lived(str(FIRST), str(LAST), off={first + timedelta(days=number) for number in range(3)})
    assert sent_twice() == {}
    assert reminded() != []


@pytest.mark.parametrize("seed", range(3))
def test_however_often_it_is_down_nobody_hears_a_thing_twice(seed):
    a_busy_year()
    draw = Random(seed)
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days)]
    lived(str(FIRST), str(LAST), off={on for on in days if draw.random() < 0.4})
    assert sent_twice() == {}


def test_a_machine_that_never_stops_sends_each_reminder_on_its_day():
    a_busy_year()
    lived(str(FIRST), str(LAST))
    late = [
        one
        for one in Message.objects.filter(status="sent").order_by("pk")
        if one.event.startswith("reminder.")
    ]
    assert [str(one.planned_on) for one in late] == [str(one.sent_at.date()) for one in late]
    assert sent_twice() == {}
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == len(mail.outbox)
