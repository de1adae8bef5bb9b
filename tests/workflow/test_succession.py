"""The same people in the next year's cycle, through the door, once."""

import pytest

from tests import year as play
from workflow.models import Cycle, Entry, Grant
from workflow.roles import SYSTEM, Role
from workflow.succession import carry

pytestmark = pytest.mark.django_db


def test_roles_are_given_once_with_their_journal_and_never_to_who_left():
    year = play.a_year()
    left = play.person("parti", Role.INSTRUCTOR, year.cycle)
    left.is_active = False
    left.save(update_fields=["is_active"])
    following = Cycle.objects.create(code="suite", contract=year.cycle.contract, name="Suite", year=2028)
    team = Grant.objects.filter(role__in=["instructor", "coordinator"])
    assert carry(team, year.cycle, following, by=SYSTEM, at=play.WRITING) == 2
    assert carry(team, year.cycle, following, by=SYSTEM, at=play.WRITING) == 0
    held = Grant.objects.filter(cycle=following).order_by("role")
    assert [one.user for one in held] == [year.coordinator, year.instructor]
    journaled = Entry.objects.filter(subject_label="workflow.grant", subject_id__in=[one.pk for one in held])
    assert journaled.count() == 2
