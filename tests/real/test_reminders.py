"""Reminders on the calendars that were published, and on every day of 2024–2040 (make real DATA=…).

What is expected is computed here by hand, from an independent list of public holidays.
"""

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from cases import models as cases
from notifications import reminders
from notifications.due import Rhythm
from notifications.models import Message, ReminderRule
from tests.real.test_calendars import CALENDARS, CYCLES, published
from tests.year import PARIS, day, person
from workflow import engine, loading
from workflow.models import CycleVersion, Organisation
from workflow.roles import SYSTEM, Role

pytestmark = [pytest.mark.real, pytest.mark.django_db]

OFFSETS = (30, 15, 7, 1)
RHYTHM = Rhythm(tuple(-days for days in OFFSETS))
FIRST, LAST = date(2024, 1, 1), date(2040, 12, 31)
LEAP_DAYS = {date(year, 2, 29) for year in range(2024, 2041, 4)}


def listed_holidays() -> set[date]:
    path = Path(os.environ["JALONS_DATA"]) / "jours_feries.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {date.fromisoformat(row["date"]) for row in csv.DictReader(lines)}


def by_hand(deadline: date, holidays: set[date]) -> list[date]:
    """So many days before, back to a day that is worked; where two fall in one week the nearer one stands."""
    weeks = {}
    for days in OFFSETS:
        on = deadline - timedelta(days=days)
        while on.weekday() > 4 or on in holidays:
            on -= timedelta(days=1)
        weeks[on.isocalendar()[:2]] = on
    return sorted(weeks.values())


def clock_changes() -> set[date]:
    """The days of 2024–2040 that last 23 or 25 hours in Paris."""
    days = (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
    return {
        on for on in days if day(str(on), 0).utcoffset() != day(str(on + timedelta(days=1)), 0).utcoffset()
    }


def test_every_deadline_of_2024_to_2040_has_the_plan_of_a_diary():
    holidays = listed_holidays()
    deadlines = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    wrong = [due for due in deadlines if by_product(due) != by_hand(due, holidays)]
    assert (len(deadlines), wrong) == (6210, [])


def test_lived_day_by_day_every_deadline_hears_that_same_plan():
    holidays = listed_holidays()
    deadlines = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    assert [due for due in deadlines if lived(due, holidays) != by_hand(due, holidays)] == []


def lived(due: date, holidays: set[date]) -> list[date]:
    """The first worked day on which each offset is the one that speaks."""
    heard = {}
    for number in range(-42, 2):
        on = due + timedelta(days=number)
        if on.weekday() < 5 and on not in holidays:
            offset = RHYTHM.nearest(due, on)
            heard.setdefault(offset, on)
    return sorted(on for offset, on in heard.items() if offset is not None)


def test_no_plan_writes_on_a_holiday_and_leap_days_are_days_like_others():
    holidays = {on for on in listed_holidays() if FIRST <= on <= LAST and on.weekday() < 5}
    a_week_later = {on: by_product(on + timedelta(days=7)) for on in holidays | LEAP_DAYS}
    assert [on for on in holidays if on in a_week_later[on]] == []
    worked = {on for on in LEAP_DAYS if on.weekday() < 5}
    assert {on for on in LEAP_DAYS if on in a_week_later[on]} == worked


def test_a_plan_around_a_change_of_clocks_is_the_plan_of_a_diary():
    changes, holidays = clock_changes(), listed_holidays()
    around = [on + timedelta(days=number) for on in sorted(changes) for number in range(31)]
    assert len(changes) == 34
    assert [due for due in around if by_product(due) != by_hand(due, holidays)] == []


def by_product(deadline: date) -> list[date]:
    return [*RHYTHM.spoken(deadline, date.min, date.max)]


@pytest.mark.parametrize("case", CALENDARS)
def test_a_published_deadline_is_reminded_of_as_its_own_cycle_runs(case):
    [deadline] = [
        date.fromisoformat(row["date_fin"])
        for row in published()
        if row["cas"] == case and row["jalon"] == "cloture_depot"
    ]
    begin_a_request(CYCLES / f"{CALENDARS[case]}.yaml", deadline)
    for number in range(-45, 4):
        on = str(deadline + timedelta(days=number))
        for hour in (0, 2, 3, 8, 23):
            reminders.plan(day(on, hour))
    rows = Message.objects.filter(template="rappel_depot").order_by("planned_on")
    assert [row.planned_on for row in rows] == by_hand(deadline, listed_holidays())
    assert {row.due_at.astimezone(PARIS).hour for row in rows} == {8}


def begin_a_request(path: Path, deadline: date) -> None:
    """A cycle as it was published, with one rule of thirty, fifteen, seven days and the eve, and one request begun."""
    cycle = loading.load(path, at=day("2017-01-01"), publish=False)
    rules = CycleVersion.objects.get(cycle=cycle)
    rules.reminders.all().delete()
    closing = cycle.milestones.get(ends_on=deadline, code="cloture")
    ReminderRule.objects.create(
        version=rules,
        code="depot",
        label="Dépôt",
        kind="not_filed",
        milestone=closing,
        days_before=[*OFFSETS],
    )
    engine.fire(rules, "publish", by=SYSTEM, at=day("2017-01-01"))
    holder = Organisation.objects.create(name="Association fictive")
    person("porteur", Role.HOLDER, None, holder)
    project = cases.Project.objects.create(organisation=holder, title="Action fictive")
    rules = CycleVersion.objects.get(pk=rules.pk)
    draft = cases.Dossier(
        cycle=cycle, rules=rules, project=project, organisation=holder, number=1, title="Action fictive"
    )
    engine.open_many([draft], by=SYSTEM, at=day(str(deadline - timedelta(days=60))))
