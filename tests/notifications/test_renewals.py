"""« Recevoir un nouveau lien »: the same answer for everybody, one mail an hour for whoever has opinions to give."""

from datetime import timedelta

import pytest

from cases import seat_links
from notifications import renewals
from notifications.models import Message
from notifications.rendering import rendered
from tests import year as play

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


def told() -> list:
    rows = Message.objects.filter(template="lien_avis").order_by("pk")
    return list(rows.values_list("recipient__email", flat=True))


def test_the_answer_is_the_same_whoever_asks(client, year):
    play.in_review(year)
    known, unasked = year.financiers["etat"].email, year.holder.email
    answers = {
        client.post("/mes-avis/", {"email": one}).content for one in (known, unasked, "x@exemple.test")
    }
    assert len(answers) == 1
    assert told() == [known]


def test_the_address_is_read_whatever_its_capitals_and_must_be_one(client, year):
    play.in_review(year)
    assert client.post("/mes-avis/", {"email": "personne"}).status_code == 422
    client.post("/mes-avis/", {"email": year.financiers["etat"].email.upper()})
    assert told() == [year.financiers["etat"].email]


def test_one_mail_an_hour_at_most(year):
    play.in_review(year)
    address = year.financiers["etat"].email
    for minutes in (0, 10, 59, 61):
        renewals.mail(address, play.REVIEWING + timedelta(minutes=minutes))
    assert told() == [address] * 2


def test_a_revoked_link_is_followed_by_a_new_one_in_the_mail(client, year):
    dossier = play.in_review(year)
    etat = year.financiers["etat"]
    before = seat_links.path_for(etat, dossier, play.REVIEWING)
    seat_links.revoke(etat.seat_links.get(), play.REVIEWING)
    client.post("/mes-avis/", {"email": etat.email})
    after = seat_links.path_for(etat, dossier, play.REVIEWING)
    assert (client.get(before).status_code, client.get(after).status_code) == (404, 200)


def test_the_mail_itself_can_be_written(year):
    play.in_review(year)
    renewals.mail(year.financiers["etat"].email, play.REVIEWING)
    mail = rendered(Message.objects.get(template="lien_avis"))
    assert mail.subject == "Votre lien pour donner vos avis"
    assert "Donner mon avis" in mail.text


def test_nothing_is_mailed_once_the_round_is_closed(client, year):
    play.in_committee(year)
    client.post("/mes-avis/", {"email": year.financiers["etat"].email})
    assert told() == []
