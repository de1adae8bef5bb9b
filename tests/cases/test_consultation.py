"""That an answer was read: once per person of the holder, a day and no more, said to the team by organisation."""

from datetime import date

import pytest
from django.urls import reverse

from cases.consultation import Read, looked_at, read_of
from cases.models import Consultation
from tests import year as play
from tests.cases import reached
from tests.cases.reached import fired
from workflow.models import Grant
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


def answer(client, user, dossier, method="get", **headers):
    client.force_login(user)
    return getattr(client, method)(reverse("dossier-answer", args=[dossier.uuid]), headers=headers)


def kept() -> list:
    return list(Consultation.objects.order_by("pk").values_list("line", "reader", "on"))


def test_the_first_opening_by_a_person_of_the_holder_is_kept_once(client, year, on_day):
    line = reached.notified(year)
    for _ in range(2):
        assert answer(client, year.holder, line.dossier).status_code == 200
    on_day(play.REPORTING)
    answer(client, year.holder, line.dossier)
    assert kept() == [(line.pk, year.holder.pk, date(2027, 4, 20))]


def test_each_person_of_the_holder_counts_and_nobody_else(client, year):
    line = reached.notified(year)
    colleague = play.person("tresoriere")
    Grant.objects.create(user=colleague, role=Role.HOLDER, organisation=year.holder_organisation)
    for user in (year.coordinator, year.instructor, colleague, year.holder):
        answer(client, user, line.dossier)
    assert [reader for _, reader, _ in kept()] == [colleague.pk, year.holder.pk]


@pytest.mark.parametrize(
    "method, headers",
    [
        ("head", {}),
        ("get", {"Sec-Purpose": "prefetch"}),
        ("get", {"Sec-Purpose": "prefetch;prerender"}),
        ("get", {"Purpose": "prefetch"}),
        ("get", {"X-Moz": "prefetch"}),
    ],
)
def test_what_a_machine_fetches_ahead_is_no_reading(client, year, method, headers):
    line = reached.notified(year)
    assert answer(client, year.holder, line.dossier, method, **headers).status_code == 200
    assert kept() == []
    assert looked_at("GET", {}) is True


def test_a_financier_that_answers_later_is_read_by_itself(client, year):
    first = reached.notified(year)
    answer(client, year.holder, first.dossier)
    second = reached.line_of(first.dossier, 1)
    fired(second, "notify", year.coordinator, play.ANSWERING, notified_on=date(2027, 4, 20))
    assert [line for line, *_ in kept()] == [first.pk]
    answer(client, year.holder, first.dossier)
    assert [line for line, *_ in kept()] == [first.pk, second.pk]


def test_what_cannot_be_read_yet_is_not_kept(client, year):
    dossier = play.decided(year)
    assert (answer(client, year.holder, dossier).status_code, kept()) == (404, [])


def test_the_sheet_of_a_dossier_without_financiers_word_is_read_too(client, year):
    dossier = reached.inadmissible(year)
    play.explained(year, dossier)
    for _ in range(2):
        answer(client, year.holder, dossier)
    assert kept() == [(None, year.holder.pk, date(2027, 4, 20))]


def test_a_decision_taken_back_is_read_anew(client, year):
    line = reached.notified(year)
    answer(client, year.holder, line.dossier)
    facts = {"reason": "Erreur", "withdraws_award": True}
    fired(line.dossier, "reopen", year.coordinator, play.ANSWERING, **facts)
    assert kept() == []


def test_the_team_reads_it_on_the_dossier_and_the_holder_does_not(client, year):
    line = reached.notified(year)
    path = reverse("dossier-detail", args=[line.dossier.uuid])

    def said(user) -> list[str]:
        client.force_login(user)
        text = client.get(path).content.decode()
        return [words for words in ("pas encore lu", "lu le ") if words in text]

    assert said(year.instructor) == ["pas encore lu"]
    answer(client, year.holder, line.dossier)
    assert (said(year.instructor), said(year.holder)) == (["lu le "], [])


def test_several_readings_are_counted_from_the_first_day():
    rows = [[7, 1, "2027-04-22"], [7, 2, "2027-04-20"], [None, 1, "2027-04-23"]]
    assert read_of(rows) == {7: Read(2, date(2027, 4, 20)), None: Read(1, date(2027, 4, 23))}
    assert read_of(None) == {}
