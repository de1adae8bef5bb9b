"""Hears what moved and writes who must be told, inside the door's transaction."""

from notifications import wakeups
from notifications.outbox import enqueue


def tell(sender, entries, at, **kwargs) -> None:
    """The one receiver of `workflow.signals.moved`: what rolls the move back takes its messages back with it."""
    if enqueue(entries, at):
        wakeups.after_commit()
