"""A town in a browser: its people sign in and click, its days pass one by one, its mail is read at /courriels/."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import expect

from config import demo, letterbox
from notifications import tasks
from workflow.calendar import PARIS, paris_day

PHONE, DESK = 390, 1280
PDF = {"name": "piece.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 essai"}


class Clock:
    """What the edges read instead of the clock: it goes on by itself, so that what happens first is written first."""

    def __init__(self, at: datetime):
        self.at = at

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at.astimezone(UTC)

    def turn(self, on: date, hour: int) -> None:
        self.at = max(self.at, datetime.combine(on, time(hour), PARIS))


class Letter(NamedTuple):
    """A mail as its reader sees it."""

    day: str
    to: str
    subject: str
    text: str

    def is_about(self, title: str) -> bool:
        return title in self.subject or title in self.text


class Town:
    """Everybody of the demonstration, each at their own screen."""

    def __init__(self, browser, home: str, clock: Clock, sound):
        self.browser, self.home, self.clock, self.check = browser, home, clock, sound
        self.screens, self.shown, self.checked = {}, set(), set()
        tasks.every_hour()  # what happened before we came is told before anything else
        self.told = set(letterbox.names())

    # People

    def comes(self, name: str, width: int = DESK):
        """Somebody opens the service and signs in, as every morning; their page."""
        page = self.screen(name, width)
        page.leave()
        page.goto(f"{self.home}/")
        if "/connexion/" in page.url:
            page.get_by_label("Adresse électronique").fill(address(name))
            page.get_by_role("textbox", name="Mot de passe").fill(demo.password())
            click(page, "Se connecter", exact=True)
        return page

    def screen(self, name: str, width: int):
        """The browser of somebody, signed in or not; everything it complains of is kept on the page."""
        if name not in self.screens:
            context = self.browser.new_context(viewport={"width": width, "height": 860})
            page = self.screens[name] = context.new_page()
            page.said, page.asked, page.leave = [], [], lambda: self._leaves(page)
            page.on("console", lambda message: page.said.append(message.text))
            page.on("pageerror", lambda error: page.said.append(str(error)))
            page.on("request", lambda request: page.asked.append(request.url))
            page.on("load", lambda _: self.shown.add(kind_of(page.url)))
        return self.screens[name]

    def looks(self, page) -> None:
        """Stop at a page and look: nothing for axe, nothing too wide, nothing refused, nobody else asked."""
        self.check(page)
        self.checked.add(kind_of(page.url))

    def _leaves(self, page) -> None:
        """Nobody leaves a page of a kind that was never looked at."""
        if page.url.startswith(self.home) and kind_of(page.url) not in self.checked:
            self.looks(page)

    def goes_home(self) -> None:
        for page in self.screens.values():
            page.context.close()

    # Days

    def reaches(self, on: date) -> None:
        """Live each day until this one at ten o'clock: mail leaves in the evening, the calendar speaks at nine."""
        while paris_day(self.clock.at) < on:
            tasks.wake()
            self.clock.turn(paris_day(self.clock.at) + timedelta(days=1), 9)
            tasks.every_hour()
        self.clock.turn(on, 10)

    # Mail

    def mail(self, name: str, subject: str):
        """The last mail that somebody got with these words in its subject, opened on their telephone."""
        tasks.wake()
        page = self.screen(f"{name} au téléphone", PHONE)
        page.leave()
        page.goto(f"{self.home}/courriels/?to={address(name)}")
        page.get_by_role("link", name=subject).first.click()
        return page

    def letters(self) -> list[Letter]:
        """Every mail that left since we came, each opened at /courriels/, in the order of days, then of people."""
        tasks.wake()
        for page in self.screens.values():
            page.leave()
        page = self.screen("courriels", DESK)
        page.goto(f"{self.home}/courriels/")
        self.looks(page)
        found = []
        while True:
            found += [one.get_attribute("href") for one in page.locator("td.title a").all()]
            if not page.get_by_role("link", name="Suivante").count():
                break
            follow(page, "Suivante")
        return sorted(self._read(page, path) for path in found if path.split("/")[2] not in self.told)

    def _read(self, page, path: str) -> Letter:
        page.goto(self.home + path)
        places = ("dl.facts dd", "h1", "p.letter")
        to, subject, text = (" ".join(page.locator(one).first.inner_text().split()) for one in places)
        day = page.locator("dl.facts time").get_attribute("datetime")[:10]
        return Letter(day, to.removesuffix("@exemple.test"), subject, text)


def kind_of(url: str) -> str:
    """What page an address leads to: the name of its route, and of the move or topic where one route shows many."""
    found = resolve(urlsplit(url).path)
    return " ".join(
        [found.view_name, *(found.kwargs[one] for one in ("move", "topic") if one in found.kwargs)]
    )


def address(name: str) -> str:
    return name if "@" in name else f"{name}@exemple.test"


def click(place, name: str, role: str = "button", **options) -> None:
    """A button or a link by its name, on a page or in a part of it."""
    getattr(place, "page", place).leave()
    place.get_by_role(role, name=name, **options).first.click()


def follow(page, *names: str) -> None:
    for name in names:
        click(page, name, "link")


def type_in(page, words: dict[str, str]) -> None:
    """Fill the fields that bear these labels."""
    for label, text in words.items():
        page.get_by_label(label).first.fill(text)


def says(page, words: str) -> None:
    """Wait until the page tells somebody so."""
    expect(page.locator("main")).to_contain_text(words)


def confirm(page, link: str, button: str = "", words: dict[str, str] | None = None) -> None:
    """The link to a move, what it asks for, then the button, of the same name unless said."""
    follow(page, link)
    type_in(page, words or {})
    click(page, button or link)


def opened(page, title: str) -> None:
    """Find a dossier by its title, in the list."""
    follow(page, "Dossiers")
    page.get_by_role("searchbox").or_(page.get_by_label("Recherche")).first.fill(title)
    click(page, "Filtrer")
    follow(page, title)
