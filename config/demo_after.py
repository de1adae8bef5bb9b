"""The demo's year after its first answer: payments that are expected, one that came, and a change that is asked for."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from cases import changes
from cases.models import Dossier, Payment
from cases.payments import awards_of, confirm
from workflow import engine
from workflow.calendar import paris_day
from workflow.models import Cycle, User


def follow(cycle: Cycle, written: dict[str, Any], day: Callable[[int], datetime]) -> None:
    """The plan of the rules for each award of one dossier; then what came, then what its holder asks."""
    dossier = Dossier.objects.get(cycle=cycle, number=written["dossier"])
    team, at = _person(written["qui"]), day(written["jour"])
    lines = dossier.lines.payable().for_pages().order_by("pk")
    for award in awards_of(lines):
        confirm(award, by=team, at=at)
    came = Payment.objects.get(line__dossier=dossier, line__envelope__financier__code=written["reçu"]["de"])
    on = paris_day(day(written["reçu"]["jour"]))
    told = {"paid_on": on, "reference": written["reçu"]["référence"]}
    engine.amend(came, told, by=team, at=day(written["reçu"]["jour"]))
    asked = written["changement"]
    end = dossier.last_day + timedelta(days=asked["jours_de_plus"])
    facts = {"kind_of": "extension", "text": asked["texte"], "new_end": end}
    changes.ask(dossier, facts, by=_person(asked["qui"]), at=day(asked["jour"]))


def _person(name: str) -> User:
    return User.objects.get(email=f"{name}@exemple.test")
