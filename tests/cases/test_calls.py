"""This year's call, as anybody reads it without signing in."""

from datetime import date

import pytest
from django.urls import reverse

from cases.calls import call_of, current_calls
from tests import year as play
from tests.cycles import VITRY
from workflow import loading
from workflow.models import Cycle, CycleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def vitry(on_day):
    on_day(play.WRITING)
    return loading.load(VITRY, at=play.BEFORE)


def shown(client, name, *args, **query) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


# The page ------------------------------------------------------------------------------------------------------------


def test_a_visitor_reads_dates_places_conditions_questions_and_who_helps(client, vitry):
    page = shown(client, "call", vitry.code)
    told = [
        "mardi 24 novembre 2026",  # the deadline
        "mi-avril 2027",  # announced no more exactly than that
        "Le Hamois",
        "Santé et accès aux soins",
        "Le public vient en majorité des quartiers prioritaires",
        "Que voulez-vous faire ?",
        "Relevé d’identité bancaire",
        "Service développement social urbain",
        "03 53 01 00 27",
        "Commencer une demande",
    ]
    assert [words for words in told if words not in page] == []
    assert "Comité technique" not in page  # a date that is not announced to holders
    assert "Présence dans le quartier" not in page  # the grid is the team's


def test_what_is_over_folds_away_and_is_no_longer_offered(client, vitry, on_day):
    page = shown(client, "call", vitry.code)
    assert ("<summary>3\u00a0dates passées</summary>" in page, "Relecture du brouillon" in page) == (
        True,
        True,
    )
    assert [len(days) for _, days in call_of(vitry, play.WRITING).days] == [3, 8]
    on_day(play.REVIEWING)
    page = shown(client, "call", vitry.code)
    assert ("Relecture du brouillon" in page, "l’équipe vous propose" in page) == (False, False)


def test_the_page_costs_the_same_for_a_short_and_a_long_call(client, vitry, django_assert_num_queries):
    play.a_year()
    for code in (vitry.code, "essai_2027"):
        with django_assert_num_queries(10):
            client.get(reverse("call", args=[code]))


def test_a_call_that_is_not_published_is_a_missing_page(client, vitry):
    draft = Cycle.objects.create(code="brouillon", contract=vitry.contract, name="Brouillon", year=2028)
    CycleVersion.objects.create(cycle=draft, number=1)
    answers = [client.get(reverse(name, args=[draft.code])).status_code for name in ("call", "call-check")]
    assert answers == [404, 404]
    assert "Brouillon" not in shown(client, "calls")


@pytest.mark.parametrize(
    "day, status, begins",
    [
        ("2026-09-30", "soon", True),
        ("2026-10-01", "open", True),
        ("2026-11-15", "open", True),
        ("2026-11-16", "over", False),
    ],
)
def test_the_button_is_there_until_the_deadline_and_its_day_counts(client, on_day, day, status, begins):
    on_day(play.day(day))
    year = play.a_year()
    assert call_of(year.cycle, play.day(day)).status == status
    assert ("Commencer une demande" in shown(client, "call", year.cycle.code)) is begins


def test_the_button_leads_a_visitor_to_sign_in_first(client, vitry):
    path = reverse("begin", args=[vitry.code])
    assert f'href="{path}"' in shown(client, "call", vitry.code)
    assert client.get(path).url == f"/connexion/?next={path}"


def test_who_asks_for_nobody_is_offered_no_request(client, on_day):
    on_day(play.WRITING)
    year = play.a_year()
    offered = {}
    for user in (year.holder, year.coordinator, year.financiers["etat"]):
        client.force_login(user)
        offered[user] = "Commencer une demande" in shown(client, "call", year.cycle.code)
    assert list(offered.values()) == [True, False, False]


def test_a_call_filed_in_dauphin_says_so_and_asks_nothing_here(client, on_day):
    on_day(play.WRITING)
    year = play.a_year(filing="dauphin")
    page = shown(client, "call", year.cycle.code)
    assert "Dauphin, le portail de l’État" in page
    assert [words for words in ("Commencer une demande", "Budget signé") if words in page] == []


# The list ------------------------------------------------------------------------------------------------------------


def test_open_calls_come_before_those_to_come_and_closed_ones_are_gone(on_day):
    play.a_year("ouvert")
    later, over = play.a_year("plus_tard"), play.a_year("clos")
    first, last = date(2026, 11, 1), date(2026, 10, 19)
    later.cycle.milestones.filter(code="ouverture").update(starts_on=first, ends_on=first)
    over.cycle.milestones.filter(code="cloture").update(starts_on=last, ends_on=last)
    found = [(one.cycle.code, one.status) for one in current_calls(play.WRITING)]
    assert found == [("ouvert", "open"), ("plus_tard", "soon")]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_call_and_for_three(client, on_day, django_assert_num_queries, rows):
    on_day(play.WRITING)
    for rank in range(rows):
        play.a_year(f"appel-{rank}")
    with django_assert_num_queries(2):
        page = shown(client, "calls")
    assert page.count("Lire l’appel") == rows


def test_the_sign_in_page_leads_to_the_calls(client):
    assert f'href="{reverse("calls")}"' in shown(client, "login")


# May I ask? ----------------------------------------------------------------------------------------------------------


def test_four_questions_at_most_are_the_calls_own(vitry):
    assert [one.code for one in call_of(vitry, play.WRITING).checks] == [
        "declare",
        "public_qpv",
        "action",
        "annee_civile",
    ]


def test_a_call_without_worded_questions_asks_its_first_conditions(client, on_day):
    on_day(play.WRITING)
    year = play.a_year()
    assert [one.code for one in call_of(year.cycle, play.WRITING).checks] == ["qpv"]
    assert "Public des quartiers" in shown(client, "call-check", year.cycle.code)


YES = dict.fromkeys(("declare", "public_qpv", "action", "annee_civile"), "oui")


@pytest.mark.parametrize(
    "answers, told, points",
    [
        (YES, "Oui, vous pouvez demander", []),
        (YES | {"action": "a-voir"}, "Sans doute, oui", ["La demande finance une action"]),
        (YES | {"declare": "non"}, "Parlons-en d’abord", ["Le porteur est déclaré"]),
    ],
)
def test_the_answer_is_said_at_once_with_what_to_see_together(client, vitry, answers, told, points):
    page = shown(client, "call-check", vitry.code, **answers)
    assert told in page
    known = ["La demande finance une action", "Le porteur est déclaré"]
    assert [one for one in known if f"<li>{one}" in page] == points


def test_a_question_left_out_is_pointed_at_and_the_others_are_kept(client, vitry):
    response = client.get(reverse("call-check", args=[vitry.code]), {"declare": "oui"})
    page = response.content.decode()
    assert "Il y a 3 points à corriger" in page
    assert response.context["form"]["declare"].value() == "oui"
    assert "vous pouvez demander" not in page
