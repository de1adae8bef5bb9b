"""Where a person in a hurry would have stumbled: each page says what to do next and keeps what was written."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases import drafts
from cases.forms.fields import MoneyField
from tests import year as play
from tests.cases import reached
from tests.cases.written import written
from tests.cycles import VITRY
from workflow import engine, loading

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


def shown(client, name, subject, *more) -> str:
    return client.get(reverse(name, args=[subject.uuid, *more])).content.decode()


def typed(dossier, **facts) -> dict:
    return {"version": dossier.version, "title": dossier.title} | facts


def seen_by(client, user, dossier):
    client.force_login(user)
    return client.get(reverse("dossier-detail", args=[dossier.uuid])).context["seen"]


# Beginning -----------------------------------------------------------------------------------------------------------


def test_a_call_stays_open_after_the_day_of_its_appointments():
    cycle = loading.load(VITRY, at=play.BEFORE)
    breakfast, filing = (cycle.current.steps.get(code=code).last_day for code in ("petit_dejeuner", "depot"))
    eve = play.day(filing.isoformat())
    assert breakfast < filing
    assert list(drafts.open_calls(eve)) == [cycle]


def test_two_taps_begin_one_request(client, year):
    client.force_login(year.holder)
    path = reverse("begin", args=[year.cycle.code])
    facts = {"organisation": year.holder_organisation.pk, "title": "Jardin"}
    first, second = client.post(path, facts), client.post(path, facts)
    assert (first.status_code, first.url) == (302, second.url)


# Writing -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["1\u202f234,50\u00a0€", "1 234,5 euros", "1234.50", " 1\u2009234,50 EUROS "]
)
def test_an_amount_is_read_as_people_write_it(written):
    assert MoneyField().clean(written) == Decimal("1234.50")


def test_what_is_missing_leads_to_where_one_writes_it(client, year):
    dossier = play.a_draft(year)
    dossier.documents.all().delete()
    client.force_login(year.holder)
    page = shown(client, "dossier-request", dossier)
    papers = reverse("dossier-topic", args=[dossier.uuid, "pieces"])
    assert (
        f'<a href="{papers}#piece-budget">Il manque une pièce\u00a0: «\u00a0Budget signé\u00a0».</a>' in page
    )
    assert reverse("dossier-request", args=[dossier.uuid]) in shown(client, "dossier-move", dossier, "submit")


# Filing, taking back, completing -------------------------------------------------------------------------------------


def test_taking_back_warns_and_leads_to_the_request_itself(client, year):
    dossier = play.submitted(year)
    client.force_login(year.holder)
    assert "La demande ne sera plus déposée." in shown(client, "dossier-move", dossier, "take_back")
    path = reverse("dossier-move", args=[dossier.uuid, "take_back"])
    response = client.post(path, {"version": dossier.version})
    assert response.url == reverse("dossier-request", args=[dossier.uuid])
    assert "Modifier la demande" in shown(client, "dossier-detail", dossier)


def test_a_request_to_complete_leads_to_the_answers_and_speaks_of_no_filing(client, year):
    dossier = reached.incomplete(year)
    client.force_login(year.holder)
    page = shown(client, "dossier-request", dossier)
    assert reverse("dossier-completion", args=[dossier.uuid]) in page
    assert "avant le dépôt" not in page
    assert "Déposer ma demande" not in page


def test_the_answer_says_how_much(client, year, on_day):
    line = reached.notified(year)
    on_day(play.ANSWERING)
    seen = seen_by(client, year.holder, line.dossier)
    assert ": 500\u202f€ accordés sur 1\u202f000\u202f€ demandés." in seen.next.sentence.replace(
        "\u00a0", "\u202f"
    )
    assert "Accordé" in shown(client, "line-move", line, "accept")


# The team ------------------------------------------------------------------------------------------------------------


def test_the_next_step_leads_to_the_lines_once_only_they_are_missing(client, year, on_day):
    on_day(play.REVIEWING)
    dossier = play.in_instruction(year)
    assert seen_by(client, year.instructor, dossier).next.url == "#argent"


def test_lines_that_are_settled_many_at_a_time_are_settled_on_their_own_table(client, year, on_day):
    on_day(play.ANSWERING)
    waiting = play.in_committee(year)
    table = reverse("dossier-committee", args=[waiting.uuid])
    assert seen_by(client, year.coordinator, waiting).next.url == table
    decided = play.decided(year)
    play.explained(year, decided)
    assert seen_by(client, year.coordinator, decided).next.url == f"/a-notifier/#dossier-{decided.uuid}"
    assert f'id="dossier-{decided.uuid}"' in client.get("/a-notifier/").content.decode()


def test_a_settled_checklist_folds_away_once_the_request_is_admitted(client, year):
    dossier = play.submitted(year)
    play.read(year, dossier)
    client.force_login(year.instructor)
    address = reverse("dossier-instruction", args=[dossier.uuid])
    assert "<details open>" in client.get(address).content.decode()
    engine.fire(dossier, "admit", by=year.instructor, at=play.READING)
    page = client.get(address).content.decode()
    assert ("<details open>" in page, "Oui partout" in page) == (False, True)
    page = client.post(address, {"check-qpv": "no"}).content.decode()
    assert ("<details open>" in page, "Oui partout" in page) == (True, False)


def test_the_address_says_neither_how_long_a_page_is_nor_one_that_does_not_exist(client, year):
    play.submitted(year)
    client.force_login(year.instructor)
    odd = (
        "per_page=0",
        "per_page=-1",
        "page=999999",
        "page=abc",
        "page=0",
        "sort=zzz",
        "state=zzz",
        "search=%00",
    )
    found = [client.get(f"/dossiers/?{query}") for query in odd]
    assert [one.status_code for one in found] == [200] * len(odd)
    assert [len(one.context["table"].page.object_list) for one in found] == [1] * len(odd)


def test_a_number_too_large_for_its_column_is_a_sentence(client, year):
    dossier = play.a_draft(year)
    client.force_login(year.holder)
    numbers = ("9" * 30, "-1", "x")
    answers = [written(client, dossier, "essentiel", {"public_count": one}).status_code for one in numbers]
    assert answers == [422, 422, 422]


def test_a_reference_too_long_for_its_column_is_a_sentence(client, year, on_day):
    on_day(play.ANSWERING)
    line = play.decided(year).lines.order_by("pk").first()
    client.force_login(year.coordinator)
    sent = {"version": line.version, "notified_on": "2027-04-20", "letter_reference": "x" * 81}
    assert client.post(reverse("line-move", args=[line.uuid, "notify"]), sent).status_code == 422


def test_search_takes_wildcards_as_they_are_written(client, year):
    play.submitted(year, title="Cent % vélo")
    play.submitted(year, title="Jardin_partagé")
    client.force_login(year.instructor)
    asked = ("%", "n_p", "'")
    found = [client.get("/dossiers/", {"search": text}).context["table"].rows for text in asked]
    assert [len(rows) for rows in found] == [1, 1, 0]
