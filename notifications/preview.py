"""What one message says on screen: the words that are kept, or those it would have if it left now."""

import logging
import re
from typing import NamedTuple

from django.db import DatabaseError

from notifications import rendering
from notifications.models import Message, MessageStatus

logger = logging.getLogger(__name__)

_MARKER = re.compile("⟦[^⟧]*⟧")
PERSONAL = "(adresse personnelle, que personne d’autre ne lit)"


class Preview(NamedTuple):
    subject: str
    text: str
    exact: bool
    """Whether these words left, or will: they are kept before the first try."""


def preview(message: Message) -> Preview | None:
    """None where nothing can be said: nothing was ever written, or its template fails."""
    told = message.mail
    if told.text:
        return Preview(told.subject, _MARKER.sub(PERSONAL, told.text), exact=True)
    if message.status not in (MessageStatus.WAITING, MessageStatus.HELD, MessageStatus.FAILED):
        return None
    try:
        words = rendering.rendered(message)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("message %s", message.pk)
        return None
    return Preview(words.subject, _MARKER.sub(PERSONAL, words.text), exact=False)
