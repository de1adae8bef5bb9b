"""The notebook of ideas on screen: noted in three words, written again, then a request that holds its words."""

import pytest
from django.db import connection
from django.urls import reverse

from cases import ideas
from cases import models as cases
from tests import year as play
from tests.cases.views.test_sessions import text
from tests.pages import form_with
from tests.sessions import AFTER, a_session, an_idea, booked, moved
from workflow.models import Organisation
from workflow.triggers import lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day, client):
    on_day(play.WRITING)
    year = play.a_year()
    cases.Neighbourhood.objects.create(code="QN05109M", name="Le Hamois", contract=year.cycle.contract)
    cases.Orientation.objects.create(cycle=year.cycle, code="emploi", label="Emploi")
    client.force_login(year.holder)
    return year


def test_an_idea_is_noted_once_by_its_title_alone(client, year):
    path = reverse("ideas")
    form = form_with(client.get(path), "title")
    sent = form.fields | {"title": "Réparer des vélos"}
    for _ in range(2):
        assert "L’idée est dans votre carnet." in text(client.post(path, sent, follow=True))
    idea = cases.Idea.objects.get()
    assert (idea.title, idea.need, idea.organisation) == ("Réparer des vélos", "", year.holder_organisation)
    assert client.post(path, form.fields).status_code == 422


def test_an_idea_is_written_again_with_its_quarters(client, year):
    idea = an_idea(year)
    path = reverse("idea", args=[idea.uuid])
    quarter, orientation = cases.Neighbourhood.objects.get(), cases.Orientation.objects.get()
    sent = form_with(client.get(path), "title").fields
    sent |= {"title": "Vélos", "neighbourhoods": [quarter.pk], "orientation": orientation.pk}
    assert client.post(path, sent).status_code == 302
    idea = play.fresh(idea)
    assert (idea.title, [*idea.neighbourhoods.order_by("pk")], idea.orientation) == (
        "Vélos",
        [quarter],
        orientation,
    )
    assert client.post(path, sent | {"title": "Trop tard"}).status_code == 409


def test_an_idea_becomes_a_request_that_holds_its_words_and_its_bookings(client, year):
    idea, session = an_idea(year, title="Jardin", need="Se retrouver dehors."), a_session(year)
    idea.neighbourhoods.set(cases.Neighbourhood.objects.order_by("pk"))
    booking = booked(year, session, idea=idea)
    path = reverse("idea-move", args=[idea.uuid, "become"])
    sent = form_with(client.get(path), "version").fields
    page = client.post(path, sent, follow=True)
    assert "Votre idée est devenue une demande" in text(page)
    draft = cases.Dossier.objects.get()
    assert (draft.title, [one.code for one in draft.neighbourhoods.order_by("pk")]) == (
        "Jardin",
        ["QN05109M"],
    )
    assert (play.fresh(booking).dossier, play.fresh(idea).state) == (draft, "drafted")
    client.post(path, sent)
    assert cases.Dossier.objects.count() == 1


def test_the_need_is_written_under_the_question_that_asks_for_it(client, year):
    with lifted(connection.alias):  # because the rules of a published year stand still
        for code in ("resume_long", "besoin"):
            cases.Question.objects.create(
                version=year.rules, code=code, label=code, topic="L’action", kind="long"
            )
    idea = an_idea(year, need="Se retrouver dehors.")
    draft = ideas.become(idea, by=year.holder, at=play.WRITING)
    assert play.fresh(draft).answers == {"besoin": "Se retrouver dehors."}


def test_a_session_held_for_an_idea_counts_for_the_request_it_becomes(client, year, on_day):
    idea = an_idea(year)
    moved(booked(year, a_session(year), idea=idea), "attend", year.instructor, AFTER)
    on_day(AFTER)
    client.force_login(year.holder)
    path = reverse("idea-move", args=[idea.uuid, "become"])
    client.post(path, form_with(client.get(path), "version").fields)
    [support] = cases.Dossier.objects.get().supports.order_by("pk")
    assert (support.state, support.step.code) == ("held", "rendez-vous")


def test_an_idea_is_set_aside_and_taken_up(client, year):
    idea = an_idea(year)
    for move, state in (("set_aside", "aside"), ("take_up", "open")):
        path = reverse("idea-move", args=[idea.uuid, move])
        client.post(path, form_with(client.get(path), "version").fields)
        assert play.fresh(idea).state == state


def test_nobody_reads_anothers_notebook(client, year):
    other = play.a_year("ailleurs_2027")
    theirs = an_idea(other, title="Pas à nous")
    assert "Pas à nous" not in text(client.get(reverse("ideas")))
    assert client.get(reverse("idea", args=[theirs.uuid])).status_code == 404


def test_whoever_asks_for_several_houses_says_for_which(client, year):
    second = Organisation.objects.create(name="Les Semeurs")
    year.holder.grants.create(role="holder", organisation=second)
    path = reverse("ideas")
    sent = form_with(client.get(path), "title").fields | {"title": "Jardin", "organisation": second.pk}
    client.post(path, sent)
    assert cases.Idea.objects.get().organisation == second


@pytest.mark.parametrize("rows", [1, 3])
def test_the_notebook_costs_the_same_for_one_idea_and_for_three(
    client, year, django_assert_num_queries, rows
):
    for _ in range(rows):
        an_idea(year)
    with django_assert_num_queries(12):
        client.get(reverse("ideas"))
