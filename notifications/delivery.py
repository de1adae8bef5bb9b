"""The sweep: everything that is due leaves, or its row says why not.

Killed at any instant it loses nothing: a row that was taken comes back when its lease ends, with the words that were
kept before the first try and the same Message-ID. One sweep at a time on a machine, so that one kill can double at
most one mail.
"""

import fcntl
import logging
import smtplib
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection

from notifications import bounces, claims, reminders, rendering
from notifications.catalogue import ASKED_FOR
from notifications.claims import Claim
from notifications.letters import letter_of
from notifications.models import Message, MessageStatus
from notifications.words import (
    CLOSED,
    DECLINES,
    FAILING_ADDRESS,
    NO_ADDRESS,
    NO_LONGER,
    NO_SERVER,
    REFUSED,
    REFUSED_ADDRESS,
    UNSENDABLE,
    UNWRITABLE,
)
from workflow.calendar import paris_day
from workflow.wording import day_in_words

logger = logging.getLogger(__name__)

LASTS = timedelta(seconds=50)
"""How long one sweep goes on before it lets go, far below a task's own limit."""


class Unreachable(Exception):
    """The mail server does not answer: no other message has a better chance now."""


@dataclass
class Swept:
    """What one sweep did: how many rows by what became of them, what stopped it, whether more is due."""

    counts: Counter = field(default_factory=Counter)
    trouble: str = ""
    more: bool = False


def sweep(clock: Callable[[], datetime]) -> Swept:
    """Send what is due until nothing is, or `LASTS` is over."""
    done, begun = Swept(), clock()
    with only_one_here() as alone:
        if not alone or not claims.due(begun).exists():
            return done
        wire = mail.get_connection()
        try:
            _reach(wire)
            while not done.more and (claim := claims.take(clock())).messages:
                _send_all(claim, wire, clock, done)
                done.more = clock() - begun >= LASTS
        except Unreachable as reason:
            logger.warning("mail server: %s", reason)
            done.trouble = NO_SERVER
        finally:
            wire.close()
    return done


@contextmanager
def only_one_here() -> Iterator[bool]:
    """Whether no other sweep of this database runs on this machine; the system lets go when the process dies."""
    base = zlib.crc32(str(connection.settings_dict["NAME"]).encode())
    with (settings.VAR_DIR / f"sweep-{base:08x}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _reach(wire) -> None:
    try:
        wire.open()
    except OSError as error:  # every error of smtplib is one
        raise Unreachable(error) from error


def _send_all(claim: Claim, wire, clock, done: Swept) -> None:
    """Each mail of a claim in its turn; what is left when the server falls silent is given back at once."""
    try:
        for group in rendering.grouped(claim.messages):
            done.counts[_deliver(claim, group, wire, clock)] += 1
    finally:
        claims.give_back(claim)


def _deliver(claim: Claim, group: list[Message], wire, clock) -> str:
    """One mail, from its rows to what became of them, which is returned."""
    group = [one for one in group if not _called_off(claim, one, clock())]
    if not group:
        return MessageStatus.CANCELLED
    first, *others = group
    failure = _written(first, group)
    if not failure and not claims.keep(claim, first, others, clock()):
        return MessageStatus.WAITING
    letter, failure = (None, failure) if failure else _folded(first, clock())
    if failure:
        claims.settle(claim, first, MessageStatus.FAILED, clock(), failure)
        return MessageStatus.FAILED
    return _sent(claim, first, letter, wire, clock)


def _called_off(claim: Claim, message: Message, at: datetime) -> bool:
    """Whether a row must not leave any more; it is cancelled then, with the reason."""
    try:
        holds = reminders.still_holds(message, at)
    except DatabaseError:
        raise  # because the database's trouble is nobody's fault: the lease will end
    except Exception as error:
        logger.exception("message %s", message.pk)
        claims.settle(claim, message, MessageStatus.FAILED, at, UNWRITABLE.format(type(error).__name__))
        return True
    reason = NO_LONGER if not holds else DECLINES if message.pk in claim.declined else ""
    if reason or not message.recipient.is_active:
        claims.cancel(claim, message, at, reason or CLOSED)
        return True
    return False


def _written(first: Message, group: list[Message]) -> str:
    """Give the row its exact words, unless a first try has kept them; what prevents it, in a sentence."""
    first.address = first.recipient.email
    if not first.address:
        return NO_ADDRESS
    if first.recipient.address_is_refused and first.template not in ASKED_FOR:
        return FAILING_ADDRESS.format(day_in_words(paris_day(first.recipient.refused_at)))
    if first.text:
        return ""
    try:
        words = rendering.rendered_together(group)
    except DatabaseError:
        raise
    except Exception as error:
        logger.exception("message %s", first.pk)
        return UNWRITABLE.format(type(error).__name__)
    first.subject, first.text, first.html = words.subject[:250], words.text, words.html
    return ""


def _folded(first: Message, at: datetime) -> tuple[EmailMessage | None, str]:
    """The mail of a row, tried as it will be sent; what is wrong with it, in a sentence."""
    try:
        letter = letter_of(first, at)
        letter.message()
    except DatabaseError:
        raise
    except Exception as error:
        logger.exception("message %s", first.pk)
        return None, UNSENDABLE.format(type(error).__name__)
    return letter, ""


def _sent(claim: Claim, first: Message, letter: EmailMessage, wire, clock) -> str:
    """Hand a mail over; a refusal concerns it alone, a silence concerns all that wait behind it."""
    try:
        wire.send_messages([letter])
    except OSError as error:  # every error of smtplib is one
        wire.close()
        return _failed(claim, first, error, clock())
    claims.settle(claim, first, MessageStatus.SENT, clock())
    if first.recipient.address_is_refused:
        bounces.lift(first.recipient)
    return MessageStatus.SENT


def _failed(claim: Claim, first: Message, error: OSError, at: datetime) -> str:
    """What is refused for good has failed; anything else is tried again later, for a day."""
    if bounces.refuses_address(error):
        claims.settle(claim, first, MessageStatus.FAILED, at, REFUSED_ADDRESS.format(_code(error)))
        bounces.note(first, at)
        return MessageStatus.FAILED
    if bounces.is_final(error):
        claims.settle(claim, first, MessageStatus.FAILED, at, REFUSED.format(_code(error)))
        return MessageStatus.FAILED
    silent = isinstance(error, smtplib.SMTPServerDisconnected) or not isinstance(error, smtplib.SMTPException)
    sentence = NO_SERVER if silent else REFUSED.format(_code(error))
    waits = claims.put_off(claim, first, at, sentence)
    if silent:
        raise Unreachable(error)
    return MessageStatus.WAITING if waits else MessageStatus.FAILED


def _code(error: OSError) -> str:
    """The server's own number, because its sentence is in English and may name anybody."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return ", ".join(sorted({str(code) for code, _ in error.recipients.values()}))
    return str(getattr(error, "smtp_code", type(error).__name__))
