"""How a subject comes into being, and who may not bring one."""

import pytest

from cases import models as cases
from tests import year as play
from tests.workflow.answers import entries
from workflow import engine
from workflow.models import Organisation
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def a_line(dossier, year, **other):
    seat = Organisation.objects.create(name="Région")
    financier = cases.Financier.objects.create(cycle=year.cycle, code="region", organisation=seat)
    envelope = cases.Envelope.objects.create(financier=financier, code="region", label="Région")
    facts = {
        "cycle": year.cycle, "organisation": year.holder_organisation, "seat": seat, "requested": 10, **other,
    }  # fmt: skip
    return cases.FundingLine(dossier=dossier, envelope=envelope, **facts)


def test_a_holder_adds_a_financier_only_while_writing_the_team_until_the_decision(year):
    dossier = play.submitted(year)
    line = a_line(dossier, year)
    with pytest.raises(Refused) as caught:
        engine.open_many([line], by=year.holder, at=play.WRITING)
    assert caught.value.codes == ["no_more_lines"]
    engine.open_many([line], by=year.instructor, at=play.READING)
    assert [entry.move for entry in entries(line)] == ["open"]


def test_nobody_hangs_a_line_on_somebody_else_s_dossier(year):
    other = play.a_year("ailleurs")
    mine = a_line(play.a_draft(year), year, organisation=other.holder_organisation)
    with pytest.raises(Refused) as caught:
        engine.open_many([mine], by=other.holder, at=play.WRITING)
    assert caught.value.codes == ["no_right"]
