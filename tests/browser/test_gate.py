"""The gate of every page: each role walks the demonstration's year by its own links, on two widths and in two lights.

`make gate`. A page passes when axe finds nothing, nothing is wider than the screen, nothing was refused by the policy,
nobody else was asked, nothing comes from viewflow's own pages, and it weighs less than 80 kB compressed. A form is sent
empty as well, because a page that refuses is a page too.
"""

from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from cases import seat_links
from cases.models import FundingLine
from config import demo
from tests.browser.gate import Visit, faults_of
from workflow.models import User
from workflow.tokens import sign_in_tokens

pytestmark = [pytest.mark.browser, pytest.mark.gate, pytest.mark.django_db(transaction=True)]

TEAM = ("coordination", "instruction")
OTHERS = ("porteur", "porteuse", "etat", "comite", "elue", "tiers")
AS_MANY = 2
"""How many pages of one kind are opened: two, because the second is in another state."""
NOT_PAGES = {
    "document", "logout", "identity", "logo", "letter-html", "campaign-export", "campaign-drawing", "committee-draft",
    "committee-signed", "letter-preview", "letter-pdf", "letter-scan",
}  # fmt: skip
SLUGS = {"move", "topic", "part", "inside"}
"""What makes another page of the same route."""
OPEN_TO_ALL = {"accessibility", "legal", "privacy", "help", "source", "letter-list", "letter-detail"}
"""What everybody's footer leads to is read once, by the visitor."""
REFUSALS = {200, 400, 409, 422}


@pytest.fixture
def the_demo(settings, tmp_path):
    settings.DEMO, settings.LETTERS_DIR = True, tmp_path
    demo.build(timezone.now())


@pytest.fixture
def visit(chromium, live_server):
    """A visitor whom nobody knows yet; transitions are off, because a colour half way is nobody's."""
    context = chromium.new_context(reduced_motion="reduce")
    yield Visit(context.new_page(), live_server.url)
    context.close()


def sign_in(visit, email: str) -> None:
    client = Client()
    client.force_login(User.objects.get(email=email))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    visit.page.context.clear_cookies()
    visit.page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": visit.home}]
    )


# ── Which pages there are ───────────────────────────────────────────────────


def kind_of(path: str) -> str:
    """The name of a page's route, with what makes it another page; blank for what is no page of ours."""
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return ""
    if found.app_names or not found.url_name or found.url_name in NOT_PAGES:
        return ""
    return " ".join([found.url_name, *(found.kwargs[one] for one in sorted(SLUGS & found.kwargs.keys()))])


def ways_on(page) -> list[str]:
    """The addresses a page leads to by its links and by the buttons that only ask."""
    hrefs = page.eval_on_selector_all(
        "a[href]:not([download]), form[method=get]", "all => all.map(one => one.href || one.action)"
    )
    here = urlsplit(page.url).netloc
    split = [urlsplit(one) for one in hrefs if isinstance(one, str)]
    return [f"{one.path}?{one.query}" if one.query else one.path for one in split if one.netloc == here]


def crawl(visit, to_see: list[str], but: set = OPEN_TO_ALL) -> tuple[Counter, dict]:
    """What kinds of pages were seen from there on, and what is wrong with which."""
    seen, known, wrong = Counter(), set(to_see), {}
    while to_see:
        path = to_see.pop(0)
        kind = kind_of(path)
        if not kind or kind in but or seen[kind] >= (1 if " " in kind else AS_MANY):
            continue
        if visit.to(path) is None:  # because a download is no page
            continue
        seen[kind] += 1
        onward = [one for one in ways_on(visit.page) if one not in known]
        known |= set(onward)
        to_see += onward
        if found := faults_of(visit):
            wrong[path] = found
        if seen[kind] == 1 and (found := faults_of_refusals(visit)):
            wrong[f"{path} (envoyé vide)"] = found
    return seen, wrong


EMPTIED = """() => {
  const asks = "[required]:not([type=hidden]):not([type=radio]):not([type=checkbox]):not(select)";
  const form = [...document.querySelectorAll("main form[method=post]")].find((one) => one.querySelector(asks));
  if (!form) return false;
  form.querySelectorAll(asks).forEach((field) => { field.value = ""; });
  form.noValidate = true;
  form.id = "envoi-vide";
  return true;
}"""
"""Only a form with an empty required field is sent, because it is sure to be refused."""


def faults_of_refusals(visit) -> list[str]:
    """What is wrong with the answer to an empty form; nothing where the page asks for nothing."""
    if not visit.page.evaluate(EMPTIED):
        return []
    visit.forget()
    with visit.page.expect_navigation(wait_until="load"):
        visit.page.evaluate("document.getElementById('envoi-vide').requestSubmit()")
    status = visit.answer.status
    return faults_of(visit) if status in REFUSALS else [f"réponse {status}"]


# ── Who walks where ─────────────────────────────────────────────────────────


@pytest.mark.parametrize("names", [TEAM, OTHERS], ids=["équipe", "autres"])
def test_every_page_of_a_role_is_sound_on_a_desk_and_a_telephone_by_day_and_by_night(names, the_demo, visit):
    wrong = {}
    for name in names:
        sign_in(visit, f"{name}@exemple.test")
        seen, found = crawl(visit, ["/"])
        print(f"{name} : {sum(seen.values())} pages de {len(seen)} sortes")
        wrong |= {f"{name} {path}": faults for path, faults in found.items()}
        assert len(seen) >= 4
    assert wrong == {}


def test_every_page_that_needs_no_password_is_sound(the_demo, visit, bearer):
    EmailMultiAlternatives(
        "Votre demande",
        "Lisez : http://localhost/appels/",
        to=[bearer.email],
        connection=get_connection(LETTERS),
    ).send()
    key = urlsafe_base64_encode(force_bytes(bearer.pk))
    tokens = {"signin-confirm": sign_in_tokens, "password_reset_confirm": default_token_generator}
    live = [reverse(name, args=[key, maker.make_token(bearer)]) for name, maker in tokens.items()]
    dead = [reverse(name, args=["MQ", "passe-date"]) for name in tokens]
    others = ["login", "calls", "composants", "letter-list", "link-sent", "link-renewal", "palette"]
    seen, wrong = crawl(visit, [*map(reverse, others), *live, *dead, "/mes-avis/inconnu/"], but=set())
    print(f"sans mot de passe : {sum(seen.values())} pages de {len(seen)} sortes")
    assert wrong == {}
    assert len(seen) >= 18


def test_every_page_of_a_link_is_sound(the_demo, visit, bearer):
    line = FundingLine.objects.of_seats_of(bearer).in_open_round().order_by("pk")[0]
    seen, wrong = crawl(visit, [seat_links.path_for(bearer, line.dossier, timezone.now())])
    print(f"par lien : {sum(seen.values())} pages de {len(seen)} sortes")
    assert wrong == {}
    assert {"link-opinion opine", "link-list", "link-revoke"} <= seen.keys()


def test_every_page_that_says_no_is_sound(the_demo, visit):
    page, wrong = visit.page, {}

    def look(name, status):
        found = faults_of(visit)
        wrong[name] = found if visit.answer.status == status else [f"{visit.answer.status}", *found]

    sign_in(visit, "etat@exemple.test")
    for path, status in (("/nulle-part/", 404), ("/campagne/vitry_2027/", 404), ("/a-notifier/", 403)):
        visit.to(path)
        look(path, status)
    page.context.clear_cookies()
    visit.to("/connexion/")
    page.context.clear_cookies()
    visit.forget()
    send_password(page)
    look("sans jeton", 403)
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        visit.to("/connexion/")
        visit.forget()
        send_password(page)
    look("trop d’essais", 429)
    assert {name: found for name, found in wrong.items() if found} == {}


def send_password(page) -> None:
    page.get_by_label("Adresse électronique").fill("etat@exemple.test")
    page.get_by_role("textbox", name="Mot de passe").fill("inconnu")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Se connecter", exact=True).click()


LETTERS = "config.letterbox.LetterBox"


@pytest.fixture
def bearer(the_demo):
    return User.objects.get(email="etat@exemple.test")
