"""What the door reads and writes of its subjects: fresh, shared, and no more than what changed."""

from decimal import Decimal

import pytest

from cases import models as cases
from tests import year as play
from workflow import engine, locks, persistence
from workflow.journal import Record
from workflow.roles import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def test_subjects_are_read_again_under_their_lock_and_share_what_they_have_in_common(year):
    drafts = [play.a_draft(year) for _ in range(2)]
    cases.Dossier.objects.filter(pk=drafts[0].pk).update(title="Écrit entre-temps")
    with locks.holding():
        first, second = persistence.locked(drafts, "submit").values()
        assert locks.are_held(cases.Dossier, {draft.pk for draft in drafts})
    assert (first.title, second.title) == ("Écrit entre-temps", "Atelier vélo")
    assert first.rules is second.rules


@pytest.mark.parametrize("count", [1, 2])
def test_only_what_changed_is_saved(year, count):
    drafts = [play.a_draft(year) for _ in range(count)]
    records = [Record(draft, "amend", SYSTEM, play.WRITING, changed={"title", "version"}) for draft in drafts]
    for draft in drafts:
        draft.title, draft.version, draft.public = "Autre", 41, "Pas écrit"
    persistence.save(records)
    assert [(one.title, one.version, one.public) for one in map(play.fresh, drafts)] == [
        ("Autre", 41, "")
    ] * count


def test_a_relation_that_changed_is_saved_by_either_of_its_names(year):
    for changed in ("orientation", "orientation_id"):
        draft = play.a_draft(year)
        draft.orientation = cases.Orientation.objects.create(cycle=year.cycle, code=changed, label=changed)
        persistence.save([Record(draft, "amend", SYSTEM, play.WRITING, changed={changed})])
        assert play.fresh(draft).orientation == draft.orientation


def test_a_quiet_edit_asks_three(year, django_assert_num_queries):
    draft = play.a_draft(year)
    with django_assert_num_queries(3):
        engine.amend(draft, {"total_cost": Decimal(7)}, by=year.holder, at=play.WRITING)
