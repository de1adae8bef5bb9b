"""A report is whole before it is sent, keeps its days, and comes back to the holder for a correction."""

from decimal import Decimal

import pytest

from cases.models import Dossier, Report
from cases.report_guards import (
    accounts_are_certified,
    corrections_are_answered,
    people_are_counted,
    report_is_written,
)
from tests import year as play
from tests.cases.reported import REPORTS, WRITTEN, interim, sent
from tests.firing import fired
from workflow import engine
from workflow.refusal import Refused

WORDS = {name: WRITTEN[name] for name in ("text", "difficulties", "onward")}


def codes_of(guard, **fields) -> list[str]:
    return [refusal.code for refusal in guard(Report(dossier=Dossier(), **fields))]


@pytest.mark.parametrize(
    "fields, codes",
    [
        (WORDS, []),
        (WORDS | {"text": " "}, ["no_text"]),
        ({}, ["no_text", "no_difficulties", "no_onward"]),
        ({"kind_of": "intermediate"}, ["no_text"]),
        ({"kind_of": "intermediate", "text": "Six ateliers."}, []),
    ],
)
def test_a_report_says_all_the_words_that_it_lacks(fields, codes):
    assert codes_of(report_is_written, **fields) == codes


@pytest.mark.parametrize(
    "fields, codes",
    [
        ({"people": 40, "people_qpv": 31}, []),
        ({"people": 0, "people_qpv": 0}, []),
        ({}, ["no_people", "no_people_qpv"]),
        ({"people": 40}, ["no_people_qpv"]),
        ({"people": 40, "people_qpv": 41}, ["people_off"]),
        ({"people": 40, "kind_of": "intermediate"}, []),
    ],
)
def test_people_are_counted_once_and_never_more_of_the_quarters_than_in_all(fields, codes):
    assert codes_of(people_are_counted, **fields) == codes


@pytest.mark.parametrize(
    "fields, codes",
    [
        ({"certified_by": "Présidente", "certified_at": play.REPORTING}, []),
        ({"certified_by": "Présidente"}, ["not_certified"]),
        ({}, ["not_certified"]),
        ({"kind_of": "intermediate"}, []),
    ],
)
def test_somebody_vouches_for_the_accounts(fields, codes):
    assert codes_of(accounts_are_certified, **fields) == codes


def test_each_point_to_correct_is_answered():
    asked = {"corrections": ["Le nombre ?", "La facture ?"]}
    assert codes_of(corrections_are_answered, **asked) == ["no_reply", "no_reply"]
    assert codes_of(corrections_are_answered, **asked, replies={"0": "31", "1": " "}) == ["no_reply"]
    assert codes_of(corrections_are_answered, **asked, replies={"0": "31", "1": "Jointe."}) == []


@pytest.mark.django_db
def test_a_report_keeps_the_days_on_which_it_was_sent_and_accepted():
    year = play.a_year()
    filed = REPORTS["filed"](year)
    later = play.day("2028-01-10")
    accepted = fired(filed, "accept", year.instructor, later)
    assert (accepted.filed_at, accepted.accepted_at) == (play.REPORTING, later)


@pytest.mark.django_db
def test_a_report_without_anything_says_all_its_refusals_at_once():
    year = play.a_year()
    due = Report.objects.get(dossier=play.reporting(year))
    found = engine.refusals(due, "file", by=year.holder, at=play.REPORTING)
    assert [one.code for one in found] == [
        "no_text", "no_difficulties", "no_onward", "no_people", "no_people_qpv", "no_spent", "not_certified",
    ]  # fmt: skip


def refusals_of_an_edit(report, by, **changes):
    try:
        engine.amend(report, changes or {"people": 41}, by=by, at=play.REPORTING)
    except Refused as refused:
        return refused.codes
    return []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "state, codes",
    [("draft", []), ("to_correct", []), ("filed", ["not_editable"]), ("accepted", ["not_editable"])],
)
def test_a_report_is_written_until_it_is_sent_and_again_when_it_is_to_correct(state, codes):
    year = play.a_year()
    report = REPORTS[state](year)
    assert refusals_of_an_edit(report, year.holder) == codes
    assert play.fresh(report).people == (40 if codes else 41)


@pytest.mark.django_db
def test_nobody_spends_less_than_nothing():
    year = play.a_year()
    assert refusals_of_an_edit(REPORTS["draft"](year), year.holder, spent=Decimal(-1)) == ["amount_off"]


@pytest.mark.django_db
def test_points_are_asked_answered_and_asked_anew():
    """What a second reading asks replaces what the first one asked; its answers are gone with it."""
    year = play.a_year()
    filed = REPORTS["filed"](year)
    back = fired(
        filed, "ask_correction", year.instructor, play.REPORTING, items=["Le nombre ?", "La facture ?"]
    )
    assert back.exchanges == [("Le nombre ?", ""), ("La facture ?", "")]
    again = sent(year, back, replies={"0": "31", "1": "Jointe."})
    assert [reply for _, reply in again.exchanges] == ["31", "Jointe."]
    anew = fired(again, "ask_correction", year.instructor, play.REPORTING, reason="Une page manque.")
    assert anew.exchanges == []


@pytest.mark.django_db
@pytest.mark.parametrize("facts", [{}, {"reason": "  "}, {"items": []}])
def test_a_correction_says_what_is_to_correct(facts):
    year = play.a_year()
    with pytest.raises(Refused) as refused:
        fired(REPORTS["filed"](year), "ask_correction", year.instructor, play.REPORTING, **facts)
    assert refused.value.codes == ["nothing_asked"]


@pytest.mark.django_db
def test_an_intermediate_report_is_light_and_lives_its_own_life():
    year = play.a_year()
    due = interim(year)
    engine.amend(
        due, {"text": "Six ateliers.", "people": 12, "spent": Decimal(200)}, by=year.holder, at=play.ANSWERING
    )
    filed = fired(due, "file", year.holder, play.ANSWERING)
    accepted = fired(filed, "accept", year.instructor, play.ANSWERING)
    assert (accepted.state, play.fresh(accepted.dossier).state) == ("accepted", "answered")
