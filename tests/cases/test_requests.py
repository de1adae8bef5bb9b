"""Beginning a request, reading it over, filing it."""

import re

import pytest
from django.urls import reverse

from cases.models import Dossier, Neighbourhood, Orientation
from tests import year as play
from tests.cases import reached
from tests.cases.written import written
from tests.cycles import VITRY
from workflow import engine, loading
from workflow.models import Grant, Organisation
from workflow.roles import Role

pytestmark = pytest.mark.django_db

ENGAGED = {"commitment_by": "Awa Diallo", "commitment": "on"}


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


@pytest.fixture
def dossier(client, year):
    client.force_login(year.holder)
    return play.a_draft(year)


def path_of(dossier) -> str:
    return reverse("dossier-request", args=[dossier.uuid])


def file(client, dossier, **more):
    return client.post(path_of(dossier), {"version": play.fresh(dossier).version, **ENGAGED, **more})


# Beginning -----------------------------------------------------------------------------------------------------------


def test_a_request_begins_with_its_name_and_leads_to_its_first_topic(client, year):
    client.force_login(year.holder)
    begin = reverse("begin", args=[year.cycle.code])
    assert list(client.get(begin).context["form"].fields) == ["title"]
    response = client.post(begin, {"title": "Jardin"})
    begun = Dossier.objects.get()
    assert begun.organisation == year.holder_organisation
    assert response.url == reverse("dossier-topic", args=[begun.uuid, "essentiel"])


def test_who_writes_for_two_organisations_says_for_which(client, year):
    second = Organisation.objects.create(name="Le Fil")
    Grant.objects.create(user=year.holder, role=Role.HOLDER, organisation=second)
    client.force_login(year.holder)
    begin = reverse("begin", args=[year.cycle.code])
    assert list(client.get(begin).context["form"].fields) == ["organisation", "title"]
    client.post(begin, {"organisation": second.pk, "title": "Jardin"})
    assert Dossier.objects.get().organisation == second


def test_an_action_of_another_year_is_offered_to_be_continued(client, year):
    earlier = play.a_draft(play.a_year("avant_2026"))
    earlier.project.organisation = year.holder_organisation
    earlier.project.save()
    client.force_login(year.holder)
    facts = {"organisation": year.holder_organisation.pk, "title": "Vélo", "project": earlier.project.pk}
    client.post(reverse("begin", args=[year.cycle.code]), facts)
    begun = Dossier.objects.get(cycle=year.cycle)
    assert (begun.project, begun.renewal) == (earlier.project, True)


# Reading over and filing ---------------------------------------------------------------------------------------------


def test_everything_is_read_over_on_one_page_with_a_way_to_each_topic(client, dossier):
    page = client.get(path_of(dossier)).content.decode()
    assert "Réparer ensemble." in page
    topics = ("essentiel", "l-action", "budget", "pieces")
    assert [reverse("dossier-topic", args=[dossier.uuid, one]) in page for one in topics] == [True] * 4
    assert "budget.pdf" in page


def test_filing_takes_the_engagement_and_leads_to_the_receipt(client, dossier):
    response = file(client, dossier)
    assert response.url == reverse("dossier-receipt", args=[dossier.uuid])
    filed = play.fresh(dossier)
    assert (filed.state, filed.commitment_by, filed.commitment_at) == (
        "submitted",
        "Awa Diallo",
        play.WRITING,
    )


def test_without_engagement_nothing_is_filed(client, dossier):
    response = file(client, dossier, commitment="")
    assert (response.status_code, play.fresh(dossier).state) == (422, "draft")
    assert "cochez cette case pour confirmer l’engagement." in response.content.decode()


def test_all_that_is_missing_is_said_at_once_with_the_way_to_each(client, dossier):
    dossier.documents.all().delete()
    written(client, dossier, "l-action", {"answer-resume": ""})
    response = file(client, dossier)
    page, topic = response.content.decode(), reverse("dossier-request", args=[dossier.uuid])
    assert response.status_code == 422
    assert (
        f'<a href="{topic}l-action/#id_answer-resume">Il manque une réponse\u00a0: «\u00a0Résumé\u00a0».</a>'
        in page
    )
    assert (
        f'<a href="{topic}pieces/#piece-budget">Il manque une pièce\u00a0: «\u00a0Budget signé\u00a0».</a>'
        in page
    )


def test_a_priority_and_a_quarter_are_named_where_the_call_has_any(client, year, dossier):
    priority = Orientation.objects.create(cycle=year.cycle, code="emploi", label="Emploi")
    quarter = Neighbourhood.objects.create(code="QN05109M", name="Le Hamois", contract=year.cycle.contract)
    page, topic = file(client, dossier).content.decode(), reverse("dossier-request", args=[dossier.uuid])
    assert f'<a href="{topic}essentiel/#id_orientation">Choisissez la priorité de l’appel' in page
    assert f'<a href="{topic}essentiel/#id_neighbourhoods_0">Cochez au moins un quartier' in page
    written(client, dossier, "essentiel", {"orientation": priority.pk, "neighbourhoods": [quarter.pk]})
    file(client, dossier)
    assert play.fresh(dossier).state == "submitted"


def test_a_call_without_priorities_nor_quarters_asks_for_none(client, dossier):
    fields = client.get(f"{path_of(dossier)}essentiel/").context["form"].fields
    assert {"orientation", "neighbourhoods"} & set(fields) == set()


def test_what_is_not_begun_is_counted_by_theme_until_one_tries_to_file(client, year, monkeypatch):
    vitry = loading.load(VITRY, at=play.BEFORE)
    client.force_login(year.holder)
    begun = client.post(reverse("begin", args=[vitry.code]), {"title": "Jardin"})
    path = begun.url.removesuffix("essentiel/")
    missing = [*re.findall(r'<li><a href="/[^"]*">(.*?)</a></li>', section(client.get(path), "manque"))]
    assert missing == [
        "L’essentiel : il manque 2\u00a0réponses",
        "Votre action : il manque 3\u00a0réponses",
        "Les habitants : il manque 3\u00a0réponses",
        "Où, et avec qui : il manque 3\u00a0réponses",
        "Indiquez au moins un financeur et le montant demandé.",
        "Les pièces : il manque 2\u00a0pièces",
    ]
    tried = client.post(path, {"version": 1, **ENGAGED})
    assert section(tried, "manque").count("<li>") == 14


def test_a_request_that_is_all_written_is_one_tap_from_filing(client, dossier):
    page = client.get(path_of(dossier)).content.decode()
    assert ("Tout est écrit. Relisez, puis déposez." in page, 'id="manque"' in page) == (True, False)


def section(response, title: str) -> str:
    """What stands under that heading."""
    return response.content.decode().partition(f'id="{title}"')[2].partition("</section>")[0]


def test_after_the_deadline_the_page_says_so(client, year, dossier, on_day):
    on_day(play.READING)
    client.force_login(year.holder)
    response = file(client, dossier)
    assert response.status_code == 422
    assert response.content.decode().count("Depot\u00a0: c’est clos") == 1


def test_what_changed_while_one_read_it_over_is_not_filed(client, dossier):
    version = dossier.version
    written(client, dossier, "essentiel", {"title": "Autre nom"})
    response = client.post(path_of(dossier), {"version": version, **ENGAGED})
    page = response.content.decode()
    assert (response.status_code, play.fresh(dossier).state) == (409, "draft")
    assert "Autre nom" in page
    assert 'value="Awa Diallo"' in page
    again = response.context["form"]["version"].value()
    assert client.post(path_of(dossier), {"version": again, **ENGAGED}).status_code == 302


def test_a_second_tap_finds_the_request_filed_already(client, dossier):
    sent = {"version": dossier.version, **ENGAGED}
    first, second = client.post(path_of(dossier), sent), client.post(path_of(dossier), sent)
    assert (first.url, first.status_code) == (second.url, second.status_code)
    assert dossier.filings.count() == 1


def test_each_filing_keeps_the_dates_the_quarters_and_the_budget(client, year, dossier):
    quarter = year.cycle.contract.neighbourhoods.create(code="QN05109M", name="Le Hamois")
    written(client, dossier, "essentiel", {"starts_on": "2027-03-01", "neighbourhoods": [quarter.pk]})
    written(client, dossier, "budget", {"account-60": "2 000"})
    file(client, dossier)
    kept = dossier.filings.get().content
    assert (kept["starts_on"], kept["neighbourhoods"], kept["budget"]) == (
        "2027-03-01",
        ["QN05109M"],
        {"60": "2000.00"},
    )


def test_where_the_request_is_filed_in_dauphin_its_number_is_asked_instead(client, on_day):
    on_day(play.WRITING)
    year = play.a_year(filing="prepared")
    dossier = play.a_draft(year)
    client.force_login(year.holder)
    assert "commitment" not in client.get(path_of(dossier)).context["form"].fields
    file(client, dossier, dauphin_reference="REP-00012")
    filed = play.fresh(dossier)
    assert (filed.state, filed.dauphin_reference) == ("submitted", "REP-00012")


# Others --------------------------------------------------------------------------------------------------------------


def test_a_reader_reads_and_is_offered_nothing(client, year):
    dossier = play.submitted(year)
    client.force_login(year.instructor)
    page = client.get(path_of(dossier)).content.decode()
    assert "Réparer ensemble." in page
    assert ("Modifier" in page, "Déposer ma demande" in page) == (False, False)


def test_what_is_changed_in_a_request_to_complete_stands_in_the_journal(client, year):
    dossier = reached.incomplete(year)
    quarter = year.cycle.contract.neighbourhoods.create(code="QN05109M", name="Le Hamois")
    priority = year.cycle.orientations.create(code="emploi", label="Emploi")
    client.force_login(year.holder)
    written(client, dossier, "essentiel", {"neighbourhoods": [quarter.pk], "orientation": priority.pk})
    page = client.get(reverse("dossier-detail", args=[dossier.uuid])).content.decode()
    told = [name for name in ("orientation", "quartiers") if name in page.partition("A modifié : ")[2][:60]]
    assert told == ["orientation", "quartiers"]
    assert engine.refusals(play.fresh(dossier), "complete", by=year.holder, at=play.WRITING) != ()


@pytest.mark.parametrize("financiers", [1, 3])
@pytest.mark.parametrize("reader,cost", [("holder", 19), ("instructor", 10)])
def test_the_whole_request_costs_the_same_for_one_financier_and_for_three(
    client, on_day, django_assert_num_queries, financiers, reader, cost
):
    on_day(play.WRITING)
    year = play.a_year(financiers=financiers)
    dossier = play.a_draft(year) if reader == "holder" else play.submitted(year)
    client.force_login(getattr(year, reader))
    with django_assert_num_queries(cost):
        client.get(path_of(dossier))
