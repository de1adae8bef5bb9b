"""The one receiver of the door's signal."""

from notifications import receivers
from workflow.signals import moved


def test_the_door_speaks_to_the_outbox_and_to_nobody_else():
    assert [one() for _, one, *_ in moved.receivers] == [receivers.tell]
