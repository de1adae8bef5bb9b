"""A machine that dies while it sends: nothing is lost, and one mail at most comes twice for each death."""

import os

import pytest
from django.db import connection, connections

from notifications import wakeups
from notifications.models import Message, MessageStatus
from tests import year as play
from tests.faults.standing import Received, cluster, environment, mail_server, waited

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

LONGLY = os.environ.get("JALONS_SOAK") == "1"
MESSAGES, KILLS = (1_000, 10) if LONGLY else (60, 2)


def an_outbox(count: int) -> None:
    """So many messages to one person: the same receipt, each for a reason of its own."""
    play.submitted(play.a_year())
    [model] = Message.objects.filter(audience="holder").order_by("pk")
    Message.objects.all().delete()
    rows = [
        Message(
            event=model.event, reason=f"essai#{number}", audience=model.audience, template=model.template,
            recipient=model.recipient, cycle=model.cycle, dossier=model.dossier,
            subject_label=model.subject_label, subject_id=model.subject_id,
            planned_on=model.planned_on, created_at=model.created_at, due_at=model.due_at,
        )
        for number in range(count)
    ]  # fmt: skip
    Message.objects.bulk_create(rows)


def all_left() -> bool:
    return not Message.objects.exclude(status=MessageStatus.SENT).exists()


def test_a_cluster_killed_while_it_sends_loses_nothing(tmp_path):
    an_outbox(MESSAGES)
    received = Received(delay=0.01)
    with mail_server(received) as port:
        surroundings = environment(tmp_path, port)
        for turn in range(KILLS):
            enough = MESSAGES * (turn + 1) // (KILLS + 2)
            wakeups.ring()
            with cluster(surroundings):
                assert waited(lambda: received.total > enough, 60)
        Message.objects.filter(status="waiting").update(
            leased_until=None
        )  # because the test does not wait for it
        wakeups.ring()
        with cluster(surroundings):
            assert waited(all_left, 120, step=0.2)
    doubled = received.total - len(received.ids)
    print(f"\n{connection.vendor}: {MESSAGES} messages, {KILLS} kills, {doubled} doubled, 0 lost")
    assert len(received.ids) == MESSAGES
    assert doubled <= KILLS
    assert {len(words) for words in received.words.values()} == {1}
    connections.close_all()
