"""One page as a browser sees it: what it said, whom it asked, what it weighs, and how it reads in each look.

A page is loaded once and looked at four times, because width and light are the style sheet's business alone. By night
axe checks only what colours change; everything else it has read by day.
"""

import gzip
from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
WIDTHS = (1280, 390)
HEIGHT = 860
HEAVIEST = 80 * 1024
"""Bytes of a page with all that it asks for, compressed."""
BETWEEN = (1024, 830)
"""A tablet and a small window: nothing may be lost there either."""
LOST = """() => [...document.querySelectorAll("main *")].filter((one) =>
  ["clip", "hidden"].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1
  && one.clientWidth > 1 && one.matches(":not(.vh, svg, select, input, textarea)")).map((one) => one.className)"""
"""What is cut off without a way to see it; what is hidden from eyes on purpose is not."""
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
"""What is folded is read too."""


class Visit:
    """A page that keeps what it said and what it asked for since it last went somewhere."""

    def __init__(self, page, home: str):
        self.page, self.home = page, home
        self.said: list[str] = []
        self.answers: list = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("response", self.keep)

    def keep(self, answer) -> None:
        self.answers.append(answer)

    @property
    def answer(self):
        """What the browser went for; what came late for the page before is not it."""
        return next(one for one in self.answers if one.request.is_navigation_request())

    def forget(self) -> None:
        self.said.clear()
        self.answers.clear()

    def to(self, path: str):
        """Go there; None where the answer is a file to keep rather than a page."""
        self.forget()
        try:
            return self.page.goto(self.home + path, wait_until="load")
        except Error as error:
            if "Download is starting" in str(error) or "ERR_ABORTED" in str(error):
                return None
            raise

    @property
    def weight(self) -> int:
        return sum(_compressed(answer) for answer in self.answers if answer.ok)


def _compressed(answer) -> int:
    try:
        return _weighed(answer.body())
    except Error:  # because what came late for the page before has no body any more
        return 0


@cache
def _weighed(body: bytes) -> int:
    return len(gzip.compress(body))


def faults_of(visit: Visit) -> list[str]:
    """Everything against a page, in words; the page is left wide and by day."""
    page, found = visit.page, []
    page.evaluate(UNFOLD)
    for width in sorted(WIDTHS + BETWEEN):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wider > 0:
            found.append(f"{width} : {wider} px trop large")
        found += [f"{width} : coupé : {one}" for one in page.evaluate(LOST)]
        if width in BETWEEN:
            continue
        for light, rules in (("dark", COLOURS), ("light", RULES)):
            page.emulate_media(color_scheme=light)
            found += [f"{width} {light} : {one}" for one in said_by_axe(page, rules)]
    found += [said for said in visit.said if "the server responded with a status of 4" not in said]
    asked = [answer.url for answer in visit.answers]
    found += [
        f"demande {url}" for url in asked if not url.startswith(visit.home) or "/static/viewflow" in url
    ]
    if visit.weight > HEAVIEST:
        found.append(f"{visit.weight // 1024} kio")
    if (status := next((one.status for one in visit.answers), 200)) >= 500:
        found.append(f"réponse {status}")
    return found


def said_by_axe(page, rules=RULES) -> list[str]:
    """Axe is brought once to each page, because reading it takes longer than running it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    violations = page.evaluate("async (options) => (await axe.run(document, options)).violations", rules)
    return [f"axe {one['id']}: {[node['target'] for node in one['nodes']]}" for one in violations]
