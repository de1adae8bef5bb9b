"""How a subject goes: only of a kind that may, by whom may open one, and never without the end of its journal."""

import pytest

from tests import year as play
from workflow import engine, heads, journal
from workflow.models import Entry, Milestone
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


def a_milestone(year) -> Milestone:
    new = Milestone(
        cycle=year.cycle, code="salon", label="Salon", starts_on="2026-11-01", ends_on="2026-11-01"
    )
    engine.open_many([new], by=year.coordinator, at=play.WRITING)
    return new


def refused(subject, by) -> list[str]:
    with pytest.raises(Refused) as caught:
        engine.remove(subject, by=by, at=play.WRITING)
    return caught.value.codes


def test_a_removed_subject_leaves_a_journal_that_ends():
    year = play.a_year()
    gone = a_milestone(year)
    engine.remove(gone, by=year.coordinator, at=play.WRITING)
    entries = Entry.objects.filter(subject_label="workflow.milestone", subject_id=gone.pk).order_by("seq")
    assert [(one.move, one.actor) for one in entries] == [
        ("open", year.coordinator),
        ("remove", year.coordinator),
    ]
    assert list(journal.faults(heads.gathered())) == []


def test_a_subject_that_is_gone_without_that_entry_is_a_fault():
    year = play.a_year()
    gone = a_milestone(year)
    key = gone.pk
    gone.delete()
    assert list(journal.faults(heads.gathered())) == [f"workflow.milestone {key} : l’objet a disparu"]


def test_only_who_may_open_one_takes_it_out_and_only_of_a_kind_that_may_go():
    year = play.a_year()
    assert refused(a_milestone(year), year.instructor) == ["no_right"]
    assert refused(play.a_draft(year), year.coordinator) == ["not_editable"]
