"""The page of open data: what is missing before anything leaves, one question, one file."""

from datetime import date

import pytest
from django.urls import reverse

from cases import models as cases
from tests import scdl
from tests import year as play
from tests.cases.test_open_data import HOLDER, STATE, whole
from tests.pages import form_with
from workflow.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REPORTING)
    year = play.a_year()
    Organisation.objects.filter(pk=year.envelopes["etat"].financier.organisation_id).update(siret=STATE)
    return year


@pytest.fixture
def coordinator(client, year):
    client.force_login(year.coordinator)
    return client


def page(client, year):
    return client.get(reverse("open-data", args=[year.cycle.code]))


def file_url(year, giver="etat"):
    return reverse("open-data-file", args=[year.cycle.code, giver])


def line_url(year, line):
    return reverse("open-data-line", args=[year.cycle.code, line.uuid])


def test_an_empty_year_says_so(coordinator, year):
    assert "Aucune subvention n’est encore notifiée" in page(coordinator, year).content.decode()


def test_the_file_leaves_once_its_question_is_answered(coordinator, year):
    whole(year)
    asked = coordinator.get(file_url(year))
    assert (asked.status_code, "répondez avant de télécharger" in asked.content.decode()) == (422, True)
    file = coordinator.get(file_url(year), {"notified": "non"})
    assert file["Content-Disposition"] == f'attachment; filename="subventions-{STATE}-2027.csv"'
    assert (scdl.faults(file.content), len(scdl.rows(file.content))) == ([], 1)


def test_nothing_ready_leaves_nothing(coordinator, year):
    play.answered(year)
    assert coordinator.get(file_url(year), {"notified": "non"}).status_code == 422


def test_what_is_missing_is_written_where_the_page_leads(coordinator, year):
    line = play.answered(year).lines.order_by("pk").first()
    shown = page(coordinator, year).content.decode()
    assert line_url(year, line) in shown
    assert "la date de la convention ou de l’arrêté" in shown
    form = form_with(coordinator.get(line_url(year, line)), "act_on")
    sent = {**form.fields, "act_on": "2027-04-28", "siret": HOLDER, "kind": "association"}
    assert coordinator.post(line_url(year, line), sent).status_code == 302
    assert play.fresh(line).act_on == date(2027, 4, 28)
    assert play.fresh(year.holder_organisation).siret == HOLDER


@pytest.mark.parametrize(
    "typed, told",
    [
        ({"siret": "12345678901234"}, "ce SIRET est faux"),
        ({"act_on": "2031-01-01"}, "cette date est à venir"),
        ({"kind": "martien"}, "n’en fait pas partie"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(coordinator, year, typed, told):
    line = play.answered(year).lines.order_by("pk").first()
    form = form_with(coordinator.get(line_url(year, line)), "act_on")
    answer = coordinator.post(line_url(year, line), {**form.fields, **typed})
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert play.fresh(line).version == line.version


def test_a_line_of_another_year_is_not_there(coordinator, year):
    other = play.a_year("ailleurs_2027")
    line = play.answered(other).lines.order_by("pk").first()
    assert coordinator.get(line_url(year, line)).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(coordinator, year, django_assert_num_queries, many):
    for _ in range(many):
        whole(year) if not cases.Payment.objects.exists() else play.answered(year)
    with django_assert_num_queries(7):
        page(coordinator, year)
