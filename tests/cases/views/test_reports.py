"""A report on its screens: saved as one types, sent whole, read by the team beside what was planned."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Dossier, Report
from tests import year as play
from tests.cases import reported
from tests.cases.written import AUTOSAVE
from tests.firing import fired

pytestmark = pytest.mark.django_db
BUDGET = {"60": "60000", "64": "38000", "70": "0.00", "86": "100", "87": "100"}
"""98 000 € of charges, of which 2 000 € are asked: 96 000 € of own products are missing."""
PLANNED = BUDGET | {"75": "96000"}


@pytest.fixture
def year(on_day):
    on_day(play.REPORTING)
    return play.a_year()


@pytest.fixture
def due(year, client):
    """A report to write, its request's budget known by account, its holder signed in."""
    dossier = play.reporting(year)
    Dossier.objects.filter(pk=dossier.pk).update(budget=PLANNED, total_cost=98_000)
    client.force_login(year.holder)
    return Report.objects.get(dossier=dossier)


def topic(report, slug: str) -> str:
    name = "report-topic" if report.is_final else "interim-topic"
    return reverse(name, args=[report.dossier.uuid, slug])


def overview(report) -> str:
    return reverse("dossier-report", args=[report.dossier.uuid])


def opened(client, report, slug: str) -> dict:
    form = client.get(topic(report, slug)).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value is not None}


def typed(client, report, slug: str, changed: dict, **options):
    return client.post(topic(report, slug), opened(client, report, slug) | changed, **options)


def test_each_topic_leads_to_the_next_and_the_last_to_the_whole(client, due):
    slugs = ["action", "public", "comptes", "ecarts", "suite"]
    left = [typed(client, due, slug, {}).url for slug in slugs]
    assert left == [*(topic(due, slug) for slug in slugs[1:]), overview(due)]


def test_what_is_typed_is_saved_with_its_hour_and_live_totals(client, due):
    typed(client, due, "comptes", {"account-75": "96 000 €"})
    answer = typed(client, due, "comptes", {"account-60": "60\u202f000,00 €"}, **AUTOSAVE)
    page = answer.content.decode()
    assert "Enregistré à 10&nbsp;h&nbsp;00" in page
    assert "Charges&nbsp;: 60\u202f000\u202f€ · Produits&nbsp;: 96\u202f500\u202f€." in page
    kept = play.fresh(due)
    assert (kept.realised, kept.spent) == ({"75": "96000.00", "60": "60000.00"}, Decimal(60_000))


@pytest.mark.parametrize("wrong", ["NaN", "-5", "1e400", "abc", "12,345"])
def test_what_is_no_amount_is_said_and_keeps_the_rest(client, due, wrong):
    answer = typed(client, due, "comptes", {"account-60": wrong, "account-64": "38000"})
    assert answer.status_code == 422
    assert play.fresh(due).realised == {"64": "38000.00"}
    assert "écrivez un montant en euros" in answer.content.decode()


def test_two_people_in_one_field_are_told_of_each_other(client, due):
    shown = opened(client, due, "action")
    typed(client, due, "action", {"text": "Le premier."})
    answer = client.post(topic(due, "action"), shown | {"text": "Le second."})
    assert (answer.status_code, play.fresh(due).text) == (409, "Le premier.")
    assert "Le premier." in answer.content.decode()


def test_a_gap_asks_its_question_and_a_small_one_does_not(client, due):
    typed(client, due, "comptes", {"account-60": "70000", "account-64": "36000", "account-75": "96000"})
    page = client.get(topic(due, "ecarts"))
    assert page.context["form"].asked == ["why-60", "why-86", "why-87"]
    assert "10\u202f000\u202f€ de plus (17\u202f%)" in page.content.decode()
    typed(client, due, "ecarts", {"why-60": "Le bois a augmenté."})
    assert play.fresh(due).explained == {"60": "Le bois a augmenté."}


def whole(client, due):
    typed(client, due, "action", {"text": "Douze ateliers.", "difficulties": "Rien."})
    typed(client, due, "public", {"people": "40", "people_qpv": "31"})
    typed(client, due, "suite", {"onward": "Oui."})
    accounts = {"account-60": "60000", "account-64": "36500", "account-75": "96000"}
    typed(client, due, "comptes", accounts | {"account-86": "100", "account-87": "100"})


def send(client, due, **changed):
    facts = {"version": play.fresh(due).version, "certified_by": "Présidente", "certified": "on", "send": "1"}
    return client.post(overview(due), facts | changed)


def test_a_whole_report_is_sent_with_its_confirmation(client, due):
    whole(client, due)
    assert send(client, due).status_code == 302
    sent = play.fresh(due)
    assert (sent.state, sent.certified_by, sent.certified_at) == ("filed", "Présidente", play.REPORTING)
    assert client.get(topic(due, "action")).url == overview(due)
    assert client.post(topic(due, "action"), {}).status_code == 403


def test_all_that_is_missing_is_said_at_once_with_the_way_there(client, due):
    page = client.get(overview(due)).content.decode()
    for sentence in (
        "Racontez ce qui a été fait.",
        "Indiquez combien de personnes",
        "Remplissez les charges",
    ):
        assert sentence in page
    assert f"{topic(due, 'action')}#id_text" in page
    answer = send(client, due)
    assert (answer.status_code, play.fresh(due).state) == (422, "draft")
    assert 'role="alert"' in answer.content.decode()


def test_nobody_sends_without_the_confirmation(client, due):
    whole(client, due)
    facts = {"version": play.fresh(due).version, "certified_by": "Présidente", "send": "1"}
    assert client.post(overview(due), facts).status_code == 422
    assert play.fresh(due).state == "draft"


def test_an_older_page_sends_nothing(client, due):
    whole(client, due)
    old = play.fresh(due).version
    typed(client, due, "suite", {"onward": "Oui, autrement."})
    assert (send(client, due, version=old).status_code, play.fresh(due).state) == (409, "draft")


def test_the_same_click_twice_sends_once(client, due):
    whole(client, due)
    facts = {"version": play.fresh(due).version, "certified_by": "Présidente", "certified": "on"}
    assert [client.post(overview(due), facts).status_code for _ in range(2)] == [302, 302]
    assert play.fresh(due).state == "filed"


def test_a_paper_is_joined_and_a_wrong_one_is_said(client, due):
    pdf = SimpleUploadedFile("photos.pdf", b"%PDF-1.4 essai")
    assert client.post(overview(due), {"join": "1", "file": pdf}).status_code == 302
    assert "photos.pdf" in client.get(overview(due)).content.decode()
    wrong = SimpleUploadedFile("bilan.exe", b"MZ")
    assert client.post(overview(due), {"join": "1", "file": wrong}).status_code == 422
    assert client.post(overview(due), {"join": "1"}).status_code == 422


def test_the_team_reads_planned_and_realised_side_by_side(client, due, year):
    whole(client, due)
    send(client, due)
    client.force_login(year.instructor)
    page = client.get(overview(due)).content.decode()
    for words in (
        "Prévu et réalisé, compte par compte",
        "38\u202f000\u202f€",
        "36\u202f500\u202f€",
        "Accepter le bilan",
    ):
        assert words in page
    assert "accordé ainsi" in page


def test_points_to_correct_are_a_screen_of_their_own(client, year):
    back = fired(
        reported.filed(year),
        "ask_correction",
        year.instructor,
        play.REPORTING,
        items=["Le nombre ?", "Une facture ?"],
    )
    client.force_login(year.holder)
    page = client.get(overview(back)).content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    assert "Répondez à l’équipe : « Le nombre ? »" in page
    typed(client, back, "corrections", {"reply-0": "31 personnes.", "reply-1": "Elle est jointe."})
    assert send(client, back).status_code == 302
    client.force_login(year.instructor)
    page = client.get(overview(back)).content.decode()
    assert [
        one for one in ("Ce que l’équipe a demandé", "31 personnes.", "Elle est jointe.") if one not in page
    ] == []


def test_once_accepted_each_financiers_part_of_what_is_unspent_is_proposed(client, year):
    """88 500 € of 98 500 €: a tenth of 500 € comes back."""
    why = {"total": "Moins d’ateliers."}
    report = reported.sent(
        year, Report.objects.get(dossier=play.reporting(year)), spent=Decimal(88_650), explained=why
    )
    accepted = fired(report, "accept", year.instructor, play.REPORTING)
    client.force_login(year.instructor)
    page = client.get(overview(accepted)).content.decode()
    assert "Non dépensé : 50\u202f€" in page
    line = accepted.dossier.lines.get(outcome="granted")
    form = client.get(reverse("line-move", args=[line.uuid, "settle"])).context["form"]
    assert form.initial["given_back"] == Decimal("50.00")
    typed_in = {"version": line.version, "given_back": "50 €"}
    assert client.post(reverse("line-move", args=[line.uuid, "settle"]), typed_in).status_code == 302
    assert "50\u202f€ rendus" in client.get(overview(accepted)).content.decode()


def test_an_intermediate_report_has_its_own_page_and_three_questions(client, year):
    due = reported.interim(year)
    client.force_login(year.holder)
    typed(client, due, "action", {"text": "Six ateliers.", "people": "12", "spent": "200,50"})
    path = reverse("dossier-interim", args=[due.dossier.uuid])
    assert path in client.get(reverse("dossier-detail", args=[due.dossier.uuid])).content.decode()
    assert client.post(path, {"version": play.fresh(due).version, "send": "1"}).status_code == 302
    assert (play.fresh(due).state, play.fresh(due).spent) == ("filed", Decimal("200.50"))


@pytest.mark.parametrize("slug", ["comptes", "corrections", "nulle-part"])
def test_a_topic_that_this_report_has_not_is_a_missing_page(client, year, slug):
    due = reported.interim(year)
    client.force_login(year.holder)
    assert client.get(topic(due, slug)).status_code == 404


def test_a_report_that_is_accepted_leads_back_to_its_dossier(client, on_day):
    """« Accepter » is also what a holder does with an award, which leads to the answer."""
    on_day(play.REPORTING)
    year = play.a_year()
    report = reported.filed(year)
    client.force_login(year.instructor)
    sent = {"version": play.fresh(report).version}
    answer = client.post(reverse("report-move", args=[report.uuid, "accept"]), sent)
    assert answer["Location"] == reverse("dossier-detail", args=[report.dossier.uuid])
