"""Where the mail of the demonstration goes: one file per mail under var/, as it would have left.

A file is written whole before it gets its name, so that a reader never sees half a mail.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class LetterBox(BaseEmailBackend):
    """Django's way of sending, into a folder."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        for one in email_messages:
            _put(one.message().as_bytes(linesep="\r\n"))
        return len(email_messages)


@dataclass(frozen=True)
class Letter:
    """One mail that left, as whoever got it reads it."""

    name: str
    left_at: datetime
    to: str
    sender: str
    subject: str
    text: str
    html: str


def names() -> list[str]:
    """The names of all letters, newest first: each begins with the instant it left."""
    if not settings.LETTERS_DIR.is_dir():
        return []
    return sorted((path.stem for path in settings.LETTERS_DIR.glob("*.eml")), reverse=True)


def letters(to: str = "") -> list[str]:
    """The names of those to an address that holds these words, newest first."""
    return [name for name in names() if to.lower() in recipient(name).lower()] if to else names()


def read(name: str) -> Letter:
    """One letter by its name; KeyError when there is none."""
    path = _path(name)
    if not path.is_file():
        raise KeyError(name)
    parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Letter(
        name=name,
        left_at=datetime.strptime(name.partition("-")[0], _STAMP).replace(tzinfo=UTC),
        to=str(parsed["to"]),
        sender=str(parsed["from"]),
        subject=str(parsed["subject"]),
        text=_part(parsed, "plain"),
        html=_part(parsed, "html"),
    )


@lru_cache(maxsize=10_000)
def recipient(name: str) -> str:
    """Kept, because a letter never changes and a filter asks for all of them."""
    return read(name).to


_STAMP = "%Y%m%dT%H%M%S%fZ"


def _path(name: str) -> Path:
    return settings.LETTERS_DIR / f"{name}.eml"


def _put(content: bytes) -> None:
    settings.LETTERS_DIR.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=settings.LETTERS_DIR)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    name = f"{timezone.now().strftime(_STAMP)}-{uuid4().hex[:8]}"
    Path(draft).rename(_path(name))


def _part(parsed: Parsed, kind: str) -> str:
    part = parsed.get_body((kind,))
    return part.get_content().replace("\r\n", "\n") if part else ""
