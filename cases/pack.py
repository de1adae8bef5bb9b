"""The dossiers that await a seat's opinion as one PDF, to read on a train, with what was done the year before."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from cases import typesetting
from cases.desk import Desk, Row, told_of
from cases.models import Dossier, FundingLine, Question, QuestionKind, Report
from cases.shown import Shown
from cases.states import ReportState
from workflow import published
from workflow.money import euros
from workflow.wording import day_in_words, listed

READ = (ReportState.FILED, ReportState.ACCEPTED)
"""Reports that their holder has sent."""


def pack(desk: Desk, at: datetime) -> bytes:
    """Every dossier of the desk whose round is open, those still owed first; the same rows as its list."""
    board = desk.board(at)
    rows = [*board.owed, *board.given]
    lines = [row.line for row in rows]
    read, asked = Shown(lines), _questions(lines)
    places = Dossier.objects.filter(pk__in=[line.dossier_id for line in lines]).quarters()
    reports = _reports(lines, desk.user)
    content = [
        _dossier(
            row, read.summary(row.line), asked[row.line.dossier.rules_id], places, reports.get(row.line.pk)
        )
        for row in rows
    ]
    return typesetting.pdf("pack", {"on": day_in_words(board.on), "dossiers": content}, at=at)


def _dossier(row: Row, summary: str, asked: list[Question], places, report: Report | None) -> dict[str, Any]:
    """What its page holds; blank where nothing is known, so that the template leaves the line out."""
    line, dossier = row.line, row.line.dossier
    return {
        "reference": dossier.reference,
        "title": dossier.title,
        "holder": str(dossier.organisation),
        "call": str(dossier.cycle),
        "dauphin": dossier.dauphin_reference,
        "places": listed(places.get(dossier.pk, ())),
        "public": dossier.public,
        "people": str(dossier.public_count or ""),
        "envelope": f"{line.envelope.financier} · {line.envelope}",
        "cost": _money(dossier.total_cost),
        "requested": _money(line.requested),
        "proposed": _money(line.team_proposal),
        "previous": _money(line.previous),
        "opinion": line.get_verdict_display(),
        "due": day_in_words(dossier.review_due_on) if dossier.review_due_on else "",
        "summary": summary,
        "answers": [{"name": name, "said": said} for name, said in told_of(dossier, asked)],
        "report": None if report is None else _report(report),
    }


def _report(report: Report) -> dict[str, str]:
    kind, year = report.get_kind_of_display(), report.dossier.cycle.year
    known = {"people": str(report.people or ""), "spent": _money(report.spent), "said": report.text}
    return {"title": f"{kind} · {year}"} | known


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else euros(amount)


# What is read beside the lines, each in one query --------------------------------------------------------------------


def _questions(lines: Iterable[FundingLine]) -> dict[int, list[Question]]:
    rows = published.rows_of(Question, [line.dossier.rules for line in lines])
    return {key: [one for one in found if one.kind != QuestionKind.DOCUMENT] for key, found in rows.items()}


def _reports(lines: list[FundingLine], user) -> dict[int, Report]:
    """{line key: the last report sent of the same action, of an earlier year that this person may know of}."""
    projects = {line.dossier.project_id for line in lines} - {None}
    earlier = Dossier.objects.visible_to(user).filter(project__in=projects).order_by().values("pk")
    sent = Report.objects.filter(dossier__in=earlier, state__in=READ).select_related("dossier__cycle")
    by_project: dict[int, list[Report]] = {}
    for one in sent.order_by("-dossier__cycle__year", "-pk"):
        by_project.setdefault(one.dossier.project_id, []).append(one)
    return {line.pk: found for line in lines if (found := _before(line.dossier, by_project))}


def _before(dossier: Dossier, by_project: dict[int, list[Report]]) -> Report | None:
    known = by_project.get(dossier.project_id, [])
    return next((one for one in known if one.dossier.cycle.year < dossier.cycle.year), None)
