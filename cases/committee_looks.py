"""What the guards of a committee's parts look at, each loaded for many of them at once: {subject key: value}."""

from cases.models import Committee, Dossier


def dossiers(items) -> dict[int | None, set[int]]:
    """The keys of each call's dossiers, among those that its points name; new points have no key of their own yet."""
    named = {key for one in items for key in one.dossiers}
    cycles = {one.committee.cycle_id for one in items}
    found = Dossier.objects.filter(pk__in=named, cycle__in=cycles).order_by("pk")
    by_cycle: dict[int, set[int]] = {}
    for key, cycle in found.values_list("pk", "cycle"):
        by_cycle.setdefault(cycle, set()).add(key)
    return {one.pk: by_cycle.get(one.committee.cycle_id, set()) for one in items}


def later(items) -> dict[int, set[int]]:
    """The committees of the same call that sit after each point's own."""
    rows = Committee.objects.filter(cycle__in={one.committee.cycle_id for one in items}).order_by("pk")
    known = list(rows.values_list("pk", "cycle", "on"))
    return {
        one.pk: {key for key, cycle, on in known if cycle == one.committee.cycle_id and on > one.committee.on}
        for one in items
    }
