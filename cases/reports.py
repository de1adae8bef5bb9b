"""A report and its accounts: read with its lines, kept as one types, sent; what each financier may expect back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from cases.closing_guards import TO_SETTLE
from cases.models import Dossier, FundingLine, Report, ReportKind, RevisedBudget
from cases.statement import Statement
from cases.states import LineMove, LineState, ReportMove, ReportState
from workflow import engine
from workflow.charts import chart_of
from workflow.situation import Situation


@dataclass(frozen=True)
class Back:
    """One financier's award once the report is accepted: what the rules propose to give back, what it decided."""

    line: FundingLine
    proposed: Decimal

    @property
    def is_settled(self) -> bool:
        return self.line.state == LineState.SETTLED


def lines_of(dossier: Dossier) -> list[FundingLine]:
    return list(FundingLine.objects.on_dossier(dossier))


def statement_of(report: Report, lines: Iterable[FundingLine]) -> Statement:
    """What was planned is the request's budget, or the one that its holder fitted to what was granted."""
    revised = RevisedBudget.objects.in_force([report.dossier_id]).last()
    return Statement.of(report, lines, revised)


def backs(statement: Statement, lines: Iterable[FundingLine]) -> list[Back]:
    """Award by award; those that were given up or never told have nothing to settle."""
    lines = list(lines)
    shares = statement.shares(lines)
    kept = (*TO_SETTLE, LineState.SETTLED)
    return [Back(one, shares[one.pk]) for one in lines if one.pk in shares and one.state in kept]


def may_settle(lines: list[FundingLine], *, by, at: datetime) -> bool:
    """Whether this person records what each financier decided."""
    move = chart_of(FundingLine)[LineMove.SETTLE]
    return any(Situation(lines, by, at).allows(one, move.rule.by) for one in lines[:1])


def proposed_back(line: FundingLine) -> Decimal | None:
    """What the accepted report proposes for this line, in euros; None before there is one."""
    final = Report.objects.filter(
        kind_of=ReportKind.FINAL, state=ReportState.ACCEPTED, dossier=line.dossier_id
    )
    report = final.select_related("dossier__rules").order_by("pk").first()
    if report is None:
        return None
    lines = lines_of(report.dossier)
    return statement_of(report, lines).shares(lines).get(line.pk)


def send(report: Report, facts: dict, *, by, at: datetime, version: int) -> None:
    """« Envoyer le bilan »: the confirmation (`facts`: the report's fields), then the move. Raises `Refused`.

    The confirmation stays where the move is refused, so that nobody confirms twice what they confirmed once.
    """
    confirmed = all(getattr(report, name) == value for name, value in facts.items())
    if not confirmed:
        engine.amend(report, facts, by=by, at=at, version=version)
    engine.fire(report, ReportMove.FILE, by=by, at=at, version=version if confirmed else version + 1)
