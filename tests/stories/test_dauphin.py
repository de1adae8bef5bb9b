"""Where requests are filed in Dauphin, nothing that Dauphin holds is asked twice."""

import pytest

from cases.models import Document
from cases.states import DossierMove
from tests import year as play
from workflow import engine

pytestmark = pytest.mark.django_db


def a_bare_request(year, reference=""):
    """Given a draft without an answer, a document or a commitment, as in a call that Dauphin receives."""
    dossier = play.a_draft(year)
    Document.objects.filter(dossier=dossier).delete()
    changes = {"answers": {}, "commitment_at": None, "commitment_by": "", "dauphin_reference": reference}
    engine.amend(dossier, changes, by=year.holder, at=play.WRITING)
    return play.fresh(dossier)


def reasons(year, dossier):
    """When the holder asks whether it may be filed, Then these are the reasons against."""
    found = engine.refusals(dossier, DossierMove.SUBMIT, by=year.holder, at=play.WRITING)
    return [refusal.code for refusal in found]


def test_filed_here_everything_is_asked_here():
    year = play.a_year(filing="here")
    assert reasons(year, a_bare_request(year)) == ["unanswered", "no_document", "no_commitment"]


def test_filed_in_dauphin_only_its_number_is_asked():
    year = play.a_year(filing="dauphin")
    assert reasons(year, a_bare_request(year)) == ["no_reference"]
    assert reasons(year, a_bare_request(year, reference="00123456")) == []


def test_prepared_here_for_dauphin_the_answers_are_asked_but_not_the_documents():
    year = play.a_year(filing="prepared")
    assert reasons(year, a_bare_request(year)) == ["no_reference", "unanswered"]
