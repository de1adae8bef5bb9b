"""What a financier was shown: a digest that changes with every part of the page, and says which part."""

from decimal import Decimal

import pytest

from cases.shown import Shown, changed, shown
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.journal import Code
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def line_of(year, dossier, name="etat"):
    return dossier.lines.select_related("dossier").get(envelope=year.envelopes[name])


def digest(line) -> str:
    fresh = type(line).objects.select_related("dossier").get(pk=line.pk)
    return Shown([fresh]).digest(fresh)


def the_team_changes_its_proposal(year, line):
    engine.amend(line, {"team_proposal": Decimal(300)}, by=year.instructor, at=play.REVIEWING)


def the_team_changes_its_summary(year, line):
    sheet = line.dossier.instruction
    engine.amend(sheet, {"summary": "Le lieu a changé."}, by=year.instructor, at=play.REVIEWING)


def the_holder_answers(year, line):
    question = line.dossier.inquiries.get()
    engine.fire(question, "reply", by=year.holder, at=play.REVIEWING, facts={"answer": "Oui."})


def the_dossier_changes(year, line):
    changes = {"dauphin_reference": "D-2027-1"}
    engine.amend(play.fresh(line.dossier), changes, by=year.instructor, at=play.REVIEWING)


CHANGES = {
    the_team_changes_its_proposal: ["L’équipe a changé sa proposition ou sa synthèse."],
    the_team_changes_its_summary: ["L’équipe a changé sa proposition ou sa synthèse."],
    the_holder_answers: ["Le porteur a répondu à une question."],
    the_dossier_changes: ["La demande du porteur a changé."],
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_page_is_named_and_the_opinion_is_asked_again(year, change):
    line = reached.inquiry(year).dossier.lines.get(envelope=year.envelopes["etat"])
    seen, typed = digest(line), {"verdict": "favourable", "amount": Decimal(500), "motive": ""}
    change(year, line)
    assert changed(seen, digest(line)) == CHANGES[change]
    by = {"by": year.financiers["etat"], "at": play.REVIEWING}
    with pytest.raises(Refused) as met:
        engine.fire(line, "opine", facts={**typed, "seen": Code(seen)}, **by)
    assert met.value.codes == ["stale"]
    engine.fire(line, "opine", facts={**typed, "seen": Code(digest(line))}, **by)


def test_what_others_do_changes_nothing_of_the_page(year):
    dossier = play.in_review(year)
    seen = digest(line_of(year, dossier))
    play.opine(year, dossier, "agglo")
    assert digest(line_of(year, dossier)) == seen


def test_a_question_without_answer_changes_nothing_of_the_page(year):
    line = line_of(year, play.in_review(year))
    seen = digest(line)
    reached.inquiry(year, line)
    assert digest(line) == seen


def test_what_one_seat_was_shown_serves_no_other(year):
    """Two seats of which the same is asked see the same words: the page read by one is not the other's."""
    dossier = play.in_review(year)
    one, other = (line_of(year, dossier, name) for name in ("etat", "agglo"))
    assert (one.requested, one.previous, one.team_proposal) == (
        other.requested, other.previous, other.team_proposal,
    )  # fmt: skip
    replayed = digest(one)
    assert changed(replayed, digest(other)) == [
        "Cette page était celle d’un autre siège, ou d’un autre dossier."
    ]
    typed = {"verdict": "favourable", "amount": Decimal(500), "seen": Code(replayed)}
    with pytest.raises(Refused) as met:
        engine.fire(other, "opine", by=year.financiers["agglo"], at=play.REVIEWING, facts=typed)
    assert (met.value.codes, play.fresh(other).state) == (["stale"], "invited")


def test_the_journal_keeps_the_digest_of_what_was_shown(year):
    line = line_of(year, play.in_review(year))
    seen = digest(line)
    facts = {"verdict": "favourable", "amount": Decimal(500), "seen": Code(seen)}
    outcome = engine.fire(line, "opine", by=year.financiers["etat"], at=play.REVIEWING, facts=facts)
    assert f'"seen":"{seen}"' in outcome.entry.payload


def test_the_pages_of_a_hundred_lines_are_read_in_two_queries(year, django_assert_num_queries):
    lines = [line_of(year, play.in_review(year, title=title)) for title in ("Vélo", "Jardin", "Radio")]
    looks = shown(lines)
    with django_assert_num_queries(2):
        assert len({looks[line.pk].digest(line) for line in lines}) == 3


def test_nothing_is_read_where_nobody_asks(year, django_assert_num_queries):
    lines = [line_of(year, play.in_review(year))]
    with django_assert_num_queries(0):
        shown(lines)
