"""One rehearsed year: the workbook's dossiers, played day by day from the eve of the opening to the last report."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.deadlines import pass_day
from cases.imports import import_programming
from cases.models import Dossier
from cases.workbook import Programming
from notifications import reminders
from notifications.rehearsal.answers import Answers
from notifications.rehearsal.changing import Changing
from notifications.rehearsal.committee import Sitting, Table
from notifications.rehearsal.dates import Dates, days
from notifications.rehearsal.holders import Holders
from notifications.rehearsal.meetings import Meetings
from notifications.rehearsal.reports import Reports
from notifications.rehearsal.rereadings import Rereadings
from notifications.rehearsal.review import Financiers, Reviewing
from notifications.rehearsal.signing import Signing
from notifications.rehearsal.stage import Attempt, Stage
from notifications.rehearsal.team import Team
from workflow.calendar import closes, opens
from workflow.models import Cycle
from workflow.roles import SYSTEM

Progress = Callable[[date, Stage], None]
"""Told after each day."""


@dataclass
class Played:
    """What a rehearsed year leaves: the database holds its journal, this holds what no journal keeps."""

    stage: Stage
    tables: dict
    silent: list[str]
    phoned: list[str]

    @property
    def attempts(self) -> list[Attempt]:
        return self.stage.attempts

    @property
    def table(self) -> Table:
        """The table of the first committee that had dossiers before it."""
        return next((table for _, table in sorted(self.tables.items()) if table), {})


def play(
    cycle: Cycle,
    programming: Programming,
    *,
    seed: int = 1,
    gentle: bool = False,
    progress: Progress = lambda day, stage: None,
    watch: Callable[[Attempt], None] = lambda attempt: None,
) -> Played:
    """Play the year of a published cycle through the public doors; WorkbookErrors if the table does not fit the cycle.

    The same seed gives the same year. `gentle` holders are only ever granted or waiting, because they are real.
    """
    eve = opens(Dates(cycle).start) + timedelta(hours=8)
    dossiers = import_programming(programming, cycle, by=SYSTEM, at=eve)
    stage = Stage(cycle, dossiers, seed=seed, gentle=gentle, watch=watch)
    holders, financiers = Holders(stage), Financiers(stage)
    sitting = Sitting(stage, financiers)
    players = (
        Team(stage, holders),
        Reviewing(stage, financiers),
        sitting,
        Answers(stage),
        Reports(stage),
        Changing(stage),
        Meetings(stage),
        Rereadings(stage, holders),
        Signing(stage),
    )
    holders.prepare(dossiers)
    for player in players:
        player.prepare()
    _live(stage, progress)
    names = {giver.organisation_id: str(giver) for giver in stage.cast.giving}
    return Played(
        stage,
        sitting.tables,
        sorted(names[seat] for seat in financiers.silent),
        [names[financiers.phone]] if financiers.phone else [],
    )


def _live(stage: Stage, progress: Progress) -> None:
    """Each morning reminders leave, people act, then the night passes and the system does what the calendar asks."""
    day = stage.dates.start
    while day <= stage.dates.end:
        reminders.plan(opens(day) + timedelta(hours=8))
        stage.diary.live(day)
        night = closes(day) + timedelta(minutes=5)
        for move, outcomes in pass_day(night).items():
            found = Dossier.objects.in_bulk([outcome.subject_id for outcome in outcomes])
            stage.tell([found[outcome.subject_id] for outcome in outcomes], outcomes, move, SYSTEM, night)
        progress(day, stage)
        day += days(1)
