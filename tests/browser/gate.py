"""One page as a browser sees it: what it said, whom it asked, what it weighs."""

import gzip

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HEAVIEST = 80 * 1024
"""Bytes of a page with all that it asks for, compressed."""


class Visit:
    """A page that keeps what it said and what it asked for since it last went somewhere."""

    def __init__(self, page, home: str):
        self.page, self.home = page, home
        self.said: list[str] = []
        self.answers: list = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("response", lambda answer: self.answers.append(answer))  # noqa: PLW0108, because playwright marks its handlers

    def to(self, path: str):
        """Go there; None where the answer is a file to keep rather than a page."""
        self.said.clear()
        self.answers.clear()
        try:
            return self.page.goto(self.home + path, wait_until="load")
        except Error as error:
            if "Download is starting" in str(error) or "ERR_ABORTED" in str(error):
                return None
            raise

    @property
    def weight(self) -> int:
        return sum(len(gzip.compress(answer.body())) for answer in self.answers if answer.ok)


def faults_of(visit: Visit) -> list[str]:
    """Everything against a page, in words."""
    page, found = visit.page, []
    found += [f"axe {one['id']}: {[node['target'] for node in one['nodes']]}" for one in violations(page)]
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wider > 0:
        found.append(f"{wider} px trop large")
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


def violations(page) -> list[dict]:
    return Axe().run(page, options=RULES).response["violations"]
