"""A search finds the number, the title and the holder; on PostgreSQL it reads an index, elsewhere every title."""

import pytest
from django.db import connection
from django.urls import reverse

from cases import search
from cases.models import Dossier
from tests import year as play
from workflow.models import Organisation

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="its index is PostgreSQL's")


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


def test_a_word_is_found_in_the_title_and_in_the_holder_s_name(year):
    jardin, velo = play.a_draft(year, title="Jardin partagé"), play.a_draft(year, title="Atelier vélo")
    Organisation.objects.filter(pk=velo.organisation_id).update(name="Les Pédales")
    other = play.a_draft(play.a_year("ailleurs_2027"), title="Musique")
    seen = Dossier.objects.order_by("pk")
    assert list(seen.matching("jardin")) == [jardin]
    assert list(seen.matching("pédales")) == [jardin, velo]
    assert list(seen.matching("2")) == [velo, other]  # its number, and the year in a holder's name


@pytest.mark.parametrize("many", [1, 3])
def test_a_searched_list_costs_one_query_more_whatever_it_finds(
    client, year, django_assert_num_queries, many
):
    for rank in range(many):
        play.a_draft(year, title=f"Jardin {rank}")
    client.force_login(year.instructor)
    with django_assert_num_queries(8):
        page = client.get(reverse("dossier-list"), {"search": "jardin"})
    assert page.context["table"].paginator.count == many


@on_postgresql
def test_a_search_reads_the_index_of_titles(year):
    play.a_draft(year)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # because one row is read faster without
    assert "dossier_title_pieces" in Dossier.objects.matching("vélo").order_by().explain()


@on_postgresql
def test_making_it_twice_changes_nothing():
    assert [search.ensure(), search.ensure()] == [True, True]


@on_postgresql
def test_without_the_right_to_add_it_a_database_still_migrates(monkeypatch):
    monkeypatch.setattr(search, "STATEMENTS", ("CREATE EXTENSION absent_from_every_server",))
    assert search.ensure() is False
    assert Dossier.objects.count() == 0


@pytest.mark.skipif(connection.vendor == "postgresql", reason="which has one")
def test_elsewhere_there_is_no_index_to_make():
    assert search.ensure() is False
