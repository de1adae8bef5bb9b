"""An address that its own server refuses for good: noted on the person, said to the coordinators, lifted by proof.

What came back for another reason (a full box, a blacklist: codes in 4xx, or 5.7.x) is tried again, because it says
nothing about the address.
"""

import re
import smtplib
from datetime import datetime

from notifications import outbox
from notifications.catalogue import REFUSED_ADDRESS
from notifications.models import Message
from workflow.models import User

_ENHANCED = re.compile(rb"\b5\.(\d+)\.\d+\b")


def refuses_address(error: OSError) -> bool:
    """Whether the server says that nobody can be reached there, today or later."""
    return any(code >= 500 and _about_address(said) for code, said in _answers(error))


def is_final(error: OSError) -> bool:
    """Whether trying again would say the same: the server refused these very words for good."""
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _answers(error: OSError) -> list[tuple[int, bytes]]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [(code, _bytes(said)) for code, said in error.recipients.values()]
    said = _bytes(getattr(error, "smtp_error", b""))
    named = _ENHANCED.search(said)
    return [(error.smtp_code, said)] if is_final(error) and named and named[1] == b"1" else []


def _about_address(said: bytes) -> bool:
    """Policy (5.7.x) speaks of us: a blacklist would else spoil every address in an hour."""
    named = _ENHANCED.search(said)
    return named is None or named[1] != b"7"


def _bytes(said) -> bytes:
    return said if isinstance(said, bytes) else str(said).encode()


def note(message: Message, at: datetime) -> None:
    """Mark the person, if the address is still theirs, and tell who coordinates."""
    marked = User.objects.filter(pk=message.recipient_id, email__iexact=message.address)
    if marked.update(refused_address=message.address, refused_at=at) and message.cycle_id:
        for person in outbox.coordinators(message.cycle).exclude(pk=message.recipient_id):
            outbox.tell(
                person, REFUSED_ADDRESS, reason=f"adresse.{message.recipient_id}", at=at, subject=message
            )


def lift(person: User) -> bool:
    """The address is good after all: a mail passed, or somebody says so; False where it was not marked."""
    marked = User.objects.filter(pk=person.pk).exclude(refused_address="")
    return bool(marked.update(refused_address="", refused_at=None))
