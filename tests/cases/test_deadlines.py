"""What the system does when a day has passed, and that it waits until then."""

from datetime import date

import pytest

from cases.deadlines import pass_day
from cases.models import Report
from cases.states import DossierMove, DossierState, LineState
from tests import year as play
from tests.cases import reported
from tests.year import day
from workflow import engine

pytestmark = pytest.mark.django_db
ON_THE_LAST_DAY = day("2027-01-15", 23)
THE_NIGHT_AFTER = day("2027-01-16", 0)
BEFORE_THE_REPORTS = day("2027-12-14", 23)
ON_THE_DAY_OF_REPORTS = day("2027-12-15", 0)


def passed(at) -> dict:
    """{move: keys of the dossiers that it moved}"""
    return {
        move: [outcome.subject_id for outcome in outcomes if not outcome.refusals]
        for move, outcomes in pass_day(at).items()
    }


def test_a_round_closes_the_night_after_its_last_day_and_silence_is_said():
    dossier = play.in_review(play.a_year(), deadline=date(2027, 1, 15))
    assert passed(ON_THE_LAST_DAY) == {}
    assert play.fresh(dossier).state == DossierState.REVIEW
    assert passed(THE_NIGHT_AFTER) == {DossierMove.CLOSE_REVIEW: [dossier.pk]}
    assert play.fresh(dossier).state == DossierState.COMMITTEE
    assert set(dossier.lines.order_by().values_list("state", flat=True)) == {LineState.SILENT}


def test_after_days_of_standstill_everything_late_is_done_at_once():
    year = play.a_year()
    dossiers = [play.in_review(year, deadline=date(2027, 1, rank)) for rank in (11, 12, 13)]
    assert passed(day("2027-01-20")) == {DossierMove.CLOSE_REVIEW: [one.pk for one in dossiers]}


def test_reports_are_asked_for_when_their_window_opens():
    dossier = play.answered(play.a_year())
    assert passed(BEFORE_THE_REPORTS) == {}
    assert passed(ON_THE_DAY_OF_REPORTS) == {DossierMove.OPEN_REPORTING: [dossier.pk]}
    assert play.fresh(dossier).state == DossierState.REPORTING
    assert Report.objects.filter(dossier=dossier).count() == 1


def test_what_was_granted_nothing_stays_open_until_then_and_closes():
    dossier = play.answered(play.a_year(), amount=0)
    assert passed(BEFORE_THE_REPORTS) == {}
    assert passed(ON_THE_DAY_OF_REPORTS) == {DossierMove.OPEN_REPORTING: [], DossierMove.CLOSE: [dossier.pk]}
    assert play.fresh(dossier).state == DossierState.CLOSED


def test_an_accepted_report_closes_its_dossier_once_its_award_is_settled_and_a_filed_one_does_not():
    year = play.a_year()
    accepted, filed = play.reporting(year), play.reporting(year)
    for dossier in (accepted, filed):
        reported.sent(year, Report.objects.get(dossier=dossier))
    engine.fire(Report.objects.get(dossier=accepted), "accept", by=year.instructor, at=play.REPORTING)
    assert passed(play.REPORTING) == {}
    lines = accepted.lines.filter(outcome="granted").order_by("pk")
    engine.fire_many(lines, "settle", by=year.instructor, at=play.REPORTING)
    assert passed(play.REPORTING) == {DossierMove.CLOSE: [accepted.pk]}
    assert play.fresh(filed).state == DossierState.REPORTING


def test_a_second_time_does_nothing_more():
    play.answered(play.a_year())
    pass_day(ON_THE_DAY_OF_REPORTS)
    assert passed(ON_THE_DAY_OF_REPORTS) == {}


def test_a_quiet_night_asks_one_query(django_assert_num_queries):
    play.submitted(play.a_year())
    with django_assert_num_queries(1):
        pass_day(THE_NIGHT_AFTER)
