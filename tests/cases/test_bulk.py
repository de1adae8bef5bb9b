"""One move on many: each is told its fate first, then done or refused by itself, and never twice."""

import pytest
from django.urls import reverse

from cases import bulk
from cases.states import DossierState, LineState
from tests import year as play
from workflow.models import Entry
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


def ready(year, title):
    dossier = play.submitted(year, title=title)
    play.read(year, dossier)
    return play.fresh(dossier)


def row(subject) -> str:
    return f"{subject.uuid}:{subject.version}"


def send(client, user, action, rows, **more):
    client.force_login(user)
    return client.post(reverse("bulk-move"), {"action": action, "row": rows, **more})


def told(response) -> dict:
    return {
        one.dossier.title: "déjà" if one.repeated else [found.code for found in one.refusals] or "fait"
        for one in response.context["fates"]
    }


def test_the_page_before_says_each_fate_and_does_nothing(client, year):
    good, bad = ready(year, "Prêt"), play.submitted(year, title="À vérifier")
    before = Entry.objects.count()
    response = send(client, year.instructor, "admit", [row(good), row(bad)])
    assert [one.dossier for one in response.context["passing"]] == [good]
    assert [(one.dossier, one.refusals[0].code) for one in response.context["refused"]] == [
        (bad, "not_checked")
    ]
    assert Entry.objects.count() == before


def test_each_is_done_or_refused_by_itself(client, year):
    good, bad = ready(year, "Prêt"), play.submitted(year, title="À vérifier")
    response = send(client, year.instructor, "admit", [row(good), row(bad)], confirmed="yes")
    assert told(response) == {"Prêt": "fait", "À vérifier": ["not_checked"]}
    assert (play.fresh(good).state, play.fresh(bad).state) == (
        DossierState.INSTRUCTION,
        DossierState.SUBMITTED,
    )


def test_the_same_page_sent_twice_is_already_done(client, year):
    rows = [row(ready(year, "Un")), row(ready(year, "Deux"))]
    send(client, year.instructor, "admit", rows, confirmed="yes")
    again = send(client, year.instructor, "admit", rows, confirmed="yes")
    assert told(again) == {"Un": "déjà", "Deux": "déjà"}


def test_a_row_that_changed_since_is_refused_as_stale(client, year):
    dossier = ready(year, "Changé")
    stale = f"{dossier.uuid}:{dossier.version - 1}"
    response = send(client, year.instructor, "admit", [stale], confirmed="yes")
    assert told(response) == {"Changé": ["stale"]}


def test_opinions_are_asked_line_by_line(client, year):
    dossier, done = play.in_instruction(year, title="À demander"), play.in_review(year, title="Demandé")
    page = send(client, year.instructor, "invite", [row(dossier), row(done)])
    assert page.context["idle"] == [done]
    rows = [one.row for one in page.context["passing"]]
    assert len(rows) == 2
    send(client, year.instructor, "invite", rows, confirmed="yes")
    assert {line.state for line in dossier.lines.order_by("pk")} == {LineState.INVITED}


def test_a_date_is_asked_once_for_all_and_its_absence_loses_nothing(client, year):
    dossier = play.in_instruction(year)
    play.engine.fire_many(dossier.lines.order_by("pk"), "invite", by=year.instructor, at=play.REVIEWING)
    rows = [row(play.fresh(dossier))]
    missing = send(client, year.instructor, "open_review", rows, confirmed="yes", deadline="")
    assert (missing.status_code, [one.row for one in missing.context["passing"]]) == (422, rows)
    send(client, year.instructor, "open_review", rows, confirmed="yes", deadline="2027-01-15")
    assert play.fresh(dossier).state == DossierState.REVIEW


@pytest.mark.parametrize("role", [Role.HOLDER, Role.FINANCIER])
def test_only_the_team_finds_this_page(client, year, role):
    dossier = ready(year, "Prêt")
    response = send(client, year.person(role), "admit", [row(dossier)], confirmed="yes")
    assert response.status_code == 404
    assert play.fresh(dossier).state == DossierState.SUBMITTED


def test_nobody_moves_another_town_s_dossier(client, year):
    foreign = ready(play.a_year("ailleurs"), "Ailleurs")
    response = send(client, year.coordinator, "admit", [row(foreign)], confirmed="yes")
    assert told(response) == {}
    assert play.fresh(foreign).state == DossierState.SUBMITTED


def test_nothing_chosen_leads_back_to_the_same_list(client, year):
    response = send(client, year.instructor, "admit", [], here="state=submitted")
    assert (response.status_code, response.url) == (302, "/dossiers/?state=submitted")


def test_what_makes_no_sense_among_the_rows_is_left_out():
    key = "0b7e0f3a-7a0e-4a51-9f3d-0d4b9a6f2a11"
    assert bulk.chosen(["", "nonsense", "x:1", f"{key}:deux", f"{key}:2"]) == {bulk.UUID(key): 2}


@pytest.mark.parametrize("rows", [1, 3])
def test_a_batch_costs_the_same_for_one_and_for_three(client, year, django_assert_num_queries, rows):
    chosen = [row(ready(year, f"N{one}")) for one in range(rows)]
    client.force_login(year.instructor)
    with django_assert_num_queries(7):
        client.post(reverse("bulk-move"), {"action": "admit", "row": chosen})
    with django_assert_num_queries(10):
        client.post(reverse("bulk-move"), {"action": "admit", "row": chosen, "confirmed": "yes"})
