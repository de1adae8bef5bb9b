"""A browser signed in as somebody, on a day of the year that the test chooses."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def signed_in(chromium, live_server):
    """Open a page as a person; everything the browser complains of is kept on `page.said`, its way on `page.asked`."""
    contexts = []

    def open_as(user, path="/", width=1280, light="light", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 860}, color_scheme=light, **options
        )
        contexts.append(context)
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(live_server.url + path, wait_until="load")
        return page

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture
def sound(live_server):
    """Check a page as it stands: nothing for axe, nothing wider than the screen, nothing refused, nobody else asked."""

    def check(page):
        faults = [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations(page)]
        assert faults == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert [said for said in page.said if "the server responded with a status of 4" not in said] == []
        assert [url for url in page.asked if not url.startswith(live_server.url)] == []

    return check


def violations(page):
    return Axe().run(page, options=RULES).response["violations"]
