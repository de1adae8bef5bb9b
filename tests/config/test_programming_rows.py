"""What people wrote stands in the programming's rows as they wrote it, dead; what is wrong stands beside its field."""

import pytest

from cases import programming
from cases.amounts import Typed
from cases.forms.programming import ProgrammingFilters
from config.templatetags.programming_rows import live_cells, programming_rows, supposed_field
from tests import year as play
from tests.cases import reached

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year(financiers=1)


@pytest.fixture
def line(year):
    return reached.line_of(play.in_committee(year, title="<b>Vélo</b> & co"))


@pytest.fixture
def table(year, line):
    type(line.envelope).objects.filter(pk=line.envelope_id).update(label='"><i>')
    return programming.table(year.cycle, ProgrammingFilters({}, cycle=year.cycle))


def test_nothing_that_was_written_is_alive(table, line):
    typed = {line.pk: Typed(line.pk, '"onfocus=x', 3, None, error="<u>")}
    for shown in (programming_rows(table, writes=True, typed=typed), live_cells(table, typed.values())):
        assert [mark for mark in ("<b>Vélo", '"><i>', "<u>", '"onfocus=x"') if mark in shown] == []


def test_a_mistake_stands_below_its_field_which_names_it(table, line):
    shown = programming_rows(
        table, writes=True, typed={line.pk: Typed(line.pk, "x", 3, None, error="Non : non.")}
    )
    assert f'aria-describedby="c{line.pk}" hx-post="" aria-invalid="true">' in shown
    assert '<p class="err">Non\u00a0: non.</p>' in shown


def test_whoever_reads_sees_amounts_and_types_none(table):
    assert "<input" not in programming_rows(table, writes=False)


def test_a_change_on_a_row_that_left_the_page_still_renews_its_mark(table, line):
    shown = live_cells(table, [Typed(line.pk + 99, "5", 8, None, saved=True)])
    assert (
        f'<div id="c{line.pk + 99}" hx-swap-oob="true"><input type="hidden" name="{line.pk + 99}-seen" value="8:">'
        in shown
    )


def test_what_a_scenario_supposes_stands_beside_what_really_is(table):
    shown = supposed_field(table.columns[0], {})
    assert ("aujourd’hui 10\u202f000\u202f€" in shown, 'value="0:"' in shown, "&lt;i&gt;" in shown) == (
        True,
    ) * 3
