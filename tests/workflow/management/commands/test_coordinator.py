"""The first coordinator of a cycle, given by whoever keeps the machine."""

import pytest
from django.core.management import CommandError, call_command

from tests import year as play
from workflow.models import Entry, User
from workflow.roles import Held, held_by

pytestmark = pytest.mark.django_db


def test_the_first_coordinator_comes_from_the_machine_and_the_journal_says_so():
    year = play.a_year()
    call_command("coordinator", year.cycle.code, "Maire@exemple.test")
    user = User.objects.get(email="maire@exemple.test")
    assert held_by(user) == [Held("coordinator", year.cycle.pk, None)]
    entry = Entry.objects.get(subject_label="workflow.grant", subject_id=user.grants.get().pk)
    assert (entry.move, entry.actor_id) == ("open", None)


@pytest.mark.parametrize("cycle, email, told", [
    ("absent", "a@exemple.test", "Aucun cycle ne porte le code « absent »."),
    ("essai_2027", "coordination-essai_2027@exemple.test", "coordonne déjà"),
])  # fmt: skip
def test_a_mistake_is_told_and_nothing_is_written(cycle, email, told):
    play.a_year()
    before = User.objects.count()
    with pytest.raises(CommandError, match=told):
        call_command("coordinator", cycle, email)
    assert User.objects.count() == before
