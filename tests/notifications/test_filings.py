"""The letter that acknowledges a filing is told to its holder, once, with the page where it is read."""

import pytest
from django.conf import settings
from django.urls import reverse

from cases.letter_kinds import LetterKind
from notifications.models import Message
from notifications.rendering import rendered
from tests import correspondence as write
from tests import year as play
from tests.notifications.letters import a_told_year, message

pytestmark = pytest.mark.django_db
TEMPLATE = "accuse_de_reception"


@pytest.fixture
def year():
    year = a_told_year()
    write.writes(year)
    return year


def made(year, dossier):
    return write.make(year, dossier, LetterKind.RECEIPT, at=play.READING)


def test_a_receipt_made_twice_is_told_once_to_its_holder_alone(year):
    dossier = play.submitted(year)
    letters = [made(year, dossier) for _ in range(2)]
    rows = Message.objects.filter(template=TEMPLATE).order_by("pk")
    assert letters[0] == letters[1]
    assert list(rows.values_list("recipient", "dossier", "subject_id")) == [
        (year.holder.pk, dossier.pk, letters[0].pk)
    ]


def test_its_mail_names_the_letter_and_leads_to_the_page_where_it_is_read(year, client):
    dossier = play.submitted(year)
    letter = made(year, dossier)
    found, path = rendered(message(TEMPLATE)), reverse("dossier-letters", args=[dossier.uuid])
    assert "C’est le courrier n° 2026-0001 du mardi 1er décembre 2026." in " ".join(found.text.split())
    assert f"{settings.SITE_URL}{path}" in found.text
    client.force_login(year.holder)
    assert reverse("letter-pdf", args=[letter.uuid]) in client.get(path).content.decode()


def test_a_receipt_that_replaces_another_says_so(year):
    dossier = play.submitted(year)
    made(year, dossier)
    write.with_model(year, LetterKind.RECEIPT, body="Nous avons reçu « {titre} ».")
    made(year, dossier)
    assert Message.objects.filter(template=TEMPLATE).count() == 2
    assert "Il remplace le courrier n° 2026-0001." in " ".join(rendered(message(TEMPLATE)).text.split())


def test_a_decision_s_letter_waits_for_its_notification_and_is_told_by_it(year):
    write.make(year, play.decided(year), LetterKind.PARTIAL)
    assert not Message.objects.filter(template=TEMPLATE).exists()
