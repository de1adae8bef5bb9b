"""What the years teach: counted against what was played, small figures hidden, nobody named."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cases import learning as lessons
from cases import models as cases
from cases.learning import By
from tests import sessions
from tests import year as play
from tests.cases.views.test_sessions import text
from workflow import engine
from workflow.models import Cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REPORTING)
    return play.a_year(ceiling=100_000)


def refused(year, many: int) -> list:
    return [play.answered(year, 0, title=f"Action {rank}") for rank in range(many)]


def read(year, by=By.YEAR):
    table = lessons.reasons(lessons.cases_of([year.cycle]), by)
    return table.heads, {label: [one.count for one in figures] for label, figures in table.rows}


def published(year) -> str:
    return cases.Reason.objects.get(version=year.rules, code="priorite").label


def test_a_reason_is_counted_once_its_holder_has_read_it(year):
    refused(year, 2)
    play.decided(year, 0, title="Pas encore expliquée")
    assert read(year) == (("2027",), {published(year): [2]})


def test_a_free_reason_counts_as_one_that_was_not_published(year):
    dossier = play.decided(year, 0)
    words = play.words_for(dossier)
    free = {
        "line": words["motives"][0]["line"], "reason": "", "fact": "Un fait.", "free": "Une phrase à nous."
    }  # fmt: skip
    play.explained(year, dossier, motives=[*words["motives"], free])
    assert read(year) == (("2027",), {published(year): [1], "Hors motifs publiés": [1]})


def test_reasons_are_counted_by_what_one_asks(year):
    first, second = refused(year, 2)
    orientation = cases.Orientation.objects.create(cycle=year.cycle, code="sante", label="Santé")
    cases.Dossier.objects.filter(pk=first.pk).update(orientation=orientation)
    assert read(year, By.ORIENTATION) == (("Sans orientation", "Santé"), {published(year): [1, 1]})
    assert read(year, By.SUPPORT) == (("Sans accompagnement",), {published(year): [2]})
    assert read(year, By.FIRST) == (("Première demande",), {published(year): [2]})
    quarters = cases.Neighbourhood.objects
    contract = year.cycle.contract
    second.neighbourhoods.set(
        [quarters.create(contract=contract, code=f"Q{n}", name=f"Rue {n}") for n in (1, 2)]
    )
    assert read(year, By.QUARTER) == (("Rue 1", "Rue 2"), {published(year): [1, 1]})


def test_a_request_of_a_later_year_is_not_its_holder_s_first(year):
    refused(year, 1)
    later = play.a_year("essai_2028", ceiling=100_000)
    Cycle.objects.filter(pk=later.cycle.pk).update(year=2028)
    [again] = refused(later, 1)
    cases.Dossier.objects.filter(pk=again.pk).update(organisation=year.holder_organisation)
    found = lessons.cases_of([year.cycle, later.cycle])
    assert [(one.year, one.first) for one in found] == [(2027, True), (2028, False)]


def test_accompanied_requests_stand_beside_the_others(year):
    for rank in range(5):
        play.answered(year, 500, title=f"Financée {rank}")
    draft = play.a_draft(year, title="Accompagnée")
    booking = sessions.booked(year, sessions.a_session(year), dossier=draft)
    sessions.moved(booking, "attend", year.instructor, sessions.AFTER)
    engine.fire(play.fresh(draft), "submit", by=year.holder, at=sessions.AFTER)
    [helped, others] = lessons.shares(lessons.cases_of([year.cycle]))
    assert (helped.label, helped.filed, helped.granted, helped.hidden) == ("Accompagnées", 1, 0, True)
    assert (others.label, others.filed, others.granted) == ("Sans accompagnement", 5, 5)
    assert (others.percent, others.hidden) == (100, False)


@pytest.mark.parametrize(
    "filed, granted, hidden",
    [(4, 0, True), (9, 4, True), (9, 5, True), (10, 5, False), (5, 0, False), (0, 0, False)],
)
def test_a_group_of_one_to_four_is_not_shown_nor_what_is_left_of_one(filed, granted, hidden):
    assert lessons.Share(2027, "", filed, granted).hidden is hidden


def test_time_is_the_median_of_the_stays_that_are_over(year):
    refused(year, 1)
    stays = {one.label: one for one in lessons.stays([year.cycle])}
    sat = stays["En comité"]
    expected = round((play.SITTING - play.REVIEWING) / timedelta(days=1))
    assert (sat.days, sat.stays, sat.turn, sat.hidden) == (expected, 1, "Coordinateur", True)
    assert "Répondu" not in stays


def test_every_state_says_whose_turn_it_is_by_role():
    states = ("draft", "support", "review", "reporting", "closed")
    assert [lessons.turn_of(one) for one in states] == [
        "Porteur de projet",
        "Instructeur",
        "Financeur",
        "Porteur de projet",
        "Personne",
    ]


def test_the_page_hides_what_is_small_and_names_nobody(client, year):
    dossiers = refused(year, 5)
    client.force_login(year.instructor)
    path = reverse("learning", args=[year.cycle.code])
    page = text(client.get(path))
    assert "5 demandes déposées, 1 année (2027)." in page
    assert published(year) in page
    assert [one for one in (str(year.holder_organisation), dossiers[0].title) if one in page] == []
    assert [client.get(path, {"par": one}).status_code for one in (*By.values, "", "nulle-part")] == [200] * 7


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_request_and_for_three(client, year, django_assert_num_queries, rows):
    refused(year, rows)
    client.force_login(year.instructor)
    with django_assert_num_queries(9):
        client.get(reverse("learning", args=[year.cycle.code]))


def test_the_workbook_says_the_same_and_leaves_small_figures_out(client, year):
    refused(year, 5)
    play.answered(year, 500, title="Financée")
    client.force_login(year.coordinator)
    answer = client.get(reverse("learning-book", args=[year.cycle.code]))
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Motifs", "Accompagnement", "Durées"]
    told = [[cell.value for cell in row] for row in book["Motifs"].rows]
    assert told == [["Motif", "2027"], [published(year), 6]]
    shared = [[cell.value for cell in row] for row in book["Accompagnement"].rows][1]
    assert shared == ["2027", "Sans accompagnement", "moins de 5", "moins de 5", "moins de 5"]


def test_a_year_that_one_does_not_follow_is_neither_shown_nor_counted(client, year):
    refused(year, 1)
    other = play.a_year("ailleurs_2027", ceiling=100_000)
    refused(other, 2)
    assert lessons.years_until(year.cycle, year.instructor) == [year.cycle]
    client.force_login(year.instructor)
    assert client.get(reverse("learning", args=[other.cycle.code])).status_code == 404
    assert "1 demande déposée" in text(client.get(reverse("learning", args=[year.cycle.code])))
