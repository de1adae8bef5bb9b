"""A session that ends while one writes, a page that grew old: nothing of what was typed is lost."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.models import Dossier
from config import held
from tests import year as play

pytestmark = pytest.mark.django_db
SECRET = "une-annee-a-vitry"
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    year = play.a_year()
    year.holder.set_password(SECRET)
    year.holder.save()
    return year


def fields(answer) -> list[tuple[str, str]]:
    """The hidden fields of a page, its token apart."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode())
    return [(name, unescape(value)) for name, value in found if name != "csrfmiddlewaretoken"]


def begun(year) -> dict:
    return {"organisation": year.holder_organisation.pk, "title": "Jardin « des tilleuls » & co"}


def test_given_a_session_that_ended_when_one_signs_in_again_then_one_click_sends_what_was_written(
    client, year
):
    path, typed = reverse("begin", args=[year.cycle.code]), begun(year)
    door = client.post(path, typed)
    assert (door.status_code, Dossier.objects.count()) == (401, 0)
    assert "Votre session s’est terminée" in door.content.decode()
    kept = dict(fields(door))["held"]
    wrong = client.post(reverse("login"), {"username": year.holder.email, "password": "non", "held": kept})
    assert dict(fields(wrong))["held"] == kept
    back = client.post(reverse("login"), {"username": year.holder.email, "password": SECRET, "held": kept})
    assert fields(back) == [(name, str(value)) for name, value in typed.items()]
    assert f'action="{path}"' in back.content.decode()
    client.post(path, dict(fields(back)))
    assert Dossier.objects.get().title == typed["title"]


def test_what_is_held_cannot_be_written_by_somebody_else():
    kept = held.closed(held.Held("/", [("title", "Jardin")], []))
    assert held.opened(kept) == held.Held("/", [("title", "Jardin")], [])
    assert [held.opened(text) for text in ("", "n’importe quoi", kept[:-1], kept + "a")] == [None] * 4


def test_an_autosave_without_a_session_gets_no_page_in_its_place(client, year):
    path = reverse("begin", args=[year.cycle.code])
    answer = client.post(path, begun(year), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_given_a_form_older_than_the_last_sign_in_then_its_words_are_offered_again(year):
    client = Client(enforce_csrf_checks=True)
    client.force_login(year.holder)
    path = reverse("begin", args=[year.cycle.code])
    client.get(path)
    old = client.post(path, begun(year) | {"csrfmiddlewaretoken": "a" * 64}, headers=OURS)
    assert old.status_code == 403
    assert dict(fields(old))["title"] == begun(year)["title"]
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', old.content.decode())[1]
    client.post(path, dict(fields(old)) | {"csrfmiddlewaretoken": token}, headers=OURS)
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://ailleurs.test"}, {"Origin": "null"}])
def test_a_form_from_elsewhere_is_never_offered_again(year, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(year.holder)
    path = reverse("begin", args=[year.cycle.code])
    client.get(path)
    answer = client.post(path, begun(year), headers=headers)
    assert (answer.status_code, fields(answer)) == (403, [])


def test_the_names_of_files_are_said_because_they_cannot_be_held(client, year):

    path = reverse("begin", args=[year.cycle.code])
    door = client.post(path, begun(year) | {"file": SimpleUploadedFile("budget.pdf", b"%PDF-1.4")})
    typed = {"username": year.holder.email, "password": SECRET, "held": dict(fields(door))["held"]}
    assert "<li>budget.pdf</li>" in client.post(reverse("login"), typed).content.decode()
