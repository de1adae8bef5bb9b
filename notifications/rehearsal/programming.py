"""The year's end as a *tableau de programmation*: the rows that came in, with what was answered and decided."""

from dataclasses import replace

from cases.models import Dossier, FundingLine
from cases.states import LineState, Verdict
from cases.workbook import Programming, ProgrammingLine, ProgrammingRow
from notifications.rehearsal.stage import Stage


def programming_of(stage: Stage, programming: Programming) -> Programming:
    """The same columns and rows; a financier whose column stayed empty keeps it so."""
    by_row: dict[int, list[FundingLine]] = {}
    for line in stage.lines():
        by_row.setdefault(line.dossier_id, []).append(line)
    dossiers = Dossier.objects.filter(cycle=stage.cycle).order_by(
        "pk"
    )  # because they were opened in this order
    rows = [
        _row(row, dossier, by_row.get(dossier.pk, []))
        for row, dossier in zip(programming.rows, dossiers, strict=True)
    ]
    return replace(programming, rows=tuple(rows))


def _row(row: ProgrammingRow, dossier: Dossier, lines: list[FundingLine]) -> ProgrammingRow:
    in_turn = sorted(lines, key=lambda line: line.pk)  # because what the team added came after the columns
    asked = iter(in_turn)
    notified = [line.notified_on for line in lines if line.notified_on]
    return row._replace(
        number=str(dossier.number),
        lines=tuple(_line(one, next(asked)) if one.requested else one for one in row.lines),
        committee_decision=dossier.get_state_display(),
        deliberated_on=dossier.decided_at and dossier.decided_at.date(),
        notified_on=max(notified, default=None),
    )


def _line(column: ProgrammingLine, line: FundingLine) -> ProgrammingLine:
    silent = LineState.SILENT.label if line.opinion_at is None and line.state != LineState.REQUESTED else ""
    opinion = str(Verdict(line.verdict).label) if line.verdict else str(silent)
    return column._replace(opinion=opinion, proposed=line.proposed, decided=line.decided)
