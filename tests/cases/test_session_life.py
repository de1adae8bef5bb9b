"""What a session must hold to be planned and changed, said all at once, and who may say that it took place."""

from datetime import date, timedelta

import pytest
from django.db import connection

from cases import models as cases
from tests import sessions
from tests import year as play
from tests.sessions import AFTER, MEETING, a_session, booked, moved, unsaved
from workflow import engine
from workflow.models import Milestone, Step
from workflow.refusal import Refused
from workflow.roles import Role
from workflow.triggers import lifted

pytestmark = pytest.mark.django_db


def refused(call) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.codes


def planned(year, **facts) -> dict:
    """What the form of a change sends for a session that keeps its plan."""
    kept = {"starts_at": MEETING, "ends_at": MEETING + timedelta(hours=2), "venue": "ours"}
    return kept | {"place": "Maison de quartier", "host": year.instructor.pk} | facts


def windowed(year):
    """The appointment is offered until 10 November only."""
    end = Milestone.objects.create(
        cycle=year.cycle, code="fin", label="Fin", starts_on=date(2026, 11, 10), ends_on=date(2026, 11, 10)
    )
    with lifted(connection.alias):  # because the rules of a published year stand still
        Step.objects.filter(version=year.rules, code="rendez-vous").update(closes=end)


@pytest.mark.parametrize(
    "facts, codes",
    [
        ({"hours": -1}, ["ends_before_start"]),
        ({"hours": 0}, ["ends_before_start"]),
        ({"starts_at": play.day("2026-10-20", 9)}, ["session_past"]),
        ({"step": "atelier"}, ["unknown_step"]),
        ({"step": "depot"}, ["unknown_step"]),
        ({"place": "  "}, ["no_place"]),
        ({"seats": 0}, ["no_seat"]),
        ({"place": "", "venue": "holder"}, []),
        ({"place": "", "venue": "remote"}, []),
    ],
)
def test_a_session_is_planned_or_every_reason_is_said(facts, codes):
    year = play.a_year()
    if codes:
        assert refused(lambda: a_session(year, **facts)) == codes
        assert cases.Session.objects.count() == 0
    else:
        assert a_session(year, **facts).state == "planned"


def test_all_that_is_wrong_is_said_at_once():
    year = play.a_year()
    stranger = play.person("inconnue")
    faults = {"hours": -3, "starts_at": play.day("2026-10-01"), "place": "", "seats": 0, "host": stranger}
    assert refused(lambda: a_session(year, **faults)) == [
        "ends_before_start",
        "session_past",
        "no_place",
        "host_without_role",
        "no_seat",
    ]


def test_a_session_stays_within_the_window_of_its_step():
    year = play.a_year()
    windowed(year)
    assert a_session(year, play.day("2026-11-10", 22)).state == "planned"
    assert refused(lambda: a_session(year, play.day("2026-11-11", 9))) == ["outside_window"]


@pytest.mark.parametrize("role, welcome", [(Role.THIRD_PARTY, True), (Role.COMMITTEE, False)])
def test_the_team_or_a_third_party_of_this_very_call_hosts(role, welcome):
    year, other = play.a_year(), play.a_year("ailleurs_2027")
    host = play.person("marie", role, year.cycle)
    if welcome:
        assert a_session(year, host=host).host == host
    else:
        assert refused(lambda: a_session(year, host=host)) == ["host_without_role"]
    assert refused(lambda: a_session(year, host=other.instructor)) == ["host_without_role"]


def test_two_sessions_of_a_host_at_once_are_said_and_kept_knowingly():
    year = play.a_year()
    first = a_session(year)
    with pytest.raises(Refused) as caught:
        a_session(year, MEETING + timedelta(hours=1), anyway=False)
    [refusal] = caught.value.refusals
    assert (refusal.code, refusal.place) == ("host_busy", "anyway")
    assert (
        "Instruction-essai_2027 anime déjà une séance : jeudi 22 octobre 2026, de 14\u00a0h à 16\u00a0h"
        in str(refusal)
    )
    assert a_session(year, MEETING + timedelta(hours=1), anyway=True).state == "planned"
    assert a_session(year, MEETING + timedelta(hours=3), anyway=False).state == "planned"
    facts = planned(year, starts_at=MEETING + timedelta(minutes=30))
    assert refused(lambda: moved(first, "reschedule", year.coordinator, **facts)) == ["host_busy"]
    assert moved(first, "reschedule", year.coordinator, **facts, anyway=True).starts_at.minute == 30


def test_the_same_click_plans_one_session():
    year = play.a_year()
    engine.open_many([unsaved(year)], by=year.coordinator, at=play.WRITING)
    again = [unsaved(year, anyway=True)]
    assert refused(lambda: engine.open_many(again, by=year.coordinator, at=play.WRITING)) == ["already"]


def test_a_change_meets_the_same_reasons_as_a_plan():
    year = play.a_year()
    session = a_session(year)
    facts = planned(year, ends_at=MEETING - timedelta(hours=1), place="", host=year.holder.pk)
    assert refused(lambda: moved(session, "reschedule", year.instructor, **facts)) == [
        "ends_before_start",
        "no_place",
        "host_without_role",
    ]
    later = planned(year, starts_at=MEETING + timedelta(days=1), ends_at=MEETING + timedelta(days=1, hours=1))
    changed = moved(session, "reschedule", year.instructor, **later, note="Sonnez au 3.")
    assert (changed.when, changed.note) == (
        "vendredi 23 octobre 2026, de 14\u00a0h à 15\u00a0h",
        "Sonnez au 3.",
    )
    assert changed.version == session.version + 1


def test_seats_never_fall_below_those_that_are_taken():
    year = play.a_year()
    session = a_session(year, seats=2)
    booked(year, session)
    booked(year, session, **sessions.a_house(year, "Voisins"))
    assert refused(lambda: moved(session, "resize", year.instructor, seats=1)) == ["seats_taken"]
    assert refused(lambda: moved(session, "resize", year.instructor, seats=0)) == ["no_seat"]
    assert moved(session, "resize", year.instructor, seats=3).seats == 3


def test_a_session_is_held_once_it_has_begun_and_everybody_is_said():
    year = play.a_year()
    session = a_session(year)
    one = booked(year, session)
    assert refused(lambda: moved(session, "hold", year.instructor)) == ["not_begun", "unsaid"]
    assert refused(lambda: moved(session, "hold", year.instructor, AFTER)) == ["unsaid"]
    moved(one, "miss", year.instructor, AFTER)
    assert play.fresh(session).state == "held"


def test_a_third_party_speaks_of_the_sessions_it_hosts_and_of_no_other():
    year = play.a_year()
    third = play.person("tierce", Role.THIRD_PARTY, year.cycle)
    own, other = a_session(year, host=third), a_session(year)
    mine, theirs = booked(year, own), booked(year, other)
    assert refused(lambda: moved(theirs, "attend", third, AFTER)) == ["not_host"]
    assert moved(mine, "attend", third, AFTER).state == "attended"
    for move, facts in (("cancel", {"reason": "x"}), ("resize", {"seats": 9}), ("reschedule", planned(year))):
        assert "no_right" in refused(lambda move=move, facts=facts: moved(other, move, third, **facts))
    assert refused(lambda: a_session(year, by=third, host=third, place="Ailleurs")) == ["no_right"]


def test_a_session_where_somebody_was_met_keeps_its_day():
    year = play.a_year()
    session = a_session(year)
    booked(year, session)
    one = booked(year, session, dossier=play.a_draft(year))
    later = planned(year, starts_at=MEETING + timedelta(days=7), ends_at=MEETING + timedelta(days=7, hours=2))
    moved(one, "miss", year.instructor, AFTER)
    assert engine.refusals(session, "reschedule", by=year.instructor, at=AFTER, facts=later) == ()
    moved(one, "attend", year.instructor, AFTER)
    assert refused(lambda: moved(session, "reschedule", year.instructor, AFTER, **later)) == ["took_place"]
    assert refused(lambda: moved(session, "cancel", year.instructor, AFTER, reason="Neige")) == ["took_place"]
