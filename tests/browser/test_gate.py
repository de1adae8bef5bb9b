"""The gate of every page: each role walks the demonstration's year by its own links, on two widths and in two lights.

`make gate`. A page passes when axe finds nothing, nothing is wider than the screen, nothing was refused by the policy,
nobody else was asked, nothing comes from viewflow's own pages, and it weighs less than 80 kB compressed.
"""

from collections import Counter
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from config import demo
from tests.browser.gate import Visit, faults_of
from workflow.models import User

pytestmark = [pytest.mark.browser, pytest.mark.gate, pytest.mark.django_db(transaction=True)]

ROLES = ("coordination", "instruction", "porteur", "porteuse", "etat", "comite")
LOOKS = list(product((1280, 390), ("light", "dark")))
AS_MANY = 2
"""How many pages of one kind are opened: two, because the second is in another state."""
NOT_PAGES = {"document", "logout", "identity", "logo", "letter-html", "campaign-export"}


@pytest.fixture
def the_demo():
    demo.build(timezone.now())


def kind_of(path: str) -> str:
    """The name of a page's route; blank for what is no page of ours."""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    return "" if found.app_names or found.url_name in NOT_PAGES else found.url_name or ""


def links(page) -> list[str]:
    hrefs = page.eval_on_selector_all("a[href]:not([download])", "all => all.map(one => one.href)")
    here = urlsplit(page.url).netloc
    return [urlsplit(one).path + (f"?{query}" if (query := urlsplit(one).query) else "") for one in hrefs
            if urlsplit(one).netloc == here]  # fmt: skip


def cookies(server, user) -> list[dict]:
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server.url}]


@pytest.mark.parametrize("name", ROLES)
def test_every_page_of_a_role_is_sound_on_a_desk_and_a_telephone_by_day_and_by_night(
    name, the_demo, chromium, live_server
):
    signed = cookies(live_server, User.objects.get(email=f"{name}@exemple.test"))
    views = {}
    for width, light in LOOKS:
        context = chromium.new_context(viewport={"width": width, "height": 860}, color_scheme=light)
        context.add_cookies(signed)
        views[width, light] = Visit(context.new_page(), live_server.url)
    to_see, seen, wrong = ["/"], Counter(), {}
    while to_see:
        path = to_see.pop(0)
        kind = kind_of(path.partition("?")[0])
        if not kind or seen[kind] >= AS_MANY:
            continue
        seen[kind] += 1
        for look, visit in views.items():
            answer = visit.to(path)
            if answer is None:  # because a download is no page
                break
            if found := faults_of(visit):
                wrong[f"{path} {look}"] = found
        else:
            to_see += [one for one in links(visit.page) if one not in to_see]
    print(f"{name} : {sum(seen.values())} pages de {len(seen)} sortes")
    assert wrong == {}
    assert len(seen) >= 4
