"""Two versions of a request side by side: what was re-read or filed against what stands there now, word by word."""

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import SequenceMatcher
from typing import NamedTuple

from cases.budget import Account
from cases.forms.topics import TopicForm, amount_of
from cases.models import Dossier, Filed, FundingLine, Support
from cases.states import SupportState
from workflow.money import euros

SAME, GONE, NEW = "same", "gone", "new"
ALIKE = 0.4
"""Below that much in common, two whole texts read better than their scraps."""
_WORDS = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
"""Each with the blank before it: blanks alone are all alike, and to compare each with each takes seconds."""


class Piece(NamedTuple):
    """Words that stand in both versions, or in one alone."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One question of which the answer differs: as it was, as it is."""

    label: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class Version:
    """Something that was kept: asked to be re-read, or filed."""

    key: str
    at: datetime
    content: dict
    number: int
    """Which filing; 0 for a re-reading."""
    taken_back: bool = False


def versions_of(dossier: Dossier) -> list[Version]:
    """What may be compared with what stands there now, the latest first."""
    reread = Support.objects.filter(dossier=dossier, content__isnull=False).exclude(state=SupportState.WAIVED)
    found = [Version(f"relecture-{one.pk}", one.asked_at, one.content, 0) for one in reread.order_by("pk")]
    for one in Filed.objects.filter(dossier=dossier).order_by("number"):
        taken_back = one.taken_back_at is not None
        found.append(Version(f"depot-{one.number}", one.at, one.content, one.number, taken_back))
    return sorted(found, key=lambda one: one.at, reverse=True)


def chosen(versions: list[Version], key: str) -> Version | None:
    """The one asked for, else the latest."""
    return next((one for one in versions if one.key == key), versions[0] if versions else None)


def as_it_was(dossier: Dossier, content: dict) -> Dossier:
    """The request with what it held then: read by the very forms that read it now, and never saved."""
    then = copy(dossier)
    for name in ("title", "public", "public_count", "budget", "answers"):
        setattr(then, name, content[name])
    for name in ("starts_on", "ends_on"):
        setattr(then, name, content[name] and date.fromisoformat(content[name]))
    then.orientation_id, then.total_cost = content["orientation"], Decimal(content["total_cost"])
    return then


def lines_as_they_were(lines: Iterable[FundingLine], content: dict) -> list[FundingLine]:
    asked = {one["line"]: Decimal(one["requested"]) for one in content.get("lines", ())}
    found = [copy(line) for line in lines if line.pk in asked]
    for line in found:
        line.requested = asked[line.pk]
    return found


def changes(before: TopicForm, after: TopicForm) -> list[Change]:
    """Question by question of one topic, those whose answer differs."""
    was, now = before.told(), after.told()
    return [
        _change(label, was[name][1], answer)
        for name, (label, answer) in now.items()
        if was[name][1] != answer
    ]


def account_changes(before: dict, after: dict) -> list[Change]:
    """Account by account of the detailed budget."""
    pairs = [(one, *(_amount(side, one) for side in (before, after))) for one in Account]
    return [_change(f"{one.value} · {one.label}", was, now) for one, was, now in pairs if was != now]


def _amount(budget: dict, account: Account) -> str:
    kept = amount_of(budget.get(account.value))
    return euros(kept) if isinstance(kept, Decimal) else kept or "—"


def _change(label: str, was: str, now: str) -> Change:
    """Word by word where most of it stayed; a new text beside an old one where it did not."""
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return Change(label, [Piece(GONE, was)], [Piece(NEW, now)])
    steps = matcher.get_opcodes()
    return Change(
        label,
        list(_joined((GONE if step != "equal" else SAME, "".join(old[a:b])) for step, a, b, _, _ in steps)),
        list(_joined((NEW if step != "equal" else SAME, "".join(new[a:b])) for step, _, _, a, b in steps)),
    )


def _joined(pieces: Iterable[tuple[str, str]]) -> Iterator[Piece]:
    return (Piece(kind, text) for kind, text in pieces if text)


def compared(was: str, now: str) -> Change:
    """One text beside what is proposed in its place."""
    return _change("", was or "—", now)
