"""The coordinator's clicks on many messages, the second confirmation, and the stop button."""

import pytest
from django.urls import reverse

from notifications import delivery, heartbeat, words
from notifications.models import Message
from notifications.views import handling
from tests import year as play
from workflow.models import Cycle

pytestmark = pytest.mark.django_db

AT = play.WRITING


@pytest.fixture(autouse=True)
def _in_october(on_day):
    on_day(AT)


@pytest.fixture
def year(client):
    year = play.a_year()
    client.force_login(year.coordinator)
    heartbeat.beat(AT)
    return year


def rows(**narrowed) -> list[str]:
    found = Message.objects.filter(**narrowed).order_by("pk")
    return [f"{one.uuid}:{one.status}" for one in found]


def sent(client, action, **more):
    return client.post(reverse("messages-do"), {"action": action, **more}, follow=True)


def said(answer) -> list[str]:
    return [str(one) for one in answer.context["messages"]]


def statuses() -> list[str]:
    return sorted(Message.objects.values_list("status", flat=True))


def page(client, **query) -> str:
    return client.get(reverse("messages-list"), query).content.decode()


def test_several_are_held_then_released_from_the_list(client, year):
    play.submitted(year)
    assert said(sent(client, "hold", row=rows()[:2])) == ["2 messages sont retenus."]
    assert statuses() == ["held", "held", "waiting"]
    assert "2 messages attendent que vous décidiez" in page(client).replace("\u00a0", " ")
    assert said(sent(client, "release", row=rows(status="held"))) == ["2 messages peuvent partir."]
    assert statuses() == ["waiting"] * 3


def test_the_whole_list_is_what_the_filters_show(client, year):
    play.submitted(year, title="Jardin")
    play.submitted(year, title="Atelier vélo")
    sent(client, "hold", whole="1", here="search=jardin")
    held = Message.objects.filter(status="held").order_by("pk")
    assert {one.dossier.title for one in held} == {"Jardin"}
    assert held.count() == 3


def test_beyond_a_hundred_one_confirms_a_second_time(client, year, monkeypatch):
    monkeypatch.setattr(handling, "MANY", 2)
    play.submitted(year)
    Message.objects.update(status="held")
    asked = sent(client, "release", row=rows())
    assert "Un courriel parti ne se rattrape pas." in asked.content.decode()
    assert statuses() == ["held"] * 3
    assert said(sent(client, "release", row=rows(), confirmed="2", here="tab=held")) == []
    assert statuses() == ["held"] * 3
    assert said(sent(client, "release", row=rows(), confirmed="3")) == ["3 messages peuvent partir."]


def test_only_what_a_button_speaks_of_is_counted(client, year, monkeypatch):
    monkeypatch.setattr(handling, "MANY", 2)
    play.submitted(year)
    Message.objects.filter(audience="holder").update(status="held")
    assert said(sent(client, "release", whole="1")) == ["Un message peut partir."]


def test_holding_is_never_asked_twice(client, year, monkeypatch):
    monkeypatch.setattr(handling, "MANY", 2)
    play.submitted(year)
    assert said(sent(client, "hold", row=rows())) == ["3 messages sont retenus."]


def test_what_changed_since_the_page_was_shown_is_left_as_it_is(client, year):
    play.submitted(year)
    shown = rows()
    delivery.sweep(lambda: AT)
    assert said(sent(client, "hold", row=shown)) == [words.done("hold", 0), words.left_out(3)]
    assert statuses() == ["sent"] * 3


@pytest.mark.parametrize("given", [{}, {"row": ["n’importe quoi"]}, {"action": "destroy", "whole": "1"}])
def test_a_click_on_nothing_says_what_to_do(client, year, given):
    play.submitted(year)
    assert said(sent(client, **{"action": "hold", **given})) == [words.TICK_FIRST]


def test_another_towns_messages_are_out_of_reach(client, year):
    play.submitted(play.a_year("ailleurs_2027"))
    assert said(sent(client, "hold", row=rows())) == [words.TICK_FIRST]
    assert statuses() == ["waiting"] * 3


def test_the_stop_button_stops_and_lets_go_and_says_so_at_the_top(client, year):
    stop = reverse("messages-stop", args=[year.cycle.code])
    assert said(client.post(stop, {"stop": "1"}, follow=True)) == [words.STOPPED]
    assert said(client.post(stop, {"stop": "1"}, follow=True)) == [words.STOPPED_ALREADY]
    shown = page(client)
    assert "est arrêté.</b> Tout est retenu." in shown
    assert shown.index("est arrêté.</b>") < shown.index("resultats")
    assert "A arrêté l’envoi" in shown
    assert said(client.post(stop, {"go": "1"}, follow=True)) == [words.LET_GO]
    assert said(client.post(stop, {"go": "1"}, follow=True)) == [words.LET_GO_ALREADY]
    assert said(client.post(stop, follow=True)) == [words.STOP_OR_GO]
    assert not Cycle.objects.get(pk=year.cycle.pk).mail_stopped


def test_a_refused_address_is_confirmed_from_the_message_and_leaves_again(client, year):
    play.submitted(year)
    message = Message.objects.get(audience="holder")
    Message.objects.filter(pk=message.pk).update(status="failed", attempts=1)
    year.holder.refused_address, year.holder.refused_at = year.holder.email, AT
    year.holder.save()
    shown = client.get(reverse("message-detail", args=[message.uuid])).content.decode()
    assert "L’adresse est bonne : réessayer" in shown
    answer = client.post(
        reverse("message-do", args=[message.uuid]), {"deed": "confirm", "status": "failed"}, follow=True
    )
    assert said(answer) == [words.done("confirm", 1)]
    assert delivery.sweep(lambda: AT).counts == {"sent": 3}
