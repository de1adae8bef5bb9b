"""The secret address of one's calendar: asked for, replaced and given up by its own person, and read by machines."""

import secrets
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from notifications.addresses import absolute
from notifications.models import CalendarKey
from workflow import tokens
from workflow.models import User

_SALT = "notifications.subscriptions"


def alive(user) -> CalendarKey | None:
    """The address in use, unless the secret key has changed since: its token would open nothing."""
    key = CalendarKey.objects.filter(user=user, revoked_at=None).first()
    return key if key is not None and tokens.digest_of(_token(key)) == key.digest else None


def reader(token: str) -> User | None:
    """Whose calendar a token opens; None for one that was replaced, given up, or never was."""
    known = CalendarKey.objects.filter(digest=tokens.digest_of(token), revoked_at=None, user__is_active=True)
    key = known.select_related("user").first()
    return key.user if key else None


def address_of(key: CalendarKey) -> str:
    return str(absolute(reverse("calendar-feed", args=[_token(key)])))


def renew(user, replaces: str, at: datetime) -> bool:
    """A new address instead of the one that the page showed, blank for none; False for the same click twice."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        key = alive(user)
        if (str(key.uuid) if key else "") != replaces:
            return False
        _revoke(user, at)
        drawn = CalendarKey(user=user, nonce=secrets.token_hex(32), created_at=at)
        drawn.digest = tokens.digest_of(_token(drawn))
        drawn.save()
    return True


def give_up(user, replaces: str, at: datetime) -> bool:
    """The address that the page showed opens nothing any more; False where it is another one by now."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        key = alive(user)
        if key is None or str(key.uuid) != replaces:
            return False
        _revoke(user, at)
    return True


def _revoke(user, at: datetime) -> None:
    CalendarKey.objects.filter(user=user, revoked_at=None).update(revoked_at=at)


def _token(key: CalendarKey) -> str:
    return tokens.drawn(_SALT, key.nonce)
