"""`manage.py demo`: in any season, once, whole or not at all, and never among real people."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Dossier
from config import demo
from notifications.models import Message
from tests import year as play
from workflow.models import Cycle, Entry, User
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("at", ["2026-06-30", "2031-01-01"])
def test_in_another_season_the_deadline_is_still_ahead(at):
    now = play.day(at)
    demo.build(now)
    days = Cycle.objects.get().milestones.get(code="cloture").ends_on - now.date()
    assert 1 <= days.days <= 7
    assert Dossier.objects.filter(state="review", review_due_on__gt=now.date()).count() == 8
    assert Entry.objects.filter(at__gte=now).count() == 0


def test_the_command_says_the_accounts_and_a_second_one_doubles_nothing():
    first, second = StringIO(), StringIO()
    call_command("demo", stdout=first)
    before = (Dossier.objects.count(), User.objects.count(), Entry.objects.count(), Message.objects.count())
    call_command("demo", stdout=second)
    assert (
        Dossier.objects.count(),
        User.objects.count(),
        Entry.objects.count(),
        Message.objects.count(),
    ) == before
    for said in (first.getvalue(), second.getvalue()):
        assert "coordination@exemple.test" in said
        assert demo.password() in said


def test_a_public_password_never_enters_a_database_that_serves():
    play.person("vraie-personne")
    with pytest.raises(CommandError, match="n’y entre pas"):
        call_command("demo", stdout=StringIO())
    assert User.objects.count() == 1


def test_a_story_that_is_refused_leaves_nothing(monkeypatch):
    written = demo._written
    impossible = {"jour": -1, "qui": "coordination", "passage": "decide", "dossiers": [8]}
    monkeypatch.setattr(
        demo, "_written", lambda name: [*written(name), impossible] if name == "story" else written(name)
    )
    with pytest.raises(Refused):
        demo.build(play.day("2026-11-22"))
    assert (User.objects.count(), Cycle.objects.count(), Entry.objects.count()) == (0, 0, 0)
