"""Every form that edits something refuses to overwrite what was not read: found by crawling, so that a new one counts.

A form without a mark of what it showed must be named here, with the reason why it needs none.
"""

import re
from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import F
from django.urls import resolve

from tests import year as play
from tests.addresses import MOVES, ROUTES
from tests.pages import Form, forms_of
from tests.scene import a_scene
from tests.test_matrix_of_addresses import address, signed_in
from workflow.models import CycleVersion, Entry
from workflow.subject import Subject

pytestmark = pytest.mark.django_db

ROLES = ("holder", "instructor", "coordinator", "financier")
WORDS = "Des mots qui ne doivent pas se perdre"
MARKS = re.compile(r"(.*-)?(version|seen)(-.*)?$")
NEEDS_NO_MARK = {
    "logout": "leaves",
    "begin": "begins, and two clicks begin one",
    "behalf": "begins, and two clicks begin one",
    "line-payments": "notes one more, and two clicks note one",
    "inquiry-open": "asks, and two clicks ask once",
    "link-inquiry": "asks, and two clicks ask once",
    "derogation": "opens, and two clicks open one",
    "solicit": "asks one more, and two clicks ask one",
    "meeting": "notes one more, and two clicks note one",
    "waiver": "waives once, and two clicks waive once",
    "session": "books, and two clicks book once",
    "session-plan": "plans, and two clicks plan one",
    "session-desk": "books once, and each presence carries its version",
    "ideas": "notes, and two clicks note one",
    "survey": "answers once, and two clicks answer once",
    "campaign-add": "adds, and two clicks add one",
    "campaign-add-inside": "adds, and two clicks add one",
    "campaign-next": "begins, and two clicks begin one",
    "campaign-file": "compares the whole file with what is there",
    "view-keep": "one’s own preference",
    "view-change": "one’s own preference",
    "arrivals": "opens what is not here yet, and two clicks open it once",
    "offline": "each row of the file carries its version, and a preview comes first",
    "seat-links": "revokes, which nothing undoes",
    "link-revoke": "revokes, which nothing undoes",
    "letter-folders": "begins, and two clicks begin one",
    "letter-signed": "adds a file beside the others",
    "line-letter": "adds a file beside the others",
    "document-join": "adds a file beside the others",
    "document-remove": "removes one named file",
    "feedback-preview": "keeps nothing",
    "feedback-meeting": "asks, and two clicks ask once",
    "composants": "keeps nothing",
    "login": "keeps nothing",
    "signin-link": "asks for a mail",
    "password_reset": "asks for a mail",
    "password_reset_confirm": "the token is its mark",
    "signin-confirm": "the token is its mark",
    "link-renewal": "asks for a mail",
    "calendar-address": "names the address it replaces, and two clicks replace it once",
    "mail-choices": "one’s own preference",
    "mail-choices-link": "one’s own preference",
    "message-do": "the status is its mark",
    "messages-do": "each row carries its status",
    "messages-stop": "says what it wants, and two clicks want it once",
    "programming-share": "says what it wants, and two clicks want it once",
    "scenarios": "begins, and two clicks begin one",
    "scenario-spread": "lowers what stands above, and two clicks lower it once",
    "bulk-move": "each row carries its version",
    "to-notify": "each row carries its version",
    "committee-agenda": "adds once, and each point carries its version",
    "committee-attendance": "invites once, and each presence carries its version",
    "people": "gives a role once, and each withdrawal carries its version",
    "colleagues": "gives a role once, and each withdrawal carries its version",
    "dossier-report": "adds a file beside the others, and sending carries the version",
    "dossier-interim": "adds a file beside the others, and sending carries the version",
    "changes": "asks, and two clicks ask once",
    "dossier-completion": "each point carries the words it showed",
}


@pytest.fixture
def scene(on_day):
    on_day(play.WRITING)
    return a_scene("ici_2027")


def pages(client, scene) -> dict:
    """{path: answer} of every page of a role, by its addresses and then by its links; two of each kind."""
    to_see = ["/"] + [address(name, scene.keys.get(name)) for name in ROUTES if name != "logout"]
    to_see += [address(name, scene.keys[name], row[0]) for name, rows in MOVES.items() for row in rows]
    seen, found, kinds = set(), {}, {}
    while to_see:
        path = to_see.pop(0)
        kind = re.sub(r"[0-9a-f-]{36}", "*", urlsplit(path).path)
        if path in seen or kinds.get(kind, 0) >= 2:
            continue
        seen.add(path)
        answer = client.get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            kinds[kind] = kinds.get(kind, 0) + 1
            found[path] = answer
            links = re.findall(r'<a[^>]+href="([^"#]+)"', answer.content.decode())
            to_see += [one.replace("&amp;", "&") for one in links if one.startswith("/") and one[1:2] != "/"]
    return found


def edits(client, scene):
    """(where it goes, the form) of each form of a role that sends something, each kind once."""
    known = set()
    for path, answer in pages(client, scene).items():
        for form in forms_of(answer):
            goes = urlsplit(urljoin(path, form.action)).path
            kind = (re.sub(r"[0-9a-f-]{36}|\d+", "*", goes), frozenset(form.texts), bool(marks_of(form)))
            if kind not in known and not goes.startswith("/admin/"):
                known.add(kind)
                yield goes, form


def marks_of(form: Form) -> list[str]:
    return [name for name in form.fields if MARKS.fullmatch(name)]


def has_nothing_to_send(form: Form) -> bool:
    """A list whose rows do not move, a topic of papers alone: its button leads on."""
    words = form.texts or form.choices
    return not (words or form.buttons) or (not words and form.fields.get("seen") == [""])


def typed(form: Form) -> dict:
    """What a person would send: what stands there, every free text written anew, what is asked for filled in."""
    sent = {name: values for name, values in form.fields.items() if any(one.strip() for one in values)}
    for name in (form.needed | set(form.choices)) - set(sent):
        offered = [one for one in form.choices.get(name, []) if one]
        sent[name] = offered[:1] or [_plausible(name)]
    sent |= {name: [changed(sent[name][0])] for name in form.texts if name in sent}
    sent |= {name: [WORDS] for name in form.areas}
    sent["confirmed"] = "1"  # because what moves dates is said before it is done
    return sent | dict(one for one in form.buttons[:1] if one[0])


def changed(value: str) -> str:
    """Another value of the same kind."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return f"{date.fromisoformat(value) - timedelta(days=1)}"
    if re.fullmatch(r"\d\d:\d\d", value):
        return "15:15"
    return "7" if re.fullmatch(r"[\d\s,.€]+", value) else f"{WORDS} {value}"


def _plausible(name: str) -> str:
    if re.search(r"_on$|until|deadline", name):
        return "2026-12-10"
    return "12" if re.search(r"amount|ceiling|people|capacity", name) else WORDS


def outdated(sent: dict, form: Form) -> dict:
    """The same, with digests of a page that nobody was shown; versions grow in the database instead."""
    found = dict(sent)
    for name in marks_of(form):
        if "seen" in name:
            value = form.fields[name][0]
            found[name] = re.sub(r":\w+", ":0", value) if ":" in value else "0" * len(value)
    return found


def everything_changes() -> None:
    for model in apps.get_models():
        if issubclass(model, Subject) and model is not CycleVersion:  # because a published one is frozen
            model._base_manager.update(version=F("version") + 1)


@pytest.mark.parametrize("role", ROLES)
def test_a_form_that_was_read_before_a_change_is_refused_and_keeps_what_was_typed(scene, role):
    client, wrong, guarded = signed_in(scene.people[role]), {}, 0
    for goes, form in edits(client, scene):
        name = resolve(goes).url_name
        if name in NEEDS_NO_MARK or has_nothing_to_send(form):
            continue
        if not marks_of(form):
            wrong[goes] = f"{name}: no mark of what was shown"
            continue
        guarded += 1
        before, sent = Entry.objects.count(), outdated(typed(form), form)
        with transaction.atomic():
            everything_changes()
            answer = client.post(goes, sent)
            wrong |= dict.fromkeys(faults(answer, sent) + written(before), goes)
            transaction.set_rollback(True)
    assert wrong == {}
    assert guarded >= 1


def faults(answer, sent: dict) -> list[str]:
    """A page that is no longer current says so (409) and shows again what was typed."""
    if answer.status_code != 409:
        return [f"{answer.status_code} for {sent}"]
    lost = [name for name, value in sent.items() if value == [WORDS] and WORDS not in answer.content.decode()]
    return [f"lost {lost}"] if lost else []


def written(before: int) -> list[str]:
    more = Entry.objects.count() - before
    return [f"{more} rows of journal"] if more else []
