"""The demo's next committee: its agenda made from the programming, and the people it expects."""

from datetime import datetime
from typing import Any

from cases import attendance, order_of_day, sitting
from cases.board import board
from cases.models import Committee
from workflow.models import Cycle, User


def prepare(cycle: Cycle, written: dict[str, Any], at: datetime) -> None:
    """What a coordinator does a week before: one click for the agenda, one for the people, then the guests."""
    by = User.objects.get(email=f"{written['qui']}@exemple.test")
    committee = Committee.objects.get(cycle=cycle, label=written["comité"])
    table = board(sitting.tabled(committee, by), cycle)
    order_of_day.make(committee, table, by=by, at=at)
    attendance.invite(committee, by=by, at=at)
    guests = [
        {"name": one["nom"], "quality": one["qualité"], "organisation": one["organisation"]}
        for one in written["invités"]
    ]
    attendance.welcome(committee, guests, by=by, at=at)
