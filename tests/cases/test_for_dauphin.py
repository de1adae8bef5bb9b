"""A request that is prepared here: its answers in Dauphin's order, each ready to be copied, with or without scripts."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.for_dauphin import Section, steps_of
from cases.models import FundingLine, Neighbourhood, Question
from tests import year as play
from workflow import engine
from workflow.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year(filing="prepared", financiers=1)


def url(dossier):
    return reverse("for-dauphin", args=[dossier.uuid])


def told(dossier) -> dict[str, list[tuple[str, str]]]:
    dossier = type(dossier).objects.for_pages().get(pk=dossier.pk)
    questions = Question.objects.filter(version=dossier.rules).order_by("pk")
    steps = steps_of(dossier, questions, FundingLine.objects.on_dossier(dossier))
    return {step.section: [tuple(one) for one in step.answers] for step in steps}


def test_the_answers_stand_in_the_order_of_its_form(year):
    Organisation.objects.filter(pk=year.holder_organisation.pk).update(siret="77561279900228")
    draft = play.a_draft(year, title="Vélo", requested=1500)
    quarter = Neighbourhood.objects.create(contract=year.cycle.contract, code="QN05109M", name="Le Hamois")
    changes = {
        "public": "Habitants",
        "public_count": 40,
        "starts_on": date(2027, 1, 5),
        "total_cost": Decimal("2500.50"),
        "budget": {"60": "1000.50", "64": "1500", "70": "1000.50"},
        "neighbourhoods": [quarter.pk],
    }
    engine.amend(draft, changes, by=year.holder, at=play.WRITING)
    found = told(draft)
    assert list(found) == list(Section)
    assert found[Section.HOLDER] == [
        ("Nom", "Les Tisseurs de liens essai_2027"),
        ("Numéro SIRET", "77561279900228"),
    ]
    assert found[Section.ACTION] == [
        ("Intitulé", "Vélo"),
        ("Résumé", "Réparer ensemble."),
        ("Bénéficiaires", "Habitants"),
        ("Nombre de bénéficiaires", "40"),
        ("Territoire (quartiers)", "Le Hamois (QN05109M)"),
        ("Date de début", "05/01/2027"),
        ("Date de fin", ""),
    ]
    assert found[Section.BUDGET] == [
        ("60 · Achats", "1000,50"),
        ("64 · Charges de personnel", "1500"),
        ("70 · Ventes et prestations", "1000,50"),
        ("Total du budget", "2500,50"),
    ]
    assert found[Section.MONEY] == [("Etat essai_2027 · etat", "1500")]


def test_each_answer_can_be_selected_without_a_script_and_is_harmless(client, year):
    draft = play.a_draft(year, title="<script>alert(1)</script>")
    client.force_login(year.holder)
    page = client.get(url(draft)).content.decode()
    assert "<script>alert(1)" not in page
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;" readonly' in page
    assert page.count("readonly") == page.count("data-copy=")
    assert page.count("data-needs-script hidden>Copier") == page.count("data-copy=")


def test_it_is_found_from_the_request(client, year):
    draft = play.a_draft(year)
    client.force_login(year.holder)
    assert url(draft) in client.get(reverse("dossier-request", args=[draft.uuid])).content.decode()


@pytest.mark.parametrize("filing", ["here", "dauphin"])
def test_where_nothing_is_to_be_copied_there_is_no_such_page(client, filing, on_day):
    on_day(play.WRITING)
    year = play.a_year(filing=filing)
    draft = play.a_draft(year)
    client.force_login(year.holder)
    assert client.get(url(draft)).status_code == 404


def test_only_those_who_write_the_request_read_it_there(client, year):
    draft = play.a_draft(year)
    readers = {"holder": year.holder, "team": year.instructor, "financier": year.financiers["etat"]}
    readers["committee"] = play.person("comite", "committee", year.cycle)
    answers = {}
    for name, user in readers.items():
        client.force_login(user)
        answers[name] = client.get(url(draft)).status_code
    assert answers == {"holder": 200, "team": 200, "financier": 404, "committee": 404}
