"""What a hostile or an unlucky person tried, and what they got: each of these once did more than it should."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import documents, people
from cases import models as cases
from tests import year as play
from tests.cases import reached
from tests.pages import form_with
from workflow.models import Cycle, Derogation, Grant
from workflow.roles import SYSTEM, Role

pytestmark = pytest.mark.django_db

MANY_DIGITS = "9" * 5000


@pytest.fixture
def clock(monkeypatch):
    now = [play.WRITING]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    return now


@pytest.fixture
def year(clock):
    return play.a_year()


def twice(client, path: str, typed: dict, among: str) -> list[int]:
    """The same form of the same page, sent two times."""
    form = form_with(client.get(path), among)
    sent = {name: values for name, values in form.fields.items() if values} | typed
    return [client.post(path, sent).status_code for _ in range(2)]


# The same click twice ------------------------------------------------------------------------------------------------


def test_a_question_is_asked_once(client, year, clock):
    clock[0] = play.REVIEWING
    line = play.in_review(year).lines.get(envelope=year.envelopes["etat"])
    client.force_login(year.financiers["etat"])
    path = reverse("inquiry-open", args=[line.uuid])
    assert twice(client, path, {"question": "Où ?"}, "question") == [302, 302]
    assert cases.Inquiry.objects.count() == 1
    assert twice(client, path, {"question": "Quand ?"}, "question") == [302, 302]
    assert cases.Inquiry.objects.count() == 2


def test_a_payment_is_noted_once_and_two_alike_differ_by_their_reference(client, year, clock):
    clock[0] = play.ANSWERING
    path = reverse("line-payments", args=[reached.notified(year, amount=500).uuid])
    client.force_login(year.instructor)
    typed = {"amount": "20", "kind_of": "advance"}
    assert twice(client, path, typed, "amount") == [302, 302]
    assert cases.Payment.objects.count() == 1
    assert twice(client, path, typed | {"reference": "M2"}, "amount") == [302, 302]
    assert cases.Payment.objects.count() == 2


def test_a_derogation_is_opened_once(client, year, clock):
    path = reverse("derogation", args=[play.a_draft(year).uuid])
    clock[0] = play.READING
    client.force_login(year.coordinator)
    typed = {"move": "submit", "until": "2026-12-20", "reason": "Panne."}
    assert twice(client, path, typed, "reason") == [302, 302]
    assert Derogation.objects.count() == 1


def test_a_request_for_a_new_organisation_is_begun_once(client, year):
    client.force_login(year.instructor)
    typed = {"title": "Jardin", "organisation": "new", "name": "Les Semeurs"}
    assert twice(client, reverse("behalf"), typed, "title") == [302, 302]
    assert cases.Dossier.objects.count() == 1
    assert type(year.holder_organisation).objects.filter(name="Les Semeurs").count() == 1


def test_a_new_association_is_invited_once(client, year):
    client.force_login(year.coordinator)
    typed = {"action": "invite", "role": "holder", "first_name": "Ana", "last_name": "Brun"}
    typed |= {"email": "ana@exemple.test", "new_organisation": "Les Semeurs"}
    path = reverse("people", args=[year.cycle.code])
    assert [client.post(path, typed).status_code for _ in range(2)] == [302, 422]
    assert client.post(path, typed | {"email": "zoe@exemple.test"}).status_code == 302
    assert type(year.holder_organisation).objects.filter(name="Les Semeurs").count() == 1


@pytest.mark.parametrize("page, field", [("dossier-instruction", "summary"), ("dossier-feedback", "advice")])
def test_a_sheet_is_opened_once_and_what_another_wrote_meanwhile_is_shown(client, year, clock, page, field):
    clock[0] = play.SITTING
    dossier = play.decided(year)
    cases.Instruction.objects.filter(dossier=dossier).delete()
    path = reverse(page, args=[dossier.uuid])
    client.force_login(year.instructor)
    form = form_with(client.get(path), "version")
    sent = {name: values for name, values in form.fields.items() if values}
    assert client.post(path, sent | {field: "De l’un."}).status_code == 302
    late = client.post(path, sent | {field: "De l’autre."})
    assert late.status_code == 409
    assert "De l’autre." in late.content.decode()
    again = {"version": form_with(late, "version").fields["version"]}
    assert client.post(path, sent | again | {field: "De l’autre."}).status_code == 302


def test_a_view_that_opens_first_still_does_after_a_double_click(client, year):
    view = cases.SavedView.objects.create(owner=year.instructor, name="Les miens", query="mine=on")
    client.force_login(year.instructor)
    for change, first in (("first", True), ("later", False)):
        for _ in range(2):
            client.post(reverse("view-change", args=[view.uuid]), {"change": change})
        assert play.fresh(view).opens_first is first


# What belongs to others ----------------------------------------------------------------------------------------------


def test_a_town_that_names_an_association_by_its_siret_is_lent_nothing_of_another_town(client, year):
    """The number is public: whoever types it begins a request for that association, and reads no paper of elsewhere."""
    theirs = play.a_draft(year)
    file = SimpleUploadedFile("budget.pdf", b"%PDF-1.4 secret")
    cases.Document.objects.create(dossier=theirs, code="budget", name=file.name, file=file, at=play.WRITING)
    year.holder_organisation.siret = "21510649500009"
    year.holder_organisation.save()
    other = play.a_year("ailleurs")
    client.force_login(other.instructor)
    typed = {"title": "Jardin", "organisation": "new", "name": "Peu importe", "siret": "21510649500009"}
    assert client.post(reverse("behalf"), typed | {"cycle": other.cycle.pk}).status_code == 302
    mine = cases.Dossier.objects.get(cycle=other.cycle)
    assert mine.organisation == year.holder_organisation
    assert documents.lend(mine, "budget", by=other.instructor, at=play.WRITING) is None
    page = client.get(reverse("dossier-topic", args=[mine.uuid, "pieces"])).content.decode()
    assert "budget.pdf" not in page
    assert documents.lend(mine, "budget", by=year.holder, at=play.WRITING).name == "budget.pdf"


def test_a_role_that_ended_and_an_account_that_closed_open_nothing_in_a_living_session(client, year):
    dossier = play.submitted(year)
    path = reverse("dossier-detail", args=[dossier.uuid])
    for who in (year.instructor, year.holder):
        client.force_login(who)
        assert client.get(path).status_code == 200
        people.withdraw(Grant.objects.filter(user=who), by=SYSTEM, at=play.WRITING)
        assert client.get(path).status_code == 404
    client.force_login(year.coordinator)
    type(year.coordinator).objects.filter(pk=year.coordinator.pk).update(is_active=False)
    assert client.get(path).status_code == 302


# Numbers and addresses -----------------------------------------------------------------------------------------------


def test_a_number_of_five_thousand_digits_is_no_fault(client, year, clock):
    clock[0] = play.READING
    dossier = reached.incomplete(year)
    client.force_login(year.holder)
    path = reverse("dossier-completion", args=[dossier.uuid])
    assert client.post(path, {"point": MANY_DIGITS}).status_code == 422
    client.force_login(year.coordinator)
    assert client.post(reverse("seat-links"), {"link": MANY_DIGITS}).status_code == 422


@pytest.mark.parametrize(
    "away", ["//ailleurs.test/", "https://ailleurs.test/", "javascript:alert(1)", "/\\ailleurs.test"]
)
def test_signing_in_leads_to_no_other_service(client, year, away):
    typed = {"username": year.holder.email, "password": "jalons-essai", "next": away}
    assert client.post(reverse("login"), typed).url == "/"


def test_signing_in_begins_another_session_than_the_one_somebody_prepared(year):
    client = Client()
    session = client.session
    session["prepared"] = "par un autre"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post(reverse("login"), {"username": year.holder.email, "password": "jalons-essai"})
    assert client.session.session_key != before


def test_another_host_is_told_nothing(client, settings):
    answer = client.get("/connexion/", headers={"host": "ailleurs.test"})
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()


def test_a_year_that_exists_is_not_begun_again(client, year):
    client.force_login(year.coordinator)
    path = reverse("campaign-next", args=[year.cycle.code])
    form = form_with(client.get(path), "code")
    sent = {name: values for name, values in form.fields.items() if values}
    first = client.post(path, sent)
    assert (first.status_code, client.post(path, sent).status_code) == (302, 422)
    assert Cycle.objects.count() == 2
    assert Grant.objects.filter(role=Role.COORDINATOR, user=year.coordinator).count() == 2
