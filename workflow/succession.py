"""Who worked on one year's cycle works on the next: the same roles, given again through the door."""

from datetime import datetime

from workflow import engine, roles
from workflow.models import Cycle, Grant


def carry(grants, old: Cycle, new: Cycle, *, by, at: datetime) -> int:
    """Give the holders of these grants of the old cycle the same role in the new one; how many were given."""
    there = set(Grant.objects.filter(cycle=new).order_by("pk").values_list("user", "role", "organisation"))
    given = [
        Grant(user_id=one.user_id, role=one.role, cycle=new, organisation_id=one.organisation_id)
        for one in grants.filter(cycle=old, user__is_active=True).order_by("pk")
        if (one.user_id, one.role, one.organisation_id) not in there
    ]
    engine.open_many(given, by=by, at=at)
    roles.read_again()
    return len(given)
