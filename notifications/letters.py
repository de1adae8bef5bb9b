"""A row of the outbox as a mail: two texts, one stable Message-ID, and no header that takes raw words."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

from notifications.addresses import absolute
from notifications.models import Message
from notifications.optional import OPTIONAL, path_of
from notifications.rendering import unsealed


def letter_of(message: Message, at: datetime) -> EmailMultiAlternatives:
    """The mail of a row whose words are kept; secret addresses come in here, at the instant of sending."""
    letter = EmailMultiAlternatives(
        subject=one_line(message.subject),
        body=unsealed(message, message.text, at=at),
        to=[message.address],
        reply_to=_answered_by(message),
        headers={
            "Message-ID": message_id(message),
            "Auto-Submitted": "auto-generated",
            **_unsubscribing(message),
        },
    )
    if message.html:
        letter.attach_alternative(unsealed(message, message.html, at=at), "text/html")
    return letter


def message_id(message: Message) -> str:
    """The same at every try, so that a mail that arrives twice is seen to be one."""
    return f"<{message.uuid}@{urlsplit(settings.SITE_URL).hostname}>"


def _unsubscribing(message: Message) -> dict[str, str]:
    """By which a mailbox offers to hear no more of it, where that is a choice; one click asks for TLS (RFC 8058)."""
    kind = OPTIONAL.get(message.template)
    if kind is None:
        return {}
    address = absolute(path_of(message.recipient, "mail-one-click", kind))
    headers = {"List-Unsubscribe": f"<{address}>"}
    if address.startswith("https:"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def one_line(words: str) -> str:
    """Words without any break, because a header ends where its line ends."""
    return " ".join(words.splitlines())


def _answered_by(message: Message) -> list[str]:
    """The team's own address, where the cycle gives one that is fit to be a header."""
    address = message.cycle.team_email if message.cycle else ""
    try:
        validate_email(address)
    except ValidationError:
        return []
    return [address]
