"""The budget by accounts: sums, what is missing on which side, and how the form reads it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases.budget import CHARGES, KIND, PRODUCTS, Account, Budget
from tests import year as play
from tests.cases.written import AUTOSAVE, written


def amounts(**accounts) -> dict:
    """`a60=100` stands for 100 € in the account 60."""
    return {code.removeprefix("a"): Decimal(euros) for code, euros in accounts.items()}


def test_every_account_is_a_charge_a_product_or_help_in_kind_once():
    assert sorted([*CHARGES, *PRODUCTS, *KIND]) == sorted(Account)


def test_what_is_asked_here_counts_among_the_products():
    budget = Budget(amounts(a60=600, a64=900, a70=200), asked=Decimal(1_000))
    assert (budget.charges, budget.products, budget.missing_products) == (1_500, 1_200, 300)
    assert budget.missing_charges == 0


def test_too_many_products_are_missing_charges():
    budget = Budget(amounts(a60=600), asked=Decimal(1_000))
    assert (budget.missing_products, budget.missing_charges) == (0, 400)


def test_help_in_kind_stands_apart_and_is_even_by_itself():
    budget = Budget(amounts(a86=300, a87=200))
    assert (budget.is_detailed, budget.charges, budget.missing_given, budget.missing_used) == (
        False,
        0,
        100,
        0,
    )


def test_the_public_share_counts_other_subsidies_too():
    budget = Budget(amounts(a74=100), asked=Decimal(700))
    assert (budget.share(Decimal(1_000)), budget.share(Decimal(0))) == (80, None)


# On its page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def year(db, on_day):
    on_day(play.WRITING)
    return play.a_year(public_share=80)


@pytest.fixture
def dossier(client, year):
    """Two financiers are asked 1 000 € each."""
    client.force_login(year.holder)
    return play.a_draft(year)


EVEN = {"account-60": "1\u202f500,50 €", "account-64": "999,50", "account-70": "500 euros"}


def test_charges_given_by_account_make_the_total(client, dossier):
    assert written(client, dossier, "budget", EVEN | {"total_cost": "3"}).status_code == 302
    fresh = play.fresh(dossier)
    assert fresh.total_cost == 2_500
    assert fresh.budget == {"60": "1500.50", "64": "999.50", "70": "500.00"}


def test_a_total_alone_is_enough_for_a_small_association(client, dossier):
    written(client, dossier, "budget", {"total_cost": "12 500,50 €"})
    fresh = play.fresh(dossier)
    assert (fresh.total_cost, fresh.budget) == (Decimal("12500.50"), {})


def test_an_emptied_account_is_forgotten(client, dossier):
    written(client, dossier, "budget", EVEN)
    written(client, dossier, "budget", {"account-64": ""})
    fresh = play.fresh(dossier)
    assert (fresh.budget, fresh.total_cost) == ({"60": "1500.50", "70": "500.00"}, Decimal("1500.50"))


def test_the_totals_are_said_while_one_types(client, dossier):
    said = written(client, dossier, "budget", EVEN | {"account-70": ""}, **AUTOSAVE).content.decode()
    assert "Il manque 500\u202f€ de produits." in said
    assert "Le budget est équilibré." in written(client, dossier, "budget", EVEN, **AUTOSAVE).content.decode()


def test_a_wrong_amount_loses_no_other(client, dossier):
    response = written(client, dossier, "budget", EVEN | {"account-61": "beaucoup"})
    assert (response.status_code, play.fresh(dossier).budget["64"]) == (422, "999.50")
    assert 'value="beaucoup"' in response.content.decode()


def test_above_the_ceiling_of_public_money_one_is_warned_and_may_go_on(client, dossier):
    said = written(client, dossier, "budget", {"total_cost": "2 400"}, **AUTOSAVE).content.decode()
    assert "Vous demandez 83&nbsp;% du coût à des financeurs publics." in said
    filing = {"version": play.fresh(dossier).version, "commitment_by": "Présidente", "commitment": "on"}
    client.post(reverse("dossier-request", args=[dossier.uuid]), filing)
    assert play.fresh(dossier).state == "submitted"


def test_an_uneven_budget_is_not_filed_and_leads_to_its_accounts(client, dossier):
    written(client, dossier, "budget", EVEN | {"account-70": ""})
    filing = {"version": play.fresh(dossier).version, "commitment_by": "Présidente", "commitment": "on"}
    response = client.post(reverse("dossier-request", args=[dossier.uuid]), filing)
    page = response.content.decode()
    assert (response.status_code, play.fresh(dossier).state) == (422, "draft")
    assert "/demande/budget/#id_account-60" in page
    assert "Le budget n’est pas équilibré\u00a0: il manque 500\u202f€ de produits." in page


def test_a_reader_finds_the_budget_as_a_table(client, year, dossier):
    written(client, dossier, "budget", EVEN | {"account-86": "300", "account-87": "300"})
    client.force_login(year.instructor)
    page = client.get(reverse("dossier-request", args=[dossier.uuid])).content.decode()
    assert "Budget de l’action, compte par compte" in page
    assert "64 · Charges de personnel" in page
    assert page.count("2\u202f500\u202f€") == 3
