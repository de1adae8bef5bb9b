"""J-30, J-15, J-7, J-1 of real deadlines, and of the days that trip calendars: every date typed by hand.

The list of every day of 2024–2040 stands in `tests/real/`, beside the published calendars.
"""

from datetime import date, timedelta

import pytest

from notifications import reminders
from notifications.models import Message
from tests import year as play
from workflow.models import Milestone

pytestmark = pytest.mark.django_db

PLANS = {
    # Deadlines that were published
    "Grand Reims": ("2024-11-15", ["2024-10-16", "2024-10-31", "2024-11-08", "2024-11-14"]),
    "Est Ensemble": ("2025-11-30", ["2025-10-31", "2025-11-14", "2025-11-21", "2025-11-28"]),
    "Cœur du Var": ("2026-03-15", ["2026-02-13", "2026-02-27", "2026-03-06", "2026-03-13"]),
    "Chauny-Tergnier-La Fère": ("2022-11-06", ["2022-10-07", "2022-10-21", "2022-10-28", "2022-11-04"]),
    "Mantes-la-Jolie": ("2018-02-16", ["2018-01-17", "2018-02-01", "2018-02-09", "2018-02-15"]),
    "Saint-Étienne": ("2020-12-15", ["2020-11-13", "2020-11-30", "2020-12-08", "2020-12-14"]),
    # A Monday: J-7 and J-1 fall in one week, and the one that is nearer leaves
    "Val de Fensch": ("2021-02-15", ["2021-01-15", "2021-01-29", "2021-02-12"]),
    "Cosne-Cours-sur-Loire": ("2020-01-20", ["2019-12-20", "2020-01-03", "2020-01-17"]),
    # Days that trip calendars
    "the clocks go forward, 29 March 2026": (
        "2026-03-31",
        ["2026-02-27", "2026-03-16", "2026-03-24", "2026-03-30"],
    ),
    "the clocks go back, 26 October 2025": (
        "2025-10-28",
        ["2025-09-26", "2025-10-13", "2025-10-21", "2025-10-27"],
    ),
    "29 February 2028 is J-7": ("2028-03-07", ["2028-02-04", "2028-02-21", "2028-02-29", "2028-03-06"]),
    "29 February 2028 is the deadline": (
        "2028-02-29",
        ["2028-01-28", "2028-02-14", "2028-02-22", "2028-02-28"],
    ),
    "Easter Monday is J-1": ("2026-04-07", ["2026-03-06", "2026-03-23", "2026-04-03"]),
    "the Armistice is J-7": ("2027-11-18", ["2027-10-19", "2027-11-03", "2027-11-10", "2027-11-17"]),
    "New Year’s Day is J-7": ("2027-01-08", ["2026-12-09", "2026-12-24", "2026-12-31", "2027-01-07"]),
    "Ascension Day is J-1": ("2027-05-07", ["2027-04-07", "2027-04-22", "2027-04-30", "2027-05-05"]),
}
RULE = {"code": "depot", "kind": "not_filed", "milestone": "cloture", "days_before": [30, 15, 7, 1]}


@pytest.mark.parametrize("place", PLANS)
def test_a_holder_is_reminded_on_the_days_that_a_diary_would_say(monkeypatch, place):
    deadline, plan = date.fromisoformat(PLANS[place][0]), PLANS[place][1]
    a_draft_before(monkeypatch, deadline)
    assert days_planned(deadline) == plan


def a_draft_before(monkeypatch, deadline: date) -> play.Year:
    """A year with that deadline, published and a request begun long before it."""
    monkeypatch.setattr(play, "BEFORE", play.day(str(deadline - timedelta(days=90))))
    monkeypatch.setattr(play, "WRITING", play.day(str(deadline - timedelta(days=60))))
    year = play.a_year(reminders=[RULE])
    # written as it is, because a date that moves is another test's matter
    Milestone.objects.filter(code="cloture").update(starts_on=deadline, ends_on=deadline)
    play.a_draft(year)
    return year


def days_planned(deadline: date) -> list[str]:
    """The days written in the outbox, planned each day at the hours at which clocks change and days begin."""
    for number in range(-45, 4):
        on = str(deadline + timedelta(days=number))
        for hour in (0, 2, 3, 8, 23):
            reminders.plan(play.day(on, hour))
    rows = Message.objects.filter(template="rappel_depot").order_by("planned_on")
    assert [row.planned_on for row in rows] == [play.day(str(row.planned_on)).date() for row in rows]
    assert [row.due_at.astimezone(play.PARIS).isoformat()[:13] for row in rows] == [
        f"{row.planned_on}T08" for row in rows
    ]
    return [str(row.planned_on) for row in rows]
