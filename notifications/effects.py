"""What a change of a rule, or of a date, does to the messages of the coming weeks: said before it is saved."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from cases.models import Dossier
from notifications.upcoming import coming
from notifications.written import rule_in
from workflow.models import Cycle, User
from workflow.registry import Effect

AHEAD = timedelta(weeks=6)
LOOKED_AT = ("rappels", "jalons", "étapes", "cycle")
NAMED = 5
"""How many of those concerned are named: enough to recognise whom one writes to."""

Heard = tuple[date, str, int, int, int | None]
"""(day, the rule's name, person, subject, dossier) of one message."""


def of_change(cycle: Cycle, before, after, on: date) -> Iterator[Effect]:
    """The messages that would leave from the next day on and would not have left, or the other way round."""
    if all(before[name] == after[name] for name in LOOKED_AT):
        return
    was, now = _heard(cycle, before, on), _heard(cycle, after, on)
    changes: dict[tuple[date, str], tuple[list[Heard], list[Heard]]] = defaultdict(lambda: ([], []))
    for rank, gone in enumerate((now - was, was - now)):
        for one in gone:
            changes[one[:2]][rank].append(one)
    names = _names(
        [one for pair in changes.values() for side in pair for one in sorted(side, key=_key)[:NAMED]]
    )
    for (day, what), (added, removed) in changes.items():
        who = [names[one] for one in sorted(added, key=_key)[:NAMED] + sorted(removed, key=_key)[:NAMED]]
        yield Effect(f"Rappel « {what} »", day, len(added), len(removed), tuple(dict.fromkeys(who))[:NAMED])


def _heard(cycle: Cycle, document, on: date) -> set[Heard]:
    rules = [rule_in(cycle, document, row) for row in document["rappels"].values()]
    return {
        (one.on, one.rule.asked.label, one.person, one.subject, one.dossier)
        for one in coming(rules, on + timedelta(days=1), on + AHEAD)
    }


def _key(one: Heard) -> tuple[int, int]:
    return one[3], one[2]


def _names(found: list[Heard]) -> dict[Heard, str]:
    people = User.objects.in_bulk({one[2] for one in found})
    dossiers = Dossier.objects.select_related("cycle").in_bulk({one[4] for one in found} - {None})
    return {
        one: f"{people[one[2]]}, dossier n° {dossiers[one[4]].reference}" if one[4] else str(people[one[2]])
        for one in found
    }
