"""What the team reads beside its sheet, and how it keeps what it wrote: in one transaction, through the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Prefetch

from cases.budget import Budget
from cases.models import CompletionRequest, CriterionKind, Dossier, FundingLine, Inquiry, Instruction, Report
from cases.states import DossierMove as M
from cases.states import LineMove
from workflow import engine, locks
from workflow.refusal import Refused, stale

NEXT = (M.ADMIT, M.ASK_COMPLETION, M.DECLARE_INADMISSIBLE, M.OPEN_REVIEW)
"""What ends the team's reading, in the order of the page."""
YEARS_BACK = 3


@dataclass(frozen=True)
class Before:
    """An earlier year of the same holder: what was granted by whom, and what became of the report."""

    dossier: Dossier
    same_project: bool
    granted: list[tuple[str, Decimal | None]]
    report: Report | None


@dataclass(frozen=True)
class Beside:
    """All that the team reads while it writes."""

    neighbourhoods: list[str]
    budget: Budget
    lines: list[FundingLine]
    before: list[Before]
    inquiries: list[Inquiry]
    completions: list[CompletionRequest]


def beside(dossier: Dossier, lines: list[FundingLine], user) -> Beside:
    """The request in short, earlier years, questions and completions, in a constant number of queries."""
    return Beside(
        neighbourhoods=[str(one) for one in dossier.neighbourhoods.order_by("code")],
        budget=Budget.of(dossier, lines),
        lines=[line for line in lines if line.requested or line.in_kind],
        before=_before(dossier, user),
        inquiries=list(Inquiry.objects.about([dossier])),
        completions=list(CompletionRequest.objects.of(dossier).order_by("-pk")),
    )


def _before(dossier: Dossier, user) -> list[Before]:
    """Only the years of which this person may know: another town's stays another town's."""
    lines = FundingLine.objects.select_related("envelope__financier__organisation").order_by("pk")
    earlier = (
        Dossier.objects.visible_to(user)
        .of_holders([dossier.organisation_id])
        .before_year(dossier.cycle.year)
        .select_related("cycle")
        .prefetch_related(Prefetch("lines", lines), Prefetch("reports", Report.objects.order_by("pk")))
    )
    found = sorted(
        earlier[: YEARS_BACK * 10], key=lambda one: (-one.cycle.year, one.project_id != dossier.project_id)
    )
    return [_year(one, dossier) for one in found[:YEARS_BACK]]


def _year(earlier: Dossier, dossier: Dossier) -> Before:
    return Before(
        dossier=earlier,
        same_project=earlier.project_id == dossier.project_id,
        granted=[(str(line.envelope.financier), line.decided) for line in earlier.lines.all()],
        report=next((one for one in earlier.reports.all() if one.kind_of == "final"), None),
    )


SAID = {True: "Oui", False: "Non"}


def on_paper(dossier: Dossier, user) -> dict:
    """What the printed sheet shows: each rule and each question of the grid in words, answered or not."""
    sheet = Instruction.objects.of(dossier).first() or Instruction(dossier=dossier)
    rules = list(dossier.rules.criteria.order_by("pk"))
    checked = [one for one in rules if one.kind == CriterionKind.ADMISSIBILITY]
    lines = list(FundingLine.objects.on_dossier(dossier))
    return {
        "dossier": dossier,
        "beside": beside(dossier, lines, user),
        "lines": lines,
        "checks": [(one.label, SAID.get(sheet.checks.get(one.code), "À vérifier")) for one in checked],
        "marks": [
            (one.label, sheet.marks.get(one.code), sheet.comments.get(one.code, ""))
            for one in rules
            if one.kind == CriterionKind.GRID
        ],
        "summary": sheet.summary,
    }


def doubts(dossier: Dossier) -> list[str]:
    """The rules that nobody has said yes to: what a completion request may begin with."""
    sheet = Instruction.objects.of(dossier).first()
    checks = sheet.checks if sheet else {}
    rules = dossier.rules.criteria.filter(kind=CriterionKind.ADMISSIBILITY).order_by("pk")
    return [one.label for one in rules if checks.get(one.code) is not True]


def open_sheet(sheet, changes: dict, *, by, at: datetime) -> None:
    """Open a sheet of which a dossier has one. Raises `Refused` where somebody just opened it and wrote otherwise."""
    try:
        engine.open_many([sheet], by=by, at=at)
    except Refused as refused:
        there = type(sheet).objects.of(sheet.dossier).first()
        if refused.codes != ["already"]:
            raise
        if any(getattr(there, name) != value for name, value in changes.items()):
            raise Refused([stale()]) from None


def keep(
    dossier: Dossier,
    sheet: Instruction | None,
    changes: dict,
    proposals: Iterable,
    asked: Iterable = (),
    *,
    by,
    at: datetime,
    version,
) -> None:
    """The sheet, opened when first saved, the proposals that differ, whom to ask. Raises `Refused`, keeping nothing."""
    with transaction.atomic(), locks.holding():
        if sheet is None or not version:
            open_sheet(Instruction(dossier=dossier, **changes), changes, by=by, at=at)
        elif (
            any(getattr(sheet, name) != value for name, value in changes.items()) or sheet.version != version
        ):
            engine.amend(sheet, changes, by=by, at=at, version=version)
        for line, amount, seen in proposals:
            if line.team_proposal != amount:
                engine.amend(line, {"team_proposal": amount}, by=by, at=at, version=seen)
        for line in asked:
            engine.fire(line, LineMove.INVITE, by=by, at=at)


def ways_on(dossier: Dossier, *, by, at: datetime) -> list[tuple[M, tuple]]:
    """The moves that end the reading, for which this person holds a role, each with what still forbids it."""
    moves = engine.available(dossier, by=by, at=at)
    return [(move, moves[move]) for move in NEXT if move in moves]
