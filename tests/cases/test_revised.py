"""An action made smaller: a budget that is even on what was granted, each version kept beside the request's."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Dossier, RevisedBudget
from cases.revised import revision_of
from notifications.models import Message
from tests import year as play
from tests.cases import reached
from tests.cases.reached import fired
from workflow import engine
from workflow.roles import Role

pytestmark = pytest.mark.django_db

ASKED = {"60": "1500.00", "64": "700.00", "70": "200.00"}
"""With 2 000 € asked of two financiers: even."""
WORDS = "Dix séances au lieu de quinze."


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


@pytest.fixture
def line(year):
    """500 € granted of 1 000 €, the other financier refused and has not told so yet."""
    line = reached.notified(year)
    Dossier.objects.filter(pk=line.dossier_id).update(budget=ASKED)
    return play.fresh(line)


def euros(**accounts) -> dict:
    return {code.removeprefix("a"): Decimal(amount) for code, amount in accounts.items()}


def refused(line, year, budget=None) -> list[str]:
    facts = {"adaptation": WORDS} | ({} if budget is None else {"budget": budget})
    found = engine.refusals(line, "adapt", by=year.holder, at=play.ANSWERING, facts=facts)
    return [one.sentence for one in found]


@pytest.mark.parametrize(
    "budget, sentence",
    [
        (None, "Il manque 500 € de charges"),
        (euros(a60=900), "Il manque 400 € de produits"),
        (euros(a60=400), "Il manque 100 € de charges"),
        (euros(a60=500, a86=80), "il manque 80 € au compte 87"),
        (euros(a60=500, a87=80), "il manque 80 € au compte 86"),
        ({"60": Decimal(-1)}, "zéro ou plus"),
        ({"60": Decimal("500.001")}, "zéro ou plus"),
        ({"99": Decimal(500)}, "zéro ou plus"),
    ],
)
def test_an_uneven_budget_is_refused_in_words(year, line, budget, sentence):
    [said] = refused(line, year, budget)
    assert sentence in said.replace("\u202f", " ")


def test_what_was_granted_counts_by_itself_and_what_is_still_awaited_does_not(year, line):
    assert refused(line, year, euros(a60=400, a64=200, a70=100)) == []


def test_a_request_without_accounts_is_adapted_in_words(year):
    assert refused(reached.notified(year), year) == []


def test_both_versions_are_kept_and_the_request_stays_as_it_was(year, line):
    fired(line, "adapt", year.holder, play.ANSWERING, adaptation=WORDS, budget=euros(a60=500))
    version = RevisedBudget.objects.get()
    assert (version.number, version.accounts) == (1, {"60": "500.00"})
    assert version.awards == {line.pk: Decimal(500)}
    assert play.fresh(line.dossier).budget == ASKED


def test_the_two_are_read_side_by_side_account_by_account(year, line):
    fired(line, "adapt", year.holder, play.ANSWERING, adaptation=WORDS, budget=euros(a60=600, a70=100))
    revision = revision_of(play.fresh(line.dossier), own=None)
    assert [(one.line.pk, one.said) for one in revision.adapted] == [(line.pk, WORDS)]
    assert [(row.label, row.amounts) for row in revision.table.charges] == [
        ("60 · Achats", (1_500, 600)),
        ("64 · Charges de personnel", (700, None)),
        ("Total des charges", (2_200, 600)),
    ]
    assert [(row.label, row.amounts) for row in revision.table.products] == [
        ("74 · Etat essai_2027, etat", (1_000, 500)),
        ("74 · Agglo essai_2027, agglo", (1_000, None)),
        ("70 · Ventes et prestations", (200, 100)),
        ("Total des produits", (2_200, 600)),
    ]


def test_a_financier_reads_its_own_award_by_name_and_the_others_as_one_sum(client, year, line):
    fired(line, "adapt", year.holder, play.ANSWERING, adaptation=WORDS, budget=euros(a60=500))
    path = reverse("dossier-revised", args=[line.dossier.uuid])

    def seen(user):
        client.force_login(user)
        page = client.get(path)
        return page.status_code, "Agglo essai_2027" in page.content.decode()

    member = play.person("jury", Role.COMMITTEE, year.cycle)
    people = (year.holder, year.instructor, year.financiers["etat"], year.financiers["agglo"], member)
    assert [seen(user) for user in people] == [
        (200, True),
        (200, True),
        (200, False),
        (404, False),
        (404, False),
    ]


def test_a_decision_taken_back_leaves_no_adapted_budget_to_read(client, year, line):
    fired(line, "adapt", year.holder, play.ANSWERING, adaptation=WORDS, budget=euros(a60=500))
    fired(line.dossier, "reopen", year.coordinator, play.ANSWERING, reason="Erreur", withdraws_award=True)
    client.force_login(year.instructor)
    assert client.get(reverse("dossier-revised", args=[line.dossier.uuid])).status_code == 404
    assert RevisedBudget.objects.count() == 1


# On its page ---------------------------------------------------------------------------------------------------------


def sent(client, year, line, **typed):
    client.force_login(year.holder)
    path = reverse("line-move", args=[line.uuid, "adapt"])
    return client.post(path, {"version": line.version, "adaptation": WORDS} | typed)


def test_the_page_begins_with_the_requests_amounts_and_says_what_is_missing(client, year, line):
    client.force_login(year.holder)
    page = client.get(reverse("line-move", args=[line.uuid, "adapt"]))
    form, text = page.context["form"], page.content.decode()
    assert (form.budget.charges, form.budget.products, form.budget.asked) == (2_200, 700, 500)
    assert [[field.name for field in one.fields] for one in form.open_sections()] == [
        ["account-60", "account-64"],
        ["account-70"],
    ]
    assert "Il manque 1\u202f500\u202f€ de produits." in text.replace("\u00a0€", "\u202f€")


def test_an_uneven_budget_keeps_what_was_typed(client, year, line):
    answer = sent(client, year, line, **{"account-60": "900"})
    assert (answer.status_code, play.fresh(line).state) == (422, "notified")
    assert 'value="900"' in answer.content.decode()


def test_the_sums_are_made_again_and_nothing_is_kept_nor_wrong_yet(client, year, line):
    page = sent(client, year, line, sums="1", adaptation="", **{"account-60": "400", "account-64": "50"})
    said = " ".join(page.content.decode().split())
    assert "Il manque 50 € de charges." in said.replace("\u202f", " ").replace("\xa0", " ")
    assert (page.status_code, page.context["form"].errors) == (200, {})
    assert (play.fresh(line).state, RevisedBudget.objects.count()) == ("notified", 0)


def test_the_same_click_twice_adapts_once_and_the_financier_and_the_team_are_told(client, year, line):
    before = line.version
    for _ in range(2):
        assert sent(client, year, line, **{"account-60": "500", "version": before}).status_code == 302
    assert (play.fresh(line).state, RevisedBudget.objects.count()) == ("adapted", 1)
    told = (
        Message.objects.filter(event="fundingline.adapt").order_by("pk").values_list("recipient", flat=True)
    )
    assert set(told) == {year.financiers["etat"].pk, year.instructor.pk, year.coordinator.pk}


def test_the_comparison_costs_the_same_for_two_financiers_and_for_five(
    client, django_assert_num_queries, on_day
):
    on_day(play.ANSWERING)
    for code, count in (("deux", 2), ("cinq", 5)):
        year = play.a_year(code, financiers=count)
        line = reached.revised(year)
        client.force_login(year.holder)
        with django_assert_num_queries(12):
            client.get(reverse("dossier-revised", args=[line.dossier.uuid]))
