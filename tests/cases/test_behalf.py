"""The team files for a holder: the same draft and guards; who engages is recorded, the journal says who did it."""

import pytest
from django.urls import reverse

from cases.models import Document, Dossier, FundingLine
from cases.states import DossierState
from tests import year as play
from workflow import engine
from workflow.models import Entry, Organisation
from workflow.roles import Role

pytestmark = pytest.mark.django_db

SIRET = "73282932000074"


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


def begin(client, year, user=None, **typed):
    client.force_login(user or year.instructor)
    facts = {"cycle": year.cycle.pk, "organisation": "new", "name": "Les Mains vertes", "title": "Jardin"}
    return client.post(reverse("behalf"), facts | typed)


def engage(client, year, dossier, **typed):
    client.force_login(year.instructor)
    facts = {
        "version": dossier.version,
        "commitment_by": "Mme Lenoir, présidente",
        "commitment_source": "formulaire papier signé et numérisé",
        "confirmed_on": "2026-10-19",
    }
    return client.post(reverse("behalf-commitment", args=[dossier.uuid]), facts | typed)


def test_the_team_begins_engages_and_files_for_a_new_holder(client, year):
    begin(client, year, siret=SIRET, kind="association")
    dossier = Dossier.objects.get()
    assert (dossier.organisation.name, dossier.organisation.siret) == ("Les Mains vertes", SIRET)
    assert engage(client, year, dossier).status_code == 302
    dossier = play.fresh(dossier)
    assert dossier.commitment_source == "formulaire papier signé et numérisé"
    envelope = year.envelopes["etat"]
    line = FundingLine(
        dossier=dossier, envelope=envelope, cycle=year.cycle, organisation=dossier.organisation,
        seat=envelope.financier.organisation, requested=1000,
    )  # fmt: skip
    engine.open_many([line], by=year.instructor, at=play.WRITING)
    changes = {"answers": {"resume": "Planter."}, "total_cost": 5000}
    engine.amend(dossier, changes, by=year.instructor, at=play.WRITING)
    Document.objects.create(dossier=dossier, code="budget", name="budget.pdf", at=play.WRITING)
    engine.fire(play.fresh(dossier), "submit", by=year.instructor, at=play.WRITING)
    assert play.fresh(dossier).state == DossierState.SUBMITTED
    filed = Entry.objects.get(subject_label="cases.dossier", subject_id=dossier.pk, move="submit")
    assert filed.actor == year.instructor


def test_whoever_is_invited_later_finds_it_among_their_requests(client, year):
    begin(client, year)
    dossier = Dossier.objects.get()
    late = play.person("presidente", Role.HOLDER, None, dossier.organisation)
    client.force_login(late)
    assert reverse("dossier-detail", args=[dossier.uuid]) in client.get(reverse("todo")).content.decode()


def test_a_siret_that_is_known_never_makes_a_second_organisation(client, year):
    known = Organisation.objects.create(name="Déjà connue", siret=SIRET)
    begin(client, year, siret="732 829 320 00074")
    assert Dossier.objects.get().organisation == known


@pytest.mark.parametrize(
    "typed, said",
    [
        ({"siret": "73282932000075"}, "ce SIRET est faux"),
        ({"siret": "123"}, "écrivez les 14 chiffres"),
        ({"name": ""}, "écrivez le nom de l’organisation"),
        ({"title": ""}, "répondez à cette question"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, year, typed, said):
    response = begin(client, year, **typed)
    assert response.status_code == 422
    assert said.lower() in response.content.decode().lower()
    assert response.context["form"]["title"].value() == typed.get("title", "Jardin")
    assert Dossier.objects.count() == 0


def test_an_engagement_is_never_dated_ahead(client, year):
    dossier = play.a_draft(year)
    assert engage(client, year, dossier, confirmed_on="2026-12-25").status_code == 422


def test_a_stale_engagement_is_refused_and_says_what_changed(client, year):
    dossier = play.a_draft(year)
    engage(client, year, dossier)
    response = engage(client, year, dossier, commitment_by="M. Autre")
    assert response.status_code == 409
    assert response.context["form"]["commitment_by"].value() == "M. Autre"


def test_only_the_team_files_for_others_and_only_in_its_own_calls(client, year):
    elsewhere = play.a_year("ailleurs")
    assert begin(client, year, user=year.holder).status_code == 404
    assert begin(client, year, user=elsewhere.instructor).status_code == 422
    dossier = play.submitted(year)
    assert engage(client, year, dossier).status_code == 404
