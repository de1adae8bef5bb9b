"""A machine that dies while it sends: nothing is lost, and one mail at most comes twice for each death."""

import os

import pytest
from django.db import connection, connections

from notifications import wakeups
from notifications.models import Message, MessageStatus
from tests import year as play
from tests.faults.standing import Received, cluster, environment, free_port, mail_server, waited

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


@pytest.mark.postgres
def test_a_database_that_goes_away_while_one_sends_loses_nothing(tmp_path):
    """Every connection but ours is cut, which is all that a restart is to whoever was connected."""
    an_outbox(60)
    received = Received(delay=0.02)
    with mail_server(received) as port, cluster(environment(tmp_path, port)):
        wakeups.ring()
        assert waited(lambda: received.total > 20, 60)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        Message.objects.filter(status="waiting").update(leased_until=None)
        assert waited(lambda: sent_again() or all_left(), 120, step=1)
    assert len(received.ids) == 60
    assert received.total - len(received.ids) <= 1


def test_a_mail_server_that_goes_away_and_comes_back_gets_everything(tmp_path):
    an_outbox(60)
    received = Received(delay=0.02)
    port = free_port()
    with cluster(environment(tmp_path, port)):
        with mail_server(received, port):
            wakeups.ring()
            assert waited(lambda: received.total > 20, 60)
        with mail_server(received, port):
            assert waited(lambda: sent_again() or all_left(), 60, step=1)
    assert len(received.ids) == 60
    assert received.total - len(received.ids) <= 1


def sent_again() -> None:
    """What the minute's tick would do, without the minute: the delays of the first try are over."""
    Message.objects.filter(status="waiting", leased_by=None).update(due_at=play.WRITING)
    wakeups.ring()
