"""The page of the agenda: made, adjusted and carried on by clicks; old pages, wrong numbers, the same click twice."""

import pytest
from django.urls import reverse

from cases.models import AgendaItem
from tests import year as play
from tests.cases.reached import item

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


@pytest.fixture
def agenda(client, year):
    """The agenda's page as its coordinator uses it."""
    client.force_login(year.coordinator)
    address = reverse("committee-agenda", args=[year.cycle.committees.order_by("on", "pk")[0].uuid])

    def use(action="", point=None, **typed):
        if not action:
            return client.get(address)
        named = {"item": point.uuid, "version": point.version} if point else {}
        return client.post(address, named | {"action": action} | typed)

    return use


def titles() -> list[str]:
    return [one.title for one in AgendaItem.objects.order_by("rank", "pk")]


def said(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_one_click_makes_the_agenda_and_the_second_adds_nothing(year, agenda):
    play.in_committee(year)
    assert agenda("make").status_code == 302
    made = titles()
    assert "Liste de consentement : 1 dossier" in made
    assert agenda("make").status_code == 302
    assert titles() == made


def test_a_point_is_added_by_the_numbers_of_its_dossiers(year, agenda):
    dossier = play.in_committee(year)
    typed = {"kind_of": "exchange", "title": "Le bailleur", "minutes": "20", "dossiers": "001"}
    assert agenda("add", **typed).status_code == 302
    point = AgendaItem.objects.get()
    assert (point.dossiers, point.minutes, point.kind_of) == ([dossier.pk], 20, "exchange")
    again = agenda("add", **typed)
    assert (again.status_code, "C’est déjà fait" in said(again), AgendaItem.objects.count()) == (422, True, 1)


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"title": ""}, "répondez à cette question."),
        ({"minutes": "0"}, "Un point dure d’une minute à douze heures."),
        ({"minutes": "beaucoup"}, "écrivez un nombre de minutes."),
        ({"dossiers": "007"}, "aucun dossier ne porte ce numéro : 007."),
        ({"kind_of": "danse"}, "Sélectionnez un choix valide."),
    ],
)
def test_what_makes_no_sense_is_explained_and_adds_nothing(year, agenda, typed, sentence):
    usual = {"kind_of": "exchange", "title": "Le bailleur", "minutes": "20", "dossiers": ""}
    response = agenda("add", **usual | typed)
    assert (response.status_code, sentence in said(response), titles()) == (422, True, [])


def test_a_point_moves_up_and_an_old_page_moves_nothing(year, agenda):
    item(year, "Un")
    second = item(year, "Deux")
    agenda("up", second)
    assert titles() == ["Deux", "Un"]
    response = agenda("down", second)
    assert (response.status_code, titles()) == (409, ["Deux", "Un"])


def test_a_point_that_is_gone_is_told(year, agenda):
    point = item(year)
    assert agenda("remove", point).status_code == 302
    response = agenda("remove", point)
    assert (response.status_code, "Ce point n’est plus à l’ordre du jour." in said(response)) == (422, True)


def test_without_a_later_committee_nothing_is_carried(year, agenda):
    item(year)
    response = agenda("carry")
    assert (response.status_code, "Aucun comité n’est prévu après celui-ci" in said(response)) == (422, True)
    year.cycle.committees.create(on="2027-03-10", label="Seconde séance")
    assert agenda("carry").status_code == 302
    assert "Reporté à « Seconde séance »" in said(agenda())


def test_its_coordinator_concludes_a_point_and_may_take_it_up_again(client, year, agenda):
    point = item(year)
    address = reverse("agenda-item", args=[point.uuid])
    told = {"action": "conclude", "version": point.version, "conclusion": "Un groupe de travail en mars."}
    assert client.post(address, told).status_code == 302
    assert "Un groupe de travail en mars." in said(agenda())
    point = play.fresh(point)
    assert (point.state, client.post(address, told).status_code) == ("done", 302)  # the same click twice
    client.post(address, {"action": "take_up", "version": point.version})
    assert play.fresh(point).state == "planned"


def test_who_only_reads_sees_the_hours_and_no_button(client, year):
    item(year)
    client.force_login(year.instructor)
    shown = client.get(reverse("committee-agenda", args=[year.cycle.committees.get().uuid])).content.decode()
    assert "Tour de table" in shown
    assert "<form" not in shown.partition("<main")[2]
