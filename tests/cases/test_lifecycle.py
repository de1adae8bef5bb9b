"""The life of a dossier, played through the door."""

import pytest

from cases.models import Report
from cases.states import DossierMove, DossierState
from tests import year as play
from tests.cases import reported
from workflow import engine
from workflow.models import Entry
from workflow.roles import SYSTEM

pytestmark = pytest.mark.django_db


def test_a_whole_life_from_draft_to_closed():
    year = play.a_year()
    dossier = play.reporting(year)
    report = Report.objects.get(dossier=dossier)
    report = reported.sent(year, report)
    engine.fire(report, "accept", by=year.instructor, at=play.REPORTING)
    line = dossier.lines.get(outcome="granted")
    engine.fire(line, "settle", by=year.instructor, at=play.REPORTING)
    engine.fire(dossier, DossierMove.CLOSE, by=SYSTEM, at=play.REPORTING)
    assert play.fresh(dossier).state == DossierState.CLOSED
    moves = Entry.objects.filter(subject_label="cases.dossier", subject_id=dossier.pk).order_by("seq")
    assert [entry.move for entry in moves] == [
        "open", "submit", "admit", "open_review", "close_review", "decide", "answer", "open_reporting", "close",
    ]  # fmt: skip
