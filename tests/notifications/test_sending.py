"""How fast a cycle speaks, and the stop button: what waits is neither lost nor late."""

from datetime import timedelta

import pytest
from django.core import mail

from notifications import claims, delivery, heartbeat, outbox, sending
from notifications.models import Message
from notifications.words import health_in_words
from tests import year as play
from workflow.journal import facts_of
from workflow.models import Cycle, Entry
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db

NOON = play.day("2026-10-20", 12)


def swept(at=NOON):
    return delivery.sweep(lambda: at)


def capped(year, most) -> None:
    Cycle.objects.filter(pk=year.cycle.pk).update(mail_cap=most)


def test_a_cycle_says_no_more_than_its_cap_in_ten_minutes_and_the_rest_follows():
    year = play.a_year()
    capped(year, 2)
    play.submitted(year)
    assert swept().counts == {"sent": 2}
    assert swept(NOON + timedelta(minutes=9)).counts == {}
    assert swept(NOON + sending.LATELY).counts == {"sent": 1}


def test_the_cap_of_one_cycle_slows_no_other():
    year, other = play.a_year(), play.a_year("ailleurs_2027")
    capped(year, 1)
    play.submitted(year)
    play.submitted(other)
    assert swept().counts == {"sent": 4}
    assert set(Message.objects.filter(status="waiting").values_list("cycle", flat=True)) == {year.cycle.pk}


def test_without_a_cap_everything_leaves():
    year = play.a_year()
    capped(year, None)
    play.submitted(year)
    assert swept().counts == {"sent": 3}


def test_two_sweeps_share_out_the_same_room():
    year = play.a_year()
    capped(year, 2)
    play.submitted(year)
    taken = [len(claims.take(NOON).messages) for _ in range(2)]
    assert taken == [2, 0]


def test_what_waits_its_turn_is_not_late():
    year = play.a_year()
    capped(year, 1)
    play.submitted(year)
    late = NOON + timedelta(hours=1)
    assert heartbeat.health(late).oldest_due is not None
    swept(late)
    assert heartbeat.health(late).oldest_due is None


def test_a_stopped_cycle_says_nothing_until_it_is_let_go():
    year = play.a_year()
    play.submitted(year)
    assert sending.stop(year.cycle, by=year.coordinator, at=NOON)
    assert swept().counts == {}
    health = heartbeat.health(NOON + timedelta(hours=1))
    assert (health.stopped, health.oldest_due) == (1, None)
    assert "arrêté à la main" in " ".join(health_in_words(health))
    sending.let_go(year.cycle, by=year.coordinator, at=NOON)
    assert swept().counts == {"sent": 3}


def test_a_link_that_somebody_asks_for_waits_for_nobody():
    year = play.a_year()
    dossier = play.in_review(year)
    Message.objects.all().delete()
    person = year.financiers["etat"]
    outbox.tell(person, "lien_avis", reason="essai", at=play.REVIEWING, subject=dossier)
    sending.stop(year.cycle, by=year.coordinator, at=NOON)
    assert swept(play.REVIEWING).counts == {"sent": 1}
    assert [one.to for one in mail.outbox] == [[person.email]]


def test_a_stop_reaches_what_a_sweep_has_already_taken():
    year = play.a_year()
    play.submitted(year)
    claim = claims.take(NOON)
    sending.stop(year.cycle, by=year.coordinator, at=NOON)
    assert [claims.keep(claim, one, [], NOON) for one in claim.messages] == [False] * 3


def test_the_stop_is_journaled_once_and_belongs_to_the_coordinator():
    year = play.a_year()
    assert sending.stop(year.cycle, by=year.coordinator, at=NOON)
    assert not sending.stop(year.cycle, by=year.coordinator, at=NOON)
    entry = Entry.objects.filter(subject_label="workflow.cycle", subject_id=year.cycle.pk).latest("pk")
    assert (entry.actor, facts_of(entry)) == (year.coordinator, {"mail_stopped": [False, True]})
    with pytest.raises(Refused):
        sending.let_go(year.cycle, by=year.instructor, at=NOON)
