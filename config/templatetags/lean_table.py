"""The rows of a django-tables2 table, drawn without its attributes per cell: they cost two thirds of a page.

A cell knows its column's class (`attrs={"td": {"class": "num"}}`) and its header's words, both written once per
table. `render_NAME`, accessors, choices, defaults and `linkify` keep django-tables2's meaning; columns of other kinds
take the library's slow way. Three classes draw what tables below `config` may not import: `state` (a
badge), `euros`, `day`.
"""

import html
import inspect
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django import template
from django.db.models import Model
from django.template.base import render_value_in_context
from django.template.context import Context
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django_tables2.columns import BoundColumn, Column
from django_tables2.rows import BoundRow
from django_tables2.tables import Table
from django_tables2.utils import A

from config.templatetags.jalons import badge, date_short
from workflow.money import euros

register = template.Library()

Cell = Callable[..., Any]
NOBODY = UUID(int=0)
"""Stands in an address where each row's own key will."""


def in_euros(value: Any) -> str:
    """An amount, under the name that `render_NAME` gives to its argument."""
    return euros(value)


def in_days(value: Any) -> str:
    """A date, under the same name."""
    return date_short(value)


DRAWINGS: dict[str, Cell] = {"euros": in_euros, "day": in_days}


@register.simple_tag(takes_context=True)
def lean_rows(context: Context, table: Table) -> SafeString:
    """Every row of the table's page, as `<tr>` elements."""
    columns = [(opening(column), cell_of(column, table)) for column in table.columns]
    return mark_safe("".join(lines(context, table.paginated_rows.data, columns, picker(table))))  # noqa: S308 - every part is escaped


def lines(context: Context, rows: Any, columns: list[tuple[str, Cell]], pick: Cell) -> Iterator[str]:
    """The parts of the page in order, joined once by the caller."""
    for record in rows:
        yield '<tr role="row">'
        yield pick(record)
        for start, cell in columns:
            value = cell(record)
            yield start
            yield escaped(value if isinstance(value, str) else render_value_in_context(value, context))
            yield "</td>"
        yield "</tr>\n"


def escaped(text: str) -> str:
    """What `conditional_escape` makes of a text, without asking whether it is lazy: a cell never is."""
    return text if hasattr(text, "__html__") else html.escape(text)


def opening(column: BoundColumn) -> str:
    """The beginning of every cell of a column."""
    name = class_of(column)
    kind = f' class="{escape(name)}"' if name else ""
    return f'<td role="cell"{kind} data-label="{escape(column.header)}">'


def class_of(column: BoundColumn) -> str:
    """The class that the table's author gave to the cells of a column."""
    return str(column.column.attrs.get("td", {}).get("class", ""))


def cell_of(column: BoundColumn, table: Table) -> Cell:
    """What computes one cell: straight from the record where django-tables2 would do no more."""
    render = getattr(table, f"render_{column.name}", None) or drawing(column)
    wanted = set(inspect.signature(render).parameters) if render else set()
    if not wanted <= {"value", "record"} or type(column.column) is not Column:
        return lambda record: BoundRow(record, table).get_cell(column.name)
    plain = direct(column, render, wanted)
    return linked(column, plain, table) if column.link else plain


def direct(column: BoundColumn, render: Cell | None, wanted: set[str]) -> Cell:
    """The value as it is, or by the table's `render_NAME`; the column's default where there is none."""
    raw = value_of(column, in_words=render is None or "value" in wanted)
    empty, default = column.column.empty_values, column.default

    def cell(record: Any) -> Any:
        value = raw(record)
        if value in empty:
            return default
        if render is None:
            return value
        given = {"value": value, "record": record}
        return render(**{name: given[name] for name in wanted})

    return cell


def linked(column: BoundColumn, plain: Cell, table: Table) -> Cell:
    """The cell inside the link that `linkify` asks for; a missing value leads nowhere."""
    raw, empty = value_of(column), column.column.empty_values
    known = {"column": column.column, "bound_column": column, "table": table}
    address = addresses(column)

    def cell(record: Any) -> Any:
        value = raw(record)
        shown = plain(record)
        if value in empty:
            return shown
        if address:
            return mark_safe(f'<a href="{address(record.uuid)}">{escaped(str(shown))}</a>')  # noqa: S308 - both are escaped
        return column.link(shown, record=record, value=value, **known)

    return cell


def addresses(column: BoundColumn) -> Cell | None:
    """The address of a `uuid`, from one pattern per table, where a column's link asks for nothing else."""
    link = column.link
    if link.attrs or link.reverse_args.get("kwargs") != {"uuid": A("uuid")}:
        return None
    before, after = reverse(link.reverse_args["viewname"], args=[NOBODY]).split(str(NOBODY))
    return lambda uuid: f"{before}{uuid}{after}"


def drawing(column: BoundColumn) -> Cell | None:
    """What a class of the column asks to draw."""
    classes = class_of(column).split()
    if "state" in classes:
        code = value_of(column, in_words=False)
        return lambda value, record: badge(code(record), value)
    return next((draw for name, draw in DRAWINGS.items() if name in classes), None)


def value_of(column: BoundColumn, *, in_words: bool = True) -> Cell:
    """The value a column's accessor leads to, in words where the field has choices; None where the way ends."""
    *way, last = str(column.accessor).replace("__", ".").split(".")
    display = f"get_{last}_display"

    def value(record: Any) -> Any:
        found = record
        for name in way:
            found = taken(found, name)
        words = getattr(found, display, None) if in_words and isinstance(found, Model) else None
        return words() if words else taken(found, last)

    return value


def taken(holder: Any, name: str) -> Any:
    """One step of an accessor: a key, an attribute or a method without arguments."""
    found = holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)
    return found() if callable(found) else found


def picker(table: Table) -> Cell:
    """The first cell of a table with a bulk bar: a box named after its row (`pick_value`, `pick_label`)."""
    if not getattr(table, "pick_name", ""):
        return lambda record: ""
    begun = (
        f'<td role="cell" class="pick"><label><input type="checkbox" name="{escape(table.pick_name)}" value="'
    )
    return lambda record: (
        f'{begun}{escaped(str(table.pick_value(record)))}"><span class="vh">'
        f"Choisir {escaped(str(table.pick_label(record)))}</span></label></td>"
    )
