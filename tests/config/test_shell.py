"""The menu shows each role what it may open, and only what exists; the shell keeps its promises to readers and CSP."""

import re

import pytest
from django.template.loader import render_to_string

from config.shell import MENU, Entry, entries_for, links
from workflow.roles import Role

pytestmark = pytest.mark.urls("tests.config.addresses")


def shown(*roles, path="/"):
    """The words of the menu."""
    return [link.label for link in links(entries_for(roles), path)]


def current(path):
    """What aria-current says of each line of an instructor's menu."""
    return {link.label: link.current for link in links(entries_for({Role.INSTRUCTOR}), path)}


def labels(*roles):
    """The words of the menu once every page exists."""
    return [entry.label for entry in entries_for(roles)]


def test_a_holder_sees_neither_opinions_nor_envelopes():
    assert labels(Role.HOLDER) == ["Mes demandes", "Séances", "Calendrier", "Aide"]


def test_an_instructor_s_menu():
    assert labels(Role.INSTRUCTOR) == [
        "À faire",
        "Dossiers",
        "Accompagnement",
        "Programmation",
        "Comités",
        "Calendrier",
        "Enveloppes",
    ]


def test_a_coordinator_has_the_instructor_s_menu_and_the_campaign():
    assert labels(Role.COORDINATOR) == [*labels(Role.INSTRUCTOR), "Campagne", "Messages"]


def test_a_financier_comes_to_give_opinions():
    assert labels(Role.FINANCIER) == ["Mes avis", "Enveloppes", "Programmation", "Calendrier"]


def test_several_roles_share_one_home_and_see_each_page_once():
    assert labels(Role.COORDINATOR, Role.INSTRUCTOR) == labels(Role.COORDINATOR)
    assert labels(Role.HOLDER, Role.THIRD_PARTY) == [
        "À faire",
        "Dossiers",
        "Accompagnement",
        "Calendrier",
        "Séances",
        "Aide",
    ]


def test_an_instructor_who_is_a_financier_too_finds_the_desk_of_opinions_beside_the_team_s_work():
    assert labels(Role.INSTRUCTOR, Role.FINANCIER) == [*labels(Role.INSTRUCTOR), "Mes avis"]


def test_a_holder_who_is_a_financier_too_begins_with_what_awaits_both():
    assert labels(Role.HOLDER, Role.FINANCIER) == [
        "À faire",
        "Mes avis",
        "Enveloppes",
        "Programmation",
        "Calendrier",
        "Séances",
        "Aide",
    ]


def test_nobody_has_no_menu():
    assert labels() == []


def test_what_waits_is_counted_beside_its_entry():
    waiting = Entry("Mes avis", "todo", count=len)
    assert [link.count for link in links([waiting, Entry("Dossiers", "dossier-list")], "/", "abc")] == [3, 0]
    menu = render_to_string("components/menu.html", {"menu": links([waiting], "/", "abc")})
    assert '<span class="count">3</span>' in menu


def test_every_person_s_role_has_a_menu():
    assert set(MENU) == set(Role) - {Role.SYSTEM}


def test_a_page_that_does_not_exist_is_not_in_the_menu():
    assert shown(Role.COORDINATOR) == ["À faire", "Dossiers", "Enveloppes"]
    assert shown(Role.HOLDER) == ["Mes demandes"]


def test_the_current_page_is_said_and_so_is_its_family():
    assert current("/") == {"À faire": "page", "Dossiers": "", "Enveloppes": ""}
    assert current("/dossiers/") == {"À faire": "", "Dossiers": "page", "Enveloppes": ""}
    assert current("/dossiers/7/") == {"À faire": "", "Dossiers": "true", "Enveloppes": ""}
    assert current("/connexion/") == {"À faire": "", "Dossiers": "", "Enveloppes": ""}


@pytest.mark.parametrize("page", ["/composants/", "/connexion/", "/code-source/", "/nulle-part/"])
def test_nothing_stands_inline(client, page):
    text = client.get(page).content.decode()
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on|javascript:", text) == []
    assert re.findall(r"https?://(?!www\.w3\.org)[^\"]+", text) == []


@pytest.mark.parametrize("page", ["/composants/", "/connexion/", "/code-source/", "/nulle-part/"])
def test_every_page_has_one_title_one_way_past_the_menu_and_the_way_to_the_code(client, page):
    text = client.get(page).content.decode()
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert text.count('href="#contenu"') >= 1
    assert text.count('<main id="contenu" tabindex="-1">') == 1
    assert '<a href="/code-source/">Code source</a>' in text


def test_the_deployer_s_repository_comes_before_our_page(client, settings):
    settings.SOURCE_CODE_URL = "https://exemple.fr/jalons"
    assert '<a href="https://exemple.fr/jalons">Code source</a>' in client.get("/connexion/").content.decode()


def test_the_town_and_its_telephone_stand_on_the_page(client, settings):
    settings.TOWN_NAME = "Val-Fleuri <agglomération>"
    settings.HELP_PHONE = "03 00 00 00 00"
    text = client.get("/connexion/").content.decode()
    assert "Val-Fleuri &lt;agglomération&gt;" in text
    assert text.count("03 00 00 00 00") == 2


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "403_csrf"])
def test_error_pages_stand_without_a_request(name):
    text = render_to_string(f"{name}.html")
    assert re.search(r"<h1>([^<]+)</h1>", text)[1] == re.search(r"<title>([^·]+) ·", text)[1]


def test_a_failure_of_ours_says_so_in_french(client):
    client.raise_request_exception = False
    answer = client.get("/panne/")
    assert answer.status_code == 500
    assert "Le problème vient de nous, pas de vous." in answer.content.decode()


def test_signing_in_with_nothing_says_what_to_write_and_leads_there(client):
    text = client.post("/connexion/", {"username": "", "password": ""}).content.decode()
    assert '<a href="#id_username">Adresse électronique\u00a0: écrivez votre adresse.</a>' in text
    assert '<a href="#id_password">Mot de passe\u00a0: écrivez votre mot de passe.</a>' in text
    assert re.search(r'<input[^>]*name="username"[^>]*aria-describedby="id_username_error"', text)
    assert "<title>Erreur : Se connecter ·" in text
