"""The receipt: which filing counts, the two months once, and how to take back."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases import documents
from cases.receipt import months_later, silence_day
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


def shown(client, user, dossier):
    client.force_login(user)
    return client.get(reverse("dossier-receipt", args=[dossier.uuid]))


def refiled(year):
    """Filed, taken back, filed again."""
    dossier = play.submitted(year)
    engine.fire(dossier, "take_back", by=year.holder, at=play.day("2026-10-21"))
    engine.fire(play.fresh(dossier), "submit", by=year.holder, at=play.day("2026-10-22", hour=14))
    return play.fresh(dossier)


@pytest.mark.parametrize(
    "on, months, later",
    [
        (date(2026, 10, 20), 2, date(2026, 12, 20)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 30), 2, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
    ],
)
def test_months_are_counted_from_day_to_day_or_to_the_last_day(on, months, later):
    assert months_later(on, months) == later


def test_the_two_months_begin_on_the_day_people_live_in_paris():
    assert silence_day(play.day("2026-10-20", hour=23)) == date(2026, 12, 20)


def test_the_last_filing_counts_and_the_earlier_one_says_when_it_was_taken_back(client, year):
    page = shown(client, year.holder, refiled(year))
    found = page.context["receipt"]
    assert (found.counting.filed.number, [one.filed.number for one in found.earlier]) == (2, [1])
    text = page.content.decode()
    assert "Le dépôt qui compte : dépôt n° 2" in text
    assert "jeudi 22 octobre 2026 à 14\u00a0h\u00a000" in text
    assert "repris le mercredi 21 octobre 2026" in text


def test_the_receipt_names_what_was_joined_to_the_filing_that_counts(client, year):
    dossier = play.submitted(year)
    assert [paper.name for paper in shown(client, year.holder, dossier).context["receipt"].papers] == [
        "budget.pdf"
    ]
    engine.fire(dossier, "take_back", by=year.holder, at=play.day("2026-10-21"))
    assert shown(client, year.holder, dossier).context["receipt"].papers == []


def test_a_document_joined_to_complete_is_no_part_of_the_filing(client, year):
    dossier = reached.incomplete(year)
    late = SimpleUploadedFile("tard.pdf", b"%PDF-1.4\n%%EOF")
    documents.join(dossier, "budget", late, by=year.holder, at=play.READING)
    assert [paper.name for paper in shown(client, year.holder, dossier).context["receipt"].papers] == [
        "budget.pdf"
    ]


def test_silence_is_explained_once_with_its_date(client, year):
    text = shown(client, year.holder, play.submitted(year)).content.decode()
    assert text.count("la loi considère votre demande comme refusée") == 1
    assert "dimanche 20 décembre 2026" in text


def test_taking_back_is_offered_until_the_deadline_and_until_the_check_begins(client, year, on_day):
    dossier = play.submitted(year)
    link = reverse("dossier-move", args=[dossier.uuid, "take_back"])
    offered = {}
    for name, day in (("last day", "2026-11-15"), ("too late", "2026-11-16")):
        on_day(play.day(day))
        offered[name] = link in shown(client, year.holder, dossier).content.decode()
    on_day(play.WRITING)
    play.read(year, dossier)
    offered["checked"] = link in shown(client, year.holder, dossier).content.decode()
    assert offered == {"last day": True, "too late": False, "checked": False}


def test_nothing_counts_while_the_request_is_taken_back(client, year):
    dossier = play.submitted(year)
    engine.fire(dossier, "take_back", by=year.holder, at=play.WRITING)
    page = shown(client, year.holder, dossier)
    assert page.context["receipt"].counting is None
    assert "Aucun dépôt ne compte en ce moment" in page.content.decode()


def test_before_the_first_filing_there_is_no_receipt(client, year):
    assert shown(client, year.holder, play.a_draft(year)).status_code == 404


def test_the_receipt_is_the_holders_and_the_teams(client, year):
    dossier = play.in_review(year)
    member = play.person("jury", Role.COMMITTEE, year.cycle)
    people = (year.holder, year.instructor, year.financiers["etat"], member)
    assert [shown(client, user, dossier).status_code for user in people] == [200, 200, 404, 404]


def test_filing_from_its_move_leads_to_the_receipt_page_of_the_dossier(client, year):
    dossier = play.submitted(year)
    client.force_login(year.holder)
    page = client.get(reverse("dossier-detail", args=[dossier.uuid])).context["seen"].pages
    assert ("Accusé de réception", reverse("dossier-receipt", args=[dossier.uuid])) in page
