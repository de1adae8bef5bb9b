"""An address refused for good: said once to who coordinates, tried no more, and good again on proof."""

import smtplib

import pytest
from django.core import mail

from notifications import bounces, delivery, outbox
from notifications.models import Message
from tests import year as play
from tests.notifications.test_delivery import NOON, Server
from workflow.models import Entry, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "tests.notifications.test_delivery.Server"
    Server.answers, Server.unreachable = [], False
    return Server


def swept(at=NOON):
    return delivery.sweep(lambda: at)


def returned(server, year, code=550, said=b"5.1.1 no such user") -> Message:
    """The holder's receipt, answered like this by the mail server."""
    play.submitted(year)
    Message.objects.exclude(audience="holder").delete()
    server.answers = [smtplib.SMTPRecipientsRefused({year.holder.email: (code, said)})]
    swept()
    return Message.objects.get(audience="holder")


def marked(year) -> bool:
    return User.objects.get(pk=year.holder.pk).address_is_refused


def test_the_address_is_marked_and_nothing_else_changes(server):
    year = play.a_year()
    play.submitted(year)
    before = Entry.objects.count()
    Message.objects.all().delete()
    play.submitted(year, title="Jardin")
    known = Entry.objects.count()
    Message.objects.exclude(audience="holder").delete()
    server.answers = [smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")})]
    swept()
    assert marked(year)
    assert (Entry.objects.count(), known > before) == (known, True)
    assert not User.objects.exclude(pk=year.holder.pk).exclude(refused_address="").exists()


def test_the_coordinator_is_told_who_which_address_and_what_was_lost(server):
    year = play.a_year()
    message = returned(server, year)
    [letter] = mail.outbox
    text = " ".join(letter.body.split())
    assert letter.to == [year.coordinator.email]
    assert year.holder.email in letter.body.replace("\u2060", "")
    assert "Votre demande est déposée" in text
    assert f"/messages/{message.uuid}/" in letter.body


def test_later_sends_are_refused_with_a_sentence_and_no_try(server):
    year = play.a_year()
    returned(server, year)
    play.submitted(year, title="Jardin")
    Message.objects.filter(status="waiting").exclude(audience="holder").delete()
    assert swept().counts == {"failed": 1}
    last = Message.objects.filter(audience="holder").latest("pk")
    assert last.error == (
        "Le serveur de courriel a refusé cette adresse le mardi 20 octobre 2026."
        " Si elle est bonne, confirmez-la. Sinon, invitez la personne avec sa bonne adresse."
    )
    assert Message.objects.filter(event="adresse_refusee").count() == 1


@pytest.mark.parametrize("said, expected", [
    ((550, b"5.1.1 no such user"), True),
    ((553, b"no such mailbox"), True),
    ((554, b"5.7.1 blacklisted"), False),
    ((450, b"4.2.2 mailbox full"), False),
])  # fmt: skip
def test_only_what_speaks_of_the_address_marks_it(server, said, expected):
    year = play.a_year()
    message = returned(server, year, *said)
    assert marked(year) is expected
    assert message.status == ("failed" if expected else "waiting")


def test_words_refused_for_good_fail_at_once_and_mark_nobody(server):
    year = play.a_year()
    play.submitted(year)
    Message.objects.exclude(audience="holder").delete()
    server.answers = [smtplib.SMTPDataError(554, b"5.6.0 too ugly")]
    assert swept().counts == {"failed": 1}
    assert not marked(year)


def test_a_new_address_begins_anew(server):
    year = play.a_year()
    returned(server, year)
    User.objects.filter(pk=year.holder.pk).update(email="nouvelle@exemple.test")
    assert not marked(year)


def test_a_link_that_is_asked_for_is_tried_and_its_passing_lifts_the_mark(server):
    year = play.a_year()
    returned(server, year)
    outbox.tell(year.holder, "signin_link", reason="essai", at=NOON)
    swept()
    assert not marked(year)
    assert bounces.lift(year.holder) is False
