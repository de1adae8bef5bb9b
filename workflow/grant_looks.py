"""What the guards of a role look at, loaded for many at once: who else coordinates, who else stands for the house."""

from workflow.models import Grant
from workflow.roles import Role


def coordinators(grants) -> dict[int, set[int]]:
    """{grant key: the people who coordinate its cycle and may sign in}."""
    held = Grant.objects.filter(
        role=Role.COORDINATOR, cycle__in={one.cycle_id for one in grants}, user__is_active=True
    )
    by_cycle: dict[int, set[int]] = {}
    for cycle, user in held.order_by("pk").values_list("cycle", "user"):
        by_cycle.setdefault(cycle, set()).add(user)
    return {one.pk: by_cycle.get(one.cycle_id, set()) for one in grants}


def colleagues(grants) -> dict[int | None, set[int]]:
    """{grant key: who stands for its organisation for good without having been invited from the same cycle}.

    New grants have no key yet and share one answer: what holds against one of them holds against all.
    """
    lasting = Grant.objects.filter(
        role=Role.HOLDER, cycle=None, organisation__in={one.organisation_id for one in grants}
    )
    rows = list(lasting.order_by("pk").values_list("organisation", "invited_in", "user"))
    found: dict[int | None, set[int]] = {}
    for one in grants:
        others = {
            user
            for organisation, cycle, user in rows
            if organisation == one.organisation_id and cycle != one.invited_in_id
        }
        found.setdefault(one.pk, set()).update(others)
    return found
