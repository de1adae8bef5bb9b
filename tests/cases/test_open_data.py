"""Open data: only what was decided, told and kept; nothing invented; never a natural person."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from cases import models as cases
from cases import open_data
from cases.open_data import Missing
from tests import scdl
from tests import year as play
from workflow import engine
from workflow.models import Entry, Organisation
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db

STATE, HOLDER = "11000201100044", "77561279900228"
SIGNED = date(2027, 4, 28)


@pytest.fixture
def year():
    year = play.a_year()
    Organisation.objects.filter(pk=year.envelopes["etat"].financier.organisation_id).update(siret=STATE)
    return year


def awarded(year, **draft) -> cases.FundingLine:
    return play.answered(year, **draft).lines.order_by("pk").first()


def completed(year, line, *, siret=HOLDER, kind="association", act_on=SIGNED, reference="DEL-2027-12"):
    line = open_data.of_cycle(year.cycle).get(pk=line.pk)
    seen, holder = open_data.mark_of(line.dossier.organisation), {"kind": kind, "siret": siret}
    facts, at = {"act_on": act_on, "act_reference": reference}, play.REPORTING
    open_data.complete(line, facts, holder, seen=seen, version=line.version, by=year.coordinator, at=at)
    return play.fresh(line)


def paid(year, line, *parts):
    """Payments as (kind, amount, expected day)."""
    rows = [
        cases.Payment(line=line, kind_of=kind, amount=amount, expected_on=on) for kind, amount, on in parts
    ]
    for row in rows:
        engine.open_many([row], by=year.instructor, at=play.REPORTING)


def whole(year, **draft):
    line = completed(year, awarded(year, **draft))
    paid(year, line, ("single", line.decided, date(2027, 5, 30)))
    return line


def body(year):
    [found] = open_data.bodies_of(year.cycle)
    return found


def test_a_complete_subsidy_leaves_as_the_schema_asks(year):
    whole(year, title="Atelier vélo")
    file = body(year).file("non")
    assert scdl.faults(file) == []
    assert scdl.rows(file) == [
        {
            "nomAttribuant": "Etat essai_2027",
            "idAttribuant": STATE,
            "dateConvention": "2027-04-28",
            "referenceDecision": "DEL-2027-12",
            "nomBeneficiaire": "Les Tisseurs de liens essai_2027",
            "idBeneficiaire": HOLDER,
            "rnaBeneficiaire": "",
            "objet": "Atelier vélo",
            "montant": "500.00",
            "nature": "aide en numéraire",
            "conditionsVersement": "unique",
            "datesPeriodeVersement": "2027-05-30",
            "idRAE": "",
            "notificationUE": "non",
            "pourcentageSubvention": "1.00",
            "dispositifAide": "",
        }
    ]


def test_payments_in_steps_say_their_period(year):
    line = completed(year, awarded(year))
    paid(year, line, ("advance", 300, date(2027, 5, 30)), ("balance", 200, date(2028, 1, 15)))
    [row] = scdl.rows(body(year).file("non"))
    assert (row["conditionsVersement"], row["datesPeriodeVersement"]) == (
        "échelonné",
        "2027-05-30/2028-01-15",
    )
    assert scdl.faults(body(year).file("non")) == []


def test_words_that_would_break_the_file_leave_whole_and_harmless(year):
    whole(year, title='=HYPERLINK("x"), « atelier »\nsuite ' + "é" * 250)
    file = body(year).file("oui")
    [row] = scdl.rows(file)
    assert scdl.faults(file) == []
    assert row["objet"].startswith('\'=HYPERLINK("x"), « atelier » suite')
    assert (len(row["objet"]), row["notificationUE"]) == (256, "oui")


def test_what_nobody_recorded_is_said_and_keeps_the_row_here(year):
    Organisation.objects.filter(siret=STATE).update(siret="")
    Organisation.objects.filter(pk=year.holder_organisation.pk).update(kind="other")
    line = awarded(year)
    [one] = body(year).incomplete
    told = [Missing.GIVER, Missing.HOLDER, Missing.KIND, Missing.ACT, Missing.PAYMENTS]
    assert (list(one.missing), body(year).ready) == (told, [])
    assert scdl.rows(body(year).file("non")) == []
    paid(year, line, ("advance", 300, None), ("balance", 200, date(2028, 1, 15)))
    assert body(year).incomplete[0].missing == (*told[:4], Missing.DAYS)


def test_payments_that_leave_something_unannounced_are_missing(year):
    line = completed(year, awarded(year))
    paid(year, line, ("advance", 300, date(2027, 5, 30)))
    assert body(year).incomplete[0].missing == (Missing.PAYMENTS,)


def test_only_what_was_decided_told_and_kept_is_there(year):
    play.in_committee(year)
    play.decided(year)
    renounced, given_back = awarded(year), awarded(year)
    engine.fire(renounced, "renounce", by=year.holder, at=play.ANSWERING)
    engine.fire(
        given_back, "settle", by=year.instructor, at=play.REPORTING, facts={"given_back": Decimal(500)}
    )
    kept = awarded(year)
    assert [one.line for one in body(year).subsidies] == [kept]
    assert open_data.held_back(year.cycle) == {"untold": 1, "people": 0}


def test_a_natural_person_never_leaves(year):
    line = completed(year, awarded(year), kind="person", siret="")
    assert open_data.bodies_of(year.cycle) == []
    assert open_data.held_back(year.cycle) == {"untold": 0, "people": 1}
    completed(year, line)
    assert len(body(year).subsidies) == 1


def test_what_a_holder_is_is_told_in_the_journal_of_the_cycle(year):
    completed(year, awarded(year))
    entry = Entry.objects.filter(subject_label="workflow.cycle", subject_id=year.cycle.pk).latest("seq")
    assert (entry.actor, "porteurs" in entry.payload, HOLDER in entry.payload) == (
        year.coordinator,
        True,
        True,
    )


def test_a_siret_of_somebody_else_is_refused_and_nothing_is_kept(year):
    Organisation.objects.create(name="Ailleurs", siret=HOLDER)
    line = awarded(year)
    with pytest.raises(Refused) as refused, transaction.atomic():
        completed(year, line)
    assert refused.value.codes == ["siret_taken"]
    assert play.fresh(line).act_on is None


def test_a_holder_that_somebody_changed_meanwhile_is_stale(year):
    line = open_data.of_cycle(year.cycle).get(pk=awarded(year).pk)
    seen = open_data.mark_of(line.dossier.organisation)
    Organisation.objects.filter(pk=line.dossier.organisation_id).update(kind="school")
    facts, holder = {"act_on": SIGNED}, {"kind": "association", "siret": HOLDER}
    with pytest.raises(Refused) as refused:
        open_data.complete(
            line, facts, holder, seen=seen, version=line.version, by=year.coordinator, at=play.REPORTING
        )
    assert refused.value.codes == ["stale"]
    assert play.fresh(line).act_on is None


def test_the_same_click_twice_records_once(year):
    line = open_data.of_cycle(year.cycle).get(pk=awarded(year).pk)
    seen, holder = open_data.mark_of(line.dossier.organisation), {"kind": "association", "siret": HOLDER}
    for _ in range(2):
        open_data.complete(
            line, {"act_on": SIGNED}, holder, seen=seen, version=line.version, by=year.coordinator,
            at=play.REPORTING,
        )  # fmt: skip
    told = Entry.objects.filter(subject_label="cases.fundingline", subject_id=line.pk, move="amend")
    assert told.count() == 1


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(year, django_assert_num_queries, many):
    for _ in range(many):
        awarded(year)
    with django_assert_num_queries(2):
        assert len(body(year).subsidies) == many
