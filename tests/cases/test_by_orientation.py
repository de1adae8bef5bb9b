"""The programming by orientation: sums to the cent against an independent count, drawn in proportion, in one query."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases import by_orientation
from cases.models import Dossier, Orientation
from tests import year as play
from workflow import engine, roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    year = play.a_year()
    for code in ("emploi", "sante"):
        Orientation.objects.create(cycle=year.cycle, code=code, label=code.capitalize())
    return year


def shares(year, user=None):
    user = user or year.instructor
    return by_orientation.shares_of(Dossier.objects.visible_to(user), user)


def of(year, code: str, dossier):
    orientation = Orientation.objects.get(cycle=year.cycle, code=code)
    Dossier.objects.filter(pk=dossier.pk).update(orientation=orientation)
    return dossier


def told(one):
    return one.label, one.dossiers, one.requested, one.planned, one.decided


def test_each_orientation_says_what_is_asked_programmed_and_decided(year):
    of(year, "sante", play.decided(year, 400))
    of(year, "emploi", play.submitted(year, requested=250))
    reading = of(year, "emploi", play.in_instruction(year))
    line = reading.lines.order_by("pk").first()
    engine.amend(line, {"team_proposal": Decimal("333.33")}, by=year.instructor, at=play.REVIEWING)
    Dossier.objects.filter(pk=play.a_draft(year).pk).update(orientation=None)
    found = shares(year)
    assert [told(one) for one in found] == [
        ("Emploi", 2, Decimal(2500), Decimal("333.33"), Decimal(0)),
        ("Sante", 1, Decimal(2000), Decimal(400), Decimal(400)),
        ("Sans orientation", 1, Decimal(2000), Decimal(0), Decimal(0)),
    ]
    assert told(by_orientation.total(found))[1:] == (4, Decimal(6500), Decimal("733.33"), Decimal(400))


def test_bars_are_in_proportion_of_the_largest(year):
    of(year, "sante", play.decided(year, 500))
    [one] = shares(year)
    assert list(one.bars) == [("requested", 1, "100.00"), ("planned", 11, "25.00"), ("decided", 21, "25.00")]


def test_the_drawing_stands_beside_its_figures(client, year):
    of(year, "sante", play.decided(year, 500))
    client.force_login(year.instructor)
    page = client.get(reverse("by-orientation")).content.decode()
    assert [page.count(f'class="{name}"') for name in ("requested", "planned", "decided")] == [2, 2, 2]
    assert "2\u202f000\u202f€" in page


def test_no_bar_is_drawn_where_nobody_asks(client, year):
    client.force_login(year.instructor)
    assert "Aucun dossier ne demande encore" in client.get(reverse("by-orientation")).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(year, django_assert_num_queries, many):
    for _ in range(many):
        play.a_draft(year)
    with roles.read_once(), django_assert_num_queries(2):
        shares(year)
