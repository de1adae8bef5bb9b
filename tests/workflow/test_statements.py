"""Statements that are kept say what the ORM would say, and never keep a row."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, DataError, connection
from django.db.transaction import TransactionManagementError

from cases import models as cases
from tests import year as play
from workflow import statements
from workflow.models import Entry, Milestone, Step

pytestmark = pytest.mark.django_db


def content(row):
    """Everything that a row holds, its loaded relations too."""
    return {name: value for name, value in row.__dict__.items() if name != "_state"}, row._state.fields_cache


@pytest.mark.parametrize(
    "model, related",
    [
        (cases.Dossier, ("rules",)),
        (cases.FundingLine, ("envelope__financier__organisation", "seat")),
        (Step, ("opens", "closes")),
    ],
)
def test_rows_are_those_of_the_orm_with_their_relations(model, related):
    play.decided(play.a_year())
    expected = list(model.objects.select_related(*related).order_by("pk"))
    found = statements.rows_by(model, "pk", [row.pk for row in reversed(expected)], related=related)
    assert [content(row) for row in found] == [content(row) for row in expected]


def test_another_column_and_another_condition_narrow_the_rows():
    year = play.a_year()
    first, second = play.a_draft(year), play.in_committee(year)
    line = second.lines.get(envelope=year.envelopes["agglo"])
    both = [first.pk, second.pk]
    assert statements.rows_by(cases.FundingLine, "dossier", both, state="answered", seat=line.seat_id) == [
        line
    ]
    assert statements.rows_by(cases.FundingLine, "dossier", []) == []


def test_words_are_kept_and_rows_are_not(django_assert_num_queries):
    year = play.a_year()
    keys = list(Milestone.objects.order_by("pk").values_list("pk", flat=True))
    before = statements.rows_by(Milestone, "pk", keys[:1])
    Milestone.objects.filter(pk=keys[0]).update(label="Autre jour")
    with django_assert_num_queries(1):
        assert [row.label for row in statements.rows_by(Milestone, "pk", keys[:1])] == ["Autre jour"]
    assert (before[0].label, year.cycle.milestones.count()) == ("Ouverture", len(keys))


@pytest.mark.django_db(transaction=True)
def test_rows_are_never_locked_outside_a_transaction():
    for _ in range(2):  # because the second time the words are known already
        with pytest.raises(TransactionManagementError):
            statements.rows_by(cases.Dossier, "pk", [1], locked=True)


@pytest.mark.postgres
def test_locked_rows_are_held_as_the_door_holds_them(django_assert_num_queries):
    with django_assert_num_queries(1) as seen:
        statements.rows_by(cases.Dossier, "pk", [1], related=("rules",), locked=True)
    assert seen.captured_queries[0]["sql"].endswith('FOR NO KEY UPDATE OF "cases_dossier"')


@pytest.mark.parametrize("count", [1, 2])
def test_an_update_writes_the_named_fields_and_no_other(count):
    year = play.a_year()
    rows = [play.a_draft(year) for _ in range(count)]
    for row in rows:
        row.title, row.public, row.answers, row.total_cost = "Autre", "Pas écrit", {"a": [1]}, Decimal("9.50")
        row.submitted_at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    statements.update(rows, {"title", "answers", "total_cost", "submitted_at"})
    for row in map(play.fresh, rows):
        assert (row.title, row.public, row.answers, row.total_cost) == (
            "Autre",
            "",
            {"a": [1]},
            Decimal("9.50"),
        )
        assert row.submitted_at == datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.postgres
@pytest.mark.parametrize("count", [1, 2])
def test_what_is_too_long_for_its_column_is_refused_and_never_cut(count):
    rows = list(Milestone.objects.filter(cycle=play.a_year().cycle).order_by("pk")[:count])
    for row in rows:
        row.label = "x" * 201
    with pytest.raises(DataError):
        statements.update(rows, {"label"})


def test_an_update_of_a_row_that_is_gone_is_said():
    mark = Milestone(pk=10**6, label="Nulle part")
    with pytest.raises(DatabaseError, match="Milestone: 1 to write, 0 there"):
        statements.update([mark], {"label"})


@pytest.mark.parametrize("count", [1, 2])
def test_inserted_rows_get_their_keys_and_read_back_the_same(count):
    rows = [
        Entry(
            subject_label="essai", subject_id=rank, seq=1, version=1, move="open", payload="{}", digest="0" * 64,
            at=datetime(2026, 11, 1, 12, tzinfo=UTC),
        )
        for rank in range(count)
    ]  # fmt: skip
    statements.insert(rows)
    found = Entry.objects.filter(subject_label="essai").order_by("subject_id")
    assert [content(row) for row in found] == [content(row) for row in rows]
    assert [(row._state.adding, row._state.db) for row in rows] == [(False, connection.alias)] * count
