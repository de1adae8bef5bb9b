"""The meeting that a sheet offers: the open days of the person it names, or a wish that lands in that person's to-do.

Both lead to a record: a session's booking has its own, and the wish is an agreed action of the project, so that what
comes of it stands in next year's draft.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from cases import sessions
from cases.models import AgreedAction, Dossier, Session
from cases.preview import Sheet
from cases.session_life import HOSTS
from cases.sheet_words import meeting_wanted
from cases.states import AgreedState
from workflow import engine, locks
from workflow.calendar import next_working_day, paris_day
from workflow.models import Grant, StepKind
from workflow.refusal import Refused, already
from workflow.roles import SYSTEM, Role

WITHIN = timedelta(days=7)
"""By when the team calls back."""


@dataclass(frozen=True)
class OfferedMeeting:
    who: str
    days: list[sessions.Shown]
    """Open appointments of this person, in this call or in the next, the nearest first."""
    wanted: bool
    """Whether the holder has asked to be called back."""

    @property
    def booked(self) -> list[sessions.Shown]:
        return [one for one in self.days if one.mine]

    @property
    def free(self) -> list[sessions.Shown]:
        return [one for one in self.days if not one.mine and not one.full]


def offered_meeting(dossier: Dossier, sheet: Sheet | None, user, at: datetime) -> OfferedMeeting | None:
    """What the holder may do with the offer; nothing is asked where the sheet offers none."""
    if sheet is None or sheet.meets is None:
        return None
    hosted = Session.objects.visible_to(user).to_come(at).hosted_by(sheet.meets)
    rows = hosted.of_contract(dossier.cycle.contract_id).with_counts().for_pages()
    days = [one for one in sessions.shown(rows, user) if _is_an_appointment(one)]
    return OfferedMeeting(sheet.meeting_with, days, _wish(dossier).exists())


def _is_an_appointment(one: sessions.Shown) -> bool:
    return one.step is not None and one.step.kind == StepKind.APPOINTMENT


def _wish(dossier: Dossier):
    mine = AgreedAction.objects.filter(project=dossier.project_id, organisation=dossier.organisation_id)
    return mine.filter(text=meeting_wanted(dossier), state=AgreedState.OPEN)


def ask(dossier: Dossier, sheet: Sheet, *, at: datetime) -> None:
    """The holder would like a day: whoever the sheet names finds it in their to-do. Raises `Refused`.

    It belongs to the project, not to this request: a request that is closed asks nothing of anybody any more.
    """
    with transaction.atomic(), locks.holding():
        locks.take([Dossier.objects.filter(pk=dossier.pk)])
        if _wish(dossier).exists():
            raise Refused([already()])
        wish = AgreedAction(
            cycle=dossier.cycle,
            organisation=dossier.organisation,
            project_id=dossier.project_id,
            text=meeting_wanted(dossier),
            member_id=_who(dossier, sheet.meets),
            due_on=next_working_day(paris_day(at) + WITHIN, dossier.cycle.region),
        )
        engine.open_many([wish], by=SYSTEM, at=at)


def _who(dossier: Dossier, named: int | None) -> int | None:
    """The person named, or whoever coordinates where that person has left the team since."""
    held = Grant.objects.filter(cycle=dossier.cycle_id, state="held").order_by("pk")
    if named and held.filter(user=named, role__in=HOSTS).exists():
        return named
    return held.filter(role=Role.COORDINATOR).values_list("user", flat=True).first()
