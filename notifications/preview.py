"""What one message says on screen: the words that are kept, or those it would have if it left now."""

import logging
import re
from datetime import datetime
from typing import NamedTuple

from django.db import DatabaseError

from cases.models import Dossier
from notifications import rendering
from notifications.choices import Audience
from notifications.expected import EXPECTED
from notifications.models import REMINDER, MailText, Message, MessageStatus
from workflow.calendar import paris_day
from workflow.models import Cycle, User

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
        return Preview(told.subject, without_secrets(told.text), exact=True)
    if message.status not in (MessageStatus.WAITING, MessageStatus.HELD, MessageStatus.FAILED):
        return None
    return _tried(message)


def preview_of(cycle: Cycle, template: str, text: MailText, at: datetime) -> Preview | None:
    """How a mail would read with these words, on the newest dossier that had it, or could; None where there is none."""
    told = Message.objects.filter(cycle=cycle, template=template).select_related("recipient", "cycle")
    message = told.order_by("pk").last() or _imagined(cycle, template, at)
    return _tried(message, text) if message else None


def _imagined(cycle: Cycle, template: str, at: datetime) -> Message | None:
    """A reminder that nobody got yet, on the newest dossier of the cycle; other mails tell what really happened."""
    kinds = (kind for kind, one in EXPECTED.items() for ways in one.tells.values() if template in ways)
    kind, dossier = next(kinds, None), cycle.dossiers.order_by("pk").last()
    person = (
        dossier and User.objects.filter(grants__organisation=dossier.organisation_id).order_by("pk").first()
    )
    if kind is None or person is None:
        return None
    return Message(
        event=REMINDER + kind,
        reason=f"apercu|{paris_day(at)}|J+0",
        audience=Audience.HOLDER,
        template=template,
        recipient=person,
        cycle=cycle,
        dossier=dossier,
        subject_label=Dossier._meta.label_lower,
        subject_id=dossier.pk,
        created_at=at,
    )


def _tried(message: Message, text: MailText | None = None) -> Preview | None:
    try:
        words = rendering.rendered_together([message], text)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("message %s", message.pk)
        return None
    return Preview(words.subject, without_secrets(words.text), exact=False)


def without_secrets(text: str) -> str:
    """The words of a mail for whoever is not its recipient."""
    return _MARKER.sub(PERSONAL, text)
