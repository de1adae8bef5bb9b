"""A report is whole before it is sent, keeps its days, and comes back to the holder for a correction."""

from decimal import Decimal

import pytest

from cases.models import Report
from cases.report_life import report_is_whole
from tests import year as play
from tests.cases.reached import REPORTS, fired
from workflow import engine
from workflow.refusal import Refused

WHOLE = {"text": "Douze ateliers.", "people": 0, "spent": Decimal(0)}


@pytest.mark.parametrize(
    "fields, codes",
    [
        (WHOLE, []),
        (WHOLE | {"text": " "}, ["no_text"]),
        (WHOLE | {"people": None}, ["no_people"]),
        (WHOLE | {"spent": None}, ["no_spent"]),
        ({}, ["no_text", "no_people", "no_spent"]),
    ],
)
def test_a_report_says_all_that_it_lacks(fields, codes):
    assert [refusal.code for refusal in report_is_whole(Report(**fields))] == codes


@pytest.mark.django_db
def test_a_report_keeps_the_days_on_which_it_was_sent_and_accepted():
    year = play.a_year()
    sent = REPORTS["filed"](year)
    later = play.day("2028-01-10")
    accepted = fired(sent, "accept", year.instructor, later)
    assert (accepted.filed_at, accepted.accepted_at) == (play.REPORTING, later)


def refusals_of_an_edit(report, by):
    try:
        engine.amend(report, {"people": 41}, by=by, at=play.REPORTING)
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
