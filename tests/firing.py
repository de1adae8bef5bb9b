"""One move through the door, and the row as it is then."""

from tests import year as play
from workflow import engine


def fired(subject, move, by, at, **facts):
    """Fire one move and read the subject again."""
    engine.fire(subject, move, by=by, at=at, facts=facts)
    return play.fresh(subject)
