"""Every address x role x own, foreign or missing x GET and POST, against a table written by hand.

A route that is not declared here fails the build: it is found by walking the resolver, never by reading this file.
A POST here is empty and carries no version, so that what is allowed is refused for its shape (422) and moves nothing.
"""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from cases import models as cases
from tests import year as play
from tests.cases import matrix
from tests.scene import CAMPAIGN, CYCLES, PEOPLE, TOPICS, a_scene
from tests.strangers import LINKS, POSTED_BY_MAILBOXES, WITHOUT_SIGNING_IN
from workflow.models import Entry

pytestmark = pytest.mark.django_db

TEAM = ("instructor", "coordinator")
GUIDES = (*TEAM, "third_party")
NOBODY, EVERYBODY = (), PEOPLE
READS, CLOSED, HIDDEN, WRONG, AWAY, GONE = 200, 403, 404, 422, 302, 410
NO_SESSION = (AWAY, 401)
"""A page leads to the door; what was written is kept on the door's own page, so that signing in sends it."""


@dataclass(frozen=True)
class Route:
    """Who opens an address with GET and with POST, and what all the others are told."""

    get: dict[str, int]
    post: dict[str, int]
    otherwise: int = HIDDEN
    out_of_reach: tuple[int, int] = (HIDDEN, HIDDEN)


def each(people, answer: int) -> dict[str, int]:
    return dict.fromkeys(people, answer)


def page(people, writers=None, **options) -> Route:
    """A page that some read and some of them write."""
    return Route(each(people, READS), each(people if writers is None else writers, WRONG), **options)


def safe(people) -> Route:
    """An address that is only read: any other method is refused before anything is looked for."""
    return Route(each(people, READS), each(PEOPLE, 405), out_of_reach=(HIDDEN, 405))


CLICK = Route(each(PEOPLE, 405), each(["coordinator"], WRONG), out_of_reach=(405, HIDDEN))
"""A button of the coordinator's that has no page of its own."""

ROUTES: dict[str, Route] = {
    "login": Route(each(PEOPLE, AWAY), each(PEOPLE, AWAY)),
    "logout": Route(each(PEOPLE, 405), each(PEOPLE, AWAY)),
    "signin-link": Route(each(PEOPLE, READS), each(PEOPLE, READS)),
    "password_reset": Route(each(PEOPLE, READS), each(PEOPLE, READS)),
    "link-sent": safe(EVERYBODY),
    "signin-confirm": Route(each(PEOPLE, GONE), each(PEOPLE, GONE), out_of_reach=(GONE, GONE)),
    "password_reset_confirm": Route(each(PEOPLE, READS), each(PEOPLE, READS), out_of_reach=(READS, READS)),
    "identity": safe(EVERYBODY),
    "palette": safe(EVERYBODY),
    "logo": Route(each(PEOPLE, HIDDEN), each(PEOPLE, 405)),
    "accessibility": safe(EVERYBODY),
    "legal": safe(EVERYBODY),
    "privacy": safe(EVERYBODY),
    "help": safe(EVERYBODY),
    "source": safe(EVERYBODY),
    "composants": Route(each(PEOPLE, READS), each(PEOPLE, READS)),
    "letter-list": safe(NOBODY),  # because these tests are no demonstration
    "letter-detail": safe(NOBODY),
    "letter-html": safe(NOBODY),
    "campaign-drawing": safe((*TEAM, "committee", "third_party")),
    **{name: safe(TEAM) for name in ("campaign", "campaign-cycle", "campaign-export")},
    **{f"campaign-{name}": page(["coordinator"]) for name in ("file", *CAMPAIGN)},
    "todo": Route(
        each(PEOPLE, READS) | each(["financier", "committee", "third_party"], AWAY), each(PEOPLE, 405)
    ),
    "dossier-list": safe(EVERYBODY),
    "dossier-xlsx": safe(EVERYBODY),
    "dossier-csv": safe(EVERYBODY),
    "bulk-move": Route(each(PEOPLE, 405), each(TEAM, AWAY)),
    "view-keep": Route(each(PEOPLE, 405), each(TEAM, WRONG)),
    "view-change": Route(each(PEOPLE, 405), {"instructor": WRONG}, out_of_reach=(405, HIDDEN)),
    "agreed": safe(EVERYBODY),
    "rereading": Route(each(GUIDES, READS), each(GUIDES, 405)),
    "remark-add": page(GUIDES),
    "versions": Route(each(("holder", *GUIDES), READS), each(("holder", *GUIDES), 405)),
    "meeting": page(TEAM, otherwise=CLOSED),
    "waiver": page(TEAM, otherwise=CLOSED),
    "behalf": page(TEAM),
    "behalf-commitment": page(TEAM),
    "derogation": page(["coordinator"]),
    "calls": safe(EVERYBODY),
    "call": safe(EVERYBODY),
    "call-check": safe(EVERYBODY),
    "begin": page(["holder"], otherwise=CLOSED),
    "dossier-detail": safe(EVERYBODY),
    "dossier-request": Route(each(PEOPLE, READS), each(("holder", *TEAM), WRONG), otherwise=CLOSED),
    "dossier-topic": Route(each(PEOPLE, AWAY), each(("holder", *TEAM), WRONG), otherwise=CLOSED),
    "document-join": Route(each(PEOPLE, 405), each(("holder", *TEAM), WRONG), otherwise=CLOSED),
    "document-remove": Route(
        each(PEOPLE, 405), each(("holder", *TEAM), AWAY), otherwise=CLOSED, out_of_reach=(405, HIDDEN)
    ),
    "dossier-completion": page(("holder", *TEAM)),
    "dossier-report": page(("holder", *TEAM)),
    "dossier-receipt": safe(("holder", *TEAM)),
    "dossier-answer": safe(("holder", *TEAM)),
    "sessions": safe(["holder"]),
    **{name: page(["holder"]) for name in ("session", "ideas", "idea")},
    "agenda": safe(GUIDES),
    "session-plan": page(TEAM),
    "orientations": safe(GUIDES),
    "session-desk": page(GUIDES),
    "payments": safe(EVERYBODY),
    "line-payments": page(TEAM),
    "payment": page(TEAM),
    "dossier-committee": Route(each(PEOPLE, AWAY), each(PEOPLE, 405), out_of_reach=(HIDDEN, 405)),
    "dossier-instruction": page(TEAM),
    "instruction-sheet": safe(TEAM),
    "dossier-feedback": page(TEAM),
    "feedback-preview": Route(each(PEOPLE, 405), each(TEAM, READS), out_of_reach=(405, HIDDEN)),
    "document": safe(EVERYBODY),
    "envelope-list": safe(EVERYBODY),
    "envelope-detail": Route(
        each((*TEAM, "financier"), READS),
        {"coordinator": WRONG, "instructor": CLOSED, "financier": CLOSED},
    ),
    "committee-list": safe(EVERYBODY),
    "committee-detail": Route(
        each((*TEAM, "committee"), READS),
        {"coordinator": WRONG, "instructor": CLOSED, "committee": CLOSED},
    ),
    "to-notify": page(["coordinator"], otherwise=CLOSED),
    "survey": page(("holder", *TEAM, "financier")),
    "survey-results": safe(TEAM),
    "people": page(["coordinator"]),
    "open-data": safe(["coordinator"]),
    "open-data-line": page(["coordinator"]),
    "open-data-file": Route(each(["coordinator"], WRONG), each(PEOPLE, 405), out_of_reach=(HIDDEN, 405)),
    "colleagues": page(["holder"]),
    "calendar": safe(EVERYBODY),
    "calendar-address": page(PEOPLE),
    "calendar-event": safe((*TEAM, "committee")),  # because the one asked for here is a sitting
    "calendar-feed": safe(EVERYBODY),
    "healthz": safe(EVERYBODY),
    "messages-list": safe(["coordinator"]),
    "message-detail": safe(["coordinator"]),
    "mail-texts": Route(each(["coordinator"], READS), each(["coordinator"], 405)),
    "mail-text": Route(each(["coordinator"], READS), each(["coordinator"], AWAY)),
    "mail-one-click": Route(each(PEOPLE, AWAY), each(PEOPLE, WRONG)),
    "message-do": CLICK,
    "messages-do": Route(each(PEOPLE, 405), each(["coordinator"], AWAY)),
    "messages-stop": Route(each(PEOPLE, 405), each(["coordinator"], AWAY), out_of_reach=(405, HIDDEN)),
    "opinions": safe(EVERYBODY),
    "opinions-batch": page(PEOPLE),
    "seat-links": page(PEOPLE),
    "inquiry-open": page(["financier"]),
    "link-list": Route(each(PEOPLE, READS), each(PEOPLE, 405)),
    **{name: page(PEOPLE) for name in (*LINKS, "link-renewal", "mail-choices")},
}
SEEN_BY = {
    **dict.fromkeys(("dossier-move", "line-move", "opinion", "inquiry-move", "record"), PEOPLE),
    "feedback-move": TEAM,
    "report-move": ("holder", *TEAM),
    **dict.fromkeys(("support-move", "record-late", "record-after", "session-move"), GUIDES),
    **dict.fromkeys(("record-booking", "booking-move", "idea-move"), ("holder", *GUIDES)),
    **dict.fromkeys(("agreed-move", "remark-move"), ("holder", *GUIDES)),
}
"""Moves: who may know of the subject (404 for the others); who may fire is the field's own table, `matrix`."""
MOVES = {
    "dossier-move": matrix.DOSSIER,
    "line-move": matrix.LINE,
    "opinion": [row for row in matrix.LINE if row[0] == "opine"],
    "inquiry-move": matrix.INQUIRY,
    "feedback-move": matrix.FEEDBACK,
    "report-move": matrix.REPORT,
    "support-move": matrix.SUPPORT,
    "record": [row for row in matrix.DOSSIER if row[0] == "end_support"],
    "record-late": [row for row in matrix.SUPPORT if row[0] == "hold"],
    "record-after": [row for row in matrix.SUPPORT if row[0] == "note"],
    "record-booking": [row for row in matrix.BOOKING if row[0] == "note"],
    "agreed-move": matrix.AGREED,
    "session-move": matrix.SESSION,
    "booking-move": matrix.BOOKING,
    "idea-move": matrix.IDEA,
    "remark-move": matrix.REMARK,
}
NAMED = ("opinion", "record", "record-late", "record-after", "record-booking")
"""Moves whose address has a name of its own."""
ELSEWHERE = {
    **{key: ["ailleurs_2027", "nulle-part"] for key in (*CYCLES, "mail-texts")},
    **{
        f"campaign-{name}": [("ailleurs_2027", *rest), ("nulle-part", *rest)]
        for name, rest in CAMPAIGN.items()
    },
    "campaign-drawing": [("ailleurs_2027", "dossier"), ("nulle-part", "dossier"), ("ici_2027", "absent")],
    **{key: ["nulle-part"] for key in ("begin", "call", "call-check")},
    **{key: ["ailleurs_2027", "nulle-part"] for key in ("survey", "survey-results")},
    "session": [uuid4()],  # because a holder whose role outlives a cycle may ask, and book, in any call
    "signin-confirm": [("n’importe quoi", "x")],
    "mail-text": [("ailleurs_2027", "rappel_depot"), ("ici_2027", "depot_recepisse")],
    **{key: ["faux"] for key in ("mail-choices-link", "mail-one-click")},
    "calendar-feed": ["nul-lien"],
    **{name: ["nul-lien"] for name in ("link-list", "link-batch", "link-revoke")},
    **{name: [("nul-lien", uuid4())] for name in ("link-opinion", "link-inquiry")},
    "password_reset_confirm": [("n’importe quoi", "x")],
    **{name: [(uuid4(), part)] for name, part in TOPICS.items()},
    "remark-add": [(uuid4(), "answer-resume")],
    "open-data-line": [("ici_2027", uuid4()), ("ailleurs_2027", uuid4())],
    "open-data-file": [("ici_2027", "inconnu"), ("ailleurs_2027", "etat")],
}
"""Addresses that no key of another year would fill: what stands there instead."""


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
