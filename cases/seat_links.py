"""The link without a password: opens what awaits one person on one seat, and nothing else.

256 bits drawn from a random nonce and the secret key: a mail can be rendered again, and the database holds a hash only.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from cases.models import Dossier, FundingLine, ReviewRound, SeatLink
from cases.states import LineState
from workflow import roles, tokens
from workflow.grant_life import GrantState
from workflow.models import Grant, User
from workflow.roles import Role

NOTED_EVERY = timedelta(hours=1)
"""How finely a link's last use is known; a finer grain would write at each page."""
_SALT = "cases.seat_links"


def path_for(user, dossier: Dossier, at: datetime) -> str:
    """The address at which this person gives the opinion asked on a dossier; created or found. `at` is aware.

    For who holds no asked seat there, the page that asks to sign in.
    """
    line = FundingLine.objects.of_seats_of(user).filter(dossier=dossier).order_by("pk").first()
    if line is None:
        return reverse("opinions")
    link = _alive(user, line) or _drawn(user, line, at)
    return reverse("link-opinion", args=[token_of(link), line.uuid])


def opened(token: str, at: datetime) -> SeatLink | None:
    """The living link behind a token: an open round asks that seat, in a call where its person still holds it."""
    known = SeatLink.objects.filter(digest=tokens.digest_of(token), revoked_at=None, user__is_active=True)
    link = known.filter(_is_asked()).select_related("user", "seat").first()
    if link is not None:
        _note(link, at)
    return link


def is_barred(reader, link: SeatLink) -> bool:
    """Whether somebody signed in lost this link's very seat: a colleague's link, forwarded, must not give it back."""
    if not reader.is_authenticated or reader == link.user:
        return False
    states = Grant.ever.filter(user=reader, organisation=link.seat_id, role=Role.FINANCIER).order_by("pk")
    return set(states.values_list("state", flat=True)) == {GrantState.ENDED}


def led_to(user) -> Dossier | None:
    """The dossier that a new link would lead this person to, the most urgent; None where nothing is asked of them."""
    mine = FundingLine.objects.of_seats_of(user).in_open_round().select_related("dossier")
    line = mine.order_by("-state", "dossier__review_due_on", "pk").first()
    return line.dossier if line else None


def revoke(link: SeatLink, at: datetime) -> None:
    """By the person or by the coordination: the address answers nobody from now on; a new one may be asked for."""
    SeatLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at)


def visible_to(user):
    """The links not revoked that a person may see and revoke: their own, and those of the cycles they coordinate."""
    coordinated = roles.cycles_of(user, "cycle", "act")
    theirs = Exists(_seated(OuterRef("user"), OuterRef("seat")).filter(cycle__in=coordinated))
    links = SeatLink.objects.filter(Q(user=user) | theirs, revoked_at=None)
    return links.select_related("user", "seat").order_by("seat__name", "pk")


def token_of(link: SeatLink) -> str:
    """The secret part of a link's address."""
    return tokens.drawn(_SALT, link.nonce)


def _alive(user, line: FundingLine) -> SeatLink | None:
    """The link already drawn, unless the secret key has changed since: its token would open nothing."""
    link = SeatLink.objects.filter(user=user, seat=line.seat_id, revoked_at=None).first()
    return link if link is not None and tokens.digest_of(token_of(link)) == link.digest else None


def _drawn(user, line: FundingLine, at: datetime) -> SeatLink:
    """A new link; where two mails are rendered at once, the one that was written first: neither kills the other."""
    mine = {"user": user, "seat_id": line.seat_id}
    link = SeatLink(**mine, nonce=secrets.token_hex(32), created_at=at)
    link.digest = tokens.digest_of(token_of(link))
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if drawn := _alive(user, line):
            return drawn
        SeatLink.objects.filter(**mine, revoked_at=None).update(revoked_at=at)
        link.save()
    return link


def _seated(user: OuterRef, seat: OuterRef):
    """Where a person speaks for a seat."""
    return Grant.objects.filter(user=user, organisation=seat, role=Role.FINANCIER)


def _is_asked() -> Exists:
    round_ = ReviewRound.objects.filter(dossier=OuterRef("dossier"), closed_at=None)
    seated = _seated(OuterRef(OuterRef("user")), OuterRef("seat")).filter(cycle=OuterRef("cycle"))
    asked = FundingLine.objects.filter(
        seat=OuterRef("seat"), state__in=(LineState.INVITED, LineState.ANSWERED)
    )
    return Exists(asked.filter(Exists(round_), Exists(seated)))


def _note(link: SeatLink, at: datetime) -> None:
    if link.last_used_at is None or at - link.last_used_at >= NOTED_EVERY:
        SeatLink.objects.filter(pk=link.pk).update(last_used_at=at)
