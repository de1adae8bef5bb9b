"""The rows of a programming, drawn without a template: fifty dossiers by six financiers are three hundred cells.

What people wrote is escaped where it is put in. A cell that may be written keeps what it showed beside it
(`12-seen`), in a piece of its own that an answer replaces without touching what is being typed.
"""

from collections.abc import Iterable
from html import escape
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from cases import amounts
from cases import programming_words as words
from cases.programming import Cell, Column, Group, Row, Table
from cases.programming_sums import NOTHING, Sums
from cases.states import LineState, Verdict
from config.templatetags.jalons import french
from workflow.money import BLANK, euros

register = template.Library()

NBSP = "\u00a0"
"""Between a word and its amount, so that no column tears them apart."""
NOBODY = UUID(int=0)
"""Stands in an address where each row’s own key will."""
VERDICTS = dict(Verdict.choices)
STATES = dict(LineState.choices)
ROW = (
    '<tr role="row"><th role="rowheader" scope="row" class="title"><span class="small muted">{reference} · {holder}'
    '{discuss}</span><br><a href="{url}">{title}</a></th>{cells}'
    '<td role="cell" class="num sum" data-label="Programmé en tout"><div id="d{key}">{sum}</div></td></tr>\n'
)
CELL = '<td role="cell" class="num" data-label="{label}">{told}{writes}</td>'
INPUT = (
    '<input id="m{key}" name="{key}-amount" value="{value}" inputmode="decimal" autocomplete="off"'
    ' aria-label="{said}" aria-describedby="c{key}"{live}{wrong}><div id="c{key}">{state}</div>'
)
SEEN = '<input type="hidden" name="{key}-seen" value="{mark}">{error}'
HEAD = (
    '<tr role="row" class="group"><th role="rowheader" scope="rowgroup" class="title">{label}</th>{cells}'
    '<td role="cell" class="num sum"></td></tr>\n'
)
DISCUSS = " · <b>à discuter</b>"


@register.simple_tag
def programming_rows(table: Table, writes: bool, typed: dict | None = None) -> SafeString:
    """Every row of the page; `typed` {line: what somebody typed and why it is not kept}."""
    parts: list[str] = []
    address = reverse("dossier-detail", args=[NOBODY]).split(str(NOBODY))
    labels = [label_of(column) for column in table.columns]
    for group in table.groups:
        if group.label:
            parts.append(head_of(group, table.columns, labels))
        parts += [
            line_of(row, table, labels, address, writes=writes, typed=typed or {}) for row in group.rows
        ]
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


def label_of(column: Column) -> str:
    return escape(f"{column.envelope.financier} · {column.envelope}")


def line_of(row: Row, table: Table, labels: list[str], address, *, writes: bool, typed: dict) -> str:
    dossier = row.dossier
    before, after = address
    cells = (
        cell_of(row.cells.get(column.envelope.pk), column, label, row, writes=writes, typed=typed)
        for column, label in zip(table.columns, labels, strict=True)
    )
    return ROW.format(
        reference=dossier.reference,
        holder=escape(str(dossier.organisation)),
        discuss=DISCUSS if row.to_discuss else "",
        url=f"{before}{dossier.uuid}{after}",
        title=escape(dossier.title),
        cells="".join(cells),
        key=dossier.pk,
        sum=sum_of(row, table.seats),
    )


def sum_of(row: Row, seats: dict[int, int]) -> str:
    """What is programmed for a dossier, its share of public money, and what the call warns of."""
    told = [f"<b>{euros(row.planned)}</b>"]
    if row.share_over:
        told.append(
            f'<span class="over">{row.share} % d’argent public, au-dessus de {row.share_over} %</span>'
        )
    elif row.share is not None:
        told.append(f'<span class="small muted">{row.share} % du coût</span>')
    paying = row.too_few(seats)
    if paying is not None:
        told.append(f'<span class="over">{PAYING.get(paying, f"{paying} financeurs")}</span>')
    return french("<br>".join(told))


PAYING = {0: "aucun financeur", 1: "un seul financeur"}


def cell_of(cell: Cell | None, column: Column, label: str, row: Row, *, writes: bool, typed: dict) -> str:
    if cell is None:
        return f'<td role="cell" class="num none" data-label="{label}">{BLANK}</td>'
    open_here = writes and is_open(cell, column)
    told = "<br>".join(facts_of(cell, with_team=not open_here))
    wrote = input_of(cell, label, row, typed.get(cell.line)) if open_here else ""
    return CELL.format(label=label, told=told, writes=wrote)


def is_open(cell: Cell, column: Column) -> bool:
    """Whether an amount may be proposed: nothing is decided, and it is money of the call."""
    return not (cell.outcome or cell.in_kind or column.is_mainstream)


def facts_of(cell: Cell, *, with_team: bool) -> Iterable[str]:
    """What was granted last year, what is asked, opined, proposed and decided, each with its word."""
    yield f'<span class="small">demandé{NBSP}{euros(cell.requested)}</span>'
    if cell.previous is not None:
        yield f'<span class="small muted">N-1{NBSP}{euros(cell.previous)}</span>'
    if cell.in_kind:
        yield '<span class="small">aide en nature</span>'
    elif said := opinion_of(cell):
        yield f'<span class="small">{said}</span>'
    if with_team and cell.team is not None:
        yield f'<span class="small">équipe{NBSP}{euros(cell.team)}</span>'
    if cell.outcome == LineState.GRANTED:
        yield f"<b>accordé{NBSP}{euros(cell.decided)}</b>"
    elif cell.outcome:
        yield f"<b>{STATES[cell.outcome].lower()}</b>"


def opinion_of(cell: Cell) -> str:
    if cell.is_silent:
        return STATES[LineState.SILENT].lower()
    if not cell.verdict:
        return STATES[cell.state].lower() if cell.state in MAINSTREAM else ""
    amount = "" if cell.proposed is None else f"{NBSP}{euros(cell.proposed)}"
    return f"{VERDICTS[cell.verdict].lower()}{amount}"


MAINSTREAM = (LineState.TO_ASK, LineState.CONFIRMED, LineState.DECLINED)


def input_of(cell: Cell, label: str, row: Row, typed: amounts.Typed | None) -> str:
    """The team's amount, as it stands or as somebody typed it."""
    wrong = typed is not None and bool(typed.error)
    return INPUT.format(
        key=cell.line,
        value=escape(typed.raw) if wrong else plain(cell.team),
        said=f"Montant proposé, dossier {row.dossier.reference}, {label}, en euros",
        live=' hx-post=""',
        wrong=' aria-invalid="true"' if wrong else "",
        state=state_of(cell, typed, key=cell.line),
    )


def state_of(cell: Cell | None, typed: amounts.Typed | None, *, key: int) -> str:
    """What a cell showed, and what became of what was typed; None where the dossier has left the page since."""
    error = f'<p class="err">{french(escape(typed.error))}</p>' if typed is not None and typed.error else ""
    seen = (
        amounts.mark(typed.version, typed.was) if typed is not None else amounts.mark(cell.version, cell.team)
    )
    raised = cell is not None and cell.team is not None and cell.team > cell.requested
    above = '<p class="small over">plus que demandé</p>' if raised else ""
    return SEEN.format(key=key, mark=seen, error=error or above)


def plain(amount) -> str:
    """« 1234,50 », as it is typed."""
    return "" if amount is None else euros(amount).removesuffix("€").strip()


def head_of(group: Group, columns: list[Column], labels: list[str]) -> str:
    cells = (
        f'<td role="cell" class="num" data-label="{label}"><div id="g{group.key}-{column.envelope.pk}">'
        f"{sums_of(group.sums.get(column.envelope.pk, NOTHING))}</div></td>"
        for column, label in zip(columns, labels, strict=True)
    )
    return HEAD.format(label=escape(group.label), cells="".join(cells))


def sums_of(sums: Sums) -> str:
    """The sums of a column, each with its word."""
    told = [f'<span class="small muted">demandé{NBSP}{euros(sums.requested)}</span>']
    if sums.previous:
        told.append(f'<span class="small muted">N-1{NBSP}{euros(sums.previous)}</span>')
    told.append(f"<b>{euros(sums.planned)}</b>")
    if sums.decided:
        told.append(f'<span class="small">dont{NBSP}décidé{NBSP}{euros(sums.decided)}</span>')
    return "<br>".join(told)


@register.simple_tag
def column_sums(sums: Sums) -> SafeString:
    return mark_safe(sums_of(sums))  # noqa: S308 - amounts only


@register.simple_tag
def live_cells(table: Table, cells: Iterable[amounts.Typed]) -> SafeString:
    """The pieces of each changed cell and of its dossier, with a sentence for whoever does not see them change."""
    shown = {cell.line: (cell, row) for row in table.rows for cell in row.cells.values()}
    parts, told = [], []
    for typed in cells:
        cell, row = shown.get(typed.line, (None, None))
        parts.append(SWAPPED.format(name=f"c{typed.line}", inside=state_of(cell, typed, key=typed.line)))
        if row is not None:
            parts.append(SWAPPED.format(name=f"d{row.dossier.pk}", inside=sum_of(row, table.seats)))
            parts += group_pieces(table, row)
        told.append(typed.error or words.kept(typed.amount))
    said = french(escape(" ".join(told)))
    parts.append(f'<p class="vh" role="status" id="dit" hx-swap-oob="true">{said}</p>')
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


def group_pieces(table: Table, row: Row) -> Iterable[str]:
    """The sums of the group that a dossier stands in."""
    group = next(one for one in table.groups if row in one.rows)
    for key, sums in group.sums.items():
        yield SWAPPED.format(name=f"g{group.key}-{key}", inside=sums_of(sums))


SWAPPED = '<div id="{name}" hx-swap-oob="true">{inside}</div>'


SUPPOSED = (
    '<label for="h{key}">{label}</label>{error}<input id="h{key}" name="{key}-ceiling" value="{value}"'
    ' inputmode="decimal" autocomplete="off"{wrong} aria-describedby="r{key}">'
    '<span class="small muted" id="r{key}">{really}</span>'
    '<input type="hidden" name="{key}-seen" value="{mark}">'
)


@register.simple_tag
def supposed_field(column: Column, supposed: dict[int, amounts.Typed]) -> SafeString:
    """What a scenario supposes of one envelope, beside what it really is."""
    key, typed = column.envelope.pk, supposed.get(column.envelope.pk)
    wrong = typed is not None and bool(typed.error)
    really = column.envelope.available
    told = SUPPOSED.format(
        key=key,
        label=label_of(column),
        error=f'<p class="err">{french(escape(typed.error))}</p>' if wrong else "",
        value=escape(typed.raw) if wrong else plain(column.supposed),
        wrong=' aria-invalid="true"' if wrong else "",
        really="montant inconnu" if really is None else f"aujourd’hui {euros(really)}",
        mark=amounts.mark(0, typed.was if typed is not None else column.supposed),
    )
    return mark_safe(told)  # noqa: S308 - every part is escaped
