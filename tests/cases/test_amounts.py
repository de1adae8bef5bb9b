"""Amounts typed in a programming: which changed, each kept or refused by itself."""

from decimal import Decimal

import pytest

from cases import amounts
from cases.models import FundingLine
from tests import programmings
from tests import year as play
from tests.cases import reached
from tests.workflow.answers import entries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "raw, seen, read",
    [
        ("1\u202f234,50 €", "3:", [Decimal("1234.50")]),
        ("", "3:800.00", [None]),
        ("800", "3:800.00", []),
        ("800,00", "3:800.00", []),
        ("", "3:", []),
        ("0", "3:", [Decimal(0)]),
        ("500", "", []),
        ("500", "trois:8", []),
        ("500", "3", []),
        ("500", "3:NaN", []),
    ],
)
def test_a_cell_counts_where_its_amount_is_another(raw, seen, read):
    assert [one.amount for one in amounts.read({"7-amount": raw, "7-seen": seen})] == read


@pytest.mark.parametrize("raw", ["-5", "1e400", "NaN", "mille", "12,345", "=1+1", "<b>", "9" * 30])
def test_what_is_no_amount_is_said_and_kept_as_typed(raw):
    [cell] = amounts.read({"7-amount": raw, "7-seen": "3:"})
    assert (cell.error != "", cell.raw, cell.amount) == (True, raw[:40], None)


def test_a_live_answer_reads_one_cell_of_the_page():
    sent = {"7-amount": "1", "7-seen": "3:", "8-amount": "2", "8-seen": "3:"}
    assert [one.line for one in amounts.read(sent, "8-amount")] == [8]
    assert amounts.read(sent, "csrfmiddlewaretoken") == []


@pytest.fixture
def year():
    return play.a_year()


def keep(year, *cells, by=None):
    amounts.keep(year.cycle, list(cells), by=by or year.instructor, at=play.SITTING)
    return cells


def test_each_amount_is_kept_with_an_entry_of_its_own(year):
    first, second = play.in_committee(year).lines.order_by("pk")
    keep(year, programmings.typed(first, "300"), programmings.typed(second, "0.01"))
    assert [play.fresh(one).team_proposal for one in (first, second)] == [300, Decimal("0.01")]
    assert [entries(one)[-1].move for one in (first, second)] == ["amend", "amend"]


def test_a_stale_cell_says_what_stands_there_and_leaves_the_others_alone(year):
    first, second = play.in_committee(year).lines.order_by("pk")
    programmings.propose(year, first, 700)
    late, fresh = keep(
        year, programmings.typed(first, 300, was=None), programmings.typed(second, 400)
    )  # as its page showed it
    assert (late.stale, late.saved, fresh.saved) == (True, False, True)
    assert "700" in late.error
    assert (late.version, late.was) == (play.fresh(first).version, 700)
    assert play.fresh(first).team_proposal == 700


def test_the_same_click_twice_is_done_once(year):
    line = reached.line_of(play.in_committee(year))
    keep(year, programmings.typed(line, 300))
    [again] = keep(year, programmings.typed(line, 300))
    assert (again.saved, again.error, len(entries(line))) == (True, "", len(entries(play.fresh(line))))
    assert [entry.move for entry in entries(line)].count("amend") == 1


def test_what_is_decided_or_of_another_call_is_no_cell(year):
    decided, other = play.decided(year), play.in_committee(play.a_year("ailleurs_2027"))
    cells = keep(year, *(programmings.typed(reached.line_of(one), 10) for one in (decided, other)))
    assert [(one.saved, one.error != "") for one in cells] == [(False, True)] * 2
    assert FundingLine.objects.exclude(team_proposal=None).count() == 0


def test_only_the_team_proposes(year):
    line = reached.line_of(play.in_committee(year))
    for person in (year.financiers["etat"], year.holder):
        [cell] = keep(year, programmings.typed(line, 10), by=person)
        assert (cell.saved, cell.error) == (False, "Votre rôle ne permet pas cette action ici.")


def test_a_signed_programming_refuses_with_a_sentence(year):
    programming = programmings.opened(year)
    play.decided(year)
    line = reached.line_of(play.in_instruction(year))
    programmings.sign(year, programming)
    [cell] = keep(year, programmings.typed(line, 10))
    assert (cell.saved, "rouvrir" in cell.error) == (False, True)
