"""The dossiers to read, as a PDF: what another program reads in it, for whom, and at what cost."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cases import models as cases
from cases import seat_links
from tests import year as play
from tests.cases import reported
from workflow import engine
from workflow.models import Cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


def read_by(client, user, path=None) -> str:
    client.force_login(user)
    return words_of(client.get(path or reverse("opinions-pack")))


def words_of(answer) -> str:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_holds_what_the_sheet_shows(client, year):
    dossier = play.in_review(year, title="Atelier vélo")
    line = dossier.lines.get(envelope=year.envelopes["etat"])
    engine.amend(
        line, {"team_proposal": Decimal(800), "previous": Decimal(650)}, by=year.instructor, at=play.REVIEWING
    )
    engine.amend(
        dossier.instruction, {"summary": "Ancrée au pied des tours."}, by=year.instructor, at=play.REVIEWING
    )
    cases.Dossier.objects.filter(pk=dossier.pk).update(dauphin_reference="DAU-2027-0012")
    said = read_by(client, year.financiers["etat"])
    expected = (
        "Atelier vélo", str(year.holder_organisation), "DAU-2027-0012", "Proposé par l’équipe 800 €",
        "Accordé l’an passé 650 €", "Ancrée au pied des tours.", "Réparer ensemble.",
        "Un avis ne vaut pas décision de financement.",
    )  # fmt: skip
    assert [one for one in expected if one not in said] == []


def test_what_people_typed_is_text_and_never_markup(client, year):
    play.in_review(year, title="#panic() *gras* $x$ [crochet] \\ @nom")
    assert "#panic() *gras* $x$ [crochet] \\ @nom" in read_by(client, year.financiers["etat"])


def test_last_year_s_report_stands_beside_the_same_action_renewed(client, year):
    before = play.a_year("essai_2026", financiers=1)
    Cycle.objects.filter(pk=before.cycle.pk).update(year=2026)
    play.share_seat(year, before)
    told = play.reporting(before, title="Atelier vélo")
    report = cases.Report.objects.get(dossier=told)
    reported.sent(before, report, text="Douze séances au pied des tours.", spent=Decimal(99_480))
    now = play.in_review(year, title="Atelier vélo")
    cases.Dossier.objects.filter(pk=now.pk).update(project=told.project)
    said = read_by(client, year.financiers["etat"])
    expected = ("Bilan final · 2026", "Personnes touchées : 40.", "Dépensé : 99 480 €.", "Douze séances")
    assert [one for one in expected if one not in said] == []
    assert "Douze séances" not in read_by(client, year.financiers["agglo"])


def test_another_seat_s_dossiers_are_not_in_it(client, year):
    other = play.a_year("ailleurs_2027")
    play.in_review(other, title="Jardin d’ailleurs")
    said = read_by(client, year.financiers["etat"])
    assert "Aucun avis ne vous est demandé aujourd’hui." in said
    assert "Jardin d’ailleurs" not in said


def test_a_link_opens_the_same_pack(client, year):
    dossier = play.in_review(year, title="Atelier vélo")
    path = seat_links.path_for(year.financiers["etat"], dossier, play.REVIEWING)
    client.logout()
    assert "Atelier vélo" in words_of(client.get(f"/{'/'.join(path.split('/')[1:3])}/dossiers.pdf"))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_pack_costs_the_same_for_one_dossier_and_for_three(client, year, django_assert_num_queries, rows):
    for rank in range(rows):
        play.in_review(year, title=f"Action {rank}")
    client.force_login(year.financiers["etat"])
    with django_assert_num_queries(9):
        client.get(reverse("opinions-pack"))
