"""Edits without a move: who, in which states, journaled or only versioned."""

from datetime import date
from decimal import Decimal

import pytest

from tests import year as play
from tests.workflow.answers import entries, refused
from workflow import engine
from workflow.models import Milestone
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def test_quiet_edits_are_versioned_but_not_journaled(year):
    draft = play.a_draft(year)
    engine.amend(draft, {"title": "Autre"}, by=year.holder, at=play.WRITING, version=draft.version)
    after = play.fresh(draft)
    assert (after.title, after.version, after.journal_seq) == ("Autre", draft.version + 1, draft.journal_seq)


def test_an_edit_that_changes_nothing_writes_nothing(year):
    line = play.in_committee(year).lines.order_by("pk").first()
    engine.amend(line, {"team_proposal": None}, by=year.instructor, at=play.SITTING)
    assert play.fresh(line).version == line.version


def test_edits_say_who_and_when_and_everything_at_once(year):
    dossier = play.submitted(year)
    with pytest.raises(Refused) as caught:
        engine.amend(dossier, {"title": "Autre", "state": "closed"}, by=year.holder, at=play.WRITING)
    assert [(one.code, one.place) for one in caught.value.refusals] == [
        ("not_editable", "title"), ("not_editable", "state"),
    ]  # fmt: skip
    with pytest.raises(Refused) as caught:
        engine.amend(play.a_draft(year), {"title": "Pris"}, by=year.financiers["etat"], at=play.WRITING)
    assert caught.value.codes == ["no_right"]


def test_a_repeated_edit_is_already_done_only_if_the_row_says_so(year):
    line = play.in_committee(year).lines.order_by("pk").first()
    call = {"by": year.instructor, "at": play.SITTING, "version": line.version}
    engine.amend(line, {"team_proposal": Decimal(300)}, **call)
    assert engine.amend(line, {"team_proposal": Decimal(300)}, **call).repeated
    with pytest.raises(Refused) as caught:
        engine.amend(line, {"previous": Decimal(10)}, **call)
    assert caught.value.codes == ["stale"]
    assert [entry.move for entry in entries(line)][-1] == "amend"


def test_what_was_asked_does_not_change_once_it_is_filed(year):
    line = play.submitted(year).lines.order_by("pk").first()
    with pytest.raises(Refused) as caught:
        engine.amend(line, {"requested": Decimal(9)}, by=year.holder, at=play.WRITING)
    assert caught.value.codes == ["not_editable"]


def test_a_moved_milestone_is_journaled_and_moves_the_window(year):
    mark = Milestone.objects.get(cycle=year.cycle, code="cloture")
    draft, late = play.a_draft(year), play.day("2026-11-20")
    assert refused(draft, "submit", by=year.holder, at=late) == ["window_closed"]
    engine.amend(mark, {"ends_on": date(2026, 11, 30)}, by=year.coordinator, at=play.WRITING)
    engine.fire(draft, "submit", by=year.holder, at=late)
    assert [entry.move for entry in entries(mark)] == ["amend"]
