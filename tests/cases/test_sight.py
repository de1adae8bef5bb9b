"""What one person sees of a dossier."""

from decimal import Decimal

import pytest

from cases.models import Dossier
from cases.sight import sight
from tests import year as play
from workflow import engine
from workflow.roles import Role

pytestmark = pytest.mark.django_db


def shares(year, cost: int, role: Role = Role.INSTRUCTOR) -> tuple:
    """Given two requests of 1 000 € on an action of that cost, what is said of the public share."""
    draft = play.a_draft(year)
    engine.amend(draft, {"total_cost": Decimal(cost)}, by=year.holder, at=play.WRITING)
    dossier = Dossier.objects.for_its_page(year.person(role)).get(pk=draft.pk)
    seen = sight(dossier, by=year.person(role), at=play.WRITING)
    return seen.public_share, seen.share_warning


@pytest.mark.parametrize(
    "cost, said", [(2_000, (100, 80)), (2_500, (80, None)), (4_000, (50, None)), (0, (None, None))]
)
def test_the_team_is_warned_above_the_cycles_ceiling_of_public_money(cost, said):
    assert shares(play.a_year(public_share=80), cost) == said


def test_without_a_ceiling_nothing_warns():
    assert shares(play.a_year(public_share=None), 2_000) == (100, None)


def test_the_public_share_is_the_teams_business():
    assert shares(play.a_year(public_share=80), 2_000, Role.HOLDER) == (None, None)


def test_a_page_that_the_next_step_leads_to_is_not_shown_twice():
    year = play.a_year()
    draft = play.a_draft(year)
    draft.documents.all().delete()  # so that the next step is to write on
    seen = sight(Dossier.objects.for_its_page(year.holder).get(pk=draft.pk), by=year.holder, at=play.WRITING)
    assert ([label for label, _ in seen.pages], seen.other_pages) == (["Modifier la demande"], [])
