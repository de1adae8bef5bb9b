"""The door: a password or a mailed link, words that help, and no way to try passwords for ever."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse
from django.utils import timezone

from notifications.models import Message
from notifications.rendering import rendered, unsealed
from tests import year as play
from workflow.models import User
from workflow.tokens import MINUTES, password_path, sign_in_path, sign_in_tokens

pytestmark = pytest.mark.django_db
SECRET = "une-annee-a-vitry"


@pytest.fixture
def awa():
    return User.objects.create_user("awa@exemple.test", SECRET, first_name="Awa")


def enters(client, **typed):
    return client.post(reverse("login"), typed)


def is_in(client):
    return SESSION_KEY in client.session


def test_a_telephone_may_write_the_address_with_a_capital(client, awa):
    answer = enters(client, username="Awa@Exemple.test", password=SECRET)
    assert (answer.status_code, is_in(client)) == (302, True)


def test_ten_wrong_passwords_close_the_door_for_this_address_on_this_device_alone(client, awa):
    told = [enters(client, username=awa.email, password="non").status_code for _ in range(10)]
    assert told == [200] * 9 + [429]
    closed = enters(client, username=awa.email, password=SECRET)
    assert (closed.status_code, is_in(client)) == (429, False)
    assert "Recevoir un lien de connexion" in closed.content.decode()
    elsewhere = client.post(
        reverse("login"), {"username": awa.email, "password": SECRET}, REMOTE_ADDR="192.0.2.7"
    )
    assert (elsewhere.status_code, is_in(client)) == (302, True)


@pytest.mark.parametrize(
    "route, template", [("signin-link", "signin_link"), ("password_reset", "password_reset")]
)
def test_a_known_and_an_unknown_address_hear_the_same_and_one_is_written_to(client, awa, route, template):
    known = client.post(reverse(route), {"email": "AWA@exemple.test"}, follow=True)
    unknown = client.post(reverse(route), {"email": "personne@exemple.test"}, follow=True)
    assert known.content == unknown.content
    assert [(one.template, one.recipient) for one in Message.objects.order_by("pk")] == [(template, awa)]


def test_an_address_typed_at_the_door_is_not_asked_twice(client, awa):
    link = reverse("signin-link")
    assert f'form="entree" formaction="{link}"' in client.get(reverse("login")).content.decode()
    asked = client.post(link, {"username": "AWA@exemple.test", "password": "", "next": "/"})
    assert (asked.status_code, asked.url) == (302, reverse("link-sent"))
    assert Message.objects.get().recipient == awa


ANSWER = "/dossiers/6f0c2a4e-0000-4000-8000-000000000001/reponse/?page=2"


def by_mail(client, awa, next_page: str) -> str:
    """Where the link of a mail leads in the end, for somebody who was on the way to a page."""
    client.post(reverse("signin-link"), {"username": awa.email, "next": next_page})
    [path] = re.findall(r"http://\S+?(/connexion/lien/[^\s>]*)", the_mail())
    return client.post(path).url


def the_mail() -> str:
    message = Message.objects.select_related("recipient", "cycle").get()
    return unsealed(message, rendered(message).text, at=timezone.now())


def test_who_signs_in_by_a_mailed_link_lands_on_the_page_that_was_asked_for(client, awa):
    assert by_mail(client, awa, ANSWER) == ANSWER


@pytest.mark.parametrize("elsewhere", ["", "https://ailleurs.test/", "//ailleurs.test/", "/" + "a" * 200])
def test_a_mailed_link_leads_nowhere_else(client, awa, elsewhere):
    assert by_mail(client, awa, elsewhere) == reverse("todo")


def test_an_address_that_is_asked_for_again_forgets_no_page(client):
    page = client.post(reverse("signin-link"), {"username": "", "next": ANSWER}).content.decode()
    assert f'<input type="hidden" name="next" value="{ANSWER}">' in page


def test_a_link_asked_for_without_an_address_is_no_fault(client):
    page = client.post(reverse("signin-link"), {"username": ""}).content.decode()
    assert ("Recevoir le lien" in page, "écrivez votre adresse" in page) == (True, False)


def test_a_closed_account_is_not_written_to(client, awa):
    User.objects.filter(pk=awa.pk).update(is_active=False)
    client.post(reverse("signin-link"), {"email": awa.email})
    assert Message.objects.count() == 0


def test_asking_again_at_once_fills_no_mailbox(client, awa, on_day):
    on_day(play.WRITING)
    for _ in range(5):
        client.post(reverse("signin-link"), {"email": awa.email})
    assert Message.objects.count() == 1


def test_the_link_shows_a_button_because_scanners_open_it_and_signs_in_once(client, awa):
    path = sign_in_path(awa)
    shown = client.get(path)
    assert (shown.status_code, is_in(client)) == (200, False)
    assert (client.post(path).url, is_in(client)) == (reverse("todo"), True)
    client.logout()
    assert (client.post(path).status_code, is_in(client)) == (410, False)


def test_a_link_of_half_an_hour_ago_is_dead(client, awa, monkeypatch):
    path, now = sign_in_path(awa), sign_in_tokens._now()
    later = now + timedelta(minutes=MINUTES, seconds=1)
    monkeypatch.setattr(sign_in_tokens, "_now", lambda: later)
    assert (client.post(path).status_code, is_in(client)) == (410, False)


def test_a_link_to_choose_a_password_is_no_link_to_sign_in(client, awa):
    chosen = password_path(awa).rstrip("/").split("/")
    answer = client.post(reverse("signin-confirm", args=chosen[-2:]))
    assert (answer.status_code, is_in(client)) == (410, False)


def test_somebody_invited_without_a_password_chooses_one_and_is_in(client):
    newcomer = User.objects.create_user("nouvelle@exemple.test")
    form = client.get(password_path(newcomer), follow=True)
    assert "Choisir un mot de passe" in form.content.decode()
    typed = {"new_password1": "le jardin des tilleuls", "new_password2": "le jardin des tilleuls"}
    answer = client.post(form.request["PATH_INFO"], typed)
    assert (answer.url, is_in(client)) == (reverse("todo"), True)
    assert User.objects.get(pk=newcomer.pk).check_password("le jardin des tilleuls")


def test_two_passwords_that_differ_are_said_in_french(client, awa):
    form = client.get(password_path(awa), follow=True)
    typed = {"new_password1": "le jardin des tilleuls", "new_password2": "le jardin des acacias"}
    answer = client.post(form.request["PATH_INFO"], typed)
    assert "les deux mots de passe ne sont pas les mêmes." in answer.content.decode()
