"""What the queue triggers: three ticks without arguments, a wake-up at most, and each of them a sign of life."""

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.signing import SignedPackage

from cases.states import DossierMove
from notifications import heartbeat, tasks, wakeups
from notifications.models import Heartbeat, Message
from tests import year as play
from workflow import engine

pytestmark = pytest.mark.django_db

AT = play.WRITING


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The clock of the tasks, which a test may set."""
    clock = {"at": AT}
    monkeypatch.setattr(timezone, "now", lambda: clock["at"])
    return clock


def ticks() -> list[tuple]:
    rows = Schedule.objects.order_by("name")
    return [(one.name, one.func, one.schedule_type, one.args, one.kwargs, one.repeats) for one in rows]


EXPECTED = [
    ("hour", "notifications.tasks.every_hour", "H", None, None, -1),
    ("minute", "notifications.tasks.every_minute", "I", None, None, -1),
    ("night", "notifications.tasks.every_night", "D", None, None, -1),
]


def test_three_ticks_are_ensured_and_a_second_time_changes_nothing():
    tasks.ensure_schedules(AT)
    before = list(Schedule.objects.order_by("pk").values())
    tasks.ensure_schedules(play.SITTING)
    assert list(Schedule.objects.order_by("pk").values()) == before
    assert ticks() == EXPECTED


def test_rows_that_could_block_the_ticks_are_removed():
    tasks.ensure_schedules(AT)
    Schedule.objects.create(func="nothing.at.all", args="(", name="stray")
    Schedule.objects.filter(name="hour").update(args="not python")
    Schedule.objects.create(
        name="minute", func="notifications.tasks.every_minute", schedule_type="I", minutes=1
    )
    tasks.ensure_schedules(AT)
    assert ticks() == EXPECTED


def test_the_night_s_work_is_never_between_two_and_three():
    tasks.ensure_schedules(AT)
    night = Schedule.objects.get(name="night")
    at = night.next_run
    for _ in range(400):
        assert at.astimezone(play.PARIS).hour == 4
        at = night.calculate_next_run(at)


def test_one_wake_up_waits_at_most_and_it_names_the_task_that_sweeps():
    assert [wakeups.ring(), wakeups.ring()] == [True, False]
    [row] = OrmQ.objects.order_by("pk")
    task = SignedPackage.loads(row.payload)
    assert (task["func"], task["args"], task["kwargs"]) == ("notifications.tasks.wake", (), {})
    assert row.key == "jalons"


def test_a_wake_up_that_is_being_worked_on_no_longer_counts():
    wakeups.ring()
    OrmQ.objects.update(lock=AT + heartbeat.SILENCE)
    assert wakeups.ring() is True
    assert OrmQ.objects.count() == 2


def test_a_move_wakes_the_cluster_once_it_is_written(
    django_capture_on_commit_callbacks, django_assert_num_queries
):
    year = play.a_year()
    draft = play.a_draft(year)
    with django_capture_on_commit_callbacks() as told:
        engine.fire(draft, DossierMove.SUBMIT, by=year.holder, at=play.WRITING)
    assert OrmQ.objects.count() == 0
    with django_assert_num_queries(1):
        told[0]()
    assert OrmQ.objects.count() == 1


def test_each_task_sends_and_says_that_it_lives():
    year = play.a_year()
    for task in (tasks.wake, tasks.every_minute, tasks.every_hour, tasks.every_night):
        Heartbeat.objects.all().delete()
        play.submitted(year)
        task()
        assert Message.objects.exclude(status="sent").count() == 0
        assert heartbeat.last_beat(heartbeat.own_name()) == AT


def test_the_hour_plans_reminders_and_lets_the_day_pass(now):
    year = play.a_year()
    dossier = play.in_review(year)
    play.a_draft(year)
    now["at"] = play.day("2026-11-13", 10)
    tasks.every_hour()
    assert Message.objects.filter(event="reminder.not_filed").count() == 1
    now["at"] = play.SITTING
    tasks.every_hour()
    assert play.fresh(dossier).state == "committee"


def test_the_night_forgets_what_has_ended():
    Session.objects.create(session_key="a", session_data="", expire_date=AT - heartbeat.SILENCE)
    Session.objects.create(session_key="b", session_data="", expire_date=AT + heartbeat.SILENCE)
    heartbeat.beat(AT - heartbeat.REMEMBERED - heartbeat.SILENCE, name="gone")
    tasks.every_night()
    assert list(Session.objects.order_by("pk").values_list("session_key", flat=True)) == ["b"]
    assert list(Heartbeat.objects.order_by("pk").values_list("name", flat=True)) == [heartbeat.own_name()]


def test_the_cron_does_all_of_it_without_a_cluster(capsys):
    year = play.a_year()
    play.submitted(year)
    call_command("sweep", "--all")
    assert capsys.readouterr().out == "Rappels prévus : 0.\nCourriels : envoyé 3.\n"
    call_command("sweep")
    assert capsys.readouterr().out == "Courriels : rien à envoyer.\n"
    assert len(mail.outbox) == 3


def test_the_cron_says_that_the_server_does_not_answer(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    play.submitted(play.a_year())
    with pytest.raises(CommandError, match="ne répond pas"):
        call_command("sweep")
    assert heartbeat.health(AT).trouble == "Le serveur de courriel ne répond pas."
    assert Message.objects.filter(status="waiting", attempts=0).count() == 3


def test_after_three_days_down_each_person_is_reminded_once(now):
    """Two days before the deadline the fortnight's and the week's reminders are both late; the nearest alone leaves."""
    year = play.a_year()
    play.a_draft(year)
    now["at"] = play.day("2026-11-13", 10)
    tasks.every_hour()
    tasks.every_hour()
    assert [one.to for one in mail.outbox] == [["porteur-essai_2027@exemple.test"]]
