"""The payments that the rules propose, the days of the law, and what is late."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.payments import awards_of, plan
from tests import year as play
from tests.cases import reached, reported
from tests.cases.test_payment import codes, noted
from workflow import engine

pytestmark = pytest.mark.django_db
LETTER = date(2027, 4, 20)


def planned(line):
    [award] = awards_of([line])
    return [(str(one.kind_of), one.amount, one.expected_on) for one in plan(award)]


def test_one_payment_sixty_days_after_the_letter():
    line = reached.notified(play.a_year())
    assert planned(line) == [("single", Decimal(500), LETTER + timedelta(days=60))]


def test_an_advance_and_a_balance_add_up_to_the_cent_and_the_balance_waits_for_the_report():
    year = play.a_year(advance_share=33, payment_days=45)
    line = reached.line_of(play.decided(year, Decimal("500.01")))
    line = reached.fired(line, "notify", year.coordinator, play.ANSWERING, notified_on=LETTER)
    first, second = planned(line)
    assert (first, second) == (
        ("advance", Decimal("165.00"), LETTER + timedelta(days=45)),
        ("balance", Decimal("335.01"), None),
    )


def test_the_plan_is_confirmed_by_one_click_and_twice_is_once(client, on_day):
    on_day(play.ANSWERING)
    year = play.a_year(advance_share=80)
    line = reached.notified(year)
    client.force_login(year.instructor)
    address = reverse("line-payments", args=[line.uuid])
    assert "Confirmer ces versements" in client.get(address).content.decode()
    sent = [client.post(address, {"plan": "1"}).status_code for _ in range(2)]
    assert sent == [302, 302]
    kept = line.payments.order_by("pk").values_list("kind_of", "amount")
    assert list(kept) == [("advance", Decimal(400)), ("balance", Decimal(100))]
    assert "Confirmer ces versements" not in client.get(address).content.decode()


def test_once_the_report_is_accepted_the_balance_has_its_day():
    year = play.a_year(advance_share=80)
    report = reported.filed(year)
    line = reached.line_of(report.dossier)
    balance = noted(year, line, 100, kind_of="balance")
    dated = noted(year, line, 50, kind_of="balance", expected_on=date(2028, 3, 1))
    reached.fired(report, "accept", year.instructor, play.REPORTING)
    days = [play.fresh(one).expected_on for one in (balance, dated)]
    assert days == [date(2027, 12, 20) + timedelta(days=60), date(2028, 3, 1)]


def test_no_day_of_a_payment_precedes_its_letter():
    year = play.a_year()
    line = reached.notified(year)
    early = LETTER - timedelta(days=1)
    assert codes(lambda: noted(year, line, 100, expected_on=early)) == ["before_letter"]
    assert codes(lambda: noted(year, line, 100, paid_on=early)) == ["before_letter"]
    payment = noted(year, line, 100)
    for name in ("expected_on", "paid_on"):
        amend = {"by": year.instructor, "at": play.ANSWERING}
        assert codes(lambda name=name: engine.amend(payment, {name: early}, **amend)) == ["before_letter"]


@pytest.mark.parametrize("person", ["holder", "instructor"])
def test_what_is_late_is_said_and_may_be_read_alone(client, on_day, person):
    year = play.a_year()
    late, fine = reached.notified(year), reached.notified(year)
    noted(year, late, 500, expected_on=date(2027, 6, 19))
    noted(year, fine, 500, expected_on=date(2027, 7, 19))
    on_day(play.day("2027-06-20"))
    client.force_login(getattr(year, person))
    everything = client.get(reverse("payments"))
    alone = client.get(reverse("payments"), {"retard": "1"})
    assert everything.content.decode().count("en retard</strong>") == 1
    assert [award.line.pk for award in alone.context["awards"]] == [late.pk]


# What is given back --------------------------------------------------------------------------------------------------


def settled(year, line, **facts):
    return reached.fired(line, "settle", year.instructor, play.REPORTING, **facts)


def test_what_is_given_back_is_no_longer_expected_the_last_payment_first():
    year = play.a_year()
    line = reached.notified(year)
    noted(year, line, 300, kind_of="advance", paid_on=LETTER)
    balance = noted(year, line, 200, kind_of="balance")
    settled(year, line, given_back=Decimal("120.50"))
    assert play.fresh(balance).amount == Decimal("79.50")
    assert codes(lambda: noted(year, line, Decimal("0.01"))) == ["over_award"]


def test_what_arrived_beyond_what_is_kept_is_to_be_sent_back():
    year = play.a_year()
    line = reached.notified(year)
    noted(year, line, 500, paid_on=LETTER)
    [award] = awards_of([settled(year, line, given_back=Decimal(120))])
    assert (award.to_return, award.unannounced, award.granted) == (120, 0, 500)


@pytest.mark.parametrize("freed, decided, moves", [(False, 500, [500]), (True, 380, [500, -120])])
def test_an_envelope_has_money_again_only_if_its_financier_says_so(freed, decided, moves):
    year = play.a_year()
    line = settled(year, reached.notified(year), given_back=Decimal(120), freed=freed)
    envelope = play.fresh(year.envelopes["etat"])
    assert (envelope.decided, line.decided, line.booked) == (decided, 500, decided)
    assert list(line.ledger.order_by("pk").values_list("amount", flat=True)) == moves


@pytest.mark.parametrize("amount", ["-1", "500.01", "0.005"])
def test_nobody_gives_back_more_than_was_granted_nor_half_a_cent(amount):
    year = play.a_year()
    assert codes(lambda: settled(year, reached.notified(year), given_back=Decimal(amount))) == ["amount_off"]
