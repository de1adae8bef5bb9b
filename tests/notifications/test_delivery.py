"""The sweep: what is due leaves once, with the words kept before; what cannot says why; nothing is lost."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError

from notifications import claims, delivery, outbox
from notifications.claims import BACK_OFF, LEASE
from notifications.models import Message, MessageStatus
from tests import year as play
from workflow import engine
from workflow.models import User

pytestmark = pytest.mark.django_db

NOON = play.day("2026-10-20", 12)
NIGHT = play.day("2026-10-20", 23)


def swept(at=NOON):
    return delivery.sweep(lambda: at)


def of(event="dossier.submit", **narrowed):
    return list(Message.objects.filter(event=event, **narrowed).order_by("pk"))


def statuses():
    return sorted(Message.objects.values_list("status", flat=True))


def a_receipt():
    """One message that waits, and its dossier."""
    dossier = play.submitted(play.a_year())
    Message.objects.exclude(audience="holder", event="dossier.submit").delete()
    return Message.objects.get(), dossier


class Server(EmailBackend):
    """A mail server that answers what a test tells it: its next answers, in order; None takes the mail."""

    answers: list = []
    unreachable = False

    def open(self):
        if type(self).unreachable:
            raise ConnectionRefusedError

    def send_messages(self, messages):
        error = self.answers.pop(0) if self.answers else None
        if error:
            raise error
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.answers, Server.unreachable = [], False
    return Server


# ── What leaves ─────────────────────────────────────────────────────────────


def test_everything_due_leaves_once_and_nothing_the_second_time():
    play.submitted(play.a_year())
    assert swept().counts == {"sent": 3}
    assert statuses() == ["sent"] * 3
    assert swept().counts == {}
    assert sorted(one.to[0].split("-")[0] for one in mail.outbox) == [
        "coordination",
        "instruction",
        "porteur",
    ]


def test_a_mail_has_two_texts_a_stable_number_and_the_team_to_answer_to(settings):
    settings.SITE_URL = "https://jalons.exemple.fr"
    message, dossier = a_receipt()
    type(dossier.cycle).objects.update(team_email="dsu@exemple.test")
    swept()
    [letter] = mail.outbox
    headers = letter.message()
    assert headers["Message-ID"] == f"<{message.uuid}@jalons.exemple.fr>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Reply-To"] == "dsu@exemple.test"
    assert [part.get_content_type() for part in headers.get_payload()] == ["text/plain", "text/html"]


def test_the_exact_words_are_on_the_row_before_they_leave(server):
    a_receipt()
    server.answers = [smtplib.SMTPServerDisconnected()]
    swept()
    message = Message.objects.get()
    assert (message.status, message.address) == ("waiting", "porteur-essai_2027@exemple.test")
    assert message.subject
    assert message.text
    assert message.html


def test_a_second_try_says_the_same_words_under_the_same_number(server):
    a_receipt()
    server.answers = [smtplib.SMTPDataError(451, b"later")]
    swept()
    first = Message.objects.get()
    User.objects.update(first_name="Autre")
    swept(NOON + BACK_OFF[0])
    [letter] = mail.outbox
    assert (letter.subject, letter.body) == (first.subject, first.text)
    assert letter.extra_headers["Message-ID"].startswith(f"<{first.uuid}@")
    assert statuses() == ["sent"]


def test_a_subject_line_is_one_line():
    a_receipt()
    Message.objects.update(subject="Bonjour\r\nBcc: tous@exemple.test", text="Texte")
    swept()
    assert mail.outbox[0].subject == "Bonjour Bcc: tous@exemple.test"
    assert mail.outbox[0].message()["Bcc"] is None


def test_a_financier_asked_on_many_dossiers_gets_one_mail_even_beyond_a_batch(monkeypatch):
    year = play.a_year(financiers=1)
    for number in range(3):
        play.in_review(year, title=f"Action {number}")
    Message.objects.exclude(template="avis_demande").delete()
    Message.objects.update(due_at=NOON)
    monkeypatch.setattr(claims.take, "__defaults__", (1,))
    assert swept(play.REVIEWING).counts == {"sent": 1}
    assert len(mail.outbox) == 1
    assert statuses() == ["sent"] * 3
    carried = Message.objects.exclude(carried_by=None)
    assert {one.mail.text for one in carried.order_by("pk")} == {mail_row().text}
    assert carried.count() == 2


def test_words_kept_by_a_first_try_are_not_mixed_with_what_is_asked_since(server):
    year, since = play.a_year(financiers=1), Message.objects.exclude(template="avis_demande")
    play.in_review(year, title="Action 1")
    since.delete()
    server.answers = [smtplib.SMTPDataError(451, b"later")]
    swept(play.REVIEWING)
    play.in_review(year, title="Action 2")
    since.delete()
    Message.objects.update(due_at=play.REVIEWING)
    assert swept(play.REVIEWING).counts == {"sent": 2}
    assert statuses() == ["sent"] * 2
    assert [("Action 1" in one.body, "Action 2" in one.body) for one in mail.outbox] == [
        (True, False),
        (False, True),
    ]


def mail_row():
    return Message.objects.get(carried_by=None)


def test_what_is_no_longer_asked_is_not_said():
    year = play.a_year(financiers=1)
    dossier = play.in_review(year)
    Message.objects.exclude(template="avis_demande").delete()
    play.opine(year, dossier, "etat")
    Message.objects.exclude(template="avis_demande").delete()
    swept(play.REVIEWING)
    message = Message.objects.get()
    assert (message.status, message.error) == ("cancelled", delivery.NO_LONGER)
    assert mail.outbox == []


def test_a_row_that_is_called_off_frees_those_it_carried():
    first, _ = a_receipt()
    other = outbox.tell(first.recipient, "signin_link", reason="essai", at=NOON)
    assert other
    Message.objects.filter(reason="essai").update(carried_by=first.pk)
    claim = claims.take(NOON)
    claims.cancel(claim, first, NOON, "Fait.")
    assert {one.reason: (one.status, one.carried_by) for one in Message.objects.order_by("pk")} == {
        first.reason: ("cancelled", None),
        "essai": ("waiting", None),
    }


# ── When ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "at, leaves",
    [
        (NOON, True),
        (NIGHT, False),
        (play.day("2026-10-24", 12), False),  # a Saturday
        (play.day("2026-11-11", 12), False),  # a public holiday
        (play.day("2026-10-20", 8), True),
        (play.day("2026-10-20", 7), False),
    ],
)
def test_reminders_keep_to_the_hours_of_working_days_and_events_leave_at_once(at, leaves):
    a_receipt()
    Message.objects.update(due_at=play.BEFORE)
    assert claims.due(at).count() == 1
    Message.objects.update(event="reminder.not_filed")
    assert claims.due(at).count() == int(leaves)


def test_what_is_due_later_waits():
    a_receipt()
    Message.objects.update(due_at=NOON + timedelta(seconds=1))
    assert swept().counts == {}
    assert swept(NOON + timedelta(seconds=1)).counts == {"sent": 1}


# ── What fails ──────────────────────────────────────────────────────────────


def test_each_failure_waits_longer_and_the_last_is_for_the_coordinator(server):
    a_receipt()
    at, waited = NOON, []
    for _ in range(len(BACK_OFF) + 1):
        server.answers = [smtplib.SMTPDataError(451, b"greylisted")]
        swept(at)
        message = Message.objects.get()
        waited.append(message.due_at - at)
        at = message.due_at
    assert waited[:-1] == list(BACK_OFF)
    assert (message.status, message.error) == ("failed", delivery.REFUSED.format(451))
    assert swept(at + timedelta(days=30)).counts == {}


def test_an_address_refused_for_good_fails_at_once_and_alone(server):
    play.submitted(play.a_year())
    server.answers = [smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")})]
    assert swept().counts == {"failed": 1, "sent": 3}
    [failed] = Message.objects.filter(status="failed").order_by("pk")
    assert failed.error == "Le serveur de courriel refuse cette adresse (550)."
    [told] = of("adresse_refusee")
    assert (told.recipient.email, told.status) == ("coordination-essai_2027@exemple.test", "sent")


def test_a_broken_text_fails_its_own_row_alone(monkeypatch, caplog):
    play.submitted(play.a_year())
    Message.objects.filter(audience="holder").update(template="nulle_part")
    assert swept().counts == {"failed": 1, "sent": 2}
    [failed] = Message.objects.filter(status="failed").order_by("pk")
    assert failed.error == "Le texte de ce message n’a pas pu être écrit (TemplateDoesNotExist)."


def test_a_reminder_that_makes_no_sense_fails_its_own_row_alone(caplog):
    play.submitted(play.a_year())
    Message.objects.filter(audience="holder").update(event="reminder.nothing")
    assert swept().counts == {"cancelled": 1, "sent": 2}
    assert Message.objects.get(audience="holder").status == MessageStatus.FAILED


def test_a_person_without_an_address_is_said_and_a_closed_account_too():
    message, _ = a_receipt()
    User.objects.filter(pk=message.recipient_id).update(email="")
    swept()
    assert (Message.objects.get().status, Message.objects.get().error) == ("failed", delivery.NO_ADDRESS)
    Message.objects.update(status="waiting")
    User.objects.filter(pk=message.recipient_id).update(is_active=False)
    swept()
    assert (Message.objects.get().status, Message.objects.get().error) == ("cancelled", delivery.CLOSED)


def test_a_server_that_does_not_answer_costs_no_message_a_try(server):
    play.submitted(play.a_year())
    server.unreachable = True
    done = swept()
    assert (done.trouble, done.counts) == (delivery.NO_SERVER, {})
    assert {(one.status, one.attempts, one.leased_by) for one in Message.objects.order_by("pk")} == {
        ("waiting", 0, None)
    }
    server.unreachable = False
    assert swept().counts == {"sent": 3}


def test_a_server_that_falls_silent_leaves_the_others_free_at_once(server):
    play.submitted(play.a_year())
    server.answers = [None, smtplib.SMTPServerDisconnected()]
    assert swept().trouble == delivery.NO_SERVER
    assert [one.attempts for one in Message.objects.order_by("due_at", "pk")] == [0, 0, 1]
    assert statuses() == ["sent", "waiting", "waiting"]
    assert swept().counts == {"sent": 1}
    assert swept(NOON + BACK_OFF[0]).counts == {"sent": 1}


# ── Who holds what ──────────────────────────────────────────────────────────


def test_what_one_sweep_holds_no_other_takes_until_the_lease_ends():
    a_receipt()
    first = claims.take(NOON)
    assert [len(claims.take(NOON + LEASE - timedelta(seconds=1)).messages), len(first.messages)] == [0, 1]
    assert len(claims.take(NOON + LEASE).messages) == 1


def test_a_sweep_that_slept_through_its_lease_sends_nothing():
    a_receipt()
    late = claims.take(NOON)
    [message] = late.messages
    assert claims.keep(late, message, [], NOON + LEASE) is False
    taken = claims.take(NOON + LEASE)
    assert claims.keep(late, message, [], NOON + LEASE) is False
    claims.settle(late, message, MessageStatus.FAILED, NOON, "Trop tard.")
    assert Message.objects.get().status == "waiting"
    claims.settle(taken, message, MessageStatus.SENT, NOON)
    assert Message.objects.get().sent_at == NOON


def test_two_sweeps_never_run_at_once_on_one_machine():
    a_receipt()
    with delivery.only_one_here() as first:
        assert first
        assert swept().counts == {}
    assert swept().counts == {"sent": 1}


def test_a_sweep_lets_go_in_time_and_says_that_more_is_due():
    play.submitted(play.a_year())
    ticks = iter(NOON + timedelta(seconds=number) * 20 for number in range(100))
    done = delivery.sweep(lambda: next(ticks))
    assert done.more


def test_the_database_s_trouble_is_no_message_s_fault(monkeypatch):
    a_receipt()

    def broken(*_):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(delivery.rendering, "context_of", broken)
    with pytest.raises(OperationalError):
        swept()
    assert Message.objects.get().status == "waiting"


@pytest.mark.parametrize("rows, queries", [(1, 23), (3, 32)])
def test_a_message_whose_words_are_kept_costs_two_writes(django_assert_num_queries, rows, queries):
    """Eight statements of each sweep and two of each message are the test's own savepoints."""
    play.submitted(play.a_year())
    for extra in Message.objects.order_by("pk")[rows:]:
        extra.delete()
    Message.objects.update(subject="Objet", text="Texte")
    with django_assert_num_queries(queries):
        swept()


def test_an_event_told_while_one_sweeps_is_not_forgotten():
    year = play.a_year()
    dossier = play.submitted(year)
    swept()
    engine.fire(dossier, "take_back", by=year.holder, at=NOON)
    assert swept().counts == {"sent": 3}
    assert {one.status for one in of("dossier.take_back")} == {"sent"}
