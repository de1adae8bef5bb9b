"""One topic a screen: what stands on which, and what becomes of what two people, two tabs or a bad line write there."""

import pytest
from django.db import connection
from django.urls import reverse

from cases.models import Question
from cases.topics import topics_of
from tests import year as play
from tests.cases import reached
from tests.cases.written import AUTOSAVE, address, opened, written
from tests.cycles import VITRY
from workflow import loading
from workflow.roles import Role
from workflow.triggers import lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


@pytest.fixture
def dossier(client, year):
    client.force_login(year.holder)
    return play.a_draft(year)


def colleague(client, year):
    """Somebody else of the same organisation, on another machine."""
    other = play.person("collegue", Role.HOLDER, None, year.holder_organisation)
    theirs = type(client)()
    theirs.force_login(other)
    return theirs


# Which topics --------------------------------------------------------------------------------------------------------


def test_the_topics_of_vitry_come_in_the_order_in_which_one_writes():
    questions = loading.load(VITRY, at=play.BEFORE).current.questions.order_by("pk")
    assert [(one.slug, one.label, len(one.questions)) for one in topics_of(questions)] == [
        ("essentiel", "L’essentiel", 0),
        ("votre-action", "Votre action", 3),
        ("les-habitants", "Les habitants", 3),
        ("ou-et-avec-qui", "Où, et avec qui", 3),
        ("budget", "Le budget", 1),
        ("pieces", "Les pièces", 3),
    ]


def test_a_theme_never_takes_the_address_of_one_of_our_own():
    questions = [
        Question(code="a", topic="Budget"),
        Question(code="b", topic="  "),
        Question(code="c", topic="Pièces"),
    ]
    assert [one.slug for one in topics_of(questions)] == [
        "essentiel",
        "theme-budget",
        "theme",
        "theme-pieces",
        "budget",
    ]


def test_a_call_without_documents_has_no_topic_for_them():
    assert [one.slug for one in topics_of([])] == ["essentiel", "budget"]


# Saving --------------------------------------------------------------------------------------------------------------


def test_continuing_saves_and_leads_to_the_next_topic_then_to_the_whole(client, dossier):
    ways = [
        written(client, dossier, topic, {}).url for topic in ("essentiel", "l-action", "budget", "pieces")
    ]
    following = [address(dossier, topic) for topic in ("l-action", "budget", "pieces")]
    assert ways == [*following, reverse("dossier-request", args=[dossier.uuid])]


def test_leaving_saves_too(client, dossier):
    response = written(client, dossier, "essentiel", {"title": "Vélo pour tous", "leave": "1"})
    assert (response.url, play.fresh(dossier).title) == (f"/dossiers/{dossier.uuid}/", "Vélo pour tous")


def test_what_is_typed_is_saved_by_itself_and_says_when(client, dossier):
    sent = opened(client, dossier, "l-action") | {"answer-resume": "Réparer à deux."}
    response = client.post(address(dossier, "l-action"), sent, **AUTOSAVE)
    assert "Enregistré à 10&nbsp;h&nbsp;00" in response.content.decode()
    assert play.fresh(dossier).answers == {"resume": "Réparer à deux."}


def test_the_same_words_saved_twice_are_one_save(client, dossier):
    sent = opened(client, dossier, "essentiel") | {"title": "Vélo pour tous"}
    answers = [client.post(address(dossier, "essentiel"), sent, **AUTOSAVE).status_code for _ in range(2)]
    assert (answers, play.fresh(dossier).version) == ([200, 200], dossier.version + 1)


def test_a_field_that_is_wrong_keeps_none_of_the_others_back(client, dossier):
    response = written(client, dossier, "essentiel", {"title": "Vélo pour tous", "public_count": "beaucoup"})
    page = response.content.decode()
    assert (response.status_code, play.fresh(dossier).title) == (422, "Vélo pour tous")
    assert "beaucoup" in page
    assert "crivez un nombre entier, comme 40." in page
    assert "Ce qui n’est pas signalé est enregistré." in page


def test_the_autosave_says_which_field_it_could_not_save(client, dossier):
    response = written(
        client, dossier, "essentiel", {"title": "Vélo", "public_count": "beaucoup"}, **AUTOSAVE
    )
    assert response.status_code == 422
    assert (
        "sauf : «&nbsp;Pour combien de personnes&nbsp;» (écrivez un nombre entier, comme 40.)"
        in response.content.decode()
    )


def test_an_action_does_not_end_before_it_begins(client, dossier):
    response = written(client, dossier, "essentiel", {"starts_on": "2027-03-01", "ends_on": "2027-02-01"})
    assert list(response.context["form"].errors) == ["ends_on"]


# Two people, two tabs, a bad line ------------------------------------------------------------------------------------


def test_two_people_on_two_topics_never_disturb_each_other(client, year, dossier):
    theirs = colleague(client, year)
    mine, other = opened(client, dossier, "essentiel"), opened(theirs, dossier, "l-action")
    assert theirs.post(address(dossier, "l-action"), other | {"answer-resume": "Rouler."}).status_code == 302
    assert client.post(address(dossier, "essentiel"), mine | {"title": "Vélo"}).status_code == 302
    fresh = play.fresh(dossier)
    assert (fresh.title, fresh.answers) == ("Vélo", {"resume": "Rouler."})


def test_two_people_on_two_fields_of_one_topic_are_both_saved(client, year, dossier):
    theirs = colleague(client, year)
    mine, other = opened(client, dossier, "essentiel"), opened(theirs, dossier, "essentiel")
    theirs.post(address(dossier, "essentiel"), other | {"public": "Les collégiens"})
    assert client.post(address(dossier, "essentiel"), mine | {"title": "Vélo"}).status_code == 302
    fresh = play.fresh(dossier)
    assert (fresh.title, fresh.public) == ("Vélo", "Les collégiens")


def test_of_two_people_in_one_field_the_second_reads_the_first_then_decides(client, year, dossier):
    theirs = colleague(client, year)
    mine, other = opened(client, dossier, "essentiel"), opened(theirs, dossier, "essentiel")
    theirs.post(address(dossier, "essentiel"), other | {"public": "Les collégiens"})
    refused = client.post(address(dossier, "essentiel"), mine | {"public": "Tout le monde"})
    page = refused.content.decode()
    assert (refused.status_code, play.fresh(dossier).public) == (409, "Les collégiens")
    assert "<dd>Les collégiens</dd>" in page
    assert 'value="Tout le monde"' in page
    form = refused.context["form"]
    again = {field.html_name: field.value() for field in form if field.value() is not None}
    assert client.post(address(dossier, "essentiel"), again).status_code == 302
    assert play.fresh(dossier).public == "Tout le monde"


def test_two_tabs_of_one_person_are_two_pages(client, dossier):
    first, second = opened(client, dossier, "essentiel"), opened(client, dossier, "essentiel")
    client.post(address(dossier, "essentiel"), first | {"public": "Les collégiens"}, **AUTOSAVE)
    refused = client.post(address(dossier, "essentiel"), second | {"public": "Tout le monde"}, **AUTOSAVE)
    assert (refused.status_code, play.fresh(dossier).public) == (409, "Les collégiens")
    assert (
        "«&nbsp;Pour qui&nbsp;» contient maintenant «&nbsp;Les collégiens&nbsp;»" in refused.content.decode()
    )


def test_an_answer_lost_on_its_way_is_not_somebody_else(client, dossier):
    """The page never heard that its first words arrived: it sends more of them with the marks it had."""
    sent = opened(client, dossier, "l-action")
    for words in ("Répa", "Réparer", "Réparer à deux"):
        response = client.post(address(dossier, "l-action"), sent | {"answer-resume": words}, **AUTOSAVE)
        assert response.status_code == 200
    assert play.fresh(dossier).answers["resume"] == "Réparer à deux"


def test_a_page_that_goes_on_after_a_save_knows_what_it_saved(client, year, dossier):
    """Marks given back by the autosave are those of what the page shows, never of what somebody else wrote."""
    theirs, sent = colleague(client, year), opened(client, dossier, "essentiel")
    written(theirs, dossier, "essentiel", {"public": "Les collégiens"})
    saved = client.post(address(dossier, "essentiel"), sent | {"title": "Vélo"}, **AUTOSAVE)
    sent |= {"title": "Vélo pour tous", "seen": saved.context["seen"]}
    assert client.post(address(dossier, "essentiel"), sent, **AUTOSAVE).status_code == 200
    fresh = play.fresh(dossier)
    assert (fresh.title, fresh.public) == ("Vélo pour tous", "Les collégiens")


def test_a_session_that_ended_is_said_and_saves_nothing(client, dossier):
    sent = opened(client, dossier, "essentiel") | {"title": "Vélo"}
    client.logout()
    assert client.post(address(dossier, "essentiel"), sent, **AUTOSAVE).status_code == 401
    assert play.fresh(dossier).title == dossier.title


def test_only_the_last_pages_are_remembered(client, dossier):
    for rank in range(9):
        written(client, dossier, "essentiel", {"title": f"Vélo {rank}"})
    assert len(client.session["wrote"]) == 6


# Who, and when -------------------------------------------------------------------------------------------------------


def test_who_saves_after_filing_is_told_why_it_does_not_work(client, year, dossier):
    sent = opened(client, dossier, "essentiel") | {"public": "Tous"}
    play.engine.fire(dossier, "submit", by=year.holder, at=play.WRITING)
    for options in ({}, AUTOSAVE):
        response = client.post(address(dossier, "essentiel"), sent, **options)
        assert response.status_code == 422
        assert "Cette information ne peut plus être modifiée à cette étape." in response.content.decode()
    assert play.fresh(dossier).public == ""


def test_a_reader_is_led_to_the_whole_request(client, year):
    dossier = play.submitted(year)
    client.force_login(year.instructor)
    response = client.get(address(dossier, "essentiel"))
    assert (response.status_code, response.url) == (302, reverse("dossier-request", args=[dossier.uuid]))


def test_a_topic_that_the_call_does_not_have_is_a_missing_page(client, dossier):
    assert client.get(address(dossier, "nulle-part")).status_code == 404


def test_a_foreign_request_is_a_missing_page(client, year):
    foreign = play.a_draft(play.a_year("ailleurs"))
    client.force_login(year.holder)
    paths = [address(foreign, "essentiel"), reverse("document-join", args=[foreign.uuid, "budget"])]
    paths.append(reverse("document-remove", args=[foreign.documents.get().uuid]))
    assert [client.post(path, {"seen": "title:"}).status_code for path in paths] == [404, 404, 404]
    assert client.get(paths[0]).status_code == 404


def test_a_request_to_complete_is_written_again(client, year):
    dossier = reached.incomplete(year)
    client.force_login(year.holder)
    assert written(client, dossier, "l-action", {"answer-resume": "Mieux dit."}).status_code == 302
    assert play.fresh(dossier).answers["resume"] == "Mieux dit."


# What the pages ask of the database ----------------------------------------------------------------------------------

COST = {"essentiel": 15, "l-action": 13, "budget": 16, "pieces": 15}


@pytest.mark.parametrize("financiers", [1, 3])
@pytest.mark.parametrize("topic", COST)
def test_a_topic_costs_the_same_for_one_financier_and_for_three(
    client, on_day, django_assert_num_queries, topic, financiers
):
    on_day(play.WRITING)
    year = play.a_year(financiers=financiers)
    dossier = play.a_draft(year)
    client.force_login(year.holder)
    with django_assert_num_queries(COST[topic]):
        client.get(address(dossier, topic))


@pytest.mark.parametrize("financiers", [1, 3])
def test_an_autosave_costs_the_same_for_one_financier_and_for_three(
    client, on_day, django_assert_num_queries, financiers
):
    on_day(play.WRITING)
    year = play.a_year(financiers=financiers)
    dossier = play.a_draft(year)
    client.force_login(year.holder)
    sent = opened(client, dossier, "l-action") | {"answer-resume": "Réparer à deux."}
    with django_assert_num_queries(22):
        client.post(address(dossier, "l-action"), sent, **AUTOSAVE)


# A commented example -------------------------------------------------------------------------------------------------


def test_an_example_of_a_good_answer_is_folded_under_its_question(client, dossier):
    with lifted(connection.alias):  # because the rules of a published year stand still
        example = {"example": "Deux mercredis par mois.", "example_comment": "Elle dit quand."}
        Question.objects.filter(version=dossier.rules, code="resume").update(**example)
    page = client.get(address(dossier, "l-action")).content.decode()
    folded = page.partition('<details class="example">')[2].partition("</details>")[0]
    assert "Un exemple de bonne réponse" in folded
    assert "<p>Deux mercredis par mois.</p>" in folded
    assert "Elle dit quand." in folded


def test_a_question_without_example_shows_none(client, dossier):
    assert "Un exemple de bonne réponse" not in client.get(address(dossier, "l-action")).content.decode()
