"""How a request begins and is saved."""

import threading
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases import drafts
from cases.models import Dossier
from tests import year as play
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


def facts(year, **more):
    plain = {"organisation": year.holder_organisation, "title": "Jardin", "project": None}
    return plain | {"orientation": None, "neighbourhoods": []} | more


def test_a_call_is_open_until_the_evening_of_its_deadline():
    year = play.a_year()
    days = ("2026-11-15", "2026-11-16")
    assert [list(drafts.open_calls(play.day(one, hour=23))) for one in days] == [[year.cycle], []]


def test_a_request_takes_the_next_number_of_its_call():
    year = play.a_year()
    numbers = [
        drafts.begin(year.cycle, facts(year, title=title), by=year.holder, at=play.WRITING).number
        for title in ("Jardin", "Chorale", "Cirque")
    ]
    assert numbers == [1, 2, 3]


def test_nobody_begins_a_request_for_somebody_else():
    year, other = play.a_year(), play.a_year("ailleurs")
    with pytest.raises(Refused) as refused:
        drafts.begin(year.cycle, facts(year), by=other.holder, at=play.WRITING)
    assert (refused.value.codes, Dossier.objects.count()) == (["no_right"], 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_requests_begun_at_once_have_eight_numbers():
    year, failed = play.a_year(), []
    gate = threading.Barrier(8)

    def begin(rank):
        try:
            gate.wait()
            drafts.begin(year.cycle, facts(year, title=f"Jardin {rank}"), by=year.holder, at=play.WRITING)
        except Exception as fault:
            failed.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=[rank]) for rank in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(Dossier.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]


def save(year, dossier, title, version=None, amount=1_000):
    line = dossier.lines.order_by("pk").first()
    amounts = [(line.envelope, line, line.version, Decimal(amount))]
    version = dossier.version if version is None else version
    drafts.save(dossier, {"title": title}, amounts, by=year.holder, at=play.WRITING, version=version)


def test_what_is_asked_is_saved_with_the_words_or_not_at_all():
    year = play.a_year()
    dossier = play.a_draft(year)
    save(year, dossier, "Nouveau nom", amount=700)
    fresh = play.fresh(dossier)
    assert (fresh.title, fresh.lines.order_by("pk").first().requested) == ("Nouveau nom", 700)
    with pytest.raises(Refused) as refused:
        save(year, dossier, "Plus ancien", amount=300)
    assert refused.value.codes == ["stale"]
    assert play.fresh(dossier).lines.order_by("pk").first().requested == 700


def test_a_filed_request_is_not_rewritten(client, monkeypatch):
    year = play.a_year()
    dossier = play.submitted(year)
    monkeypatch.setattr(timezone, "now", lambda: play.WRITING)
    client.force_login(year.holder)
    typed = {"version": dossier.version, "title": "Autre", "total_cost": "5"}
    response = client.post(reverse("dossier-request", args=[dossier.uuid]), typed)
    assert (response.status_code, play.fresh(dossier).title) == (422, dossier.title)


@pytest.fixture
def writing(client, monkeypatch):
    """A draft opened by its holder on a day of the filing window."""
    year = play.a_year()
    monkeypatch.setattr(timezone, "now", lambda: play.WRITING)
    client.force_login(year.holder)
    return play.a_draft(year)


def post(client, dossier, **more):
    typed = {"version": dossier.version, "title": dossier.title, "total_cost": "12 500,50"} | more
    return client.post(reverse("dossier-request", args=[dossier.uuid]), typed)


def test_a_joined_file_must_be_what_its_name_says(client, writing):
    fake = SimpleUploadedFile("budget.pdf", b"<script>alert(1)</script>")
    response = post(client, writing, **{"file-budget": fake})
    assert "n’est pas ce que dit son nom" in response.content.decode()
    assert (response.status_code, writing.documents.count()) == (422, 1)


def test_a_joined_file_leaves_as_an_attachment(client, writing):
    post(client, writing, **{"file-budget": SimpleUploadedFile("budget.pdf", b"%PDF-1.4 essai")})
    document = writing.documents.order_by("pk").last()
    response = client.get(reverse("document", args=[document.uuid]))
    assert response["Content-Disposition"] == 'attachment; filename="budget.pdf"'
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )
    assert b"".join(response.streaming_content) == b"%PDF-1.4 essai"


def test_a_stale_draft_keeps_what_was_typed(client, writing):
    assert post(client, writing, title="Premier onglet").status_code == 302
    response = post(client, writing, title="Second onglet")
    assert response.status_code == 409
    assert "Second onglet" in response.content.decode()
    assert play.fresh(writing).title == "Premier onglet"


def test_the_same_draft_sent_twice_is_saved_once(client, writing):
    assert [post(client, writing, title="Nom").status_code for _ in range(2)] == [302, 302]
    assert play.fresh(writing).total_cost == Decimal("12500.50")
