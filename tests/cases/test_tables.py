"""The list of dossiers: constant cost, filters by the address, amounts that each reader may know."""

import pytest
from django.urls import reverse

from cases.models import Dossier, Neighbourhood
from tests import year as play
from workflow.roles import Role

pytestmark = pytest.mark.django_db

COST = {Role.HOLDER: 6, Role.INSTRUCTOR: 7, Role.COORDINATOR: 7, Role.FINANCIER: 8}


def listed(client, user, **query):
    client.force_login(user)
    return client.get(reverse("dossier-list"), query)


def titles(response) -> list[str]:
    return [row.title for row in response.context["table"].paginated_rows.data]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("role", COST)
def test_the_list_costs_the_same_for_one_row_and_for_three(client, django_assert_num_queries, rows, role):
    year = play.a_year()
    for _ in range(rows):
        play.in_review(year)
    client.force_login(year.person(role))
    with django_assert_num_queries(COST[role]):
        client.get(reverse("dossier-list"))


def test_filters_stand_in_the_address(client):
    year = play.a_year()
    play.a_draft(year, title="Jardin")
    play.submitted(year, title="Vélo")
    kept = {
        query: titles(listed(client, year.instructor, **dict([query.split("=")])))
        for query in ("search=jar", "search=002", "state=submitted", "mine=on", "state=nonsense")
    }
    assert kept == {
        "search=jar": ["Jardin"],
        "search=002": ["Vélo"],
        "state=submitted": ["Vélo"],
        "mine=on": ["Vélo"],
        "state=nonsense": ["Jardin", "Vélo"],
    }


def test_the_financier_filter_keeps_those_that_ask_it(client):
    year = play.a_year()
    dossier = play.a_draft(year, title="Deux financeurs")
    other = play.a_year("ailleurs")
    financier = year.envelopes["etat"].financier
    assert titles(listed(client, year.instructor, financier=financier.pk)) == [dossier.title]
    stranger = other.envelopes["etat"].financier
    assert titles(listed(client, year.instructor, financier=stranger.pk)) == [dossier.title]  # no such choice


def test_a_page_beyond_the_last_shows_the_last(client):
    year = play.a_year()
    play.a_draft(year, title="Seul")
    assert titles(listed(client, year.instructor, page="9")) == ["Seul"]


def test_each_reader_sees_the_sums_it_may_know(client):
    year = play.a_year()
    dossier = play.decided(year)
    sums = {}
    for role in COST:
        found = Dossier.objects.visible_to(year.person(role)).with_sums(year.person(role)).get(pk=dossier.pk)
        sums[role] = (found.requested, found.decided)
    assert sums == {
        Role.HOLDER: (2000, None),
        Role.INSTRUCTOR: (2000, 500),
        Role.COORDINATOR: (2000, 500),
        Role.FINANCIER: (1000, 500),
    }


def test_it_counts_in_french(client):
    year = play.a_year()
    play.a_draft(year)
    assert listed(client, year.instructor).context["table"].caption == "1 dossier"
    play.a_draft(year)
    assert listed(client, year.instructor).context["table"].caption == "2 dossiers"


def test_a_quarter_a_holder_and_the_sums_narrow_and_sort(client):
    year = play.a_year()
    first, second = play.a_draft(year, title="Zèbre"), play.a_draft(year, title="Abeille", requested=9)
    quarter = Neighbourhood.objects.create(code="QN05109M", name="Le Hamois", contract=year.cycle.contract)
    second.neighbourhoods.add(quarter)
    kept = {
        query: titles(listed(client, year.instructor, **dict([query.split("=")])))
        for query in (f"neighbourhood={quarter.pk}", "holder=tisseurs", "holder=nobody", "sort=title")
    }
    kept |= {"sort=-requested": titles(listed(client, year.instructor, sort="-requested"))}
    assert kept == {
        f"neighbourhood={quarter.pk}": ["Abeille"],
        "holder=tisseurs": ["Zèbre", "Abeille"],
        "holder=nobody": [],
        "sort=title": ["Abeille", "Zèbre"],
        "sort=-requested": ["Zèbre", "Abeille"],
    }
    page = listed(client, year.instructor, sort="title").content.decode()
    assert 'aria-sort="ascending"' in page
    assert first.title in page


def test_the_team_chooses_rows_with_their_versions_and_nobody_else_does(client):
    year = play.a_year()
    dossier = play.submitted(year)
    row = f'value="{dossier.uuid}:{dossier.version}"'
    found = {role: row in listed(client, year.person(role)).content.decode() for role in COST}
    assert found == {
        Role.HOLDER: False,
        Role.INSTRUCTOR: True,
        Role.COORDINATOR: True,
        Role.FINANCIER: False,
    }
