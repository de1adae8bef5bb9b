"""Which mails a person may do without: a closed list, a signed link, one click, and never what must be told."""

import pytest
from django.core import mail
from django.core.signing import Signer
from django.urls import reverse

from notifications import delivery, optional, reminders, words
from notifications.catalogue import templates
from notifications.models import Declined, Message
from notifications.optional import OPTIONAL, MailKind
from notifications.rendering import rendered
from tests import year as play
from tests.notifications.letters import a_told_year, message

pytestmark = pytest.mark.django_db

AT = play.day("2026-11-06")


def reminded():
    year = a_told_year()
    play.a_draft(year)
    reminders.plan(AT)
    return year


def link(user, name="mail-choices-link", kind="reminders") -> str:
    return optional.path_of(user, name, kind)


def test_receipts_requests_and_answers_are_no_choice():
    must = {
        "depot_recepisse",
        "complements_demandes",
        "avis_demande",
        "reponse",
        "fiche_transmise",
        "bilan_attendu",
    }
    assert must & set(OPTIONAL) == set()
    assert set(OPTIONAL) <= set(templates())


def test_who_declined_reminders_gets_none_and_every_other_mail():
    year = reminded()
    play.submitted(year, title="Jardin")
    optional.decline(year.holder, [MailKind.REMINDERS], AT)
    delivery.sweep(lambda: AT)
    row = Message.objects.get(event="reminder.not_filed")
    assert (row.status, row.error) == ("cancelled", words.DECLINES)
    assert [one.subject for one in mail.outbox if one.to == [year.holder.email]] == [
        message("depot_recepisse").subject
    ]


def test_one_person_s_choice_is_nobody_else_s():
    year = reminded()
    optional.decline(year.coordinator, [MailKind.REMINDERS], AT)
    delivery.sweep(lambda: AT)
    assert Message.objects.get(event="reminder.not_filed").status == "sent"


def test_an_optional_mail_offers_to_stop_and_a_necessary_one_says_that_it_cannot(settings):
    settings.SITE_URL = "https://jalons.exemple.fr"
    year = reminded()
    play.submitted(year, title="Jardin")
    delivery.sweep(lambda: AT)
    sent = {one.subject.split("\u00a0")[0]: one for one in mail.outbox if one.to == [year.holder.email]}
    reminder, receipt = (
        next(one for name, one in sent.items() if name.startswith(begin)) for begin in ("Pen", "Votre")
    )
    address = f"https://jalons.exemple.fr{link(year.holder, 'mail-one-click')}"
    assert reminder.extra_headers["List-Unsubscribe"] == f"<{address}>"
    assert reminder.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"https://jalons.exemple.fr{link(year.holder, kind='')}" in reminder.body
    assert "List-Unsubscribe" not in receipt.extra_headers
    assert "il ne se désactive pas." in " ".join(receipt.body.split())


def test_one_click_needs_tls(settings):
    settings.SITE_URL = "http://localhost:8000"
    reminded()
    delivery.sweep(lambda: AT)
    assert "List-Unsubscribe-Post" not in mail.outbox[0].extra_headers
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers


def test_the_link_to_choose_never_rests_in_the_text_that_is_kept():
    reminded()
    kept = rendered(message("rappel_depot"))
    assert "⟦courriels⟧" in kept.text
    assert "mes-courriels" not in kept.text + kept.html


def test_a_mailbox_declines_by_one_post_without_a_session_and_a_person_who_opens_it_reads_the_choices(client):
    year = a_told_year()
    path = link(year.holder, "mail-one-click")
    assert client.post(path, {"something": "else"}).status_code == 422
    assert client.get(path, follow=True).context["person"] == year.holder
    assert not Declined.objects.exists()
    for _ in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert optional.declined_by(year.holder) == ["reminders"]


def test_choices_are_made_by_the_link_and_taken_back_from_the_account(client):
    year = a_told_year()
    page = client.get(link(year.coordinator))
    assert list(page.context["form"]["heard"].value()) == [MailKind.REMINDERS, MailKind.TEAM]
    assert page["Cache-Control"].startswith("max-age=0")
    client.post(link(year.coordinator), {"shown": "1", "heard": ["team"]})
    assert optional.declined_by(year.coordinator) == ["reminders"]
    client.force_login(year.coordinator)
    client.post(reverse("mail-choices"), {"shown": "1", "heard": ["team", "reminders"]})
    assert optional.declined_by(year.coordinator) == []


def test_a_holder_is_asked_about_nothing_that_only_a_team_hears(client):
    year = a_told_year()
    assert optional.kinds_for(year.holder) == [MailKind.REMINDERS]
    assert client.post(link(year.holder), {"shown": "1", "heard": ["team"]}).status_code == 422


@pytest.mark.parametrize("token", ["faux", Signer(salt="ailleurs").sign("1.reminders")])
def test_what_was_never_signed_here_opens_nothing(client, token):
    assert client.get(reverse("mail-choices-link", args=[token])).status_code == 404
    assert client.post(reverse("mail-one-click", args=[token])).status_code == 404
