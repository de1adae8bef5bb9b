"""The rows of a programming on paper, drawn without a template: two thousand dossiers are twelve thousand cells."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from cases.programming_sheet import Sheet, SheetRow
from config.templatetags.programming_rows import facts_of
from workflow.money import BLANK, euros

register = template.Library()

ROW = (
    '<tr role="row"><th role="rowheader" scope="row" class="title"><span class="small">{reference} · {holder}</span>'
    "<br><b>{title}</b>{where}</th>"
    '<td role="cell" class="num" data-label="Coût">{cost}</td>{cells}'
    '<td role="cell" class="num" data-label="Programmé en tout"><b>{planned}</b>{share}<br>'
    '<span class="small">{state}</span></td></tr>\n'
)


@register.simple_tag
def sheet_rows(sheet: Sheet) -> SafeString:
    """Every dossier; what people wrote is escaped where it is put in."""
    labels = [(one.key, escape(f"{one.financier} · {one.label}")) for one in sheet.columns]
    return mark_safe("".join(line_of(row, labels) for row in sheet.rows))  # noqa: S308 - every part is escaped


def line_of(row: SheetRow, labels: list[tuple[int, str]]) -> str:
    facts = row.facts
    where = ", ".join([*filter(None, [facts["orientation"]]), *facts["quarters"]])
    return ROW.format(
        reference=row.reference,
        holder=escape(facts["holder"]),
        title=escape(facts["title"]),
        where=f'<br><span class="small">{escape(where)}</span>' if where else "",
        cost=euros(row.cost),
        cells="".join(cell_of(row, key, label) for key, label in labels),
        planned=euros(row.planned),
        share="" if row.share is None else f'<br><span class="small">{row.share} %</span>',
        state=escape(row.state),
    )


def cell_of(row: SheetRow, key: int, label: str) -> str:
    cell = row.cells.get(key)
    told = BLANK if cell is None else "<br>".join(facts_of(cell, with_team=True))
    return f'<td role="cell" class="num{"" if cell else " none"}" data-label="{label}">{told}</td>'
