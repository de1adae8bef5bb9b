"""The committee's table says what people wrote as they wrote it, and ties each mistake to its field."""

import pytest

from cases.board import Cell
from cases.models import FundingLine
from config.templatetags.board_lines import board_lines
from tests import year as play

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    dossier = play.in_committee(play.a_year(financiers=1))
    FundingLine.objects.filter(dossier=dossier).update(motive="<b>Utile</b> & « gai »")
    return Cell(FundingLine.objects.for_pages().get(dossier=dossier))


def test_nothing_that_was_written_is_alive(cell):
    cell.line.envelope.label, cell.amount = '"><i>', '"onfocus=x'
    shown = board_lines([cell], may_write=True)
    assert "&lt;b&gt;Utile&lt;/b&gt; &amp; « gai »" in shown
    assert 'value="&quot;onfocus=x"' in shown
    assert ("<b>" in shown, "<i>" in shown) == (False, False)


def test_a_mistake_stands_below_its_field_which_names_it(cell):
    cell.errors = ["écrivez le montant accordé : il manque."]
    shown, key = board_lines([cell], may_write=True), cell.line.pk
    assert f'aria-invalid="true" aria-describedby="{key}-errors"' in shown
    assert f'<p class="err" id="{key}-errors">Écrivez le montant accordé\u00a0: il manque.</p>' in shown


def test_the_word_that_was_noted_is_chosen(cell):
    cell.word = "grant"
    assert '<option value="grant" selected>Accordé</option>' in board_lines([cell], may_write=True)
    cell.word = ""
    assert " selected" not in board_lines([cell], may_write=True)


def test_whoever_only_reads_sees_the_state_and_types_nothing(cell):
    shown = board_lines([cell], may_write=False)
    assert ("<select" in shown, "Avis rendu" in shown) == (False, True)
