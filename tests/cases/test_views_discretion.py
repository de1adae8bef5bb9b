"""What a refusal, an old form or an odd address must not tell: a decision before its letter, an envelope."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Document
from tests import year as play
from tests.cases import matrix
from workflow import engine
from workflow.money import euros
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


def asked(client, path, **typed) -> tuple[int, str]:
    response = client.post(path, typed) if typed else client.get(path)
    return response.status_code, response.content.decode()


def without_tokens(page: str) -> str:
    return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_refusal_to_the_holder_is_the_same_for_an_award_and_for_a_refusal(client, year):
    granted, refused = play.decided(year).lines.order_by("pk")
    client.force_login(year.holder)
    told = []
    for line in (granted, refused):
        for move, _, _, roles in matrix.LINE:
            path = reverse("line-move", args=[line.uuid, move])
            if "holder" not in roles.split():
                found = [asked(client, path), asked(client, path, version=0), asked(client, path, amount="x")]
                told.append([(status, without_tokens(page)) for status, page in found])
    half = len(told) // 2
    assert {status for pages in told for status, _ in pages} == {403}
    assert told[:half] == told[half:]


def test_an_old_form_of_the_holders_tells_no_decision(client, year):
    line = play.decided(year).lines.order_by("pk").first()
    client.force_login(year.holder)
    status, page = asked(client, reverse("line-move", args=[line.uuid, "accept"]), version=0)
    assert status == 409
    assert "A noté l’accord" not in page
    assert "A transmis son avis" not in page


def test_an_envelope_is_not_shown_to_who_may_not_opine(client, year):
    line = play.in_review(year).lines.get(envelope=year.envelopes["etat"])
    path = reverse("opinion", args=[line.uuid])
    for who in (year.holder, play.person("jury", Role.COMMITTEE, year.cycle)):
        client.force_login(who)
        for typed in ({}, {"version": line.version}, {"version": line.version, "verdict": "favourable"}):
            status, page = asked(client, path, **typed)
            assert (status, "gauge" in page, "10\u202f000" in page) == (403, False, False)


def test_a_sheet_delivered_early_says_of_each_financier_only_what_its_letter_said(client, year, on_day):
    on_day(play.ANSWERING)
    dossier = play.decided(year)
    play.explained(year, dossier)
    client.force_login(year.holder)
    path = reverse("dossier-feedback", args=[dossier.uuid])
    read = asked(client, path)[1]
    assert [word for word in ("accordés", "n’a pas retenu") if word in read] == []
    facts = {"notified_on": play.ANSWERING.date()}
    engine.fire_many(
        dossier.lines.order_by("pk"), "notify", by=year.coordinator, at=play.ANSWERING, facts=facts
    )
    read = asked(client, path)[1]
    assert [word for word in ("accordés", "n’a pas retenu") if word in read] == ["accordés", "n’a pas retenu"]


@pytest.mark.parametrize("stage", ["in_committee", "decided"])
def test_the_source_of_the_holders_pages_holds_neither_mark_nor_opinion_nor_amount(client, year, stage):
    dossier = getattr(play, stage)(year, amount=437) if stage == "decided" else play.in_committee(year)
    client.force_login(year.holder)
    for name in ("dossier-detail", "dossier-request"):
        _, page = asked(client, reverse(name, args=[dossier.uuid]))
        hidden = ("Utile au quartier", "favourable", "Favorable", euros(437), "granted", "refused", "Solide")
        assert [word for word in hidden if word in page] == []


def test_a_reader_of_a_draft_joins_and_removes_nothing(client, year):
    dossier = play.a_draft(year)
    client.force_login(play.person("jury", Role.COMMITTEE, year.cycle))
    sent = SimpleUploadedFile("faux.pdf", b"%PDF-1.4")
    joining = asked(client, reverse("document-join", args=[dossier.uuid, "budget"]), file=sent)
    removing = asked(client, reverse("document-remove", args=[dossier.documents.get().uuid]), now="1")
    assert (joining[0], removing[0], dossier.documents.count()) == (403, 403, 1)


def test_a_role_taken_away_while_a_form_is_open_makes_the_page_a_missing_one(client, year):
    dossier = play.in_committee(year)
    year.coordinator.grants.all().delete()
    client.force_login(year.coordinator)
    path = reverse("dossier-move", args=[dossier.uuid, "drop"])
    assert asked(client, path, version=dossier.version, reason="Doublon")[0] == 404
    assert play.fresh(dossier).state == "committee"


NAMES = ["../../etc/passwd.pdf", "\u202efdp.exe.pdf", "<img src=x onerror=alert(1)>.pdf", "é" * 300 + ".pdf"]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_file_keeps_a_harmless_name_and_is_never_shown_in_the_browser(client, year, on_day, name):
    on_day(play.WRITING)
    dossier = play.a_draft(year)
    client.force_login(year.holder)
    sent = {"file": SimpleUploadedFile(name, b"%PDF-1.4")}
    assert client.post(reverse("document-join", args=[dossier.uuid, "budget"]), sent).status_code == 302
    joined = Document.objects.filter(dossier=dossier).order_by("pk").last()
    answer = client.get(reverse("document", args=[joined.uuid]))
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )
    assert (joined.name[-4:], joined.name.isprintable(), "/" in joined.name) == (".pdf", True, False)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4"


def test_a_lost_file_is_a_missing_page(client, year):
    lost = Document.objects.get(dossier=play.submitted(year))
    client.force_login(year.holder)
    assert asked(client, reverse("document", args=[lost.uuid]))[0] == 404
