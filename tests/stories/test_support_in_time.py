"""Given a breakfast on 8 October, when its day has passed, then nobody is offered it any more."""

from datetime import date

import pytest
from django.urls import reverse

from cases import drafts
from tests import year as play
from tests.cycles import VITRY
from workflow import engine, loading
from workflow.models import Organisation, Step
from workflow.refusal import Refused
from workflow.roles import Role

pytestmark = pytest.mark.django_db

ALL = ["petit_dejeuner", "rendez_vous", "relecture", "atelier"]


@pytest.fixture
def draft():
    cycle = loading.load(VITRY, at=play.BEFORE)
    organisation = Organisation.objects.create(name="Les Tisseurs de liens")
    holder = play.person("awa", Role.HOLDER, None, organisation)
    facts = {"organisation": organisation, "title": "Jardin"}
    return drafts.begin(cycle, facts, by=holder, at=play.day("2026-10-05"))


@pytest.mark.parametrize(
    "day,offered",
    [("2026-10-08", ALL), ("2026-10-09", ALL[1:]), ("2026-11-20", ALL[1::2]), ("2026-11-25", [])],
)
def test_the_page_offers_what_has_not_yet_passed(client, on_day, draft, day, offered):
    on_day(play.day(day))
    client.force_login(draft.organisation.grants.get().user)
    page = client.get(reverse("dossier-move", args=[draft.uuid, "ask_support"]))
    step = page.context["form"].fields["step"]
    assert [code for code, _ in step.choices] == offered
    assert ("Appelez l’équipe" in page.content.decode()) == (offered == [])


def test_the_door_itself_refuses_what_is_over(draft):
    holder, at = draft.organisation.grants.get().user, play.day("2026-10-09")
    with pytest.raises(Refused) as refused:
        engine.fire(draft, "ask_support", by=holder, at=at, facts={"step": "petit_dejeuner"})
    assert refused.value.codes == ["step_over"]


def test_a_milestone_that_moves_takes_its_breakfast_along(draft):
    breakfast = Step.objects.get(code="petit_dejeuner").closes
    later = {"starts_on": date(2026, 10, 15), "ends_on": date(2026, 10, 15)}
    engine.amend(breakfast, later, by=play.person("claire", Role.COORDINATOR, draft.cycle), at=play.WRITING)
    holder, at = draft.organisation.grants.get().user, play.day("2026-10-15")
    engine.fire(draft, "ask_support", by=holder, at=at, facts={"step": "petit_dejeuner"})
    assert play.fresh(draft).state == "support"
