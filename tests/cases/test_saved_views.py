"""Views of the list: one's own or the team's, at most one opens first, and nobody changes a colleague's."""

import pytest
from django.urls import reverse

from cases.models import SavedView
from tests import year as play
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


def keep(client, user, name="À vérifier", query="state=submitted", **more):
    client.force_login(user)
    return client.post(reverse("view-keep"), {"name": name, "query": query, **more})


def change(client, user, view, how):
    client.force_login(user)
    return client.post(reverse("view-change", args=[view.uuid]), {"change": how})


def names(client, user) -> list[str]:
    client.force_login(user)
    return [one.name for one in client.get(reverse("dossier-list"), {"tout": "1"}).context["views"]]


def test_a_view_is_kept_for_oneself(client, year):
    response = keep(client, year.instructor)
    assert (response.status_code, response.url) == (302, "/dossiers/?state=submitted")
    assert names(client, year.instructor) == ["À vérifier"]
    assert names(client, year.coordinator) == []


def test_a_shared_view_is_the_whole_team_s_and_no_other_town_s(client, year):
    keep(client, year.instructor, cycle=str(year.cycle.pk))
    assert names(client, year.coordinator) == ["À vérifier"]
    assert names(client, play.a_year("ailleurs").coordinator) == []


def test_nobody_shares_with_a_team_of_which_they_are_not(client, year):
    elsewhere = play.a_year("ailleurs")
    assert keep(client, year.instructor, cycle=str(elsewhere.cycle.pk)).status_code == 422
    assert SavedView.objects.count() == 0


def test_one_view_opens_first_and_the_whole_list_stays_reachable(client, year):
    keep(client, year.instructor, opens_first="on")
    keep(client, year.instructor, name="Les miens", query="mine=on", opens_first="on")
    bare = client.get(reverse("dossier-list"))
    assert (bare.status_code, bare.url) == (302, "/dossiers/?mine=on")
    assert client.get(reverse("dossier-list"), {"tout": "1"}).status_code == 200
    assert [one.name for one in SavedView.objects.filter(opens_first=True)] == ["Les miens"]


def test_a_name_serves_once_and_what_was_typed_is_shown_again(client, year):
    keep(client, year.instructor)
    again = keep(client, year.instructor, query="mine=on")
    assert again.status_code == 422
    assert "vous avez déjà une vue de ce nom" in again.content.decode().lower()
    assert again.context["form"]["query"].value() == "mine=on"


def test_the_owner_alone_changes_a_view(client, year):
    keep(client, year.instructor, cycle=str(year.cycle.pk))
    view = SavedView.objects.get()
    assert change(client, year.coordinator, view, "forget").status_code == 404
    assert change(client, year.instructor, view, "nonsense").status_code == 422
    change(client, year.instructor, view, "alone")
    assert names(client, year.coordinator) == []
    change(client, year.instructor, view, "forget")
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize("role", [Role.HOLDER, Role.FINANCIER])
def test_views_are_the_team_s_tool(client, year, role):
    assert keep(client, year.person(role)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_view_and_for_three(client, year, django_assert_num_queries, rows):
    for one in range(rows):
        keep(client, year.instructor, name=f"Vue {one}", cycle=str(year.cycle.pk))
    client.force_login(year.coordinator)
    with django_assert_num_queries(6):
        client.get(reverse("dossier-list"))
