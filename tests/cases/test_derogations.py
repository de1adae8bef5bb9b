"""A window that is shut opens for one dossier, until one evening, by the coordinator's word."""

import pytest
from django.urls import reverse

from cases.states import DossierState
from tests import year as play
from workflow import engine
from workflow.models import Derogation, Entry
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db

AFTER = play.day("2026-11-20")


@pytest.fixture
def year(on_day):
    on_day(AFTER)
    return play.a_year()


def ask(client, user, dossier, **typed):
    client.force_login(user)
    facts = {"move": "submit", "until": "2026-11-25", "reason": "Hospitalisation de la présidente."}
    return client.post(reverse("derogation", args=[dossier.uuid]), facts | typed)


def test_it_opens_the_window_for_this_dossier_alone(client, year):
    dossier, other = play.a_draft(year), play.a_draft(year, title="Autre")
    assert ask(client, year.coordinator, dossier).status_code == 302
    engine.fire(dossier, "submit", by=year.holder, at=AFTER)
    assert play.fresh(dossier).state == DossierState.SUBMITTED
    with pytest.raises(Refused) as refused:
        engine.fire(other, "submit", by=year.holder, at=AFTER)
    assert refused.value.codes == ["window_closed"]


def test_it_is_in_the_journal_with_its_reason_and_on_the_page(client, year):
    dossier = play.a_draft(year)
    ask(client, year.coordinator, dossier)
    entry = Entry.objects.get(subject_label="workflow.derogation")
    assert (entry.actor, [one.text for one in entry.prose.all()]) == (
        year.coordinator,
        ["Hospitalisation de la présidente."],
    )
    page = client.get(reverse("derogation", args=[dossier.uuid]))
    assert "Hospitalisation de la présidente." in page.content.decode()


@pytest.mark.parametrize(
    "typed, said",
    [
        ({"until": "2026-11-19"}, "cette date est passée"),
        ({"reason": ""}, "répondez à cette question"),
        ({"move": "admit"}, "sélectionnez un choix valide"),
    ],
)
def test_what_is_wrong_is_said_and_opens_nothing(client, year, typed, said):
    response = ask(client, year.coordinator, play.a_draft(year), **typed)
    assert response.status_code == 422
    assert said in response.content.decode().lower()
    assert Derogation.objects.count() == 0


def test_where_nothing_is_shut_there_is_nothing_to_open(client, year, on_day):
    on_day(play.WRITING)
    dossier = play.a_draft(year)
    client.force_login(year.coordinator)
    page = client.get(reverse("derogation", args=[dossier.uuid]))
    assert dict(page.context["gates"]) == {}


def test_the_coordinator_alone_finds_this_page(client, year):
    dossier = play.a_draft(year)
    for user in (year.instructor, year.holder, play.a_year("ailleurs").coordinator):
        assert ask(client, user, dossier).status_code == 404
    assert Derogation.objects.count() == 0


def test_the_page_of_the_dossier_leads_the_coordinator_there_where_a_date_is_shut(client, year):
    dossier, found = play.a_draft(year), {}
    for user in (year.coordinator, year.instructor, year.holder):
        client.force_login(user)
        page = client.get(reverse("dossier-detail", args=[dossier.uuid])).content.decode()
        found[user] = reverse("derogation", args=[dossier.uuid]) in page
    assert found == {year.coordinator: True, year.instructor: False, year.holder: False}
