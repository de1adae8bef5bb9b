"""Given a report that is awaited, when it is sent, then it is the team's to read: its holder is asked nothing more."""

import pytest

from cases.holder_home import holder_home
from cases.inbox import Next
from cases.models import Dossier
from cases.sight import sight
from tests import year as play
from tests.cases import reported
from workflow import engine

pytestmark = pytest.mark.django_db


def next_of(dossier, person):
    return sight(Dossier.objects.for_its_page(person).get(pk=dossier.pk), by=person, at=play.REPORTING).next


def accepted(year, report):
    """The holder keeps the award: nothing but the report is left to say."""
    line = report.dossier.lines.get(outcome="granted")
    engine.fire(line, "accept", by=year.holder, at=play.REPORTING)
    return report


def test_a_report_is_in_the_hands_of_one_at_a_time():
    year = play.a_year()
    report = accepted(year, reported.report(year))
    assert next_of(report.dossier, year.holder).button == "Écrire mon bilan"
    assert next_of(report.dossier, year.instructor) == Next("Le porteur écrit son bilan.")


def test_a_report_that_was_sent_asks_nothing_more_of_its_holder():
    year = play.a_year()
    filed = accepted(year, reported.filed(year))
    coming = next_of(filed.dossier, year.holder)
    assert (coming.sentence, coming.button) == (
        "Rien à faire pour le moment : votre bilan est envoyé.",
        "Lire la réponse",
    )
    assert [one.theirs for one in holder_home(year.holder, play.REPORTING).under_way] == [False]
    assert next_of(filed.dossier, year.instructor).button == "Lire le bilan"
    facts = {"reason": "Combien d’habitants ?"}
    engine.fire(filed, "ask_correction", by=year.instructor, at=play.REPORTING, facts=facts)
    assert next_of(filed.dossier, year.holder).button == "Écrire mon bilan"
