"""The days on which people work in a rehearsed year are those of the cycle's own region."""

from datetime import date

import pytest

from notifications.rehearsal.dates import Dates
from notifications.rehearsal.stage import Diary
from tests import year as play
from workflow.calendar import Region

pytestmark = pytest.mark.django_db

GOOD_FRIDAY, TUESDAY = date(2027, 3, 26), date(2027, 3, 30)


@pytest.mark.parametrize(
    "region, worked, eve",
    [(Region.METROPOLE, GOOD_FRIDAY, GOOD_FRIDAY), (Region.ALSACE_MOSELLE, TUESDAY, date(2027, 3, 25))],
    ids=str,
)
def test_what_is_done_at_work_keeps_to_the_days_worked_in_the_region(region, worked, eve):
    cycle = play.a_year().cycle
    cycle.region = region
    assert Dates(cycle).worked_from(GOOD_FRIDAY) == worked
    assert Dates(cycle).worked_until(GOOD_FRIDAY) == eve
    diary, done = Diary(cycle.region), []
    diary.note_at_work(GOOD_FRIDAY, 9, lambda at, keys: done.append((at.date(), keys)), 7)
    for on in (GOOD_FRIDAY, TUESDAY):
        diary.live(on)
    assert done == [(worked, [7])]
