"""The pages of signature folders: chosen, followed while they are made, taken away."""

import io
import zipfile

import pytest
from django.urls import reverse

from cases.models import Letter, LetterBatch
from tests import correspondence as write
from tests import year as play
from tests.cases.test_typesetting import text_of
from tests.pages import forms_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day, client):
    on_day(play.ANSWERING)
    one = play.a_year()
    write.writes(one)
    client.force_login(one.coordinator)
    return one


def desk(year) -> str:
    return reverse("letter-folders", args=[year.cycle.code])


def sent(client, year) -> dict:
    form = next(one for one in forms_of(client.get(desk(year))) if "key" in one.fields)
    return {name: values for name, values in form.fields.items() if values}


def test_a_folder_is_chosen_made_and_taken_away(client, year):
    for title in ("Vélo", "Jardin"):
        play.decided(year, title=title)
    typed = sent(client, year)
    begun = client.post(desk(year), typed)
    batch = LetterBatch.objects.get()
    assert begun.url == client.post(desk(year), typed).url == reverse("letter-folder", args=[batch.uuid])
    before = client.get(begun.url).content.decode()
    assert "0 sur 2" in before
    assert 'hx-trigger="every 2s"' in before
    assert client.post(begun.url).status_code == 302
    after = client.get(begun.url).content.decode()
    assert "2 sur 2" in after
    assert "hx-trigger" not in after
    assert Letter.objects.count() == 2
    whole = text_of(client.get(reverse("folder-pdf", args=[batch.uuid])).content)
    assert "2027-0001" in whole
    assert "Jardin" in whole
    answer = client.get(reverse("folder-zip", args=[batch.uuid]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["courrier-2027-0001.pdf", "courrier-2027-0002.pdf"]
    assert "Aucun courrier n’attend" in client.get(desk(year)).content.decode()


def test_nothing_chosen_and_what_no_longer_waits_are_said(client, year):
    dossier = play.decided(year)
    typed = sent(client, year)
    answer = client.post(desk(year), {name: one for name, one in typed.items() if name != "picked"})
    assert (answer.status_code, LetterBatch.objects.count()) == (422, 0)
    assert "choisissez au moins un courrier" in answer.content.decode()
    write.make(year, dossier, "partial")
    answer = client.post(desk(year), typed)
    assert (answer.status_code, LetterBatch.objects.count()) == (422, 0)
    assert "n’est plus à faire" in answer.content.decode()


def test_a_call_where_nobody_writes_has_no_folder(client, year):
    year.cycle.financiers.update(writes_letters=False)
    assert client.get(desk(year)).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_cost_the_same_for_one_letter_and_for_three(client, year, many, django_assert_num_queries):
    for rank in range(many):
        play.decided(year, title=f"Action {rank}")
    typed = sent(client, year)
    with django_assert_num_queries(10):
        client.get(desk(year))
    path = client.post(desk(year), typed).url
    with django_assert_num_queries(5):
        client.get(path)
