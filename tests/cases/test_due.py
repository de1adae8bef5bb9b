"""The due date as a column says the same as the due date of one dossier."""

import pytest

from cases import inbox
from cases.due import NEVER, dues_for
from cases.models import Dossier
from cases.states import DossierState
from tests import year as play
from workflow.calendar import paris_day
from workflow.models import Step
from workflow.roles import Role

pytestmark = pytest.mark.django_db

ON = paris_day(play.REVIEWING)


@pytest.mark.parametrize("role", [Role.HOLDER, Role.INSTRUCTOR, Role.COORDINATOR])
def test_the_column_says_what_the_page_of_one_dossier_says(role):
    year = play.a_year()
    for reach in (play.a_draft, play.submitted, play.in_instruction, play.in_review, play.reporting):
        reach(year)
    steps = Step.objects.filter(version=year.rules).select_related("closes").order_by("pk")
    windows = {(one.version_id, one.gates): one for one in steps if one.closes and one.code != "rendez-vous"}
    found = Dossier.objects.annotate(due=dues_for(year.person(role), ON)).order_by("pk")
    told = {one.state: one.due for one in found}
    alone = {one.state: inbox.due_on(one, windows) or NEVER for one in found}
    assert told == alone
    assert len(set(told.values())) > 2


def test_the_committee_s_own_day_comes_before_any_window():
    year = play.a_year()
    play.in_committee(year)
    [dossier] = Dossier.objects.annotate(due=dues_for(year.coordinator, ON)).order_by("pk")
    assert (dossier.state, str(dossier.due)) == (DossierState.COMMITTEE, "2027-02-10")
    [later] = Dossier.objects.annotate(due=dues_for(year.coordinator, paris_day(play.ANSWERING)))
    assert later.due == NEVER
