"""An intermediate report that its holder sent stands in the team's to-do list until somebody has read it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases.tasks import INTERIM
from tests import year as play
from tests.cases import reported
from tests.firing import fired
from workflow import engine

pytestmark = pytest.mark.django_db
HALFWAY = {"text": "Six ateliers.", "people": 20, "spent": Decimal(300)}


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


def sent(year):
    """The holder writes how far it is, and sends it."""
    due = reported.interim(year)
    engine.amend(due, HALFWAY, by=year.holder, at=play.ANSWERING)
    return fired(play.fresh(due), "file", year.holder, play.ANSWERING)


def to_read(client, user) -> list[tuple[str, str]]:
    client.force_login(user)
    return [
        (one.url, one.button) for one in client.get(reverse("todo"), {"kind": INTERIM}).context["home"].page
    ]


def test_it_awaits_the_team_from_the_day_it_was_sent_until_it_is_read(client, year):
    draft = reported.interim(year)
    assert to_read(client, year.instructor) == []
    engine.amend(draft, HALFWAY, by=year.holder, at=play.ANSWERING)
    halfway = fired(play.fresh(draft), "file", year.holder, play.ANSWERING)
    address = reverse("dossier-interim", args=[halfway.dossier.uuid])
    for user in (year.instructor, year.coordinator):
        assert to_read(client, user) == [(address, "Lire le bilan intermédiaire")]
    other = play.a_year("autre_2027")
    assert to_read(client, other.instructor) == []
    client.force_login(year.instructor)
    assert client.get(address).status_code == 200
    fired(halfway, "accept", year.instructor, play.ANSWERING)
    assert to_read(client, year.instructor) == []


def test_one_sent_back_awaits_its_holder_and_then_the_team_again(client, year):
    halfway = sent(year)
    back = fired(halfway, "ask_correction", year.instructor, play.ANSWERING, reason="Combien de familles ?")
    assert to_read(client, year.instructor) == []
    fired(back, "file", year.holder, play.ANSWERING)
    assert len(to_read(client, year.instructor)) == 1


def test_the_final_report_is_no_intermediate_one(client, year, on_day):
    on_day(play.REPORTING)
    reported.filed(year)
    assert to_read(client, year.instructor) == []


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, year, many, django_assert_num_queries):
    for _ in range(many):
        sent(year)
    client.force_login(year.instructor)
    with django_assert_num_queries(9):
        assert len(client.get(reverse("todo"), {"kind": INTERIM}).context["home"].page) == many
