"""What an accompaniment keeps of each move, and how a missed one may still be held or waived."""

from datetime import date

import pytest

from tests import year as play
from tests.cases.reached import SUPPORTS, fired
from workflow.models import Entry

pytestmark = pytest.mark.django_db

MEETING = {"held_on": date(2026, 10, 19), "record": "Trois actions."}


@pytest.mark.parametrize("state", ["asked", "missed"])
def test_a_meeting_keeps_its_day_and_its_record(state):
    year = play.a_year()
    held = fired(SUPPORTS[state](year), "hold", year.instructor, play.WRITING, **MEETING)
    assert (held.state, held.held_on, held.record) == ("held", date(2026, 10, 19), "Trois actions.")


def test_a_missed_meeting_records_nothing():
    missed = SUPPORTS["missed"](play.a_year())
    assert (missed.held_on, missed.record) == (None, "")


@pytest.mark.parametrize("state", ["asked", "missed"])
def test_a_step_is_waived_with_its_reason_in_the_journal(state):
    year = play.a_year()
    waived = fired(SUPPORTS[state](year), "waive", year.coordinator, play.WRITING, reason="Porteur connu")
    told = Entry.objects.get(subject_label="cases.support", subject_id=waived.pk, move="waive")
    assert (waived.state, [one.text for one in told.prose.order_by("pk")]) == ("waived", ["Porteur connu"])
