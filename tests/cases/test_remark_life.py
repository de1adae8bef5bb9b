"""A remark on a draft: who says it and when, who answers it, and that nobody replaces words they have not seen."""

from types import SimpleNamespace

import pytest

from cases import remark_life as that
from cases.models import Remark
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.charts import chart_of
from workflow.refusal import Refused
from workflow.roles import Role

AT = play.WRITING
DRAFT = SimpleNamespace(state="draft", answers={"resume": "Avant"}, title="Vélos", public="")
FILED = SimpleNamespace(state="submitted", answers={}, title="", public="")


def asked(**fields):
    return {
        "dossier_id": 1,
        "support": SimpleNamespace(**{"dossier_id": 1, "content": {}, "state": "asked"} | fields),
    }


CASES = [
    (that.remark_is_written, {"text": "Dites où."}, {"at": AT}, []),
    (that.remark_is_written, {"text": " "}, {"at": AT}, ["no_remark"]),
    (that.rereading_is_under_way, asked(), {"at": AT}, []),
    (that.rereading_is_under_way, asked(state="held"), {"at": AT}, ["no_rereading"]),
    (that.rereading_is_under_way, asked(content=None), {"at": AT}, ["no_rereading"]),
    (that.rereading_is_under_way, asked(dossier_id=2), {"at": AT}, ["no_rereading"]),
    (that.wording_has_its_place, {"wording": "", "part": "theme-budget"}, {"texts": set()}, []),
    (that.wording_has_its_place, {"wording": "Oui", "part": "title"}, {"texts": {"title"}}, []),
    (
        that.wording_has_its_place,
        {"wording": "Oui", "part": "starts_on"},
        {"texts": {"title"}},
        ["no_text_there"],
    ),
    (that.there_is_a_wording, {"wording": "Oui"}, {"at": AT}, []),
    (that.there_is_a_wording, {"wording": " "}, {"at": AT}, ["no_wording"]),
    (that.text_is_as_it_was_read, {"dossier": DRAFT, "part": "answer-resume"}, {"facts": None}, []),
    (
        that.text_is_as_it_was_read,
        {"dossier": DRAFT, "part": "answer-resume"},
        {"facts": {"seen": that.mark_of("Avant")}},
        [],
    ),
    (
        that.text_is_as_it_was_read,
        {"dossier": DRAFT, "part": "title"},
        {"facts": {"seen": that.mark_of("Vélo")}},
        ["stale"],
    ),
    (that.request_is_still_written, {"dossier": DRAFT}, {"at": AT}, []),
    (that.request_is_still_written, {"dossier": FILED}, {"at": AT}, ["filed"]),
]


@pytest.mark.parametrize("guard, fields, seen, expected", CASES)
def test_a_guard_says_exactly(guard, fields, seen, expected):
    assert [one.code for one in guard(SimpleNamespace(**fields), **seen)] == expected


def test_every_guard_is_seen_to_pass_and_to_refuse():
    drawn = {guard for move in chart_of(Remark).values() for guard in move.rule.guards} | set(Remark.opening)
    assert {guard for guard, *_, expected in CASES if expected} == drawn
    assert {guard for guard, *_, expected in CASES if not expected} == drawn


@pytest.mark.django_db
def test_a_third_party_comments_and_decides_nothing():
    year = play.a_year()
    third = play.person("tiers", Role.THIRD_PARTY, year.cycle)
    support = reached.rereading(year)
    said = Remark(dossier=support.dossier, support=support, author=third, part="title", text="Plus court ?")
    engine.open_many([said], by=third, at=AT)
    engine.fire(support, "finish", by=third, at=AT)
    assert play.fresh(support.dossier).state == "draft"
    moves = set(engine.available(play.fresh(said), by=third, at=AT))
    assert (moves, set(engine.available(play.fresh(support.dossier), by=third, at=AT))) == ({"close"}, set())


@pytest.mark.django_db
def test_nobody_remarks_on_what_nobody_asked_to_have_read():
    year = play.a_year()
    support = reached.asked(year)
    said = Remark(
        dossier=support.dossier, support=support, author=year.instructor, part="title", text="Court ?"
    )
    with pytest.raises(Refused) as refused:
        engine.open_many([said], by=year.instructor, at=AT)
    assert refused.value.codes == ["no_rereading"]


@pytest.mark.django_db
def test_a_holder_reads_the_remarks_together_once_the_re_reading_is_over():
    year, other = play.a_year(), play.a_year("ailleurs_2027")
    said = reached.remark(year)
    people = (year.holder, year.instructor, other.holder, other.instructor, year.financiers["etat"])

    def seen() -> list[bool]:
        return [Remark.objects.visible_to(one).exists() for one in people]

    assert seen() == [False, True, False, False, False]
    engine.fire(said.support, "finish", by=year.instructor, at=AT)
    assert seen() == [True, True, False, False, False]


@pytest.mark.django_db
def test_a_re_reading_that_cannot_take_place_gives_the_draft_back():
    year = play.a_year()
    support = reached.rereading(year)
    engine.fire(support, "miss", by=year.instructor, at=AT, facts={"proposal": "la semaine prochaine"})
    assert (play.fresh(support.dossier).state, play.fresh(support).state) == ("draft", "missed")
