"""The addresses that stand in a mail: pages of the service, and secret ones, which never rest in the database.

A secret address is written as a marker in the text that a row keeps; the real one takes its place at the instant of
sending. Made again each time from what the recipient may do at that instant, it can be neither read nor guessed there.
"""

import re
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from cases import goals, seat_links
from cases.models import Dossier, GoalsRequest
from notifications import optional
from workflow.tokens import password_path, sign_in_path

_MARKER = re.compile(r"⟦(?P<name>[a-z]+)(?::(?P<key>\d+))?⟧")


class Sure(str):
    """Words that are ours or the deployer's: they enter a mail as they are."""

    __slots__ = ()


def absolute(path: str) -> Sure:
    """A path with the service's own beginning."""
    return Sure(f"{settings.SITE_URL.rstrip('/')}{path}")


class Pages:
    """« page.dossier », « page.completion »…: the addresses of one dossier's pages, made when a template asks."""

    OF_DOSSIER = ("changes",)
    ELSEWHERE = {"home": "todo", "notify": "to-notify", "calls": "calls", "agreed": "agreed"}

    def __init__(self, dossier: Dossier | None):
        self.dossier = dossier

    def __getitem__(self, name: str) -> Sure:
        if name in self.ELSEWHERE:
            return absolute(reverse(self.ELSEWHERE[name]))
        if self.dossier is None:
            raise KeyError(name)
        page = "detail" if name == "dossier" else name
        address = name if name in self.OF_DOSSIER else f"dossier-{page}"
        return absolute(reverse(address, args=[self.dossier.uuid]))


# ── What never rests ────────────────────────────────────────────────────────


def _opinion(user, key: str | None, at: datetime) -> str:
    return seat_links.path_for(user, Dossier.objects.get(pk=key), at)


def _goals(user, key: str | None, at: datetime) -> str:
    return goals.path_for(user, GoalsRequest.objects.select_related("committee").get(pk=key))


SECRETS: dict[str, Callable] = {
    "avis": _opinion,
    "attentes": _goals,
    "motdepasse": lambda user, key, at: password_path(user),
    "courriels": lambda user, key, at: optional.path_of(user),
    "connexion": lambda user, key, at: sign_in_path(user),
}
"""{name of the marker: path of (recipient, key of the subject, instant)}."""


class Secrets:
    """« secret.motdepasse »: the marker of a secret address that knows its recipient alone."""

    def __getitem__(self, name: str) -> Sure:
        return marker(name) if name in SECRETS else _unknown(name)


def _unknown(name: str):
    raise KeyError(name)


def marker(name: str, key: int | None = None) -> Sure:
    """What stands for a secret address in the text that is kept."""
    return Sure(f"⟦{name}⟧" if key is None else f"⟦{name}:{key}⟧")


def revealed(body: str, user, at: datetime) -> str:
    """The body with its real addresses; only its recipient may read it."""
    found = {match[0]: match for match in _MARKER.finditer(body)}
    for text, match in found.items():
        body = body.replace(text, absolute(SECRETS[match["name"]](user, match["key"], at)))
    return body
