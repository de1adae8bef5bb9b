"""The financiers' lines of the committee's table, drawn without a template: fifty dossiers have hundreds of them."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from cases.board import Cell, Row
from cases.forms.committees import WORDS
from cases.projection import seen_of
from cases.states import LineMove, LineState, Verdict
from config.templatetags.jalons import french
from workflow.money import euros

register = template.Library()

LINE = (
    '<tr role="row"><td role="cell" class="title" data-label="Financeur">{financier}<br>'
    '<span class="small muted">{envelope}</span></td>'
    '<td role="cell" data-label="Avis">{verdict}{motive}</td>'
    '<td role="cell" class="num" data-label="Demandé">{requested}</td>'
    '<td role="cell" class="num" data-label="Proposé">{proposed}</td>'
    '<td role="cell" class="word" data-label="Décision">{decision}</td></tr>'
)
FIELDS = (
    '<input type="hidden" name="{key}-version" value="{version}"><div class="wording">'
    '<select name="{key}-word" aria-label="Décision de {financier}"{wrong}{because}>{words}</select>'
    '<input name="{key}-amount" inputmode="decimal" autocomplete="off" value="{amount}"'
    ' aria-label="Montant accordé par {financier}, en euros"{wrong}></div>{errors}'
)
ERRORS = '<p class="err" id="{key}-errors">{told}</p>'
WRONG, CHOSEN = ' aria-invalid="true"', " selected"
OPINIONS = {**dict(Verdict.choices), LineState.SILENT.value: LineState.SILENT.label}
"""What was said; where nothing was, that the round is over."""


@register.simple_tag
def board_lines(cells: list[Cell], may_write: bool) -> SafeString:
    """The lines of one dossier; what people wrote is escaped where it is put in."""
    return mark_safe("".join(line_of(cell, may_write) for cell in cells))  # noqa: S308


def line_of(cell: Cell, may_write: bool) -> str:
    """What was asked, opined and proposed, then the decision: to note, or as it is."""
    line = cell.line
    return LINE.format(
        financier=escape(str(line.envelope.financier)),
        envelope=escape(str(line.envelope)),
        verdict=OPINIONS.get(line.verdict or line.state, "—"),
        motive=f'<br><span class="small muted">{escape(line.motive)}</span>' if line.motive else "",
        requested=euros(line.requested),
        proposed=euros(line.proposed),
        decision=to_note(cell) if may_write and cell.is_open else as_it_is(cell),
    )


def as_it_is(cell: Cell) -> str:
    if cell.line.is_mainstream:
        return "droit commun"
    state = cell.line.get_state_display()
    return f"{state} · {euros(cell.line.decided)}" if cell.line.award else state


def to_note(cell: Cell) -> str:
    """One financier's word and amount, with the version that was read, and what is wrong with them."""
    key, wrong = cell.line.pk, bool(cell.errors)
    return FIELDS.format(
        key=key,
        version=cell.line.version,
        financier=escape(str(cell.line.envelope.financier)),
        words=choices(cell.word),
        amount=escape(cell.shown),
        wrong=WRONG if wrong else "",
        because=f' aria-describedby="{key}-errors"' if wrong else "",
        errors=ERRORS.format(key=key, told=escape(told(cell.errors))) if wrong else "",
    )


@register.simple_tag
def said_of(cell: Cell) -> str:
    """One financier's decision as it stands, else as it is proposed: « Accordé 500 € »."""
    if not cell.is_open:
        return as_it_is(cell)
    words = str(dict(WORDS)[cell.word])
    return f"{words}\u00a0{cell.shown}" if cell.word == LineMove.GRANT else words


@register.simple_tag
def seen_row(row: Row) -> str:
    """A digest of one dossier as the page shows it."""
    return seen_of([row])


def told(errors: list[str]) -> str:
    return french(" ".join(map(capfirst, errors)))


def choices(chosen: str) -> str:
    """The words that may be noted; none is chosen where something else was typed."""
    return "".join(
        f'<option value="{code}"{CHOSEN if code and code == chosen else ""}>{label}</option>'
        for code, label in WORDS
    )
