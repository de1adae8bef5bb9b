"""The one way knowledge goes up: sent once per call of the door, inside its transaction, with all its entries."""

from django.dispatch import Signal

moved = Signal()
"""Arguments: `entries` (the journal entries just written, all of one subject kind and one move), `at`."""
