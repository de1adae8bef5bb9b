"""What a committee looks at: its orientations, a complementary list, a second programming; where and when it sits."""

from datetime import time

import pytest
from django.urls import reverse

from cases import sitting
from tests import year as play
from tests.cases.reached import deferred

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    year = play.a_year()
    for code in ("emploi", "culture"):
        year.cycle.orientations.create(code=code, label=code.capitalize())
    return year


@pytest.fixture
def settle(client, year):
    """Choose what the year's committee looks at, as its coordinator does."""
    client.force_login(year.coordinator)
    committee = year.cycle.committees.get()
    address = reverse("committee-settings", args=[committee.uuid])

    def choose(**typed):
        usual = {"version": play.fresh(committee).version, "scope": "all", "starts_at": "09:00", "place": ""}
        return client.post(address, usual | typed)

    choose.address = address
    return choose


def said(response) -> str:
    """A page with its no-break spaces made plain, and one blank between words."""
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def tabled(year) -> list[int]:
    committee = year.cycle.committees.select_related("cycle").order_by("pk")[0]
    found = sitting.tabled(committee, year.coordinator).order_by("number")
    assert sitting.waiting_for([committee]) == {committee.pk: len(found)}
    return [one.number for one in found]


def test_a_committee_looks_at_all_dossiers_of_its_call_unless_something_else_is_said(year):
    play.in_committee(year)
    play.in_committee(year, title="Jardin")
    play.in_committee(play.a_year("autre_2027"))
    assert tabled(year) == [1, 2]


def test_a_committee_of_a_theme_looks_at_the_dossiers_of_its_orientations(year, settle):
    first, second = (play.in_committee(year, title=title) for title in ("Vélo", "Jardin"))
    second.orientation = year.cycle.orientations.get(code="culture")
    second.save(update_fields=["orientation"])
    assert settle(scope="themes", themes=["culture"]).status_code == 302
    assert tabled(year) == [2]
    settle(scope="themes", themes=["culture", "emploi"])
    assert tabled(year) == [first.number, 2]


def test_a_complementary_list_is_made_of_chosen_dossiers(year, settle):
    for title in ("Vélo", "Jardin", "Fête"):
        play.in_committee(year, title=title)
    assert settle(scope="listed", numbers="003 et 1").status_code == 302
    assert tabled(year) == [1, 3]


def test_a_second_programming_looks_at_what_a_committee_saw_without_deciding(client, year, settle):
    seen, fresh = play.in_committee(year), play.in_committee(year, title="Jardin")
    first = year.cycle.committees.get()
    client.post(
        reverse("committee-detail", args=[first.uuid]),
        {"action": "defer", "dossier": str(seen.uuid), f"version-{seen.pk}": seen.version,
         "reason": "Budget à revoir", "next_committee_on": "2027-03-10"},
    )  # fmt: skip
    second = year.cycle.committees.create(on="2027-03-10", label="Seconde programmation", scope="second")
    found = sitting.tabled(second, year.coordinator).order_by("number")
    assert [one.pk for one in found] == [seen.pk]
    assert play.fresh(fresh).state == "committee"


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"scope": "listed", "numbers": "le premier"}, "écrivez des numéros de dossiers, comme 12, 15, 18."),
        ({"scope": "listed"}, "écrivez au moins un numéro."),
        ({"scope": "listed", "numbers": "12, 7"}, "Aucun dossier ne porte ce numéro : 007 et 012."),
        ({"scope": "themes"}, "choisissez une orientation."),
        ({"starts_at": "midi"}, "écrivez une heure, comme 9:30."),
    ],
)
def test_what_makes_no_sense_is_explained_and_changes_nothing(year, settle, typed, sentence):
    response = settle(**typed)
    assert (response.status_code, sentence in said(response)) == (422, True)
    assert year.cycle.committees.get().scope == "all"


def test_an_old_page_says_what_changed_and_keeps_what_was_typed(year, settle):
    settle(place="Mairie")
    response = settle(version=0, place="Préfecture")
    assert response.status_code == 409
    assert "A modifié : lieu" in response.content.decode()
    assert 'value="Préfecture"' in response.content.decode()


def test_hour_and_place_stand_at_the_head_of_the_committee(client, year, settle):
    settle(starts_at="14:30", place="Salle des fêtes")
    committee = year.cycle.committees.get()
    assert committee.starts_at == time(14, 30)
    assert "14 h 30, Salle des fêtes" in said(client.get(reverse("committee-detail", args=[committee.uuid])))


# A dossier's way through the committees ------------------------------------------------------------------------------


def test_a_dossier_keeps_each_passage_with_what_was_proposed_then(client, year):
    dossier = deferred(year)
    committee = year.cycle.committees.get()
    assert list(dossier.passages.order_by("pk")) == []  # because no committee was named when it was deferred
    decided = play.decided(year, title="Jardin")
    [passage] = decided.passages.order_by("pk")
    assert (passage.committee, passage.result, passage.proposed) == (committee, "decided", 500)
    assert [one["verdict"] for one in passage.proposal] == ["favourable", "favourable"]
    assert [one["amount"] for one in passage.proposal] == ["500.00", "0.00"]


def test_the_thread_of_passages_is_read_by_those_who_follow_the_committees(client, year):
    decided = play.decided(year)
    shown = {}
    for name in ("coordinator", "holder"):
        client.force_login(getattr(year, name))
        shown[name] = client.get(reverse("dossier-detail", args=[decided.uuid])).content.decode()
    assert "Passages en comité" in shown["coordinator"]
    assert "Passages en comité" not in shown["holder"]
