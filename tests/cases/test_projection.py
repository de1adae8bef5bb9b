"""The projected pages: what each shows, what would remain of the money, and a consent list settled in one go."""

from decimal import Decimal

import pytest

from cases import order_of_day, projection, sitting
from cases.board import board
from cases.models import Dossier
from tests import year as play
from workflow import engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def prepared(year):
    """The committee with its agenda made."""
    committee = year.cycle.committees.select_related("cycle").get()
    table = board(sitting.tabled(committee, year.coordinator), committee.cycle)
    order_of_day.make(committee, table, by=year.coordinator, at=play.SITTING)
    return committee


def page_of(committee, title: str, *, proposing=True):
    points = order_of_day.order_of_day(committee)
    number = next(rank for rank, one in enumerate(points, 1) if one.item.title.startswith(title))
    return projection.slide(committee, number, proposing=proposing)


def torn(year, title="Jardin"):
    dossier = play.in_review(year, title=title)
    play.opine(year, dossier, "etat")
    play.opine(year, dossier, "agglo", verdict="unfavourable", amount=0)
    return play.fresh(dossier)


def test_the_cover_comes_first_and_the_pages_end_with_the_last_point(year):
    committee = prepared(year)
    first, last = (projection.slide(committee, number, proposing=True) for number in (0, 99))
    assert (first.before, first.after, first.point) == (None, 1, None)
    assert (last.number, last.after) == (last.many, None)


def test_a_dossier_shows_what_is_proposed_and_what_would_remain_and_nothing_is_written(year):
    torn(year)
    committee = prepared(year)
    shown = page_of(committee, "001")
    assert [cell.word for cell in shown.row.cells] == ["grant", "refuse"]
    assert [(one.remaining, one.left, one.over) for one in shown.purses] == [
        (10_000, 9_500, 0),
        (10_000, 10_000, 0),
    ]
    assert [line.state for line in Dossier.objects.get().lines.order_by("pk")] == ["answered", "answered"]


def test_more_than_what_remains_is_said(year):
    torn(year)
    engine.amend(year.envelopes["etat"], {"ceiling": Decimal(300)}, by=year.coordinator, at=play.SITTING)
    assert page_of(prepared(year), "001").purses[0].over == 200


def test_a_consent_list_is_settled_in_one_go_each_dossier_by_itself(year):
    for rank in range(3):
        play.in_committee(year, title=f"Action {rank}")
    committee = prepared(year)
    shown = page_of(committee, "Liste", proposing=False)
    results = projection.settle(shown.open_rows, committee, by=year.coordinator, at=play.SITTING)
    assert [one.refusals for one in results] == [(), (), ()]
    assert {one.state for one in Dossier.objects.order_by("pk")} == {"decided"}
    assert play.fresh(year.envelopes["etat"]).decided == 1500
    assert page_of(committee, "Liste").agreed == []


def test_where_the_money_ends_the_rest_of_the_list_waits_with_its_reason(year):
    for rank in range(3):
        play.in_committee(year, title=f"Action {rank}")
    engine.amend(year.envelopes["etat"], {"ceiling": Decimal(1000)}, by=year.coordinator, at=play.SITTING)
    committee = prepared(year)
    shown = page_of(committee, "Liste", proposing=False)
    results = projection.settle(shown.open_rows, committee, by=year.coordinator, at=play.SITTING)
    assert [[why.code for why in one.refusals] for one in results] == [[], [], ["over_envelope"]]
    states = Dossier.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["decided", "decided", "committee"]


def test_a_list_leaves_out_a_dossier_on_which_a_financier_said_no_amount(year):
    play.in_committee(year)
    silent = play.in_review(year, title="Fête")
    play.opine(year, silent, "etat", amount=0)
    play.opine(year, silent, "agglo")
    shown = page_of(prepared(year), "Liste")
    assert [row.dossier.number for row in shown.agreed] == [1]


def test_what_changed_changes_the_digest_that_a_screen_carries(year):
    dossier = torn(year)
    committee = prepared(year)
    before = page_of(committee, "001").seen
    assert page_of(committee, "001").seen == before
    line = dossier.lines.order_by("pk")[0]
    engine.fire(line, "grant", by=year.coordinator, at=play.SITTING, facts={"amount": Decimal(100)})
    assert page_of(committee, "001").seen != before


@pytest.mark.parametrize("count", [2, 6])
def test_a_list_is_settled_in_as_many_queries_for_two_dossiers_as_for_six(
    year, count, django_assert_num_queries
):
    for rank in range(count):
        play.in_committee(year, title=f"Action {rank}")
    committee = prepared(year)
    shown = page_of(committee, "Liste", proposing=False)
    with django_assert_num_queries(SETTLED):
        projection.settle(shown.open_rows, committee, by=year.coordinator, at=play.SITTING)


SETTLED = 19
