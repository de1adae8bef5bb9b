"""What changes on the way: an action that ends later, and a change that the team answers too late."""

from datetime import date, datetime

from cases.changes import report_day_after
from cases.models import Change, ChangeKind
from cases.states import ChangeMove, ChangeState, DossierState, LineState
from notifications.rehearsal.dates import days
from notifications.rehearsal.stage import Stage


class Changing:
    """Real holders ask for nothing: only invented ones do."""

    def __init__(self, stage: Stage):
        self.stage, self.dates, self.cast = stage, stage.dates, stage.cast

    def prepare(self) -> None:
        if self.stage.gentle:
            return
        asked = max(self.dates.reporting_from - days(15), self.dates.start)
        self.stage.diary.note(asked, 18, self.ask)
        self.stage.diary.note_at_work(asked + days(4), 10, self.answer)
        self.stage.diary.note_at_work(self.dates.end - days(1), 16, self.remember)

    def ask(self, at: datetime, _) -> None:
        kept = self.stage.lines(LineState.ACCEPTED, LineState.ADAPTED, dossier__state=DossierState.ANSWERED)
        dossiers = list({line.dossier_id: line.dossier for line in kept}.values())
        for dossier in self.stage.clumsy("ends later", reversed(dossiers)):
            end = date(self.stage.cycle.year + 1, 3, 31)
            self._open(dossier, at, kind_of=ChangeKind.EXTENSION, new_end=end)
        for dossier in self.stage.clumsy("asks on the way", dossiers):
            self._open(dossier, at, kind_of=ChangeKind.AMENDMENT, about=["calendar"])

    def _open(self, dossier, at: datetime, **facts) -> None:
        change = Change(dossier=dossier, text="La salle est en travaux.", asked_at=at, **facts)
        self.stage.open([change], by=self.cast.holder(dossier), at=at)

    def answer(self, at: datetime, _) -> None:
        """The report's day is forgotten first."""
        for change in self._asked(ChangeKind.EXTENSION):
            self.stage.fire(change, ChangeMove.ACCEPT, by=self.cast.instructor, at=at)
            due = report_day_after(change)
            self.stage.fire(change, ChangeMove.ACCEPT, by=self.cast.instructor, at=at, report_due_on=due)

    def remember(self, at: datetime, _) -> None:
        """Somebody finds a request of the autumn, once the dossier may be closed."""
        for change in self._asked(ChangeKind.AMENDMENT):
            self.stage.fire(change, ChangeMove.ACCEPT, by=self.cast.instructor, at=at)

    def _asked(self, kind: str) -> list[Change]:
        rows = Change.objects.filter(dossier__cycle=self.stage.cycle, state=ChangeState.ASKED, kind_of=kind)
        return list(rows.select_related("dossier__rules", "dossier__cycle").order_by("dossier__number"))
