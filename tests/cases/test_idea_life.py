"""A notebook of ideas: who writes in it, and how an idea becomes a request with what was booked for it."""

import pytest

from cases import ideas
from tests import year as play
from tests.sessions import a_session, an_idea, booked, moved
from workflow import engine
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


def test_an_idea_is_changed_by_its_holder_while_it_is_in_the_notebook():
    year = play.a_year()
    idea = an_idea(year)
    engine.amend(idea, {"title": "Vélos pour tous"}, by=year.holder, at=play.WRITING)
    assert play.fresh(idea).title == "Vélos pour tous"
    with pytest.raises(Refused) as caught:
        engine.amend(idea, {"title": "Autre"}, by=year.coordinator, at=play.WRITING)
    assert caught.value.codes == ["no_right"]
    moved(idea, "set_aside", year.holder)
    with pytest.raises(Refused) as caught:
        engine.amend(idea, {"title": "Autre"}, by=year.holder, at=play.WRITING)
    assert caught.value.codes == ["not_editable"]


def test_what_was_booked_for_an_idea_follows_the_request_it_becomes():
    year = play.a_year()
    idea = an_idea(year)
    for_it, other = (
        booked(year, a_session(year), idea=idea),
        booked(year, a_session(year, place="Mairie", host=year.coordinator)),
    )
    draft = play.a_draft(year)
    became = moved(idea, "become", year.holder, dossier=draft.pk)
    assert (became.state, became.dossier) == ("drafted", draft)
    assert (play.fresh(for_it).dossier, play.fresh(other).dossier) == (draft, None)


def test_an_idea_begins_no_request_in_a_call_that_is_over():
    year = play.a_year()
    idea = an_idea(year)
    with pytest.raises(Refused) as caught:
        ideas.become(idea, by=year.holder, at=play.day("2026-11-16"))
    assert (caught.value.codes, year.cycle.dossiers.count()) == (["call_closed"], 0)
    assert ideas.become(idea, by=year.holder, at=play.day("2026-11-15", 23)).number == 1
