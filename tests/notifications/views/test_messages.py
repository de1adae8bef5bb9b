"""The coordinator's messages: what will leave, what left, what could not, and what may be done about it."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from notifications import delivery, heartbeat, outbox, words
from notifications.models import Message, ReminderRule
from tests import year as play
from workflow.models import Milestone
from workflow.triggers import lifted

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


def swept():
    return delivery.sweep(lambda: AT)


def page(client, **query) -> str:
    answer = client.get(reverse("messages-list"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def click(client, message: Message, what: str, status: str) -> str:
    """The sentences that the page says after a button was pressed."""
    sent = {"deed": what, "status": status}
    answer = client.post(reverse("message-do", args=[message.uuid]), sent, follow=True)
    return " ".join(str(one) for one in answer.context["messages"])


def a_receipt(year) -> Message:
    play.submitted(year)
    return Message.objects.get(event="dossier.submit", audience="holder")


def test_what_left_waits_or_failed_stands_each_under_its_tab(client, year):
    play.submitted(year)
    Message.objects.filter(audience="team").update(status="failed", error="Trop loin.")
    swept()
    assert "porteur-essai_2027" in page(client, tab="sent").lower()
    assert "Trop loin." not in page(client, tab="sent")
    assert page(client, tab="failed").count(">Trop loin.<") == 2
    assert "Aucun message." in page(client, tab="cancelled")
    assert "Aucun message n’est prévu" in page(client, tab="nonsense")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_whatever_its_length(client, year, django_assert_num_queries, rows):
    for number in range(rows):
        play.submitted(year, title=f"Action {number}")
    swept()
    page(client, tab="sent")
    with django_assert_num_queries(13):
        page(client, tab="sent")


def test_a_list_is_narrowed_by_person_number_or_title(client, year):
    play.submitted(year, title="Atelier vélo")
    play.submitted(year, title="Jardin")
    swept()
    found = {
        words: page(client, tab="sent", search=words) for words in ("jard", "2", "jardin", "porteur-essai")
    }
    assert "Jardin" in found["jard"]
    assert "Atelier vélo" not in found["jard"]
    assert found["2"].count("Jardin") == found["jardin"].count("Jardin")
    assert "Instruction-essai_2027" not in found["porteur-essai"]
    assert "Instruction-essai_2027" in page(client, tab="sent", search="INSTRUCTION-essai")


def test_reminders_to_come_are_said_before_they_are_written(client, year):
    deadline = Milestone.objects.get(cycle=year.cycle, code="cloture")
    with lifted():
        ReminderRule.objects.create(
            version=year.rules, code="dix-jours", label="Plus que dix jours", kind="not_filed",
            milestone=deadline, days_before=[10],
        )  # fmt: skip
    play.a_draft(year)
    shown = page(client, tab="planned")
    assert "Plus que dix jours" in shown
    assert "jeudi 5 novembre 2026" in shown
    assert "Plus que dix jours" not in page(client, tab="planned", search="personne")


@pytest.mark.parametrize(
    "asked, said",
    [
        ({"last": "2099-12-31"}, "Choisissez une période d’un an au plus."),
        ({"last": "9999-12-31"}, "Vérifiez l’année de cette date."),
        ({"first": "9999-12-31"}, "Vérifiez l’année de cette date."),
        ({"first": "0001-01-01"}, "Vérifiez l’année de cette date."),
    ],
)
def test_a_period_without_end_is_said_and_the_coming_month_is_shown(client, year, asked, said):
    play.a_draft(year)
    assert said in page(client, **asked)
    assert "vendredi 30 octobre 2026" in page(client, **asked)


def test_a_message_shows_the_exact_words_that_left(client, year):
    message = a_receipt(year)
    shown = client.get(reverse("message-detail", args=[message.uuid])).content.decode()
    assert "Le texte, s’il partait maintenant" in shown
    swept()
    message.refresh_from_db()
    shown = client.get(reverse("message-detail", args=[message.uuid])).content.decode()
    assert "Le texte exact" in shown
    assert escape(message.text) in shown


def test_an_address_that_is_somebody_s_own_is_never_shown(client, year):
    message = a_receipt(year)
    Message.objects.filter(pk=message.pk).update(text="Ouvrez ⟦avis:12⟧ vite", subject="Objet")
    shown = client.get(reverse("message-detail", args=[message.uuid])).content.decode()
    assert "⟦" not in shown
    assert "(adresse personnelle, que personne d’autre ne lit)" in shown


def test_what_left_is_sent_once_more_as_a_message_of_its_own(client, year):
    message = a_receipt(year)
    swept()
    message.refresh_from_db()
    assert click(client, message, "resend", "sent") == words.done("resend", 1)
    again = Message.objects.get(event="resend.dossier.submit")
    assert (again.reason, again.text, again.status) == (f"resend.{message.uuid}", message.text, "waiting")
    assert swept().counts == {"sent": 1}
    assert click(client, message, "resend", "sent") == words.done("resend", 0)


def test_what_failed_is_tried_again(client, year):
    message = a_receipt(year)
    Message.objects.filter(pk=message.pk).update(status="failed", attempts=5)
    assert click(client, message, "retry", "failed") == words.done("retry", 1)
    message.refresh_from_db()
    assert (message.status, message.attempts) == ("waiting", 0)
    assert click(client, message, "retry", "waiting") == words.done("retry", 0)
    assert click(client, message, "resend", "waiting") == words.done("resend", 0)


def test_a_page_that_is_no_longer_true_does_nothing(client, year):
    message = a_receipt(year)
    swept()
    assert click(client, message, "resend", "failed") == words.CHANGED
    assert Message.objects.filter(event__startswith="resend.").count() == 0


def test_a_click_without_a_page_is_refused_with_a_sentence(client, year):
    answer = client.post(reverse("message-do", args=[a_receipt(year).uuid]), {"deed": "hold"})
    assert answer.status_code == 422
    assert "Rouvrez la page de ce message" in answer.content.decode()


def test_another_town_s_messages_and_those_of_accounts_are_nobody_s_here(client, year):
    theirs = a_receipt(play.a_year("ailleurs_2027"))
    outbox.tell(year.holder, "password_reset", reason="essai", at=AT)
    own = Message.objects.get(reason="essai")
    for one in (theirs, own):
        assert client.get(reverse("message-detail", args=[one.uuid])).status_code == 404
    assert "ailleurs_2027" not in page(client, tab="waiting")


def test_the_page_says_when_mail_does_not_leave(client, year):
    assert "ne partent pas" not in page(client)
    heartbeat.beat(AT, trouble=delivery.NO_SERVER)
    assert delivery.NO_SERVER in page(client)
