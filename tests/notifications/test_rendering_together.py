"""Several rows of one person as one mail, and addresses that never rest in the database."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications import outbox
from notifications.models import Message
from notifications.rendering import grouped, rendered, rendered_together, unsealed
from tests import year as play
from tests.notifications.letters import a_told_year, message

pytestmark = pytest.mark.django_db


def asked(year, count: int) -> list[Message]:
    """What the State is told when it is asked about so many dossiers on one day."""
    for _ in range(count):
        play.in_review(year, deadline=date(2027, 1, 15))
    rows = Message.objects.filter(template="avis_demande", recipient=year.financiers["etat"])
    return list(rows.select_related("recipient", "cycle").order_by("pk"))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_financier_asked_on_three_dossiers_the_same_day_gets_one_mail():
    letters = grouped(asked(a_told_year(), 3))
    assert [len(letter) for letter in letters] == [3]
    found = rendered_together(letters[0])
    assert flat(found.subject) == "Votre avis est demandé sur 3 demandes d’ici au vendredi 15 janvier 2027"
    assert re.findall(r"n°\s(\d+)", found.text) == ["001", "002", "003"]
    assert found.text.count("→ Donner mon avis") == 1


def test_one_dossier_is_asked_in_the_singular():
    found = rendered(asked(a_told_year(), 1)[0])
    assert flat(found.subject) == "Votre avis est demandé sur une demande d’ici au vendredi 15 janvier 2027"
    assert "une demande qui vous sollicite." in flat(found.text)


def test_days_that_differ_are_said_for_each():
    year = a_told_year()
    play.in_review(year, deadline=date(2027, 1, 15))
    play.in_review(year, deadline=date(2027, 1, 22))
    rows = Message.objects.filter(template="avis_demande", recipient=year.financiers["etat"])
    found = rendered_together(list(rows.select_related("recipient", "cycle").order_by("pk")))
    assert flat(found.subject).endswith("vendredi 15 janvier 2027")
    assert found.text.count("avis attendu le") == 1
    assert "(avis attendu le vendredi 22 janvier 2027)" in flat(found.text)


def test_receipts_are_never_put_together_nor_two_people_nor_two_calls():
    year, other = a_told_year(), play.a_year("autre_2027")
    for one in (year, other):
        play.in_review(one)
        play.in_review(one)
    rows = Message.objects.select_related("recipient", "cycle").order_by("pk")
    letters = grouped(rows)
    assert sum(len(letter) for letter in letters) == rows.count()
    together = [letter for letter in letters if len(letter) > 1]
    assert {letter[0].template for letter in together} == {"avis_demande"}
    assert len({(letter[0].recipient_id, letter[0].cycle_id) for letter in together}) == 4
    assert len(together) == 4


def test_the_link_of_an_opinion_never_rests_in_the_text_that_is_kept(client):
    year = a_told_year()
    [row] = asked(year, 1)
    kept = rendered(row)
    assert re.findall(r"⟦.+?⟧", kept.text) == [f"⟦avis:{row.subject_id}⟧"]
    assert "mes-avis" not in kept.text + kept.html
    sent = unsealed(row, kept.text, at=play.REVIEWING)
    [address] = re.findall(rf"{re.escape(settings.SITE_URL)}(/mes-avis/\S+)", sent)
    assert f'href="{settings.SITE_URL}{address}"' in unsealed(row, kept.html, at=play.REVIEWING)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("template", ["password_reset", "signin_link", "invitation"])
def test_the_links_of_accounts_open_their_page_and_never_rest(client, template):
    year = a_told_year()
    outbox.tell(year.holder, template, reason=template, at=play.WRITING)
    row = message(template)
    kept = rendered(row)
    assert len(re.findall(r"⟦\w+⟧", kept.text)) == 1
    [address] = re.findall(r"(/connexion/\S+)", unsealed(row, kept.text, at=play.WRITING))
    assert client.get(address, follow=True).status_code == 200


def test_a_mail_costs_as_many_queries_for_three_dossiers_as_for_one(django_assert_num_queries):
    year = a_told_year()
    one, three = asked(year, 1)[:1], asked(year, 2)
    for letter in (one, three):
        with django_assert_num_queries(2):
            rendered_together(letter)


@pytest.mark.parametrize(
    "template,count", [("depot_recepisse", 3), ("depot_a_verifier", 1), ("dossier_recevable", 2)]
)
def test_a_mail_reads_no_more_than_it_says(template, count):
    year = a_told_year()
    play.in_instruction(year)
    row = message(template)
    with CaptureQueriesContext(connection) as found:
        rendered(row)
    assert len(found) == count
