"""Never a cent over an envelope, whoever decides at the same instant; the ledger says the same as the total."""

import os
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Sum

from cases import ledger
from cases import models as cases
from tests import year as play
from tests.races.crowd import crowd, rewound, tally
from workflow import engine, locks

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 200 if os.environ.get("JALONS_SOAK") else 20


def sums_agree(envelope):
    """The running total, the ledger and the lines say the same; returns it."""
    total = play.fresh(envelope).decided
    assert envelope.ledger.aggregate(sum=Sum("amount", default=0))["sum"] == total
    assert envelope.lines.aggregate(sum=Sum("booked", default=0))["sum"] == total
    return total


def forty_lines(year, many=40):
    """Forty dossiers in committee, each with one line on the one envelope."""
    drafts = [play.a_draft(year, requested=1_000) for _ in range(many)]
    engine.fire_many(drafts, "submit", by=year.holder, at=play.WRITING)
    for draft in drafts:
        play.read(year, draft)
    engine.fire_many(drafts, "admit", by=year.instructor, at=play.READING)
    lines = cases.FundingLine.objects.filter(dossier__in=drafts).order_by("pk")
    engine.fire_many(lines, "invite", by=year.instructor, at=play.REVIEWING)
    facts = {"deadline": play.SITTING.date()}
    engine.fire_many(drafts, "open_review", by=year.instructor, at=play.REVIEWING, facts=facts)
    engine.fire_many(drafts, "close_review", by=year.coordinator, at=play.REVIEWING)
    return list(cases.FundingLine.objects.filter(dossier__in=drafts).order_by("pk"))


def test_forty_people_never_spend_a_cent_more_than_the_envelope():
    year = play.a_year(financiers=1, ceiling=10_000)
    [envelope] = year.envelopes.values()
    with transaction.atomic():
        lines = forty_lines(year)
    call = {"by": year.coordinator, "at": play.SITTING}
    grants = [
        partial(engine.fire, line, "grant", facts={"amount": Decimal("333.33")}, **call) for line in lines
    ]
    for _ in range(ROUNDS):
        assert tally(crowd(grants)) == {"done": 30, "repeated": 0, "refused": 10}
        assert sums_agree(envelope) == Decimal("9999.90")
        granted = cases.FundingLine.objects.filter(envelope=envelope, state="granted").order_by("pk")
        engine.fire_many(granted, "release", **call)
        assert sums_agree(envelope) == 0


def split_in_two():
    """A year whose one envelope of 10 000 € is split into two of 5 000 €, and twenty lines on each."""
    year = play.a_year(financiers=1, ceiling=10_000)
    for name in ("ete", "hiver"):
        year = play.with_part(year, name, 5_000)
    with transaction.atomic():
        lines = [line for line in forty_lines(year, many=20) if line.envelope_id != year.envelopes["etat"].pk]
    return year, lines


def below_agrees(year):
    """Each total, ledger and sum of lines say the same, of the parts and of their whole; what is decided on it."""
    assert list(ledger.sums_hold()) == []
    return [play.fresh(year.envelopes[name]).decided for name in ("etat", "ete", "hiver")]


def test_two_parts_never_spend_a_cent_over_themselves_nor_over_their_cut_whole():
    """Together they may decide what the whole has lost meanwhile: it stops them, whichever part they come from."""
    year, lines = split_in_two()
    call = {"by": year.coordinator, "at": play.SITTING}
    engine.amend(play.fresh(year.envelopes["etat"]), {"status": "cut", "cut_to": Decimal(8_000)}, **call)
    grants = [
        partial(engine.fire, line, "grant", facts={"amount": Decimal("333.33")}, **call) for line in lines
    ]
    for _ in range(ROUNDS):
        assert tally(crowd(grants)) == {"done": 24, "repeated": 0, "refused": 16}
        whole, *parts = below_agrees(year)
        assert (whole, sum(parts)) == (Decimal("7999.92"), Decimal("7999.92"))
        assert max(parts) <= 5_000
        granted = cases.FundingLine.objects.filter(cycle=year.cycle, state="granted").order_by("pk")
        engine.fire_many(granted, "release", **call)
        assert below_agrees(year) == [0, 0, 0]


def test_a_cut_that_falls_among_the_grants_is_recorded_and_nothing_is_given_after_it():
    year, lines = split_in_two()
    call = {"by": year.coordinator, "at": play.SITTING}
    grants = [
        partial(engine.fire, line, "grant", facts={"amount": Decimal("333.33")}, **call) for line in lines
    ]
    for number in range(5):
        etat = play.fresh(year.envelopes["etat"])
        cut = partial(engine.amend, etat, {"status": "cut", "cut_to": Decimal(4_000 + number)}, **call)
        crowd([*grants[:20], cut, *grants[20:]])
        whole, *parts = below_agrees(year)
        assert (whole, max(parts) <= 5_000, whole <= 10_000) == (sum(parts), True, True)
        room = play.fresh(etat)
        assert (room.available, room.to_arbitrate) == (4_000 + number, max(0, whole - 4_000 - number))
        more = cases.FundingLine.objects.filter(pk__in=[one.pk for one in lines], outcome="").order_by("pk")
        facts = {"amount": Decimal("333.33")}
        outcomes = engine.fire_many(more, "grant", facts=facts, **call)
        assert below_agrees(year)[0] <= max(whole, Decimal(4_000 + number))
        assert [one.passes for one in outcomes].count(True) == 0 or whole < 4_000
        granted = cases.FundingLine.objects.filter(cycle=year.cycle, state="granted").order_by("pk")
        engine.fire_many(granted, "release", **call)
        engine.amend(play.fresh(etat), {"status": "notified", "cut_to": None}, **call)


def test_without_the_row_locks_the_same_crowd_is_stopped_by_the_database_alone(monkeypatch):
    """The guard broken on purpose: the race above is a race, and the CHECK still holds when the door fails."""

    def without_locks(queryset):
        return list(queryset.order_by("pk"))

    year = play.a_year(financiers=1, ceiling=10_000)
    [envelope] = year.envelopes.values()
    with transaction.atomic():
        lines = forty_lines(year)
    monkeypatch.setattr(locks, "take_rows", without_locks)
    facts = {"amount": Decimal("333.33")}
    call = {"by": year.coordinator, "at": play.SITTING, "facts": facts}
    crowd([partial(engine.fire, line, "grant", **call) for line in lines])
    ledger = envelope.ledger.aggregate(sum=Sum("amount", default=0))["sum"]
    assert ledger != play.fresh(envelope).decided
    assert play.fresh(envelope).decided <= 10_000


def test_a_withdrawal_and_a_grant_on_the_same_dossier_never_wait_for_each_other():
    year = play.a_year(financiers=2, ceiling=100_000)
    for dossier in rewound(partial(play.in_committee, year)):
        first, second = dossier.lines.order_by("pk")
        call = {"by": year.coordinator, "at": play.SITTING, "facts": {"amount": Decimal(700)}}
        actions = [
            partial(engine.fire, dossier, "withdraw", by=year.holder, at=play.SITTING),
            partial(engine.fire, first, "grant", **call),
            partial(engine.fire, second, "grant", **call),
        ]
        assert tally(crowd(actions[:1] + actions[1:]))["done"] >= 1
        assert play.fresh(dossier).state == "withdrawn"
        assert [sums_agree(one) for one in year.envelopes.values()] == [0, 0]


def test_raw_sql_cannot_overspend_either():
    year = play.a_year(financiers=1, ceiling=10_000)
    [envelope] = year.envelopes.values()
    with pytest.raises(IntegrityError, match="envelope_never_overspent"), transaction.atomic():
        cases.Envelope.objects.filter(pk=envelope.pk).update(decided=F("ceiling") + Decimal("0.01"))
    with (
        pytest.raises(IntegrityError, match="envelope_never_overspent"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE cases_envelope SET decided = 10000.01 WHERE id = %s", [envelope.pk])
    assert play.fresh(envelope).decided == 0
