"""What a financier pays: never above its award, never before its letter, and every change leaves its trace."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cases.models import FundingLine, Payment
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.journal import facts_of
from workflow.models import Entry
from workflow.refusal import Refused
from workflow.roles import Role

pytestmark = pytest.mark.django_db


def noted(year, line, amount=500, by=None, **facts):
    payment = Payment(line=line, amount=Decimal(amount), **facts)
    engine.open_many([payment], by=by or year.instructor, at=play.ANSWERING)
    return payment


def codes(work) -> list[str]:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.codes


def amended(payment, by, **changes):
    engine.amend(payment, changes, by=by, at=play.ANSWERING, version=play.fresh(payment).version)
    return play.fresh(payment)


def test_payments_add_up_to_the_award_and_not_to_a_cent_more():
    year = play.a_year()
    line = reached.notified(year, amount=500)
    noted(year, line, 300, kind_of="advance")
    assert codes(lambda: noted(year, line, Decimal("200.01"))) == ["over_award"]
    noted(year, line, 200, kind_of="balance")
    assert line.payments.sum() == 500


def test_an_amount_is_corrected_within_the_award_or_brought_to_zero():
    year = play.a_year()
    line = reached.notified(year, amount=500)
    first, second = noted(year, line, 300), noted(year, line, 200)
    assert codes(lambda: amended(first, year.instructor, amount=Decimal(301))) == ["over_award"]
    assert codes(lambda: amended(first, year.instructor, amount=Decimal(-1))) == ["amount_off"]
    amended(second, year.instructor, amount=Decimal(0))
    assert amended(first, year.instructor, amount=Decimal(500)).amount == 500


@pytest.mark.parametrize("amount", [0, -5])
def test_a_payment_is_of_some_money(amount):
    year = play.a_year()
    line = reached.notified(year)
    assert codes(lambda: noted(year, line, amount)) == ["amount_off"]


@pytest.mark.parametrize("state", sorted(reached.LINES))
def test_nothing_is_paid_before_the_letter_nor_after_giving_up(state):
    year = play.a_year()
    line = reached.LINES[state](year)
    if state in ("notified", "accepted", "adapted", "settled"):
        assert noted(year, line, 100).amount == 100
    else:
        assert "nothing_to_pay" in codes(lambda: noted(year, line, 100))


def test_a_refusal_that_was_notified_is_paid_by_nothing():
    year = play.a_year()
    line = reached.notified(year, amount=0)
    assert codes(lambda: noted(year, line, 1)) == ["nothing_to_pay", "over_award"]


@pytest.mark.parametrize("role", [Role.HOLDER, Role.FINANCIER])
def test_only_the_team_notes_payments(role):
    year = play.a_year()
    line = reached.notified(year)
    assert codes(lambda: noted(year, line, by=year.person(role))) == ["no_right"]
    payment = noted(year, line)
    for change in ({"amount": Decimal(1)}, {"paid_on": date(2027, 4, 20)}):
        assert codes(lambda change=change: amended(payment, year.person(role), **change)) == ["no_right"]


def test_each_change_is_one_line_of_the_journal():
    year = play.a_year()
    payment = noted(year, reached.notified(year), reference="Mandat 12")
    amended(payment, year.coordinator, paid_on=date(2027, 4, 20))
    entries = Entry.objects.filter(subject_label="cases.payment", subject_id=payment.pk).order_by("seq")
    assert [(one.move, one.actor_id) for one in entries] == [
        ("open", year.instructor.pk),
        ("amend", year.coordinator.pk),
    ]
    assert facts_of(entries[1]) == {"paid_on": [None, "2027-04-20"]}


def test_a_stale_payment_is_refused():
    year = play.a_year()
    payment = noted(year, reached.notified(year))
    amended(payment, year.coordinator, amount=Decimal(400))
    stale = {"amount": Decimal(450)}
    work = lambda: engine.amend(payment, stale, by=year.instructor, at=play.ANSWERING, version=1)  # noqa: E731
    assert codes(work) == ["stale"]


@pytest.mark.parametrize("move, who", [("renounce", Role.HOLDER), ("release", Role.SYSTEM)])
def test_an_award_that_is_gone_is_no_longer_expected(move, who):
    year = play.a_year()
    line = reached.notified(year)
    received, expected = noted(year, line, 300, paid_on=date(2027, 4, 20)), noted(year, line, 200)
    engine.fire(play.fresh(line), move, by=year.person(who), at=play.ANSWERING)
    assert [play.fresh(one).amount for one in (received, expected)] == [300, 0]


def test_the_team_the_holder_and_that_financier_read_a_payment_and_nobody_else():
    year = play.a_year()
    payment = noted(year, reached.notified(year))
    member = play.person("jury", Role.COMMITTEE, year.cycle)
    readers = {
        "team": year.instructor,
        "holder": year.holder,
        "etat": year.financiers["etat"],
        "agglo": year.financiers["agglo"],
        "member": member,
        "elsewhere": play.a_year("ailleurs").coordinator,
    }
    seen = {name for name, user in readers.items() if Payment.objects.visible_to(user).filter(pk=payment.pk)}
    assert seen == {"team", "holder", "etat"}


def test_the_database_itself_refuses_a_negative_payment():
    year = play.a_year()
    payment = noted(year, reached.notified(year))
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(amount=-1)


def test_an_award_is_read_from_its_letters_own_day():
    year = play.a_year()
    line = reached.notified(year)
    days = [date(2027, 4, 19), date(2027, 4, 20)]
    assert [FundingLine.objects.awarded(on).filter(pk=line.pk).count() for on in days] == [0, 1]
