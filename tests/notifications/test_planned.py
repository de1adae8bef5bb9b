"""« Qui recevra quoi, quand »: the outbox and what is to come, on a page and in a command."""

from copy import copy
from datetime import date, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from notifications import delivery, handling, heartbeat, reminders, words
from notifications.handling import Deed
from notifications.models import Message
from notifications.planned import planned
from tests import year as play
from workflow.calendar import opens, paris_day

pytestmark = pytest.mark.django_db

AT = play.day("2026-10-20", 10)
TODAY = paris_day(AT)


@pytest.fixture(autouse=True)
def _in_october(on_day):
    on_day(AT)


def found(year, first=TODAY, days=30, **more) -> list[tuple]:
    rows = planned([year.cycle], first, first + timedelta(days=days), AT, **more)
    return [
        (str(one.on), one.recipient.email.partition("-")[0], one.what, one.why, one.status) for one in rows
    ]


def test_what_waits_and_what_is_to_come_stand_in_one_list_with_the_reason():
    year = play.a_year()
    play.submitted(year, title="Jardin")
    play.a_draft(year, title="Vélo")
    Message.objects.exclude(audience="holder").delete()
    assert found(year)[0] == (
        "2026-10-20", "porteur", "Déposer le dossier", "Suit les demandes de ce porteur", "waiting",
    )  # fmt: skip
    coming = [row for row in found(year) if row[4] == "coming"]
    assert [row[1] for row in coming] == ["porteur"] * len(coming)
    assert [row[0] for row in coming] == sorted(row[0] for row in coming)
    assert len(coming) >= 2


def test_what_is_late_or_held_is_there_and_what_left_is_not():
    year = play.a_year()
    play.submitted(year)
    rows = list(Message.objects.order_by("pk"))
    Message.objects.filter(pk=rows[0].pk).update(status="held", due_at=AT - timedelta(days=2))
    Message.objects.filter(pk=rows[1].pk).update(status="sent")
    assert [(on, status) for on, _, _, _, status in found(year, days=0)] == [
        ("2026-10-18", "held"),
        ("2026-10-20", "waiting"),
    ]


def test_a_later_period_leaves_today_out():
    year = play.a_year()
    play.submitted(year)
    assert found(year, first=TODAY + timedelta(days=1), days=0) == []


def test_the_list_is_narrowed_to_a_person_or_a_dossier():
    year = play.a_year()
    play.submitted(year)
    assert {who for _, who, *_ in found(year, text="porteur-essai")} == {"porteur"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_whatever_its_length(client, django_assert_num_queries, rows):
    year = play.a_year()
    for number in range(rows):
        play.submitted(year, title=f"Action {number}")
    client.force_login(year.coordinator)
    heartbeat.beat(AT)
    client.get(reverse("messages-list"))
    with django_assert_num_queries(23):
        client.get(reverse("messages-list"))


def said(**options) -> str:
    out = StringIO()
    call_command("reminders", stdout=out, **options)
    return out.getvalue()


def test_the_command_lists_each_day_with_recipient_and_reason_and_sends_nothing():
    year = play.a_year()
    play.submitted(year)
    words = said(first=TODAY, last=TODAY)
    assert words.splitlines()[0] == "mardi 20 octobre 2026"
    assert "<porteur-essai_2027@exemple.test> : Déposer le dossier" in words
    assert "Suit les demandes de ce porteur [En attente]" in words
    assert words.splitlines()[-1] == "3 messages du 2026-10-20 au 2026-10-20."
    assert set(Message.objects.values_list("status", flat=True)) == {"waiting"}


def test_the_command_refuses_a_period_that_runs_backwards_and_a_cycle_that_is_not_there():
    play.a_year()
    with pytest.raises(CommandError, match="vient avant"):
        said(first=TODAY, last=TODAY - timedelta(days=1))
    with pytest.raises(CommandError, match="un an au plus"):
        said(first=TODAY, last=TODAY + timedelta(days=367))
    with pytest.raises(CommandError, match="aucun cycle"):
        said(cycle="nulle-part")
    with pytest.raises(CommandError, match="« hier » n’est pas une date"):
        call_command("reminders", "--from", "hier")


@pytest.mark.parametrize("side", ["--from", "--to"])
@pytest.mark.parametrize("typed", ["9999-12-20", "2101-01-01", "1999-12-31", "0001-01-01"])
def test_the_command_refuses_a_year_that_nobody_means(side, typed):
    play.a_year()
    with pytest.raises(CommandError, match=f"« {typed} » : vérifiez l’année de cette date"):
        call_command("reminders", side, typed)


@pytest.mark.parametrize("first", [date(2000, 1, 1), date(2100, 12, 31)])
def test_the_first_and_the_last_day_that_one_may_mean_are_looked_at(first):
    play.a_year()
    assert said(first=first, last=first).startswith("0 message du")


# ── What is to come, before its day ─────────────────────────────────────────


def coming(year) -> list:
    return [
        one for one in planned([year.cycle], TODAY, TODAY + timedelta(days=30), AT) if one.status == "coming"
    ]


def test_a_reminder_to_come_is_held_before_its_day_and_planning_finds_it_held():
    year = play.a_year()
    play.a_draft(year)
    first = coming(year)[0]
    assert handling.do(Deed.HOLD, [first.message], by=year.coordinator, at=AT) == 1
    on = opens(first.on) + timedelta(hours=10)
    reminders.plan(on)
    [row] = Message.objects.filter(event="reminder.not_filed")
    assert (row.status, row.planned_on, row.created_at) == ("held", first.on, AT)
    assert delivery.sweep(lambda: on).counts == {}
    assert first.on not in [one.on for one in coming(year)]
    assert handling.do(Deed.RELEASE, [row], by=year.coordinator, at=on) == 1
    assert delivery.sweep(lambda: on).counts == {"sent": 1}


def test_a_reminder_to_come_is_sent_today_and_not_a_second_time_on_its_day():
    year = play.a_year()
    play.a_draft(year)
    first = coming(year)[0]
    assert handling.do(Deed.SEND_NOW, [first.message], by=year.coordinator, at=AT) == 1
    assert delivery.sweep(lambda: AT).counts == {"sent": 1}
    reminders.plan(opens(first.on) + timedelta(hours=10))
    assert Message.objects.filter(event="reminder.not_filed").count() == 1


def test_the_page_holds_what_is_to_come(client):
    year = play.a_year()
    play.a_draft(year)
    client.force_login(year.coordinator)
    key = coming(year)[0].key
    answer = client.post(
        reverse("messages-do"), {"action": "hold", "row": [key, "coming:forged"]}, follow=True
    )
    assert [str(one) for one in answer.context["messages"]] == [words.done("hold", 1), words.left_out(1)]
    assert Message.objects.get().status == "held"


def test_thousands_to_come_are_held_at_once():
    year = play.a_year()
    play.a_draft(year)
    model = coming(year)[0].message
    rows = [copy(model) for _ in range(1_500)]
    for number, row in enumerate(rows):
        row.uuid, row.subject_id = uuid4(), number + 1
    assert handling.do(Deed.HOLD, rows, by=year.coordinator, at=AT) == 1_500
    assert Message.objects.filter(status="held").count() == 1_500
