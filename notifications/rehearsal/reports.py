"""The end of the year: holders report, one is asked for a correction, the team accepts and settles."""

from datetime import datetime

from cases import reports
from cases.closing_guards import TO_SETTLE
from cases.models import Report
from cases.states import DossierState, LineMove, ReportMove, ReportState
from notifications.rehearsal.dates import days
from notifications.rehearsal.stage import Stage
from workflow.calendar import paris_day

ACCOUNT = {
    "text": "Vingt séances ont eu lieu, dont douze au pied des immeubles.",
    "difficulties": "Rien de particulier.",
    "onward": "L’action continue l’an prochain.",
    "people": 40,
    "people_qpv": 32,
}


class Reports:
    def __init__(self, stage: Stage):
        self.stage, self.dates, self.cast = stage, stage.dates, stage.cast
        self.corrected: set[int] = set()

    def prepare(self) -> None:
        """Everybody in the first two months, most in the second; real holders' accounts are awaited, never invented."""
        if self.stage.gentle:
            return
        span = max(8, min(60, (self.dates.end - self.dates.reporting_from).days - 20))
        for share in range(4):
            on = self.dates.reporting_from + days(2 + span * share // 4)
            self.stage.diary.note(on, 17, self.file, share)
        self.stage.diary.note(self.dates.reporting_from + days(2 + span), 17, self.file, 0, 1, 2, 3)

    def file(self, at: datetime, shares: list[int]) -> None:
        waiting = Report.objects.filter(
            dossier__cycle=self.stage.cycle, dossier__state=DossierState.REPORTING, state=ReportState.DRAFT
        ).select_related("dossier__rules")
        mine = [
            one
            for one in waiting.order_by("dossier__number")
            if self.stage.rng("bilan", one.dossier.number).randrange(4) in shares
        ]
        for report in self.stage.clumsy("empty report", mine):
            self.stage.fire(report, ReportMove.FILE, by=self.cast.holder(report.dossier), at=at)
        for report in mine:
            self.write(report, at)
        self.stage.diary.note_at_work(paris_day(at) + days(3), 10, self.read)

    def write(self, report: Report, at: datetime) -> None:
        holder = self.cast.holder(report.dossier)
        spent = reports.statement_of(report, reports.lines_of(report.dossier)).expected
        signed = {"certified_by": "Présidente de l’association", "certified_at": at}
        self.stage.amend(report, by=holder, at=at, spent=spent, **ACCOUNT, **signed)
        self.stage.fire(report, ReportMove.FILE, by=holder, at=at)

    def read(self, at: datetime, _) -> None:
        by = self.cast.instructor
        filed = self._in(ReportState.FILED)
        unclear = self.stage.clumsy("unclear report", [one for one in filed if one.pk not in self.corrected])
        for report in unclear:
            self.stage.fire(report, ReportMove.ASK_CORRECTION, by=by, at=at)
            facts = {"items": ["Précisez combien de personnes viennent des quartiers."]}
            self.stage.fire(report, ReportMove.ASK_CORRECTION, by=by, at=at, **facts)
            self.corrected.add(report.pk)
            self.stage.diary.note(paris_day(at) + days(4), 17, self.correct, report.pk)
        accepted = [one for one in filed if one not in unclear]
        self.stage.fire_many(accepted, ReportMove.ACCEPT, by=by, at=at)
        lines = self.stage.lines(*TO_SETTLE, dossier__in=[one.dossier_id for one in accepted])
        for line in self.stage.clumsy("gives back too much", lines):
            self.stage.fire(line, LineMove.SETTLE, by=by, at=at, given_back=line.award + 1)
        self.stage.fire_many(lines, LineMove.SETTLE, by=by, at=at)

    def correct(self, at: datetime, keys: list[int]) -> None:
        for report in self._in(ReportState.TO_CORRECT):
            if report.pk in keys:
                holder = self.cast.holder(report.dossier)
                self.stage.fire(report, ReportMove.FILE, by=holder, at=at)
                self.stage.amend(report, by=holder, at=at, people=38, replies={"0": "Trente-deux."})
                self.stage.fire(report, ReportMove.FILE, by=holder, at=at)
        self.stage.diary.note_at_work(paris_day(at) + days(3), 10, self.read)

    def _in(self, state: str) -> list[Report]:
        reports = Report.objects.filter(dossier__cycle=self.stage.cycle, state=state)
        return list(reports.select_related("dossier").order_by("dossier__number"))
