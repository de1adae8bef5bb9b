"""What stands around every page: the town's identity and the menu of the person's roles."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import SimpleLazyObject

from cases.models import FundingLine
from cases.programming_sight import is_open_to
from config.identity import identity
from workflow.roles import Role, roles_of


@dataclass(frozen=True)
class Entry:
    """One line of the menu; shown only where its address exists."""

    label: str
    address: str  # name of a URL without arguments
    icon: str = ""
    count: Callable[[Any], int] | None = None  # how many things wait there for a person
    shown: Callable[[Any], bool] | None = None  # whether it is there for a person; None: always


@dataclass(frozen=True)
class Link:
    """An entry as a page shows it."""

    label: str
    url: str
    icon: str
    count: int
    current: str  # "page" on the page itself, "true" below it, "" elsewhere: what aria-current says


def opinions_awaited(user: Any) -> int:
    """How many opinions a financier's seats still owe, in one query."""
    return FundingLine.objects.awaiting(user).count()


TO_DO = Entry("À faire", "todo", "inbox")
DOSSIERS = Entry("Dossiers", "dossier-list", "folder")
PROGRAMMING = Entry("Programmation", "programming", "money")
OPEN_PROGRAMMING = Entry("Programmation", "programming", "money", shown=is_open_to)
"""For those who read it once the coordination opens it."""
CALENDAR = Entry("Calendrier", "calendar", "calendar")
ENVELOPES = Entry("Enveloppes", "envelope-list", "envelope")
COMMITTEES = Entry("Comités", "committee-list", "people")
PACKS = Entry("Pochettes", "pack-list", "folder")
ACCOMPANIMENT = Entry("Accompagnement", "agenda", "people")
_INSTRUCTOR = (TO_DO, DOSSIERS, ACCOMPANIMENT, PROGRAMMING, COMMITTEES, CALENDAR, ENVELOPES)

MENU: dict[Role, tuple[Entry, ...]] = {
    Role.COORDINATOR: (
        *_INSTRUCTOR,
        Entry("Campagne", "campaign", "flag"),
        Entry("Messages", "messages-list", "mail"),
    ),
    Role.INSTRUCTOR: _INSTRUCTOR,
    Role.FINANCIER: (
        Entry("Mes avis", "opinions", "inbox", opinions_awaited),
        ENVELOPES,
        OPEN_PROGRAMMING,
        CALENDAR,
    ),
    Role.COMMITTEE: (DOSSIERS, OPEN_PROGRAMMING, COMMITTEES, CALENDAR),
    Role.ELECTED: (PACKS, CALENDAR),
    Role.THIRD_PARTY: (DOSSIERS, ACCOMPANIMENT, CALENDAR),
    Role.HOLDER: (
        Entry("Mes demandes", "todo", "folder"),
        Entry("Séances", "sessions", "people"),
        CALENDAR,
        Entry("Aide", "help", "help"),
    ),
}

FOOTER = (
    Entry("Mes courriels", "mail-choices"),
    Entry("Aide", "help"),
    Entry("Accessibilité", "accessibility"),
    Entry("Mentions légales", "legal"),
    Entry("Données personnelles", "privacy"),
)
LETTERS = Entry("Courriels de la démonstration", "letter-list")


def entries_for(roles: Iterable[Role]) -> list[Entry]:
    """The menu of a person, each address once; several roles share one home, « À faire », which comes first."""
    held = set(roles)
    chosen = {entry.address: entry for role, entries in MENU.items() if role in held for entry in entries}
    if TO_DO.address in chosen and len(held) > 1:
        del chosen[TO_DO.address]
        return [TO_DO, *chosen.values()]
    return list(chosen.values())


def address_of(entry: Entry) -> str | None:
    """The entry's address, or None where this version of the service has no such page."""
    return _address(entry.address, settings.ROOT_URLCONF, get_script_prefix())


@cache
def _address(name: str, addresses: str, prefix: str) -> str | None:
    """Looked for once, because a page has a dozen of them and they never change."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def links(entries: Iterable[Entry], path: str, user: Any = None) -> list[Link]:
    """The entries that lead somewhere; the longest address that begins the path is the current page."""
    there = [one for one in entries if user is None or one.shown is None or one.shown(user)]
    known = [(entry, url) for entry in there if (url := address_of(entry))]
    begun = [url for _, url in known if path == url or (url != "/" and path.startswith(url))]
    current = max(begun, key=len, default=None)
    said = "page" if path == current else "true"
    return [
        Link(
            entry.label,
            url,
            entry.icon,
            entry.count(user) if entry.count and user else 0,
            said if url == current else "",
        )
        for entry, url in known
    ]


def menu_for(request: HttpRequest) -> list[Link]:
    """The menu of whoever asks: nothing before signing in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return links(entries_for(roles_of(user)), request.path, user)


def lazily(work: Callable[[], Any]) -> Any:
    """Wait until a template asks, because a redirection or a fragment needs no menu and no query."""
    return SimpleLazyObject(work)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `identity`, `menu`, `footer`, `source_code_url`."""
    return {
        "identity": identity(),
        "menu": lazily(lambda: menu_for(request)),
        "footer": lazily(lambda: links((*FOOTER, LETTERS) if settings.DEMO else FOOTER, request.path)),
        "source_code_url": getattr(settings, "SOURCE_CODE_URL", ""),
    }
