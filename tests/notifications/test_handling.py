"""What a coordinator does with messages: each deed from its own statuses, once, journaled in the cycle."""

from datetime import timedelta

import pytest
from django.core import mail

from notifications import claims, delivery, handling, outbox, sending, words
from notifications.acts import acts
from notifications.handling import Deed
from notifications.models import Message
from notifications.preview import preview
from tests import year as play
from workflow import engine
from workflow.journal import facts_of
from workflow.models import Entry
from workflow.refusal import Refused
from workflow.story import story

pytestmark = pytest.mark.django_db

NOON = play.day("2026-10-20", 12)
NIGHT = play.day("2026-10-20", 23)


def swept(at=NOON):
    return delivery.sweep(lambda: at)


def told(year) -> list[Message]:
    """Three messages of one filing."""
    play.submitted(year)
    return list(Message.objects.order_by("pk"))


def do(year, deed, rows=None, at=NOON) -> int:
    rows = Message.objects.order_by("pk") if rows is None else rows
    return handling.do(deed, rows, by=year.coordinator, at=at)


def statuses() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("status", flat=True))


def test_what_is_held_waits_until_it_is_released():
    year = play.a_year()
    first, *_ = told(year)
    assert do(year, Deed.HOLD, [first]) == 1
    assert swept().counts == {"sent": 2}
    assert do(year, Deed.RELEASE, [first]) == 1
    assert swept().counts == {"sent": 1}


def test_a_held_message_may_be_read_before_it_is_released():
    year = play.a_year()
    first, *_ = told(year)
    do(year, Deed.HOLD, [first])
    first.refresh_from_db()
    assert preview(first).exact is False


def test_holding_reaches_what_a_sweep_has_already_taken():
    year = play.a_year()
    told(year)
    claim = claims.take(NOON)
    do(year, Deed.HOLD)
    assert [claims.keep(claim, one, [], NOON) for one in claim.messages] == [False] * 3
    assert statuses() == ["held"] * 3


def test_a_reminder_that_is_sent_now_leaves_even_at_night():
    year = play.a_year()
    rows = told(year)
    later = {"event": "reminder.not_filed", "text": "Pensez-y.", "due_at": NIGHT + timedelta(days=3)}
    Message.objects.filter(pk=rows[0].pk).update(**later)
    Message.objects.exclude(pk=rows[0].pk).delete()
    assert claims.due(NIGHT).count() == 0
    assert do(year, Deed.SEND_NOW, at=NIGHT) == 1
    assert claims.due(NIGHT).count() == 1


def test_nothing_is_sent_now_while_the_cycle_is_stopped():
    year = play.a_year()
    told(year)
    sending.stop(year.cycle, by=year.coordinator, at=NOON)
    with pytest.raises(Refused, match=words.STOPPED_FIRST):
        do(year, Deed.SEND_NOW)
    assert statuses() == ["waiting"] * 3


def test_what_failed_is_tried_again_with_all_that_its_mail_said():
    year = play.a_year()
    first, second, _ = told(year)
    Message.objects.filter(pk=second.pk).update(carried_by=first.pk)
    Message.objects.update(status="failed", attempts=6, error="Trop loin.")
    assert do(year, Deed.RETRY, [first]) == 1
    assert statuses() == ["waiting", "waiting", "failed"]
    assert {one.attempts for one in Message.objects.filter(status="waiting").order_by("pk")} == {0}


def test_what_left_is_sent_once_more_a_day_and_one_mail_makes_one_mail():
    year = play.a_year()
    first, second, _ = told(year)
    Message.objects.filter(pk=second.pk).update(carried_by=first.pk)
    Message.objects.update(status="sent", subject="Objet", text="Texte")
    rows = list(Message.objects.order_by("pk"))
    assert do(year, Deed.RESEND, rows[:2]) == 1
    assert do(year, Deed.RESEND, rows) == 1
    assert Message.objects.filter(event__startswith="resend.").count() == 2


def test_each_deed_is_journaled_in_its_cycle_and_said_on_the_page():
    year = play.a_year()
    rows = told(year)
    do(year, Deed.HOLD)
    entry = Entry.objects.filter(subject_label="workflow.cycle").latest("pk")
    assert (entry.actor, facts_of(entry)) == (
        year.coordinator,
        {"rows": [None, {"messages": {"hold": [one.pk for one in rows]}}]},
    )
    sending.stop(year.cycle, by=year.coordinator, at=NOON)
    found = acts([year.cycle], year.coordinator)
    assert [one.sentence for one in found] == ["A arrêté l’envoi", "A retenu 3 messages"]
    assert {one.who for one in found} == {"Vous"}


def test_what_changes_nothing_leaves_no_trace():
    year = play.a_year()
    told(year)
    before = Entry.objects.count()
    assert do(year, Deed.RELEASE) == 0
    assert Entry.objects.count() == before


def test_only_a_coordinator_may():
    year = play.a_year()
    rows = told(year)
    with pytest.raises(Refused):
        handling.do(Deed.HOLD, rows, by=year.instructor, at=NOON)
    assert statuses() == ["waiting"] * 3


# ── More than a hundred at once ─────────────────────────────────────────────


@pytest.fixture
def few(monkeypatch):
    """A hundred is three here, because playing a hundred filings proves no more."""
    monkeypatch.setattr(outbox, "MANY", 3)


def dropped(year, count: int) -> list[Message]:
    """So many dossiers dropped by one click, which tells the holder and the instructor of each."""
    dossiers = [play.submitted(year, title=f"Action {number}") for number in range(count)]
    Message.objects.all().delete()
    facts = {"reason": "Doublon."}
    engine.fire_many(dossiers, "drop", by=year.coordinator, at=play.READING, facts=facts)
    return list(Message.objects.filter(event="dossier.drop").order_by("pk"))


def test_a_click_that_speaks_to_more_than_a_hundred_waits_for_a_second_confirmation(few):
    year = play.a_year()
    held = dropped(year, 2)
    assert {(one.status, one.error) for one in held} == {("held", words.MANY_AT_ONCE)}
    assert delivery.sweep(lambda: play.READING).counts == {"sent": 1}
    [letter] = mail.outbox
    assert letter.to == [year.coordinator.email]
    assert "4 messages sont retenus" in " ".join(letter.body.split())
    assert do(year, Deed.RELEASE, held, at=play.READING) == 4
    assert delivery.sweep(lambda: play.READING).counts == {"sent": 4}


def test_up_to_a_hundred_leave_at_once(few):
    assert [one.status for one in dropped(play.a_year(), 1)] == ["waiting"] * 2


def test_what_was_done_with_messages_stands_in_the_story_of_the_campaign():
    year = play.a_year()
    told(year)
    do(year, Deed.HOLD)
    assert story(year.cycle, year.coordinator)[0].sentence == "A modifié la campagne : messages"
