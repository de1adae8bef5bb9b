"""The elected members' pack: agenda, dossiers in short, money; never a draft, a mark or a comment."""

import pytest
from django.urls import reverse

from cases import attendance
from cases.models import Attendee, Committee
from cases.packs import pack
from tests import year as play
from tests.cases.reached import attendee, item
from workflow import engine
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


@pytest.fixture
def elected(year):
    return play.person("elue", Role.ELECTED, year.cycle)


def committee_of(year) -> Committee:
    return year.cycle.committees.select_related("cycle").order_by("on", "pk")[0]


def read(client, user, committee):
    client.force_login(user)
    return client.get(reverse("committee-pack", args=[committee.uuid]))


def test_an_elected_member_reads_agenda_summaries_and_money(client, year, elected):
    dossier = play.in_committee(year)
    engine.amend(dossier.instruction, {"summary": "Une action suivie."}, by=year.instructor, at=play.SITTING)
    item(year, "Le point sur le jardin", dossiers=[dossier.pk])
    attendee(year, goals="Des réponses en avril.")
    shown = read(client, elected, committee_of(year)).content.decode()
    for words in ("Le point sur le jardin", "Une action suivie.", "Des réponses en avril.", "Il reste 10"):
        assert words in shown


def test_never_a_draft_a_mark_nor_why_a_financier_thinks_so(client, year, elected):
    play.in_committee(year, title="Atelier vélo")
    draft = play.a_draft(year, title="Un brouillon secret")
    early = play.in_instruction(year, title="Pas encore lu")
    item(year, "Divers", dossiers=[draft.pk, early.pk])
    response = read(client, elected, committee_of(year))
    shown = response.content.decode()
    assert [one.dossier.title for one in response.context["pack"].leaves] == ["Atelier vélo"]
    for hidden in ("Un brouillon secret", "Pas encore lu", "Utile au quartier.", "Présence", "Grille"):
        assert hidden not in shown


def test_an_elected_member_reads_packs_and_nothing_else(client, year, elected):
    dossier = play.in_committee(year)
    client.force_login(elected)
    assert client.get("/").url == reverse("pack-list")
    assert "Comité des financeurs" in client.get(reverse("pack-list")).content.decode()
    for name, key in (("dossier-detail", dossier.uuid), ("committee-detail", committee_of(year).uuid)):
        assert client.get(reverse(name, args=[key])).status_code == 404
    assert "<form" not in read(client, elected, committee_of(year)).content.decode().partition("<main")[2]


def test_a_pack_of_another_call_is_not_there(client, year, elected):
    assert read(client, elected, committee_of(play.a_year("autre_2027"))).status_code == 404


def test_elected_members_are_invited_with_the_others(year, elected):
    attendance.invite(committee_of(year), by=year.coordinator, at=play.SITTING)
    assert Attendee.objects.get(name=str(elected)).quality == "Élu"


@pytest.mark.parametrize("count", [1, 3])
def test_a_pack_costs_the_same_for_one_dossier_and_for_three(year, count, django_assert_num_queries):
    for rank in range(count):
        item(year, f"Point {rank}", dossiers=[play.in_committee(year, title=f"Action {rank}").pk])
    committee = committee_of(year)
    with django_assert_num_queries(10):
        assert len(pack(committee).leaves) == count
