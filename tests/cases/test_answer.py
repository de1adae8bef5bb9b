"""The answer: each financier from its own letter's day, the choice with what follows, nothing before."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import FundingLine
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.money import euros
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


def asked(client, user, dossier):
    client.force_login(user)
    return client.get(reverse("dossier-answer", args=[dossier.uuid]))


def notify(year, line, **facts):
    facts = {"notified_on": date(2027, 4, 20)} | facts
    engine.fire(line, "notify", by=year.coordinator, at=play.ANSWERING, facts=facts)


# Before the letters --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["submitted", "in_review", "in_committee", "decided"])
def test_before_a_letter_there_is_no_answer(client, year, stage):
    dossier = getattr(play, stage)(year)
    assert asked(client, year.holder, dossier).status_code == 404
    client.force_login(year.holder)
    seen = client.get(reverse("dossier-detail", args=[dossier.uuid])).context["seen"]
    assert "Lire la réponse" not in [label for label, _ in seen.pages]


def test_a_letter_dated_tomorrow_tells_nothing_today(client, year, on_day):
    line = reached.notified(year, amount=437)
    on_day(play.day("2027-04-19"))
    assert asked(client, year.holder, line.dossier).status_code == 404
    page = client.get(reverse("dossier-detail", args=[line.dossier.uuid]))
    assert [one.offers for one in page.context["seen"].lines] == [[], []]
    assert euros(437) not in page.content.decode()


def test_one_letter_says_one_financier_and_the_other_answers_separately(client, year):
    dossier = play.decided(year, amount=437)
    notify(year, dossier.lines.order_by("pk").first(), letter_reference="DSU-12")
    page = asked(client, year.holder, dossier)
    answer, text = page.context["answer"], page.content.decode()
    assert [(one.told, one.granted) for one in answer.words] == [(True, True), (False, False)]
    assert (answer.granted, answer.asked, answer.awaited) == (437, 2_000, 1)
    assert "référence DSU-12" in text
    assert "Répondra séparément." in text
    assert "n’est pas retenue" not in text


# Everything told -----------------------------------------------------------------------------------------------------


def test_part_granted_part_refused_is_explained_by_the_sheet(client, year):
    dossier = play.answered(year)
    text = asked(client, year.holder, dossier).content.decode()
    told = ["Votre demande de 1\u202f000\u202f€ n’est pas retenue.", "Deux actions semblables existent."]
    told += ["Venez en septembre.", "500\u202f€ accordés", "Lire pourquoi", "dit comment la contester"]
    assert [words for words in told if words not in text] == []


def test_an_inadmissible_dossier_is_explained_without_amounts(client, year):
    dossier = reached.inadmissible(year)
    play.explained(year, dossier)
    engine.fire(play.fresh(dossier), "answer", by=year.coordinator, at=play.ANSWERING)
    text = asked(client, year.holder, dossier).content.decode()
    assert "Votre dossier n’est pas recevable. La fiche plus bas explique pourquoi." in text
    assert [words for words in ("accordés", "Répondra séparément") if words in text] == []


def test_a_financier_that_does_not_communicate_is_no_longer_awaited_once_all_is_answered(client, year):
    dossier = play.in_committee(year)
    first, second = dossier.lines.order_by("pk")
    engine.fire(first, "grant", by=year.coordinator, at=play.SITTING, facts={"amount": 300})
    engine.fire(second, "withhold", by=year.coordinator, at=play.SITTING)
    committee = year.cycle.committees.get().pk
    engine.fire(dossier, "decide", by=year.coordinator, at=play.SITTING, facts={"committee": committee})
    notify(year, first)
    play.explained(year, play.fresh(dossier))
    engine.fire(play.fresh(dossier), "answer", by=year.coordinator, at=play.ANSWERING)
    page = asked(client, year.holder, dossier)
    assert page.context["answer"].awaited == 0
    assert "N’a pas communiqué sa décision." in page.content.decode()


def test_above_23_000_euros_an_agreement_is_announced(client, year):
    for amount, said in ((23_000, False), (23_001, True)):
        year = play.a_year(f"essai-{amount}", ceiling=50_000)
        dossier = play.decided(year, amount, requested=25_000)
        notify(year, dossier.lines.order_by("pk").first())
        assert ("une convention à signer" in asked(client, year.holder, dossier).content.decode()) is said


# The choice ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "amount, choices", [(500, ["accept", "adapt", "renounce"]), (1_000, ["accept", "renounce"]), (0, [])]
)
def test_the_choice_follows_what_was_granted(client, year, amount, choices):
    line = reached.notified(year, amount=amount)
    [word] = [one for one in asked(client, year.holder, line.dossier).context["answer"].words if one.told]
    assert [one.offer.name for one in word.choices] == choices


def test_what_follows_each_choice_is_said_and_a_choice_leads_back_to_the_answer(client, year):
    line = reached.notified(year)
    text = asked(client, year.holder, line.dossier).content.decode()
    assert "Vous rendez cet argent. Ce choix est définitif." in text
    path = reverse("line-move", args=[line.uuid, "accept"])
    done = client.post(path, {"version": line.version})
    assert done.url == reverse("dossier-answer", args=[line.dossier.uuid])
    assert FundingLine.objects.get(pk=line.pk).state == "accepted"
    page = asked(client, year.holder, line.dossier)
    assert (page.context["answer"].to_choose, "Maintenu" in page.content.decode()) == (False, True)


def test_the_answer_is_the_holders_and_the_teams(client, year):
    dossier = play.answered(year)
    member = play.person("jury", Role.COMMITTEE, year.cycle)
    people = (year.holder, year.instructor, year.financiers["etat"], member)
    assert [asked(client, user, dossier).status_code for user in people] == [200, 200, 404, 404]


def test_the_page_costs_the_same_for_two_financiers_and_for_five(client, year, django_assert_num_queries):
    for code, financiers in (("deux", 2), ("cinq", 5)):
        dossier = play.answered(play.a_year(code, financiers=financiers))
        client.force_login(dossier.organisation.grants.get().user)
        client.get(reverse("dossier-answer", args=[dossier.uuid]))  # because the first reading is noted
        with django_assert_num_queries(12):
            client.get(reverse("dossier-answer", args=[dossier.uuid]))


def test_a_sheet_delivered_is_the_next_thing_to_read(client, year):
    dossier = reached.inadmissible(year)
    client.force_login(year.holder)
    path = reverse("dossier-detail", args=[dossier.uuid])
    waiting = client.get(path).context["seen"].next
    play.explained(year, dossier)
    reading = client.get(path).context["seen"].next
    home = client.get(reverse("todo")).context["home"]
    assert (waiting.url, reading.button) == ("", "Lire la réponse")
    assert home.current.next == reading
