"""Invites whoever was given a role and has no way in yet; heard from the door, inside its transaction."""

from notifications import outbox
from workflow.models import Grant
from workflow.openings import OPEN


def write(entries, at) -> None:
    """A role that nobody gave (a demo, a first load) invites nobody; who has a password finds the role at once."""
    given = [entry.subject_id for entry in entries if entry.move == OPEN and entry.actor_id is not None]
    for grant in (
        Grant.objects.filter(pk__in=given).select_related("user", "cycle", "invited_in").order_by("pk")
    ):
        if not grant.user.has_usable_password():
            about = grant.cycle or grant.invited_in
            outbox.tell(grant.user, "invitation", reason=f"invitation.{grant.pk}", at=at, subject=about)
