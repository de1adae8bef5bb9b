"""What the door looks at: rights, windows to the second, named derogations."""

from datetime import date, timedelta

import pytest

from tests import year as play
from tests.cases.reached import DOSSIERS, fired
from tests.workflow.answers import refused
from workflow import engine
from workflow.models import CycleVersion, Derogation, Milestone, Step, User
from workflow.roles import SYSTEM, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def a_derogation(year, subject, move="submit", until=date(2026, 11, 20), by=None):
    row = Derogation(
        cycle=year.cycle, subject_label=subject._meta.label_lower, subject_id=subject.pk,
        move=move, until=until, reason="Panne du site",
    )  # fmt: skip
    engine.open_many([row], by=by or year.coordinator, at=play.WRITING)


def test_a_named_derogation_opens_its_dossier_for_its_move_until_its_evening(year):
    late, other = play.a_draft(year), play.a_draft(year)
    a_derogation(year, late)
    at = play.day("2026-11-20", hour=24) - timedelta(seconds=1)
    assert refused(other, "submit", by=year.holder, at=at) == ["window_closed"]
    assert refused(late, "submit", by=year.holder, at=at + timedelta(seconds=1)) == ["window_closed"]
    engine.fire(late, "submit", by=year.holder, at=at)


def test_a_derogation_for_another_move_or_by_another_cycle_opens_nothing(year):
    late, elsewhere = play.a_draft(year), play.a_year("ailleurs")
    a_derogation(year, late, move="answer")
    a_derogation(elsewhere, late)
    assert refused(late, "submit", by=year.holder, at=play.day("2026-11-18")) == ["window_closed"]


@pytest.mark.parametrize("edge, codes", [(-1, []), (0, ["window_closed"])])
def test_the_closing_day_counts_until_its_last_second_in_paris(year, edge, codes):
    at = play.day("2026-11-15", hour=24) + timedelta(seconds=edge)
    found = engine.refusals(play.a_draft(year), "submit", by=year.holder, at=at)
    assert [refusal.code for refusal in found] == codes


@pytest.mark.parametrize("edge, codes", [(-1, ["window_closed"]), (0, [])])
def test_the_opening_day_counts_from_its_first_second_in_paris(year, edge, codes):
    at = play.day("2026-10-01", hour=0) + timedelta(seconds=edge)
    found = engine.refusals(play.a_draft(year), "submit", by=year.holder, at=at)
    assert [refusal.code for refusal in found] == codes


def test_a_closed_window_names_its_day(year):
    draft = play.a_draft(year)
    early = engine.refusals(draft, "submit", by=year.holder, at=play.BEFORE)
    late = engine.refusals(draft, "submit", by=year.holder, at=play.READING)
    assert [str(one) for one in (*early, *late)] == [
        "Depot : cela ouvre le jeudi 1er octobre 2026.",
        "Depot : c’est clos depuis le dimanche 15 novembre 2026 à minuit.",
    ]


def test_what_is_not_admissible_is_answered_without_waiting_for_the_answers_window(year):
    decided, inadmissible = play.decided(year), DOSSIERS["inadmissible"](year)
    found = [
        engine.refusals(one, "answer", by=year.coordinator, at=play.READING)
        for one in (decided, inadmissible)
    ]
    assert [[refusal.code for refusal in refusals] for refusals in found] == [
        ["window_closed", "not_notified", "not_notified", "no_feedback"],
        ["no_feedback"],
    ]


def test_system_may_only_what_the_chart_gives_it(year):
    dossier = play.submitted(year)
    assert refused(dossier, "admit", by=SYSTEM, at=play.READING) == ["no_right", "not_checked"]
    assert fired(play.in_review(year), "close_review", SYSTEM, play.SITTING).state == "committee"


def test_a_role_of_another_cycle_gives_no_right(year):
    stranger = play.person("deux-casquettes", Role.COORDINATOR, play.a_year("ailleurs").cycle)
    dossier = play.in_committee(year)
    facts = {"reason": "x", "next_committee_on": date(2027, 3, 1)}
    assert refused(dossier, "defer", by=stranger, at=play.SITTING, facts=facts) == ["no_right"]
    assert User.objects.get(pk=stranger.pk).grants.count() == 1


def a_copy(rules):
    """A draft of the next version with the same rows."""
    newer = CycleVersion.objects.create(cycle=rules.cycle, number=rules.number + 1)
    for rows in (rules.steps, rules.questions, rules.criteria, rules.reasons):
        for row in rows.order_by("pk"):
            row.pk, row.version = None, newer
            row.save(force_insert=True)
    return newer


def test_a_step_of_a_newer_version_never_gates_a_dossier_pinned_to_an_older_one(year):
    dossier = play.submitted(year)
    play.read(year, dossier)
    mark = Milestone.objects.get(cycle=year.cycle, code="comite")
    newer = a_copy(year.rules)
    Step.objects.create(
        version=newer, code="lecture", label="Lecture", kind="instruction", gates="admit", opens=mark
    )
    engine.fire(newer, "publish", by=SYSTEM, at=play.BEFORE)
    assert fired(dossier, "admit", year.instructor, play.READING).state == "instruction"
    year.rules = newer
    pinned_to_it = play.submitted(year)
    play.read(year, pinned_to_it)
    assert refused(pinned_to_it, "admit", by=year.instructor, at=play.READING) == ["window_closed"]
