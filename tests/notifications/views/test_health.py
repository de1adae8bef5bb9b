"""/healthz: 200 or 503 and why, to anybody, about nobody."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from notifications import heartbeat, sending
from notifications.models import Message
from notifications.views import health
from tests import year as play

pytestmark = pytest.mark.django_db

AT = play.WRITING


@pytest.fixture(autouse=True)
def _in_october(on_day):
    on_day(AT)


def asked(client) -> tuple[int, dict]:
    answer = client.get("/healthz")
    return answer.status_code, answer.json()


def test_nothing_ever_swept_is_ill(client):
    status, found = asked(client)
    assert (status, found["ok"], found["last_sign"]) == (503, False, None)


def test_a_beat_and_an_empty_outbox_are_well(client, django_assert_num_queries):
    heartbeat.beat(AT - timedelta(seconds=40))
    with django_assert_num_queries(5):
        status, found = asked(client)
    assert status == 200
    assert found["words"] == [
        "La base de données répond.",
        "Dernier passage de l’envoi : il y a 40\u00a0s.",
        "Aucun message ne devrait déjà être parti.",
    ]


def test_silence_for_three_minutes_is_ill(client):
    heartbeat.beat(AT - heartbeat.SILENCE)
    assert asked(client)[0] == 200
    heartbeat.beat(AT - heartbeat.SILENCE - timedelta(seconds=1))
    assert asked(client)[0] == 503


def test_a_message_that_should_have_left_long_ago_is_ill(client):
    heartbeat.beat(AT)
    play.submitted(play.a_year())
    assert (asked(client)[0], asked(client)[1]["waiting"]) == (200, 3)
    Message.objects.update(due_at=AT - heartbeat.LATE - timedelta(minutes=1))
    status, found = asked(client)
    assert status == 503
    assert found["words"][-1] == "Le plus ancien message à envoyer attend depuis 16\u00a0min."
    Message.objects.update(leased_until=AT + timedelta(minutes=1))
    assert asked(client)[0] == 200


def test_it_names_nobody(client):
    heartbeat.beat(AT)
    play.submitted(play.a_year())
    answer = client.get("/healthz").content.decode()
    assert [word for word in ("@", "porteur", "Porteur", "Atelier", "essai") if word in answer] == []


def test_a_database_that_does_not_answer_is_said(client, monkeypatch):
    def broken(at):
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "health", broken)
    assert asked(client) == (
        503,
        {"ok": False, "database": False, "words": ["La base de données ne répond pas."]},
    )


def test_a_stop_pressed_by_somebody_is_said_and_is_no_illness(client):
    heartbeat.beat(AT)
    year = play.a_year()
    play.submitted(year)
    Message.objects.update(due_at=AT - heartbeat.LATE - timedelta(minutes=1))
    sending.stop(year.cycle, by=year.coordinator, at=AT)
    status, found = asked(client)
    assert (status, found["ok"]) == (200, True)
    assert found["words"][2] == (
        "L’envoi d’une campagne est arrêté à la main : ses messages attendent qu’on le relance."
    )
    assert year.cycle.name not in " ".join(found["words"])
