"""The pages of payments: what each reader finds, and how the team notes and corrects."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Payment
from tests import year as play
from tests.cases import reached
from tests.cases.test_payment import noted
from workflow import engine
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


def shown(client, user):
    client.force_login(user)
    return client.get(reverse("payments"))


def sent(client, user, name, uuid, **typed):
    client.force_login(user)
    facts = {"version": 0, "kind_of": "single", "amount": "300 €", "paid_on": "2027-04-20"} | typed
    return client.post(reverse(name, args=[uuid]), facts)


# Reading -------------------------------------------------------------------------------------------------------------


def test_the_holder_reads_what_was_granted_what_is_expected_and_what_arrived(client, year):
    line = reached.notified(year, amount=1_000)
    noted(year, line, 300, paid_on=date(2027, 4, 20), reference="Mandat 12")
    noted(year, line, 500, expected_on=date(2027, 9, 1))
    page = shown(client, year.holder)
    [award] = page.context["awards"]
    assert (award.granted, award.received, award.unannounced) == (1_000, 300, 200)
    assert page.context["total"].left == 700
    text = page.content.decode()
    told = ["Mandat 12", "le 1er sept. 2027", "le 20 avr. 2027", "sans date"]
    assert [words for words in told if words not in text] == []


def test_nothing_is_there_before_the_letter_nor_for_a_refusal(client, year):
    play.decided(year)
    reached.notified(year, amount=0)
    page = shown(client, year.holder)
    assert page.context["awards"] == []
    assert "Aucun financement n’est encore accordé." in page.content.decode()


def test_each_financier_finds_its_own_and_the_committee_none(client, year):
    line = reached.notified(year)
    member = play.person("jury", Role.COMMITTEE, year.cycle)
    people = (year.instructor, year.financiers["etat"], year.financiers["agglo"], member)
    found = [[award.line.pk for award in shown(client, user).context["awards"]] for user in people]
    assert found == [[line.pk], [line.pk], [], []]


def test_a_payment_given_up_is_no_longer_expected(client, year):
    line = reached.notified(year, amount=500)
    payment = noted(year, line, 500)
    engine.amend(payment, {"amount": Decimal(0)}, by=year.instructor, at=play.ANSWERING)
    [award] = shown(client, year.holder).context["awards"]
    assert (award.payments, award.unannounced) == ((), 500)


def test_what_arrived_stands_on_the_dossiers_page_and_in_what_happened(client, year):
    line = reached.notified(year, amount=500)
    noted(year, line, 300, paid_on=date(2027, 4, 20))
    for user in (year.holder, year.instructor, year.financiers["etat"]):
        client.force_login(user)
        text = client.get(reverse("dossier-detail", args=[line.dossier.uuid])).content.decode()
        told = ["reçu 300\u202f€", "A noté un versement · Etat essai_2027"]
        assert [words for words in told if words not in text] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_award_and_for_three(client, year, django_assert_num_queries, rows):
    for _ in range(rows):
        noted(year, reached.notified(year), 100)
    client.force_login(year.holder)
    with django_assert_num_queries(6):
        client.get(reverse("payments"))


# Noting --------------------------------------------------------------------------------------------------------------


def test_the_team_notes_a_payment_and_comes_back_to_the_line(client, year):
    line = reached.notified(year, amount=500)
    response = sent(client, year.instructor, "line-payments", line.uuid, amount="1 00,50 €")
    assert response.url == reverse("line-payments", args=[line.uuid])
    payment = Payment.objects.get()
    assert (payment.amount, payment.paid_on) == (Decimal("100.50"), date(2027, 4, 20))


def test_the_form_proposes_what_is_left(client, year):
    line = reached.notified(year, amount=500)
    noted(year, line, 300)
    client.force_login(year.instructor)
    form = client.get(reverse("line-payments", args=[line.uuid])).context["form"]
    assert (form["amount"].initial, form["kind_of"].initial) == (200, "balance")


@pytest.mark.parametrize(
    "typed, said",
    [
        ({"amount": "501"}, "Les versements dépasseraient de 1\u202f€ ce qui est accordé (500\u202f€)."),
        ({"amount": "beaucoup"}, "Écrivez un montant en euros"),
        ({"amount": "0"}, "Le montant du versement doit être positif."),
        ({"paid_on": "2027-04-21"}, "Un versement se note le jour où il est arrivé, pas avant."),
        ({"paid_on": "hier"}, "Écrivez une date"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(client, year, typed, said):
    line = reached.notified(year, amount=500)
    response = sent(client, year.instructor, "line-payments", line.uuid, reference="Mandat 7", **typed)
    page = response.content.decode()
    assert (response.status_code, Payment.objects.count()) == (422, 0)
    assert said in page
    assert "Mandat 7" in page


def test_a_correction_is_saved_and_an_older_page_is_refused_with_what_changed(client, year):
    payment = noted(year, reached.notified(year, amount=500), 300)
    assert sent(client, year.instructor, "payment", payment.uuid, version=1, amount="350").status_code == 302
    response = sent(client, year.coordinator, "payment", payment.uuid, version=1, amount="400")
    page = response.content.decode()
    assert (response.status_code, play.fresh(payment).amount) == (409, 350)
    assert "A modifié" in page
    assert 'value="400"' in page
    again = response.context["form"]["version"].value()
    assert (
        sent(client, year.coordinator, "payment", payment.uuid, version=again, amount="400").status_code
        == 302
    )
