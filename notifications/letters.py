"""A row of the outbox as a mail: two texts, one stable Message-ID, and no header that takes raw words."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

from notifications.models import Message
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
        },
    )
    if message.html:
        letter.attach_alternative(unsealed(message, message.html, at=at), "text/html")
    return letter


def message_id(message: Message) -> str:
    """The same at every try, so that a mail that arrives twice is seen to be one."""
    return f"<{message.uuid}@{urlsplit(settings.SITE_URL).hostname}>"


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
