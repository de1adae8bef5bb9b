"""What a rehearsed year says of its messages: each in words, and as many as people would get."""

from datetime import date

import pytest

from notifications.models import Message
from notifications.rehearsal.account import event_label, messages_of
from tests import year as play


@pytest.mark.parametrize(
    "label,event,words",
    [
        ("cases.dossier", "dossier.submit", "Déposer le dossier"),
        ("cases.dossier", "reminder.not_filed", "Rappel (dossier commencé, pas déposé)"),
        ("cases.inquiry", "inquiry.open", "Question d’un financeur"),
    ],
)
def test_a_message_is_named_by_what_it_is_about(label, event, words):
    assert event_label(label, event) == words


class _Stage:
    class dates:  # noqa: N801 because it stands for an attribute
        start = date(2026, 9, 1)


@pytest.mark.django_db
def test_what_is_asked_of_one_person_on_three_dossiers_is_one_mail():
    year = play.a_year(financiers=1)
    for _ in range(3):
        play.in_review(year)
    assert Message.objects.filter(template="avis_demande").count() == 3
    december = messages_of(_Stage)[2026, 12]
    assert december["Financeurs sollicités"] == {"Envoyer aux financeurs": 1}
    assert december["Porteur"] == {"Déclarer recevable": 3}
