"""Hears what moved and writes who must be told, inside the door's transaction."""

from notifications import invitations, wakeups
from notifications.outbox import enqueue
from workflow import registry
from workflow.models import Grant


def tell(sender, entries, at, **kwargs) -> None:
    """The one receiver of `workflow.signals.moved`: what rolls the move back takes its messages back with it."""
    if enqueue(entries, at) or sender in registry.works():
        wakeups.after_commit()
    if sender is Grant:
        invitations.write(entries, at)
