"""What a message says: its template with what may be told of its subject, as plain text and as HTML.

For delivery, in this order:

    for letter in grouped(messages):            # several rows of one person that make one mail; most lists hold one
        rendered = rendered_together(letter)    # keep rendered.subject, .text, .html on the rows
        text = unsealed(letter[0], rendered.text, at=at)    # just before sending: never kept
        html = unsealed(letter[0], rendered.html, at=at)

`rendered(message)` is `rendered_together([message])`. `messages` should come with their recipient.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from django.template.loader import render_to_string

from notifications import addresses, digests, markup, texts
from notifications.catalogue import DIGEST, TOGETHER
from notifications.context import context_of
from notifications.models import MailText, Message

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


def rendered_together(messages: list[Message], text: MailText | None = None) -> Rendered:
    """What messages that `grouped` put together say, as one mail; `text` tries words that are not kept yet."""
    head, body = _source(messages, text)
    subject = markup.one_line(head)[:LONGEST]
    pieces = markup.pieces_of(body)
    return Rendered(subject, markup.as_text(pieces), markup.as_html(pieces, subject))


def grouped(messages: Iterable[Message]) -> list[list[Message]]:
    """Messages as mails: what is asked of one person on many dossiers the same day is asked once.

    Words that were kept before a first try make a mail of their own, because they were written for certain rows.
    """
    return _by(messages, lambda one: _DAILY if one.digest and not one.text else _alike(one))


_DAILY = ("digest",)


def _alike(one: Message) -> tuple:
    return (one.template, one.planned_on) if one.template in TOGETHER and not one.text else (one.pk,)


def _by(messages: Iterable[Message], kind: Callable[[Message], tuple]) -> list[list[Message]]:
    letters: dict[tuple, list[Message]] = {}
    for one in messages:
        letters.setdefault((one.recipient_id, one.cycle_id, *kind(one)), []).append(one)
    return list(letters.values())


def _source(messages: list[Message], text: MailText | None = None) -> tuple[str, str]:
    """The subject and the body, as their template writes them; several subjects of one day make a digest."""
    parts = _by(messages, _alike)
    if len(parts) == 1:
        return _written(messages[0].template, _worded(messages, text))
    told = [_written(part[0].template, _worded(part) | {"alone": False}) for part in parts]
    return _written(DIGEST, context_of(messages) | digests.told(told) | NOT_WORDED)


NOT_WORDED = {"own_subject": "", "own": ""}


def _worded(messages: list[Message], text: MailText | None = None) -> dict:
    """What a template may use, and the coordinator's own words in the place of its own."""
    names = context_of(messages)
    text = text or texts.of(messages[0])
    return names | {"own_subject": texts.subject_of(text, names), "own": texts.body_of(text, names)}


def _written(template: str, context: dict) -> tuple[str, str]:
    head, _, body = render_to_string(template_name(template), context).strip().partition("\n")
    return head.removeprefix(SUBJECT).strip(), body


def unsealed(message: Message, body: str, *, at: datetime) -> str:
    """The body with the secret addresses that its kept text only marks; for the instant of sending alone."""
    return addresses.revealed(body, message.recipient, at)


def template_name(template: str) -> str:
    return f"notifications/mail/{template}.txt"
