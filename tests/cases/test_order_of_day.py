"""The order of the day: made from the programming, its hours, its points moved about, and what is left carried on."""

from datetime import date, time

import pytest

from cases import order_of_day, sitting
from cases.board import board
from cases.models import AgendaItem
from tests import year as play
from tests.cases.reached import fired, item
from workflow import engine
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def torn(year, title="Jardin"):
    """A dossier on which the financiers do not agree."""
    dossier = play.in_review(year, title=title)
    play.opine(year, dossier, "etat")
    play.opine(year, dossier, "agglo", verdict="unfavourable", amount=0)
    return play.fresh(dossier)


def made(year, committee=None) -> list:
    committee = committee or year.cycle.committees.select_related("cycle").order_by("on", "pk")[0]
    table = board(sitting.tabled(committee, year.coordinator), committee.cycle)
    order_of_day.make(committee, table, by=year.coordinator, at=play.SITTING)
    return order_of_day.order_of_day(committee)


def told(points) -> list[tuple[str, str]]:
    return [(one.starts.replace("\u00a0", " "), one.item.title) for one in points]


def carried(year, target) -> int:
    points = order_of_day.order_of_day(year.cycle.committees.order_by("on", "pk")[0])
    versions = {one.item.pk: one.item.version for one in points}
    return order_of_day.carry(points, target, by=year.coordinator, at=play.SITTING, versions=versions)


def later(year):
    return year.cycle.committees.create(on=date(2027, 3, 10), label="Seconde séance")


def test_the_consent_list_comes_first_then_each_dossier_to_discuss(year):
    calm, other = play.in_committee(year), play.in_committee(year, title="Fête")
    to_discuss = torn(year)
    points = made(year)
    assert told(points) == [
        ("9 h", "Accueil et tour de table"),
        ("9 h 10", "Ce que chaque partenaire attend de cette séance"),
        ("9 h 25", "Liste de consentement : 2 dossiers"),
        ("9 h 35", "003 · Jardin"),
        ("9 h 43", "Suites, calendrier et questions"),
    ]
    assert [one.item.dossiers for one in points[2:4]] == [[calm.pk, other.pk], [to_discuss.pk]]


def test_a_transversal_day_has_one_list_for_each_orientation_and_an_official_signature(year):
    themes = [year.cycle.orientations.create(code=code, label=code.capitalize()) for code in ("b", "a")]
    for rank, theme in enumerate(themes):
        dossier = play.in_committee(year, title=f"Action {rank}")
        dossier.orientation = theme
        dossier.save(update_fields=["orientation"])
    committee = year.cycle.committees.select_related("cycle").get()
    committee.kind_of = "transversal"
    committee.save(update_fields=["kind_of"])
    titles = [title for _, title in told(made(year, committee))]
    assert titles[2:4] == ["Liste de consentement, A : 1 dossier", "Liste de consentement, B : 1 dossier"]
    assert titles[-2] == "Signature officielle"


def test_made_again_an_agenda_only_grows_by_what_came_since(year):
    play.in_committee(year)
    before = len(made(year))
    assert len(made(year)) == before
    play.in_committee(year, title="Fête")
    assert [one.item.dossiers for one in made(year)][before:] == [
        [play.cases.Dossier.objects.get(number=2).pk]
    ]


def test_hours_follow_from_durations_and_the_hour_at_which_it_sits(year):
    committee = year.cycle.committees.get()
    committee.starts_at = time(13, 45)
    committee.save(update_fields=["starts_at"])
    for title, minutes in (("Un", 20), ("Deux", 65)):
        item(year, title, minutes=minutes)
    points = order_of_day.order_of_day(committee)
    hours = [(one.starts.replace("\u00a0", " "), one.ends.replace("\u00a0", " ")) for one in points]
    assert hours == [("13 h 45", "14 h 05"), ("14 h 05", "15 h 10")]


def test_a_point_moves_one_place_and_stays_where_it_is_at_the_end(year):
    for title in ("Un", "Deux", "Trois"):
        item(year, title)
    committee = year.cycle.committees.get()

    def moved(title, *, later):
        point = AgendaItem.objects.get(title=title)
        order_of_day.shift(point, later=later, version=point.version, by=year.coordinator, at=play.SITTING)
        return [one.title for one in AgendaItem.objects.of(committee)]

    assert moved("Un", later=True) == ["Deux", "Un", "Trois"]
    assert moved("Trois", later=True) == ["Deux", "Un", "Trois"]
    assert moved("Trois", later=False) == ["Deux", "Trois", "Un"]
    with pytest.raises(Refused, match="plus à jour"):
        order_of_day.shift(
            AgendaItem.objects.get(title="Un"), later=False, version=0, by=year.coordinator, at=play.SITTING
        )


def test_what_is_left_stands_on_the_next_agenda_with_its_undecided_dossiers_and_both_say_so(year):
    seen, left = play.in_committee(year), play.in_committee(year, title="Fête")
    target = later(year)
    points = made(year, year.cycle.committees.order_by("on", "pk").select_related("cycle")[0])
    first = points[0].item.committee
    fired(seen, "defer", year.coordinator, play.SITTING, reason="Budget", committee=first.pk,
          next_committee_on=date(2027, 3, 10))  # fmt: skip
    assert carried(year, target) == 2  # the exchange, and the list with one dossier left
    there = order_of_day.order_of_day(target)
    assert [one.item.dossiers for one in there] == [[], [left.pk]]
    assert {one.carried_from for one in there} == {first}
    here = [one for one in order_of_day.order_of_day(first) if one.item.state == "postponed"]
    assert {one.carried_to for one in here} == {target}
    thread = left.passages.order_by("pk").values_list("committee", "result", "onward")
    assert list(thread) == [(first.pk, "postponed", target.pk)]


def test_carried_on_twice_a_point_stands_there_once(year):
    play.in_committee(year)
    target = later(year)
    made(year)
    assert (carried(year, target), carried(year, target)) == (2, 0)
    assert AgendaItem.objects.filter(committee=target).count() == 2


def test_a_point_goes_only_to_a_later_committee_of_the_same_call(year):
    elsewhere = later(play.a_year("autre_2027"))
    point = item(year)
    for wrong in (elsewhere, point.committee):
        with pytest.raises(Refused, match="Aucun comité n’est prévu"):
            engine.fire(
                point, "postpone", by=year.coordinator, at=play.SITTING, facts={"committee": wrong.pk}
            )


def test_what_a_technical_committee_concludes_is_kept_as_the_proposal_of_its_dossiers(year):
    dossier = play.in_committee(year)
    point = item(year, "Avis technique", kind_of="decision", dossiers=[dossier.pk])
    fired(point, "conclude", year.coordinator, play.SITTING, conclusion="Favorable, budget à resserrer.")
    [passage] = dossier.passages.order_by("pk")
    assert (passage.result, passage.note) == ("proposed", "Favorable, budget à resserrer.")
    assert passage.proposed == 1000
    fired(play.fresh(point), "take_up", year.coordinator, play.SITTING)
    assert list(dossier.passages.order_by("pk")) == []


def test_a_point_names_dossiers_of_its_own_call_only(year):
    foreign = play.in_committee(play.a_year("autre_2027"))
    with pytest.raises(Refused, match="n’est pas de cet appel"):
        item(year, dossiers=[foreign.pk])


def test_a_point_that_keeps_a_trace_is_not_removed(year):
    done = fired(item(year), "conclude", year.coordinator, play.SITTING)
    with pytest.raises(Refused, match="garde sa trace"):
        order_of_day.remove(done, by=year.coordinator, at=play.SITTING)
    order_of_day.remove(item(year, "Trop"), by=year.coordinator, at=play.SITTING)
    assert [one.title for one in AgendaItem.objects.order_by("pk")] == ["Tour de table"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_order_of_the_day_costs_the_same_for_one_point_and_for_three(
    year, count, django_assert_num_queries
):
    for rank in range(count):
        item(year, f"Point {rank}", dossiers=[play.in_committee(year, title=f"Action {rank}").pk])
    committee = year.cycle.committees.get()
    with django_assert_num_queries(4):
        assert len(order_of_day.order_of_day(committee)) == count
