"""A mail that is on its way while a coordinator holds it: one of the two wins, and neither waits for the other."""

import os
from functools import partial

import pytest

from notifications import claims, handling
from notifications.handling import Deed
from notifications.models import Message
from tests import year as play
from tests.races.crowd import crowd, rewound

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 60 if os.environ.get("JALONS_SOAK") else 20
MANY = 12
NOON = play.day("2026-10-20", 12)


def a_mail(year) -> list[Message]:
    """Rows of one person that leave together, the newest first."""
    Message.objects.update(carried_by=None)
    Message.objects.all().delete()
    facts = {"event": "reminder.not_filed", "audience": "team", "template": "rappel_depot_equipe"}
    about = {"recipient": year.instructor, "cycle": year.cycle, "subject_label": "cases.dossier"}
    days = {"planned_on": NOON.date(), "created_at": NOON, "due_at": NOON, "digest": True}
    return Message.objects.bulk_create(
        Message(reason=f"r{rank}", subject_id=rank, **facts, **about, **days) for rank in range(MANY)
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
