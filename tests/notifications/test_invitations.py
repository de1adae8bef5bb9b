"""Who is given a role and has no way in yet is invited; nobody else is."""

import pytest

from notifications.models import Message
from tests import year as play
from workflow import engine
from workflow.models import Grant, User
from workflow.roles import SYSTEM, Role

pytestmark = pytest.mark.django_db


def invited(by, user, year) -> list[tuple[str, str]]:
    grant = Grant(user=user, role=Role.COMMITTEE, cycle=year.cycle)
    engine.open_many([grant], by=by, at=play.READING)
    return list(Message.objects.filter(recipient=user).values_list("template", "subject_label"))


def test_an_account_without_a_password_is_invited_in_the_name_of_its_cycle():
    year = play.a_year()
    assert invited(year.coordinator, User.objects.create_user("awa@exemple.test"), year) == [
        ("invitation", "workflow.cycle")
    ]


def test_who_has_a_password_is_not_invited():
    year = play.a_year()
    assert invited(year.coordinator, play.person("awa"), year) == []


def test_a_role_that_nobody_gave_invites_nobody():
    year = play.a_year()
    assert invited(SYSTEM, User.objects.create_user("awa@exemple.test"), year) == []
