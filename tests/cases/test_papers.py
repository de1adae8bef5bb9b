"""Points to complete one by one: words and papers, each saved by itself, nothing lost."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import CompletionRequest, Document
from tests import year as play
from workflow import engine

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4 essai"


@pytest.fixture
def year(on_day):
    on_day(play.READING)
    return play.a_year()


@pytest.fixture
def asked(year, client):
    """A dossier with two points to complete, its holder signed in."""
    facts = {"items": ["Le RIB est illisible.", "Quels jours ?"], "due_on": date(2026, 12, 20)}
    dossier = play.submitted(year)
    engine.fire(dossier, "ask_completion", by=year.instructor, at=play.READING, facts=facts)
    client.force_login(year.holder)
    return play.fresh(dossier)


def path_of(dossier) -> str:
    return reverse("dossier-completion", args=[dossier.uuid])


def typed(client, dossier, rank: int, **words) -> dict:
    """A form of the page as the browser holds it, with what somebody types into it."""
    form = client.get(path_of(dossier)).context["points"][rank][0]
    kept = {one.html_name: one.value() or "" for one in form if one.name != "file"}
    return kept | {"point": rank} | {f"p{rank}-{name}": value for name, value in words.items()}


def replies(dossier) -> dict:
    return CompletionRequest.objects.get(dossier=dossier).replies


# Points --------------------------------------------------------------------------------------------------------------


def test_each_point_is_saved_by_itself_and_says_how_many_are_left(client, asked):
    sent = typed(client, asked, 1, reply="Le mercredi et le samedi.")
    response = client.post(path_of(asked), sent, follow=True)
    page = response.content.decode()
    assert replies(asked) == {"1": "Le mercredi et le samedi."}
    assert response.redirect_chain[0][0] == f"{path_of(asked)}#point-2"
    assert "C’est enregistré. Il reste 1 point." in page
    assert "Envoyer mes compléments" not in page
    assert response.context["left"] == 1


def test_once_every_point_has_its_answer_one_sends(client, asked):
    for rank in (0, 1):
        client.post(path_of(asked), typed(client, asked, rank, reply="Voici."))
    page = client.get(path_of(asked))
    assert (page.context["left"], page.context["send"] in page.content.decode()) == (0, True)
    sent = client.post(page.context["send"], {"version": play.fresh(asked).version})
    assert (sent.status_code, play.fresh(asked).state) == (302, "submitted")


def test_a_paper_is_an_answer_and_stands_under_its_point(client, asked):
    sent = typed(client, asked, 0, file=SimpleUploadedFile("rib.pdf", PDF))
    response = client.post(path_of(asked), sent, follow=True)
    paper = Document.objects.get(dossier=asked, name="rib.pdf")
    assert replies(asked) == {"0": "Pièce jointe : rib.pdf."}
    assert [[one.name for one in papers] for _, _, papers in response.context["points"]] == [["rib.pdf"], []]
    assert reverse("document", args=[paper.uuid]) in response.content.decode()


def test_a_wrong_paper_loses_no_word(client, asked):
    wrong = SimpleUploadedFile("rib.pdf", b"MZ programme")
    response = client.post(path_of(asked), typed(client, asked, 0, reply="Ci-joint.", file=wrong))
    page = response.content.decode()
    assert (response.status_code, replies(asked)) == (422, {})
    assert "Ci-joint." in page
    assert "Votre fichier est à choisir de nouveau." in page


def test_an_empty_answer_is_no_answer(client, asked):
    response = client.post(path_of(asked), typed(client, asked, 0, reply="  "))
    assert response.status_code == 422
    assert "Écrivez une réponse, ou joignez une pièce." in response.content.decode()


def test_two_people_on_two_points_do_not_disturb_each_other(client, asked):
    first, second = (typed(client, asked, rank, reply=f"Réponse {rank}.") for rank in (0, 1))
    assert [client.post(path_of(asked), sent).status_code for sent in (first, second)] == [302, 302]
    assert replies(asked) == {"0": "Réponse 0.", "1": "Réponse 1."}


def test_two_people_on_the_same_point_are_shown_what_the_other_wrote(client, asked):
    mine, theirs = (typed(client, asked, 0, reply=words) for words in ("La mienne.", "La\nsienne."))
    client.post(path_of(asked), theirs)
    response = client.post(path_of(asked), mine)
    page = response.content.decode()
    assert (response.status_code, replies(asked)) == (409, {"0": "La\nsienne."})
    assert "La mienne." in page
    assert response.context["kept"] == [("Le RIB est illisible.", "La\nsienne.")]
    form = response.context["points"][0][0]
    again = {one.html_name: one.value() or "" for one in form if one.name != "file"} | {"point": 0}
    again["p0-was"] = again["p0-was"].replace("\n", "\r\n")  # because that is how a browser sends it back
    assert client.post(path_of(asked), again).status_code == 302
    assert replies(asked) == {"0": "La mienne."}


def test_the_same_click_twice_saves_once(client, asked):
    sent = typed(client, asked, 0, reply="Voici.")
    assert [client.post(path_of(asked), sent).status_code for _ in range(2)] == [302, 302]
    assert CompletionRequest.objects.get(dossier=asked).version == 2


@pytest.mark.parametrize("point", ["", "2", "-1", "x", "9" * 30])
def test_a_point_that_nobody_asked_saves_nothing(client, asked, point):
    response = client.post(path_of(asked), {"point": point, "p0-reply": "Voici."})
    assert (response.status_code, replies(asked)) == (422, {})


def test_the_page_costs_the_same_for_one_point_and_for_three(client, year, django_assert_num_queries):
    client.force_login(year.holder)
    for items in (["RIB"], ["RIB", "Budget", "Statuts"]):
        dossier = play.submitted(year)
        facts = {"items": items, "due_on": date(2026, 12, 20)}
        engine.fire(dossier, "ask_completion", by=year.instructor, at=play.READING, facts=facts)
        with django_assert_num_queries(6):
            client.get(path_of(dossier))
