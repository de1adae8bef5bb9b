"""What people typed enters a mail as words and nothing else: no link, no line of its own, no header, no marker."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from notifications.addresses import Pages, Secrets, Sure

_LINKED = re.compile(r"(?<=:)(?=//)|(?<=[^\W\d])\.(?=[^\W\d])|(?<=\w)@(?=\w)")
_MARKS = str.maketrans("", "", "⟦⟧")
_JOINER = "\u2060"


def sealed(value: Any) -> Any:
    """Whatever a template may print: words made harmless, the rest as it is."""
    if isinstance(value, Sure) or value is None:
        return value
    if isinstance(value, str):
        return typed(value)
    if isinstance(value, dict):
        return {name: sealed(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [sealed(one) for one in value]
    if isinstance(value, bool | int | Decimal | date | Pages | Secrets):
        return value
    if isinstance(value, Callable):
        return lambda: sealed(value())
    raise TypeError(f"{type(value).__name__} has no place in a mail")


def typed(text: str) -> str:
    """What people wrote, on one line, without invisible signs, and without what a mail reader turns into a link."""
    visible = "".join(" " if one.isspace() else one for one in text if one.isspace() or _is_visible(one))
    words = " ".join(visible.translate(_MARKS).split())
    return _LINKED.sub(lambda match: f"{match[0]}{_JOINER}", words)


def dialled(text: str) -> Sure:
    """A telephone or an address of the team, which a mail reader may turn into a link, and never into a secret one."""
    return Sure(" ".join(text.translate(_MARKS).split()))


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cf", "Co", "Cs")
