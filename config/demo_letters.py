"""The demo’s letters: some are made; an award waits for its signature folder."""

from datetime import datetime
from typing import Any

from cases import correspondence, letter_making
from cases.models import Dossier
from workflow.calendar import paris_day
from workflow.models import Cycle, User


def prepare(cycle: Cycle, written: dict[str, Any], at: datetime) -> None:
    """Make what the file names: of each dossier, its letters of these kinds."""
    by = User.objects.get(email=f"{written['qui']}@exemple.test")
    for one in written["courriers"]:
        dossier = Dossier.objects.for_pages().get(cycle=cycle, number=one["dossier"])
        for matter in correspondence.matters_of(dossier):
            if matter.kind == one["nature"]:
                letter_making.make(
                    dossier, matter.about, by=by, at=at, on=paris_day(at), still=lambda draft: True
                )
