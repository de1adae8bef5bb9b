"""A mail that is on its way while a coordinator holds it: one of the two wins, and neither waits for the other."""

import os
from datetime import timedelta
from functools import partial

import pytest

from notifications import claims, handling
from notifications.handling import Deed
from notifications.models import Message
from tests import year as play
from tests.races.crowd import crowd, rewound
from workflow.models import Cycle

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 60 if os.environ.get("JALONS_SOAK") else 20
MANY, HEAP = 12, 80
NOON = play.day("2026-10-20", 12)


def a_mail(year, many: int = MANY) -> list[Message]:
    """Rows of one person that leave together."""
    Message.objects.update(carried_by=None)
    Message.objects.all().delete()
    facts = {"event": "reminder.not_filed", "audience": "team", "template": "rappel_depot_equipe"}
    about = {"recipient": year.instructor, "cycle": year.cycle, "subject_label": "cases.dossier"}
    days = {"planned_on": NOON.date(), "created_at": NOON, "due_at": NOON, "digest": True}
    return Message.objects.bulk_create(
        Message(reason=f"r{rank}", subject_id=rank, **facts, **about, **days) for rank in range(many)
    )


def test_holding_a_mail_while_it_is_sent_leaves_its_rows_alike():
    year = play.a_year()
    for rows in rewound(partial(a_mail, year), ROUNDS):
        claim = claims.take(NOON)
        first, *others = reversed(claim.messages)
        keep = partial(claims.keep, claim, first, others, NOON)
        hold = partial(handling.do, Deed.HOLD, rows, by=year.coordinator, at=NOON)
        kept, held = crowd([keep, hold])
        assert [type(kept), type(held)] == [bool, int], (kept, held)
        assert len(set(Message.objects.values_list("status", flat=True))) == 1


def a_heap(year) -> list[Message]:
    """More rows of one mail than a sweep takes at once, of which the last written are due first."""
    rows = a_mail(year, HEAP)
    late = [row.pk for row in rows[HEAP // 2 :]]
    Message.objects.filter(pk__in=late).update(due_at=NOON - timedelta(hours=2))
    return rows


def test_holding_what_a_sweep_takes_and_taking_it_twice_wait_for_nobody():
    year = play.a_year()
    Cycle.objects.filter(pk=year.cycle.pk).update(mail_cap=None)  # because a cap makes sweeps take turns
    for rows in rewound(partial(a_heap, year), ROUNDS):
        hold = partial(handling.do, Deed.HOLD, rows, by=year.coordinator, at=NOON)
        take = partial(claims.take, NOON)
        results = crowd([take, hold, take])
        assert [one for one in results if isinstance(one, Exception)] == []
