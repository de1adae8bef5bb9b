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
from tests.pages import forms_of
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


def read_over(client, year, line, **typed) -> dict:
    """What the page of before and after sends once it is confirmed."""
    answer = sent(client, year, line, **typed)
    [form] = [one for one in forms_of(answer) if "confirmed" in one.fields]
    return {name: values[0] for name, values in form.fields.items() if name != "csrfmiddlewaretoken"}


def test_nothing_is_final_before_before_and_after_were_read(client, year, line):
    answer = sent(client, year, line, **{"account-60": "600", "account-70": "100"})
    text = " ".join(answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())
    assert (answer.status_code, play.fresh(line).state) == (200, "notified")
    fitting = answer.context["fitting"]
    assert (fitting.before.charges, fitting.after.charges) == (2_200, 600)
    assert [(row.label, row.amounts) for row in fitting.products] == [
        ("74 · Etat essai_2027, etat", (1_000, 500)),
        ("74 · Agglo essai_2027, agglo", (1_000, None)),
        ("70 · Ventes et prestations", (200, 100)),
        ("Total des produits", (2_200, 600)),
    ]
    assert "passe de <b>2 200 €</b> à <b>600 €</b>" in text
    again = sent(client, year, line, **read_over(client, year, line, **{"account-60": "500"}), again="1")
    assert (again.status_code, play.fresh(line).state) == (200, "notified")
    assert 'value="500"' in again.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"adaptation": "Deux séances."},
        {"account-60": "400", "account-64": "100"},
        {"confirmed": "0" * 64},
    ],
)
def test_what_is_not_what_was_read_over_is_read_again(client, year, line, changes):
    typed = read_over(client, year, line, **{"account-60": "500"})
    answer = sent(client, year, line, **typed | changes)
    assert (answer.status_code, play.fresh(line).state) == (409, "notified")
    assert "Relisez." in answer.content.decode()


def two_awards(year) -> list:
    """500 € of each financier, decided, and not notified yet."""
    dossier = play.in_committee(year)
    Dossier.objects.filter(pk=dossier.pk).update(budget=ASKED)
    for one in dossier.lines.order_by("pk"):
        fired(one, "grant", year.coordinator, play.SITTING, amount=Decimal(500))
    committee = {"committee": year.cycle.committees.get().pk}
    return list(fired(dossier, "decide", year.coordinator, play.SITTING, **committee).lines.order_by("pk"))


def told(year, line):
    return fired(line, "notify", year.coordinator, play.ANSWERING, notified_on=play.ANSWERING.date())


def test_another_financier_s_word_that_came_since_is_counted_before_anything_is_final(client, year):
    first, second = two_awards(year)
    first = told(year, first)
    typed = read_over(client, year, first, **{"account-60": "500"})
    told(year, second)
    answer = sent(client, year, first, **typed)
    assert (answer.status_code, play.fresh(first).state) == (422, "notified")
    assert "Il manque 500" in answer.content.decode()


def test_a_second_adaptation_is_compared_with_the_first(client, year):
    first, second = (told(year, one) for one in two_awards(year))
    sent(client, year, first, **read_over(client, year, first, **{"account-60": "1000"}))
    answer = sent(client, year, second, **{"account-60": "700", "account-64": "300"})
    fitting = answer.context["fitting"]
    assert [(row.label, row.amounts) for row in fitting.charges] == [
        ("60 · Achats", (1_000, 700)),
        ("64 · Charges de personnel", (None, 300)),
        ("Total des charges", (1_000, 1_000)),
    ]


def test_a_stale_page_says_it_before_anything_is_confirmed(client, year, line):
    typed = read_over(client, year, line, **{"account-60": "500"})
    typed["version"] = line.version - 1
    for sending in (typed, typed | {"confirmed": ""}):
        answer = sent(client, year, line, **sending)
        assert (answer.status_code, play.fresh(line).state) == (409, "notified")
        assert "Cette page n’est plus à jour" in answer.content.decode()


def test_a_request_without_accounts_is_confirmed_in_words(client, year):
    bare = reached.notified(year)
    typed = read_over(client, year, bare)
    assert sent(client, year, bare, **typed).status_code == 302
    assert play.fresh(bare).state == "adapted"


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
    typed = read_over(client, year, line, **{"account-60": "500"})
    for _ in range(2):
        assert sent(client, year, line, **typed).status_code == 302
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
