"""Every address x role x own, foreign or missing x GET and POST, against a table written by hand.

A route that is not declared here fails the build: it is found by walking the resolver, never by reading this file.
A POST here is empty and carries no version, so that what is allowed is refused for its shape (422) and moves nothing.
"""

from uuid import uuid4

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from cases import models as cases
from tests import year as play
from tests.addresses import (
    AWAY,
    CLOSED,
    ELSEWHERE,
    HIDDEN,
    MOVES,
    NAMED,
    NO_SESSION,
    READS,
    ROUTES,
    SEEN_BY,
    WRONG,
)
from tests.cases import matrix
from tests.scene import PEOPLE, a_scene
from tests.strangers import POSTED_BY_MAILBOXES, WITHOUT_SIGNING_IN
from workflow.models import Entry

pytestmark = pytest.mark.django_db

# The scene -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scenes(django_db_setup, django_db_blocker):
    """Ours, and another town's year: built once, because nothing here changes them, and rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield a_scene("ici_2027"), a_scene("ailleurs_2027")
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_october(on_day):
    on_day(play.WRITING)


def routes() -> dict[str, URLPattern]:
    """Every named address of the house by walking the resolver; the admin has a test of its own."""
    found, unnamed = {}, []

    def walk(patterns):
        for one in patterns:
            if getattr(one, "app_name", None) == "admin":
                continue
            if isinstance(one, URLPattern):
                found[one.name] = one
                unnamed.extend([] if one.name else [one])
            else:
                walk(one.url_patterns)

    walk(get_resolver().url_patterns)
    assert unnamed == []
    return found


def address(name: str, key, move: str = "") -> str:
    given = list(key) if isinstance(key, tuple) else [key] if key is not None else []
    return reverse(name, args=[*given, *([move] if name in MOVES and name not in NAMED else [])])


def asked(client, path: str) -> tuple[int, int]:
    return client.get(path).status_code, client.post(path).status_code


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


# The matrix ----------------------------------------------------------------------------------------------------------


def test_every_route_is_declared_here():
    assert set(routes()) == {*ROUTES, *MOVES}


@pytest.mark.parametrize("role", PEOPLE)
def test_each_page_answers_as_the_table_says(scenes, role):
    ours, theirs = scenes
    client, wrong = signed_in(ours.people[role]), {}
    for name, route in ROUTES.items():
        key = ours.keys.get(name)
        told = route.get.get(role, route.otherwise), route.post.get(role, route.otherwise)
        if name == "logout":
            continue
        expected = {address(name, key): told}
        if key is not None:
            away = ELSEWHERE.get(name) or [theirs.keys[name], uuid4()]
            expected |= {address(name, one): route.out_of_reach for one in away}
        found = {path: asked(client, path) for path in expected}
        wrong |= {path: (name, found[path], told) for path, told in expected.items() if found[path] != told}
    assert wrong == {}
    assert asked(client, address("logout", None)) == (405, AWAY)


@pytest.mark.parametrize("role", PEOPLE)
def test_each_move_opens_to_the_roles_of_the_field(scenes, role):
    ours, theirs = scenes
    client, wrong = signed_in(ours.people[role]), {}
    for name, moves in MOVES.items():
        for move, _, _, roles in moves:
            allowed = (READS, WRONG) if role in roles.split() else (CLOSED, CLOSED)
            told = allowed if role in SEEN_BY[name] else (HIDDEN, HIDDEN)
            expected = {address(name, ours.keys[name], move): told}
            for key in (theirs.keys[name], uuid4()):
                expected[address(name, key, move)] = (HIDDEN, HIDDEN)
            found = {path: asked(client, path) for path in expected}
            wrong |= {path: (found[path], told) for path, told in expected.items() if found[path] != told}
    assert wrong == {}


def test_a_financier_knows_nothing_of_the_line_beside_its_own(scenes):
    ours, _ = scenes
    line = cases.FundingLine.objects.get(uuid=ours.keys["line-move"])
    beside = line.dossier.lines.exclude(pk=line.pk).get()
    client = signed_in(ours.people["financier"])
    assert {asked(client, address("line-move", beside.uuid, row[0])) for row in matrix.LINE} == {(404, 404)}


def test_who_has_not_signed_in_is_led_to_the_door(scenes):
    ours, _ = scenes
    client, wrong = Client(), {}
    for name in routes():
        path = address(name, ours.keys.get(name), "drop")
        told = WITHOUT_SIGNING_IN.get(name, NO_SESSION)
        if name != "logout" and asked(client, path) != told:
            wrong[path] = asked(client, path)
    assert wrong == {}
    assert client.get(address("todo", None)).url == "/connexion/?next=/"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_method_does_anything(scenes, method):
    ours, _ = scenes
    client, before = signed_in(ours.people["coordinator"]), Entry.objects.count()
    answers = {
        name: getattr(client, method)(address(name, ours.keys.get(name), "drop")).status_code
        for name in routes()
        if name not in ("login", "composants", "begin", "password_reset_confirm")
    }
    assert set(answers.values()) <= {403, 404, 405}
    assert Entry.objects.count() == before


def test_every_post_needs_a_token_of_this_very_service(scenes):
    ours, _ = scenes
    client = Client(enforce_csrf_checks=True)
    client.force_login(ours.people["coordinator"])
    answers = {
        name: client.post(address(name, ours.keys.get(name), "drop"), {"version": 1}).status_code
        for name in routes()
    }
    assert answers == dict.fromkeys(routes(), 403) | POSTED_BY_MAILBOXES


@pytest.mark.parametrize("role", PEOPLE)
def test_lists_show_nothing_of_another_year(scenes, role):
    ours, _ = scenes
    client = signed_in(ours.people[role])
    foreign = cases.Dossier.objects.filter(cycle__code="ailleurs_2027").values_list("uuid", flat=True)
    for path in ("/", "/dossiers/", "/dossiers/?search=vélo", "/dossiers/?state=decided"):
        shown = client.get(path).content.decode()
        assert [one for one in foreign if str(one) in shown] == []


@pytest.mark.parametrize("role", PEOPLE)
def test_the_admin_opens_to_its_staff_alone(scenes, role):
    ours, _ = scenes
    client = signed_in(ours.people[role])
    names = ["admin:index"]
    for model in admin.site._registry:
        names += [
            f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}" for page in ("changelist", "add")
        ]
    answers = {name: asked(client, reverse(name)) for name in names}
    assert answers == dict.fromkeys(names, (AWAY, AWAY))
