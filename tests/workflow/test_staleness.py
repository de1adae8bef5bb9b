"""A form that is older than its subject is refused; the same click twice is « déjà fait » and written once."""

from decimal import Decimal

import pytest

from cases.states import Verdict
from tests import year as play
from tests.workflow.answers import entries, refused
from workflow import engine
from workflow.models import Prose

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def test_the_same_click_twice_is_already_done_and_written_once(year):
    draft = play.a_draft(year)
    first = engine.fire(draft, "submit", by=year.holder, at=play.WRITING, version=draft.version)
    second = engine.fire(draft, "submit", by=year.holder, at=play.WRITING, version=draft.version)
    assert (first.repeated, second.repeated, second.entry) == (False, True, first.entry)
    assert [entry.move for entry in entries(draft)] == ["open", "submit"]


def test_another_person_s_same_move_is_stale(year):
    draft = play.a_draft(year)
    engine.fire(draft, "submit", by=year.holder, at=play.WRITING, version=draft.version)
    assert refused(draft, "submit", by=year.instructor, at=play.WRITING, version=draft.version) == ["stale"]


def test_another_move_is_stale(year):
    dossier = play.submitted(year)
    engine.fire(dossier, "withdraw", by=year.holder, at=play.WRITING, version=dossier.version)
    assert refused(dossier, "take_back", by=year.holder, at=play.WRITING, version=dossier.version) == [
        "stale"
    ]


def test_the_same_move_two_entries_later_is_stale(year):
    draft = play.a_draft(year)
    old = draft.version
    for move in ("withdraw", "restore", "submit"):
        engine.fire(draft, move, by=year.holder, at=play.WRITING)
    assert refused(draft, "submit", by=year.holder, at=play.WRITING, version=old) == ["stale"]


def test_the_same_move_with_other_words_or_amounts_is_stale_because_they_were_not_kept(year):
    line = play.in_review(year).lines.order_by("pk").first()
    person = year.financiers["etat"]
    typed = {"verdict": Verdict.FAVOURABLE, "amount": Decimal(500), "motive": "Utile."}
    call = {"by": person, "at": play.REVIEWING, "version": line.version}
    engine.fire(line, "opine", facts=typed, **call)
    assert engine.fire(line, "opine", facts=typed, **call).repeated
    assert refused(line, "opine", facts={**typed, "amount": Decimal(400)}, **call) == ["stale"]
    assert refused(line, "opine", facts={**typed, "motive": "Inutile."}, **call) == ["stale"]
    Prose.objects.filter(entry=entries(line)[-1]).delete()
    assert engine.fire(line, "opine", facts=typed, **call).repeated


def test_a_version_from_the_future_is_stale(year):
    draft = play.a_draft(year)
    assert refused(draft, "submit", by=year.holder, at=play.WRITING, version=99) == ["stale"]
