"""To notify: what waits by financier, what is refused, what a batch tells."""

import pytest
from django.urls import reverse

from tests import year as play
from tests.cases.reached import fired, inadmissible

pytestmark = pytest.mark.django_db

LETTER = {"notified_on": "2027-04-15", "letter_reference": ""}


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


def page(client, user):
    client.force_login(user)
    return client.get(reverse("to-notify"))


def sent(client, user, action, picked, **typed):
    client.force_login(user)
    return client.post(reverse("to-notify"), {"action": action, "picked": picked} | LETTER | typed)


def box(subject) -> str:
    return f"{subject.pk}:{subject.version}"


def states(dossier) -> list[str]:
    return list(dossier.lines.order_by("pk").values_list("state", flat=True))


def test_letters_wait_by_financier_and_say_what_the_answer_will_lack(client, year):
    dossier = play.decided(year)
    piles = page(client, year.coordinator).context["piles"]
    assert [(str(pile.financier), len(pile.letters)) for pile in piles] == [
        ("Etat essai_2027", 1),
        ("Agglo essai_2027", 1),
    ]
    [letter] = piles[0].letters
    assert [refusal.code for refusal in letter.missing] == ["no_feedback"]
    assert letter.line.dossier_id == dossier.pk


def test_another_years_letters_are_nobodys_here(client, year):
    other = play.a_year("autre_2027")
    line = play.decided(other).lines.order_by("pk").first()
    assert page(client, year.coordinator).context["piles"] == []
    assert sent(client, year.coordinator, "notify", [box(line)]).status_code == 422
    assert play.fresh(line).state == "granted"


def test_a_dossier_that_is_not_admissible_awaits_its_answer_here_too(client, year):
    dossier = inadmissible(year)
    [reply] = page(client, year.coordinator).context["waiting"]
    assert (reply.dossier.pk, [why.code for why in reply.refusals]) == (dossier.pk, ["no_feedback"])


@pytest.mark.parametrize("action", ["preview", "notify"])
@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"picked": []}, "Choisissez au moins une ligne."),
        ({"picked": ["x", "1:x", "9" * 30 + ":1"]}, "Choisissez au moins une ligne."),
        ({"notified_on": ""}, "Choisissez une date."),
        ({"notified_on": "le 15"}, "Écrivez une date, comme 24/11/2026."),
    ],
)
def test_a_mistake_is_explained_and_what_was_ticked_stays_ticked(client, year, action, typed, sentence):
    line = play.decided(year).lines.order_by("pk").first()
    response = sent(client, year.coordinator, action, **{"picked": [box(line)]} | typed)
    assert (response.status_code, play.fresh(line).state) == (422, "granted")
    assert sentence.lower() in response.content.decode().lower()
    if "notified_on" in typed:
        assert f'value="{box(line)}" checked' in response.content.decode()


@pytest.mark.parametrize(
    "day, sentence",
    [
        ("2027-04-21", "La date de notification ne peut pas être à venir."),
        ("2027-02-09", "ne peut pas précéder la décision du mercredi 10 février 2027."),
    ],
)
def test_a_letter_is_dated_between_the_decision_and_today(client, year, day, sentence):
    dossier = play.decided(year)
    boxes = [box(line) for line in dossier.lines.order_by("pk")]
    response = sent(client, year.coordinator, "notify", boxes, notified_on=day)
    assert (response.status_code, states(dossier)) == (422, ["granted", "refused"])
    assert sentence in response.content.decode()


def test_in_a_batch_each_line_is_told_or_refused_by_itself(client, year):
    fine, moved = play.decided(year), play.decided(year, title="Jardin")
    old = [box(one) for dossier in (fine, moved) for one in dossier.lines.order_by("pk")]
    fired(moved, "reopen", year.coordinator, play.ANSWERING, reason="Erreur")
    response = sent(client, year.coordinator, "notify", old)
    assert [[why.code for why in one.refusals] for one in response.context["fates"]] == [
        [],
        [],
        ["stale"],
        ["stale"],
    ]
    assert (states(fine), states(moved)) == (["notified", "notified"], ["requested", "requested"])


def test_the_same_click_twice_notifies_once(client, year):
    boxes = [box(line) for line in play.decided(year).lines.order_by("pk")]
    found = [sent(client, year.coordinator, "notify", boxes).status_code for _ in range(2)]
    assert found == [302, 302]


def test_an_answer_without_a_dossier_is_no_answer(client, year):
    response = sent(client, year.coordinator, "answer", [])
    assert (response.status_code, "Choisissez au moins un dossier." in response.content.decode()) == (
        422,
        True,
    )


def test_the_page_is_the_coordinators(client, year):
    readers = (year.coordinator, year.instructor, year.holder, year.financiers["etat"])
    assert [page(client, user).status_code for user in readers] == [200, 403, 403, 403]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_dossier_and_for_three(
    client, year, count, django_assert_num_queries
):
    for rank in range(count):
        play.decided(year, title=f"Action {rank}")
    client.force_login(year.coordinator)
    with django_assert_num_queries(9):
        assert len(client.get(reverse("to-notify")).context["waiting"]) == count
