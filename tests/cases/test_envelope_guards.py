"""One envelope within another: what is decided counts in both, what is reserved is nobody else's."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases import ledger
from cases.models import Envelope
from tests import year as play
from workflow import engine
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    """The State's 10 000 €, of which 3 000 € for the summer; the agglomeration's beside it."""
    return play.with_part(play.a_year(), "ete", 3_000)


def money(year, *names):
    rows = [play.fresh(year.envelopes[name]) for name in names or ("etat", "ete")]
    return [(one.decided, one.below, one.split) for one in rows]


def amended(year, name, **changes):
    engine.amend(
        play.fresh(year.envelopes[name]),
        {key: Decimal(one) for key, one in changes.items()},
        by=year.coordinator,
        at=play.SITTING,
    )


def why(act, *args, **options):
    with pytest.raises(Refused) as refused:
        act(*args, **options)
    return [one.sentence.replace("\u202f", " ") for one in refused.value.refusals]


def grant(year, dossier, name, amount):
    line = dossier.lines.get(envelope=year.envelopes[name])
    facts = {"amount": Decimal(amount)}
    return engine.fire(line, "grant", by=year.coordinator, at=play.SITTING, facts=facts)


def test_a_part_reserves_its_amount_in_its_whole(year):
    whole, part = play.fresh(year.envelopes["etat"]), year.envelopes["ete"]
    assert (whole.split, whole.share, part.room) == (3_000, 7_000, 3_000)


def test_what_a_part_decides_counts_in_its_whole_and_is_given_back_there_too(year):
    dossier = play.in_committee(year, requested=2_000)
    grant(year, dossier, "ete", 1_200)
    grant(year, dossier, "etat", 500)
    assert money(year) == [(1_700, 1_200, 3_000), (1_200, 0, 0)]
    told = [
        (row.envelope.code, row.line.envelope.code, row.amount)
        for row in year.envelopes["etat"].ledger.order_by("pk")
    ]
    assert told == [("etat", "ete", 1_200), ("etat", "etat", 500)]
    assert list(ledger.sums_hold()) == []
    engine.fire(dossier, "withdraw", by=year.holder, at=play.SITTING)
    assert money(year) == [(0, 0, 3_000), (0, 0, 0)]
    assert list(ledger.sums_hold()) == []


def test_lines_of_a_whole_and_of_its_parts_decided_in_one_call_count_on_one_another(year):
    year = play.with_part(year, "hiver", 2_000)
    dossiers = [play.in_committee(year, requested=2_000, title=f"Action {rank}") for rank in range(2)]
    names = ("etat", "ete", "hiver")
    lines = [one.lines.get(envelope=year.envelopes[name]) for one in dossiers for name in names]
    facts = {"amount": Decimal(1_100)}
    engine.fire_many(lines, "grant", by=year.coordinator, at=play.SITTING, facts=facts)
    assert money(year, *names) == [(5_500, 3_300, 5_000), (2_200, 0, 0), (1_100, 0, 0)]
    assert list(ledger.sums_hold()) == []


def test_a_whole_never_gives_what_it_reserved_and_says_so(year):
    dossier = play.in_committee(year, requested=9_000)
    assert why(grant, year, dossier, "etat", 7_001) == [
        "Hors sous-enveloppes, l’enveloppe « etat » serait dépassée de 1 €."
    ]
    grant(year, dossier, "etat", 7_000)
    assert why(grant, year, dossier, "ete", 3_001) == ["L’enveloppe « ete » serait dépassée de 1 €."]
    grant(year, dossier, "ete", 3_000)
    assert money(year) == [(10_000, 3_000, 3_000), (3_000, 0, 0)]


def test_an_unknown_part_draws_on_what_its_whole_has_left(year):
    year = play.with_part(year, "hiver", None)
    dossier = play.in_committee(year, requested=9_000)
    grant(year, dossier, "etat", 5_000)
    assert why(grant, year, dossier, "hiver", 2_001) == ["L’enveloppe « etat » serait dépassée de 1 €."]
    grant(year, dossier, "hiver", 2_000)
    assert money(year, "etat") == [(7_000, 2_000, 5_000)]
    assert list(ledger.sums_hold()) == []
    engine.amend(
        play.fresh(year.envelopes["hiver"]),
        {"status": "estimated", "ceiling": Decimal(2_000)},
        by=year.coordinator,
        at=play.SITTING,
    )
    assert money(year, "etat") == [(7_000, 2_000, 5_000)]


def test_parts_above_their_whole_are_refused_in_words(year):
    assert why(play.with_part, year, "hiver", 7_001) == [
        "« etat » n’a que 7 000 € pour elle : 7 001 € n’y tiennent pas."
    ]
    assert why(amended, year, "ete", ceiling=10_001) == [
        "« etat » n’a que 10 000 € pour elle : 10 001 € n’y tiennent pas."
    ]
    grant(year, play.in_committee(year, requested=9_000), "etat", 6_500)
    assert why(amended, year, "ete", ceiling=3_501) == [
        "« etat » n’a que 3 500 € pour elle : 3 501 € n’y tiennent pas."
    ]
    amended(year, "ete", ceiling=3_500)
    assert why(amended, year, "etat", ceiling=9_999) == [
        "10 000 € sont déjà décidés ou répartis entre ses sous-enveloppes : notez une réduction."
    ]
    assert money(year) == [(6_500, 0, 3_500), (0, 0, 0)]


def test_two_parts_opened_in_one_call_share_one_whole(year):
    whole = play.fresh(year.envelopes["etat"])
    parts = [
        Envelope(financier=whole.financier, within=whole, code=code, label=code, ceiling=Decimal(4_000))
        for code in ("hiver", "automne")
    ]
    assert why(engine.open_many, parts, by=year.coordinator, at=play.WRITING) == [
        "« etat » n’a que 3 000 € pour elle : 4 000 € n’y tiennent pas."
    ]
    assert (money(year), Envelope.objects.count()) == ([(0, 0, 3_000), (0, 0, 0)], 3)


@pytest.mark.parametrize(
    "whole, fields, sentence",
    [
        ("agglo", {}, "Une sous-enveloppe est du même financeur."),
        ("ete", {}, "Une sous-enveloppe n’en contient pas d’autre."),
        ("etat", {"nature": "mainstream"}, "Une sous-enveloppe a la nature de la sienne."),
    ],
)
def test_a_part_is_of_the_same_money(year, whole, fields, sentence):
    financier = year.envelopes["etat"].financier
    one = Envelope(financier=financier, within=year.envelopes[whole], code="autre", label="Autre", **fields)
    assert why(engine.open_many, [one], by=year.coordinator, at=play.WRITING) == [sentence]


def test_a_cut_of_the_whole_below_its_parts_is_recorded_and_says_what_to_arbitrate(year):
    year = play.with_part(year, "hiver", 5_000)
    amended(year, "etat", cut_to=6_000)
    whole = play.fresh(year.envelopes["etat"])
    assert (whole.over_split, whole.to_arbitrate) == (2_000, 0)
    amended(year, "hiver", ceiling=3_500)
    assert play.fresh(whole).over_split == 500
    assert why(amended, year, "hiver", ceiling=3_600) == [
        "« etat » n’a que 3 000 € pour elle : 3 600 € n’y tiennent pas."
    ]
    dossier = play.in_committee(year, requested=9_000)
    grant(year, dossier, "hiver", 3_500)
    assert why(grant, year, dossier, "ete", 2_501) == ["L’enveloppe « etat » serait dépassée de 1 €."]
    grant(year, dossier, "ete", 2_500)
    assert money(year, "etat") == [(6_000, 6_000, 6_500)]


def test_what_a_cut_part_gives_up_is_its_wholes_again(year):
    amended(year, "ete", cut_to=1_000)
    assert (money(year, "etat"), play.fresh(year.envelopes["etat"]).share) == ([(0, 0, 1_000)], 9_000)


def test_a_part_that_goes_gives_its_amount_back(year):
    engine.remove(play.fresh(year.envelopes["ete"]), by=year.coordinator, at=play.WRITING)
    assert money(year, "etat") == [(0, 0, 0)]
    assert list(ledger.sums_hold()) == []


def test_a_decision_on_a_part_is_not_recorded_while_its_whole_is_to_arbitrate(year):
    dossier = play.in_committee(year, requested=9_000)
    grant(year, dossier, "ete", 2_000)
    for name in ("etat", "agglo"):
        line = dossier.lines.get(envelope=year.envelopes[name])
        engine.fire(line, "refuse", by=year.coordinator, at=play.SITTING)
    amended(year, "etat", cut_to=500)
    facts = {"committee": year.cycle.committees.get().pk}
    call = {"by": year.coordinator, "at": play.SITTING, "facts": facts}
    assert why(engine.fire, dossier, "decide", **call) == ["Enveloppe « etat » : 1 500 € à arbitrer."]


@pytest.mark.parametrize(
    "column, value, name",
    [
        ("split", "10000.01", "envelope_never_oversplit"),
        ("below", "0.01", "envelope_below_is_decided"),
        ("decided", "10000.01", "envelope_never_overspent"),
    ],
)
def test_the_database_refuses_what_the_door_would_have(year, column, value, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Envelope.objects.filter(pk=year.envelopes["etat"].pk).update(**{column: Decimal(value)})


@pytest.mark.parametrize("column", ["below", "split"])
def test_a_total_that_was_changed_beside_the_door_is_found(year, column):
    grant(year, play.in_committee(year, requested=9_000), "ete", 1_000)
    row = play.fresh(year.envelopes["etat"])
    Envelope.objects.filter(pk=row.pk).update(**{column: getattr(row, column) - 1})
    assert list(ledger.sums_hold()) != []


def test_a_grant_costs_the_same_on_a_part(year):
    dossier, counts = play.in_committee(year, requested=2_000), []
    for name in ("agglo", "ete"):
        with CaptureQueriesContext(connection) as asked:
            grant(year, dossier, name, 500)
        counts.append(len(asked))
    assert counts[0] == counts[1]
