"""What of the reminders hangs on the calendar: moving a date says which of them move, before it is saved."""

from collections.abc import Iterable
from datetime import date

from notifications.phrases import offset_said
from notifications.written import day_in, rhythm_in
from workflow.registry import Hanging


def hanging(document) -> Iterable[Hanging]:
    """The reminders that a date of the calendar carries; those about a date of each dossier hang on none."""
    for row in document["rappels"].values():
        day = day_in(document, row)
        if day is not None:
            plan = rhythm_in(document, row).spoken(day, date.min, date.max)
            for on, offset in plan.items():
                yield Hanging(f"Rappel « {row['label']} », {offset_said(offset, row['counting'])}", on)
