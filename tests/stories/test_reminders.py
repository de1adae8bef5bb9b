"""What a year's reminders are like for whoever gets them: the late holder, the deadline that moves, the holiday."""

from datetime import date

import pytest

from notifications.delivery import sweep
from notifications.tasks import follow_calendar
from tests import year as play
from tests.days import lived, reminded, subjects
from workflow import engine
from workflow.models import Milestone

pytestmark = pytest.mark.django_db

DEPOSIT = "rappel_depot"


def one_rule(**fields):
    """A year with one rule about requests that are not filed."""
    return play.a_year(reminders=[{"code": "depot", "kind": "not_filed", "milestone": "cloture"} | fields])


def moved(year, code: str, to: date, at) -> None:
    milestone = Milestone.objects.get(cycle=year.cycle, code=code)
    engine.amend(milestone, {"starts_on": to, "ends_on": to}, by=year.coordinator, at=at)


# ── The late holder ─────────────────────────────────────────────────────────


def test_a_late_holder_is_reminded_three_times_then_left_in_peace():
    # Given a request begun on 20 October and never filed; the deadline is Sunday 15 November
    play.a_draft(play.a_year())
    # When the weeks go by, until long after the deadline
    lived("2026-10-20", "2026-12-15")
    # Then the holder heard of it on three Fridays, each time with the day in full
    assert reminded() == [("2026-10-30", DEPOSIT), ("2026-11-06", DEPOSIT), ("2026-11-13", DEPOSIT)]
    assert {subject.partition(" : ")[0] for subject in subjects()} == {
        "Pensez à déposer votre demande d’ici au dimanche 15 novembre 2026"
    }


def test_a_holder_who_files_in_time_hears_no_more_of_it():
    year = play.a_year()
    dossier = play.a_draft(year)
    file = {
        "2026-11-05": lambda: engine.fire(dossier, "submit", by=year.holder, at=play.day("2026-11-05", 12))
    }
    lived("2026-10-20", "2026-11-20", acts=file)
    assert reminded(template=DEPOSIT) == [("2026-10-30", DEPOSIT)]


def test_a_first_timer_without_help_is_offered_help_and_others_are_not():
    # Given a rule for those who ask for the first time and have not been accompanied
    rule = {
        "fact": "first_time",
        "template": "rappel_depot_aide",
        "anchor": "asked",
        "milestone": "",
        "days_after": [7],
    }
    year = one_rule(**rule)
    play.a_draft(year)
    # When a week has gone by
    lived("2026-10-20", "2026-10-30")
    # Then help was offered once, by name of the request and with the last day
    assert reminded() == [("2026-10-27", "rappel_depot_aide")]
    # and whoever filed a request once is no first-timer
    play.submitted(year)
    play.a_draft(year, title="Jardin")
    lived("2026-10-31", "2026-11-06")
    assert len(reminded()) == 1


# ── The deadline that moves by a week ───────────────────────────────────────


def test_a_deadline_that_moves_by_a_week_takes_its_reminders_along():
    # Given a holder reminded on 6 November of Sunday the 15th
    year = play.a_year()
    play.a_draft(year)
    later = {"2026-11-10": lambda: moved(year, "cloture", date(2026, 11, 22), play.day("2026-11-10", 12))}
    # When the coordinator gives one week more, on the 10th
    lived("2026-10-20", "2026-11-30", acts=later)
    # Then the next reminders speak of the 22nd, once a week still
    assert reminded() == [
        ("2026-10-30", DEPOSIT), ("2026-11-06", DEPOSIT), ("2026-11-13", DEPOSIT), ("2026-11-20", DEPOSIT),
    ]  # fmt: skip
    days = [subject.partition(" : ")[0].rpartition("d’ici au ")[2] for subject in subjects()]
    assert days == ["dimanche 15 novembre 2026"] * 2 + ["dimanche 22 novembre 2026"] * 2


def test_a_deadline_brought_forward_says_nothing_that_should_have_left_already():
    year = play.a_year()
    play.a_draft(year)
    sooner = {"2026-11-03": lambda: moved(year, "cloture", date(2026, 11, 8), play.day("2026-11-03", 12))}
    lived("2026-10-20", "2026-11-15", acts=sooner)
    assert reminded() == [("2026-10-30", DEPOSIT), ("2026-11-06", DEPOSIT)]


# ── The holiday ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "worked_day, left",
    [("avant", "2026-11-10"), ("après", "2026-11-12"), ("inchangé", "2026-11-12")],
    ids=["the day before", "the day after", "unchanged, but the eleventh is nobody's"],
)
def test_a_reminder_of_armistice_day_leaves_as_its_rule_says_and_never_on_that_day(worked_day, left):
    # Given a deadline on Wednesday 18 November, and a rule of seven days
    year = one_rule(days_before=[7], worked_day=worked_day)
    play.a_draft(year)
    moved(year, "cloture", date(2026, 11, 18), play.WRITING)
    # When the days go by
    lived("2026-10-25", "2026-11-20")
    # Then it left around the holiday, and nobody was written to on it
    assert reminded() == [(left, DEPOSIT)]


def test_a_town_of_alsace_keeps_good_friday():
    # Given a deadline on Wednesday 31 March 2027, five days after Good Friday
    year = play.a_year(
        reminders=[{"code": "depot", "kind": "not_filed", "milestone": "cloture", "days_before": [5]}]
    )
    type(year.cycle).objects.filter(pk=year.cycle.pk).update(region="alsace_moselle")
    play.a_draft(year)
    moved(year, "cloture", date(2027, 3, 31), play.day("2026-11-02"))
    lived("2027-03-20", "2027-03-31")
    # Then the reminder left on Thursday, where the rest of France would have had it on Friday
    assert reminded() == [("2027-03-25", DEPOSIT)]


# ── A year with everything ──────────────────────────────────────────────────


def test_an_absence_is_told_to_the_team_until_it_ends():
    # Given opinions asked on 10 December, and a rule for those that are silent after ten days
    rule = {
        "code": "silences",
        "kind": "opinion_awaited",
        "audience": "team",
        "anchor": "asked",
        "days_after": [10],
    }
    year = play.a_year(reminders=[rule])
    silent, answered = play.in_review(year), play.in_review(year)
    for name in year.envelopes:
        play.opine(year, answered, name)
    # When ten days have gone by, a Sunday
    lived("2026-12-11", "2026-12-31")
    # Then each of the team had one mail, on the Friday before, that names the silent dossier alone
    assert {row[0] for row in reminded()} == {"2026-12-18"}
    told = [one for one in subjects() if "avis pas encore reçus" in one]
    assert told == ["2 avis pas encore reçus"] * 2
    assert silent.lines.filter(state="invited").count() == 2


# ── Hours and days of rest ──────────────────────────────────────────────────


def test_a_cycle_that_writes_in_the_evening_lets_people_work_in_peace():
    # Given two calls of one town, one of which writes from five o'clock on
    usual, evening = play.a_year(), play.a_year("benevoles_2027")
    type(evening.cycle).objects.filter(pk=evening.cycle.pk).update(reminder_hours="17-20")
    for year in (usual, evening):
        play.a_draft(year)
    # When the day of the reminders comes
    sent = []
    for hour in (9, 12, 16, 17, 21):
        at = play.day("2026-11-06", hour)
        follow_calendar(at)
        sweep(lambda at=at: at)
        sent.append((hour, len(reminded())))
    # Then one leaves in the morning, the other at five, and nothing at night
    assert sent == [(9, 1), (12, 1), (16, 1), (17, 2), (21, 2)]


def test_a_cycle_may_write_on_a_saturday_and_a_rule_leave_that_day():
    # Given a call whose volunteers prefer Saturdays, and a rule that keeps its day whatever it is
    year = one_rule(days_before=[8], worked_day="inchangé")  # Saturday 7 November
    type(year.cycle).objects.filter(pk=year.cycle.pk).update(reminder_days="saturdays_too")
    play.a_draft(year)
    lived("2026-10-25", "2026-11-20")
    assert reminded() == [("2026-11-07", DEPOSIT)]
