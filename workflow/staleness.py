"""What a form knows of its subject: nothing stale passes, and the same click twice is « déjà fait »."""

from collections.abc import Callable, Mapping

from workflow.models import Entry
from workflow.outcome import Outcome
from workflow.refusal import absent, stale


def repeats(rows: dict, versions: Mapping[int, int], move: str, by) -> dict[int, Entry]:
    """For forms older than their subject: the very next entry, when it is the same move by the same person."""
    old = {pk: versions[pk] for pk, row in rows.items() if pk in versions and versions[pk] != row.version}
    if not old:
        return {}
    label = next(iter(rows.values()))._meta.label_lower
    later = Entry.objects.filter(subject_label=label, subject_id__in=old, version__gt=min(old.values()))
    following: dict[int, Entry] = {}
    for entry in later.order_by("subject_id", "seq"):
        if entry.version > old[entry.subject_id]:
            following.setdefault(entry.subject_id, entry)
    return {pk: one for pk, one in following.items() if one.move == move and one.actor_id == by.pk}


def settle(
    outcome: Outcome, row, versions: Mapping[int, int], earlier: Mapping[int, Entry], says: Callable
) -> None:
    """Settle a missing subject, a repeated click (if its entry `says` the same) and a stale form."""
    if row is None:
        outcome.refusals = (absent(),)
    elif versions.get(row.pk, row.version) != row.version:
        entry = earlier.get(row.pk)
        if entry is not None and says(entry):
            outcome.repeated, outcome.entry = True, entry
        else:
            outcome.refusals = (stale(),)
