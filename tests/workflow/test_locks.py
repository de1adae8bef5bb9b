"""Rows are locked in one order everywhere; another order is an error before it is a deadlock."""

import pytest

from cases import models as cases
from tests import year as play
from workflow import locks

pytestmark = pytest.mark.django_db


def test_a_lower_rank_after_a_higher_one_is_refused():
    dossier = play.a_draft(play.a_year())
    with locks.holding():
        locks.take_rows(cases.Dossier.objects.filter(pk=dossier.pk))
        with pytest.raises(locks.LockOrder, match="Envelope after Dossier"):
            locks.take_rows(cases.Envelope.objects.order_by("pk"))


def test_holding_some_rows_of_a_rank_gives_no_leave_to_take_others_later():
    year = play.a_year()
    first, second = year.envelopes.values()
    dossier = play.a_draft(year)
    with locks.holding():
        locks.take_rows(cases.Envelope.objects.filter(pk=first.pk))
        locks.take_rows(cases.Dossier.objects.filter(pk=dossier.pk))
        locks.take_rows(cases.Envelope.objects.filter(pk=first.pk))
        with pytest.raises(locks.LockOrder):
            locks.take_rows(cases.Envelope.objects.filter(pk=second.pk))


def test_nested_calls_share_what_is_held_and_the_outermost_lets_it_go():
    dossier = play.a_draft(play.a_year())
    with locks.holding():
        with locks.holding():
            locks.take_rows(cases.Dossier.objects.filter(pk=dossier.pk))
        assert locks.are_held(cases.Dossier, {dossier.pk})
    assert not locks.are_held(cases.Dossier, {dossier.pk})


def test_several_querysets_are_taken_by_rank_whatever_their_order():
    year = play.a_year()
    dossier = play.a_draft(year)
    with locks.holding():
        locks.take([cases.Dossier.objects.order_by("pk"), cases.Envelope.objects.order_by("pk")])
        assert locks.are_held(cases.Dossier, {dossier.pk})
        assert locks.are_held(cases.Envelope, {one.pk for one in year.envelopes.values()})
