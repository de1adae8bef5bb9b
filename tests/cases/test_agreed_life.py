"""What was agreed: who ticks what, who reads it, and what a withdrawn request no longer asks."""

from datetime import date
from types import SimpleNamespace

import pytest

from cases import agreed_life as that
from cases.models import AgreedAction
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.charts import chart_of
from workflow.refusal import Refused
from workflow.roles import SYSTEM, Role

AT = play.WRITING
TODAY = date(2026, 10, 20)


def nobody(role):
    return False


def team(role):
    return role == Role.INSTRUCTOR


CASES = [
    (that.action_is_written, {"text": "Écrire"}, {"at": AT}, []),
    (that.action_is_written, {"text": " "}, {"at": AT}, ["no_action"]),
    (that.its_day_is_ahead, {"due_on": TODAY}, {"at": AT}, []),
    (that.its_day_is_ahead, {"due_on": date(2026, 10, 19)}, {"at": AT}, ["date_past"]),
    (that.whoever_does_it_is_known, {"member_id": None}, {"crew": set()}, []),
    (that.whoever_does_it_is_known, {"member_id": 4}, {"crew": {4}}, []),
    (that.whoever_does_it_is_known, {"member_id": 4}, {"crew": {5}}, ["not_of_the_team"]),
    (that.it_is_in_their_hands, {"member_id": None}, {"by": None, "holds": nobody}, []),
    (that.it_is_in_their_hands, {"member_id": 4}, {"by": None, "holds": team}, []),
    (that.it_is_in_their_hands, {"member_id": 4}, {"by": SYSTEM, "holds": nobody}, []),
    (that.it_is_in_their_hands, {"member_id": 4}, {"by": None, "holds": nobody}, ["not_in_your_hands"]),
]


@pytest.mark.parametrize("guard, fields, seen, expected", CASES)
def test_a_guard_says_exactly(guard, fields, seen, expected):
    assert [one.code for one in guard(SimpleNamespace(**fields), **seen)] == expected


def test_every_guard_is_seen_to_pass_and_to_refuse():
    drawn = {guard for move in chart_of(AgreedAction).values() for guard in move.rule.guards}
    drawn |= set(AgreedAction.opening)
    assert {guard for guard, *_, expected in CASES if expected} == drawn
    assert {guard for guard, *_, expected in CASES if not expected} == drawn


@pytest.mark.django_db
def test_what_was_ended_keeps_its_day_and_its_hand_and_what_is_taken_up_again_neither():
    year = play.a_year()
    action = reached.fired(reached.agreed(year), "tick", year.holder, AT)
    assert (action.ended_at, action.ended_by) == (AT, year.holder)
    again = reached.fired(action, "untick", year.holder, AT)
    assert (again.ended_at, again.ended_by) == (None, None)


@pytest.mark.django_db
def test_a_holder_never_ticks_what_the_team_took_on():
    year = play.a_year()
    action = reached.agreed(year, member=year.instructor)
    with pytest.raises(Refused) as refused:
        engine.fire(action, "tick", by=year.holder, at=AT)
    assert refused.value.codes == ["not_in_your_hands"]
    assert reached.fired(action, "tick", year.coordinator, AT).state == "done"


@pytest.mark.django_db
def test_the_team_the_holder_and_the_third_party_read_it_and_nobody_else():
    year, other = play.a_year(), play.a_year("ailleurs_2027")
    reached.agreed(year)
    others = (Role.COMMITTEE, Role.THIRD_PARTY, Role.ELECTED)
    readers = {role: play.person(role.value, role, year.cycle) for role in others}
    readers |= {role: year.person(role) for role in Role if role not in (*readers, Role.SYSTEM)}
    seen = {str(role) for role, person in readers.items() if AgreedAction.objects.visible_to(person).exists()}
    assert seen == {"holder", "instructor", "coordinator", "third_party"}
    for person in (other.holder, other.instructor, other.coordinator):
        assert not AgreedAction.objects.visible_to(person).exists()


@pytest.mark.django_db
def test_a_withdrawn_request_asks_for_nothing_more():
    year = play.a_year()
    action = reached.agreed(year)
    assert list(AgreedAction.objects.awaiting(year.holder, TODAY)) == [action]
    engine.fire(action.dossier, "withdraw", by=year.holder, at=AT)
    assert list(AgreedAction.objects.awaiting(year.holder, TODAY)) == []
    play.a_draft(year)  # because another project of the same house revives nothing
    assert list(AgreedAction.objects.awaiting(year.holder, TODAY)) == []


@pytest.mark.django_db
def test_the_team_is_told_of_a_holders_action_once_its_day_has_passed():
    year = play.a_year()
    action = reached.agreed(year, due_on=date(2026, 10, 25))
    late = [AgreedAction.objects.awaiting(year.instructor, date(2026, 10, day)).count() for day in (25, 26)]
    assert (late, action.is_late(date(2026, 10, 26))) == ([0, 1], True)
