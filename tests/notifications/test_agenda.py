"""What the address of the calendar asks for, and where each of its links leads."""

from datetime import date

import pytest
from django.http import QueryDict

from notifications.agenda import Asked, View, page
from tests import year as play
from tests.sessions import a_session
from workflow.dated import DatedKind
from workflow.roles import read_once

TODAY = date(2026, 11, 29)
AT = play.WRITING


def asked(query: str = "") -> Asked:
    return Asked.of(QueryDict(query), TODAY)


def test_without_anything_asked_it_is_this_month_as_a_grid():
    assert asked() == Asked(date(2026, 11, 1), View.MONTH)
    assert asked().days == (date(2026, 10, 26), date(2026, 12, 6))


@pytest.mark.parametrize(
    "query",
    [
        "month=2026-13",
        "month=novembre",
        "month=1812-01",
        "month=9999-12",
        "view=x",
        "kind=secret",
        "month=٢٠٢٦-11",
    ],
)
def test_what_makes_no_sense_asks_for_nothing(query):
    assert asked(query) == asked()


def test_a_list_shows_six_months():
    wanted = asked("month=2026-11&view=agenda")
    assert (wanted.days, wanted.title) == (
        (date(2026, 11, 1), date(2027, 4, 30)), "De novembre 2026 à avril 2027"
    )  # fmt: skip


def test_an_address_says_all_and_reads_back_the_same():
    wanted = Asked(date(2027, 2, 1), View.AGENDA, DatedKind.COMMITTEE, "vitry_2027")
    assert asked(wanted.address()[1:]) == wanted
    assert wanted.address(view=View.MONTH, kind="", call="") == "?month=2027-02"


@pytest.fixture
def year():
    return play.a_year()


def shown(user, query: str = "month=2026-11"):
    return page(user, QueryDict(query), AT)


def labels(found) -> list[str]:
    return [entry.thing.label for month in found.months for day in month.days for entry in day.entries]


@pytest.mark.django_db
def test_the_pages_before_and_after_keep_what_was_chosen(year):
    found = shown(year.holder, "month=2026-12&kind=window")
    assert (found.earlier.address, found.later.address) == (
        "?month=2026-11&kind=window", "?month=2027-01&kind=window"
    )  # fmt: skip
    assert (found.later.title, found.later.short) == ("Janvier 2027", "Janvier")
    assert found.now == "?month=2026-10&kind=window"
    assert found.list == "?month=2026-12&view=agenda&kind=window"
    six = shown(year.holder, "month=2026-12&view=agenda")
    assert (six.earlier.title, six.earlier.short) == ("De juin 2026 à novembre 2026", "Avant")


@pytest.mark.django_db
def test_kinds_are_those_of_the_period_each_with_its_count(year):
    play.a_draft(year)
    found = shown(year.holder)
    assert [(one.label, one.count, one.chosen) for one in found.kinds] == [
        ("Tout", 4, True), ("À faire", 1, False), ("Ouvertures et fermetures", 1, False), ("Jours fériés", 2, False),
    ]  # fmt: skip
    assert labels(shown(year.holder, "month=2026-11&kind=deadline")) == ["Déposer « Atelier vélo »"]
    chosen = shown(year.holder, "month=2026-11&kind=committee")
    assert (chosen.empty, [one.label for one in chosen.kinds if one.chosen]) == (True, ["Comités"])


@pytest.mark.django_db
def test_calls_are_offered_where_there_are_several(year):
    assert shown(year.holder).calls == []
    other = play.a_year("ailleurs_2027")
    found = shown(year.holder)
    assert [(one.label, one.count) for one in found.calls] == [
        ("Tous les appels", 2), ("Appel à projets ailleurs_2027", 1), ("Appel à projets essai_2027", 1),
    ]  # fmt: skip
    one_call = shown(year.holder, f"month=2026-11&call={other.cycle.code}")
    assert labels(one_call) == ["Toussaint", "Armistice", "Cloture"]


@pytest.mark.django_db
def test_an_empty_month_says_so(year):
    assert shown(play.person("passante"), "month=2027-02").empty is True
    assert shown(year.holder, "month=2027-02").empty is False


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("view", ["month", "agenda"])
def test_the_calendar_of_whoever_does_everything_costs_the_same_whatever_is_in_it(
    year, rows, view, django_assert_num_queries
):
    for number in range(rows):
        play.a_draft(year, title=f"Brouillon {number}")
        play.in_review(year, title=f"Action {number}")
        a_session(year, play.day(f"2026-11-0{3 + number}", 14))
    with read_once(), django_assert_num_queries(10):
        found = shown(year.coordinator, f"month=2026-11&view={view}")
    assert len([one for one in labels(found) if one == "Rendez-vous"]) == rows
