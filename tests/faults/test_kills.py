"""A machine that dies while it sends: nothing is lost, and one mail at most comes twice for each death."""

import os
import random
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections
from django.utils import timezone

from cases.models import Dossier, Project
from notifications import reminders, wakeups
from notifications.models import Message, MessageStatus
from tests import year as play
from tests.faults.standing import Received, cluster, environment, free_port, mail_server, waited
from workflow import engine
from workflow.calendar import opens, paris_day
from workflow.models import Cycle, Milestone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

LONGLY = os.environ.get("JALONS_SOAK") == "1"
REMINDERS, KILLS = (5_000, 50) if LONGLY else (60, 2)
SEED = 20_261_129
"""Of the moments at which a cluster dies; another seed tries others."""


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


def reminders_due(count: int) -> None:
    """So many dossiers begun and not filed, whose reminder should have left four days ago; planned as each hour does.

    They leave at any hour, because this test runs at any hour; no cap, because ten minutes are its whole life.
    """
    year, today = play.a_year(), paris_day(timezone.now())
    Cycle.objects.update(mail_cap=None)
    Milestone.objects.filter(code="cloture").update(ends_on=today + timedelta(days=11))
    model = play.a_draft(year)
    shared = {name: getattr(model, name) for name in ("cycle", "rules", "organisation")}
    titles = [f"Action {number}" for number in range(count - 1)]
    projects = Project.objects.bulk_create(
        Project(organisation=model.organisation, title=title) for title in titles
    )
    drafts = [
        Dossier(number=number, project=project, title=project.title, **shared)
        for number, project in enumerate(projects, model.number + 1)
    ]
    engine.open_many(drafts, by=year.holder, at=play.WRITING)
    assert reminders.plan(opens(today - timedelta(days=4)) + timedelta(hours=10)) == count
    assert reminders.plan(opens(today - timedelta(days=4)) + timedelta(hours=11)) == 0
    Message.objects.update(at_once=True, due_at=timezone.now())


def woken_or_done() -> bool:
    """Wake whoever is free, as `serve` does by its pulse, until everything has left."""
    wakeups.ring()
    return all_left()


def all_left() -> bool:
    return not Message.objects.exclude(status=MessageStatus.SENT).exists()


def test_a_cluster_killed_while_it_sends_loses_nothing(tmp_path):
    """G5: none lost, no row doubled, at most one mail twice for each death, with the same number and words."""
    reminders_due(REMINDERS)
    received, draw, begun_at = Received(delay=0.01), random.Random(SEED), time.monotonic()
    moments = sorted(draw.sample(range(1, REMINDERS * 95 // 100), KILLS))
    with mail_server(received) as port:
        surroundings = environment(tmp_path, port)
        for moment in moments:
            wakeups.ring()
            with cluster(surroundings):
                assert waited(lambda: received.total >= moment, 300, step=0.005)
                time.sleep(draw.random() * 0.05)
        # because the test does not wait for the leases of the dead
        Message.objects.filter(status="waiting").update(leased_until=None)
        with cluster(surroundings):
            assert waited(woken_or_done, 600, step=0.5)
    doubled, rows = received.total - len(received.ids), Message.objects.count()
    print(
        f"\n{connection.vendor}: {REMINDERS} reminders, {KILLS} kills -9, {REMINDERS - len(received.ids)} lost,"
        f" {rows - REMINDERS} rows doubled, {doubled} mails twice, {time.monotonic() - begun_at:.0f} s"
    )
    assert (len(received.ids), rows) == (REMINDERS, REMINDERS)
    assert doubled <= KILLS
    assert max(received.ids.values()) <= 1 + KILLS
    assert {len(words) for words in received.words.values()} == {1}
    connections.close_all()


@pytest.mark.postgres
def test_two_clusters_on_one_database_share_the_work_and_send_nothing_twice(tmp_path):
    """Two machines: each its own folder, hence its own lock, and its own mail relay, which tells who sent what."""
    an_outbox(400)
    Cycle.objects.update(mail_cap=None)
    first, second = Received(delay=0.01), Received(delay=0.01)
    with mail_server(first) as one, mail_server(second) as other:
        hosts = [environment(tmp_path / name, port) for name, port in (("un", one), ("deux", other))]
        for host in hosts:
            Path(host["JALONS_VAR"]).mkdir()
        with cluster(hosts[0]), cluster(hosts[1]):
            assert waited(woken_or_done, 300, step=0.2)
    print(f"\ntwo clusters: {first.total} and {second.total} mails")
    assert min(first.total, second.total) > 0
    assert first.total + second.total == 400
    assert len(first.ids | second.ids) == 400
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
