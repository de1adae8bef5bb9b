"""What a message says: its template with what may be told of its subject, as plain text and as HTML.

For delivery, in this order:

    for letter in grouped(messages):            # several rows of one person that make one mail; most lists hold one
        rendered = rendered_together(letter)    # keep rendered.subject, .text, .html on the rows
        text = unsealed(letter[0], rendered.text, at=at)    # just before sending: never kept
        html = unsealed(letter[0], rendered.html, at=at)

`rendered(message)` is `rendered_together([message])`. `messages` should come with their recipient.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.template.loader import render_to_string

from notifications import addresses, markup
from notifications.catalogue import TOGETHER
from notifications.context import context_of
from notifications.models import Message

SUBJECT = "Objet : "
LONGEST = 200
"""Of a subject line, in signs: beyond that mail readers cut it anyway."""


class Rendered(NamedTuple):
    subject: str
    text: str
    html: str


def rendered(message: Message) -> Rendered:
    """What one message says."""
    return rendered_together([message])


def rendered_together(messages: list[Message]) -> Rendered:
    """What messages that `grouped` put together say, as one mail."""
    source = render_to_string(template_name(messages[0].template), context_of(messages))
    head, _, body = source.strip().partition("\n")
    subject = markup.one_line(head.removeprefix(SUBJECT).strip())[:LONGEST]
    pieces = markup.pieces_of(body)
    return Rendered(subject, markup.as_text(pieces), markup.as_html(pieces, subject))


def grouped(messages: Iterable[Message]) -> list[list[Message]]:
    """Messages as mails: what is asked of one person on many dossiers the same day is asked once."""
    letters: dict[tuple, list[Message]] = {}
    for one in messages:
        alone = one.pk if one.template not in TOGETHER else None
        key = (one.template, one.recipient_id, one.cycle_id, one.planned_on, alone)
        letters.setdefault(key, []).append(one)
    return list(letters.values())


def unsealed(message: Message, body: str, *, at: datetime) -> str:
    """The body with the secret addresses that its kept text only marks; for the instant of sending alone."""
    return addresses.revealed(body, message.recipient, at)


def template_name(template: str) -> str:
    return f"notifications/mail/{template}.txt"
