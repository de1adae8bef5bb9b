"""Envelopes: what each reader sees, what stands in them, how one is corrected."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Envelope
from tests import year as play
from tests.cases.reached import fired, line_of, notified
from workflow import engine
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


def seen(client, user, **query):
    client.force_login(user)
    return client.get(reverse("envelope-list"), query)


def listed(response) -> list[Envelope]:
    return [one for _, envelopes in response.context["calls"] for one in envelopes]


def shown(client, user) -> list[Envelope]:
    return listed(seen(client, user))


def corrected(client, user, envelope, **typed):
    client.force_login(user)
    now = {"version": envelope.version, "label": envelope.label, "status": "notified", "ceiling": "10000"}
    return client.post(reverse("envelope-detail", args=[envelope.uuid]), now | typed)


def told(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_each_reads_the_envelopes_within_reach(client, year):
    play.a_year("autre_2027")
    jury = play.person("jury", Role.COMMITTEE, year.cycle)
    readers = (year.coordinator, year.instructor, year.financiers["etat"], year.holder, jury)
    found = [[one.label for one in shown(client, user)] for user in readers]
    assert found == [["etat", "agglo"], ["etat", "agglo"], ["etat"], [], []]


def test_envelopes_stand_call_by_call_the_newest_published_first(client, year):
    """Last year's and the one in preparation are folded below: nobody adds them up by mistake."""
    calls = {code: play.a_year(code) for code in ("essai_2026", "essai_2028")}
    for code, when in (("essai_2026", 2026), ("essai_2028", 2028)):
        play.Cycle.objects.filter(code=code).update(year=when)
        play.Grant.objects.create(user=year.coordinator, role=Role.COORDINATOR, cycle=calls[code].cycle)
    play.Cycle.objects.filter(code="essai_2028").update(current=None)
    response = seen(client, year.coordinator)
    assert [cycle.code for cycle, _ in response.context["calls"]] == [
        "essai_2027",
        "essai_2026",
        "essai_2028",
    ]
    assert told(response).count("<summary>Appel à projets essai_202") == 2


def test_an_envelope_says_what_is_decided_firm_paid_and_still_proposed(client, year):
    line = notified(year, 700)
    engine.amend(line, {"firm_on": play.ANSWERING.date()}, by=year.coordinator, at=play.ANSWERING)
    play.in_committee(year)
    etat, agglo = shown(client, year.coordinator)
    assert (etat.decided, etat.firm, etat.paid, etat.pending, etat.overrun) == (700, 700, 0, 500, 0)
    assert (agglo.decided, agglo.firm, agglo.pending) == (0, 0, 500)


def test_what_a_withdrawn_dossier_was_promised_is_no_longer_proposed(client, year):
    fired(play.in_committee(year), "withdraw", year.holder, play.SITTING)
    assert [one.pending for one in shown(client, year.coordinator)] == [0, 0]


def test_proposals_may_exceed_an_envelope_and_it_is_said(client, year):
    play.in_committee(year)
    for envelope in year.envelopes.values():
        engine.amend(envelope, {"ceiling": Decimal(400)}, by=year.coordinator, at=play.SITTING)
    response = seen(client, year.coordinator)
    assert [one.overrun for one in listed(response)] == [100, 100]
    assert "Dépasse de 100\u202f€" in told(response)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_envelope_and_for_three(
    client, on_day, count, django_assert_num_queries
):
    on_day(play.ANSWERING)
    year = play.a_year(financiers=count)
    client.force_login(year.coordinator)
    with django_assert_num_queries(4):
        assert len(listed(client.get(reverse("envelope-list")))) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_costs_the_same_for_one_movement_and_for_three(
    client, year, count, django_assert_num_queries
):
    for rank in range(count):
        play.decided(year, 100, title=f"Action {rank}")
    client.force_login(year.coordinator)
    with django_assert_num_queries(6):
        response = client.get(reverse("envelope-detail", args=[year.envelopes["etat"].uuid]))
    assert [one.balance for one in response.context["movements"]] == [
        100 * rank for rank in range(count, 0, -1)
    ]


def test_the_ledger_keeps_what_was_given_and_what_was_taken_back(client, year):
    line = line_of(play.in_committee(year))
    line = fired(line, "grant", year.coordinator, play.SITTING, amount=Decimal(500))
    fired(line, "release", year.coordinator, play.SITTING)
    client.force_login(year.coordinator)
    page = client.get(reverse("envelope-detail", args=[year.envelopes["etat"].uuid]))
    rows = [(one.amount, one.balance, one.told) for one in page.context["movements"]]
    assert rows == [
        (Decimal(-500), 0, "A remis la ligne à « sollicité »"),
        (Decimal(500), 500, "A noté l’accord"),
    ]


def test_a_cut_below_what_is_decided_is_recorded_and_says_what_to_arbitrate(client, year):
    play.decided(year, 1_000)
    etat = play.fresh(year.envelopes["etat"])
    assert corrected(client, year.coordinator, etat, status="cut", cut_to="400").status_code == 302
    response = seen(client, year.coordinator)
    assert [one.to_arbitrate for one in listed(response)] == [600, 0]
    assert "600\u202f€ à arbitrer" in told(response)


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"ceiling": "800"}, "Des montants sont déjà décidés au-delà : notez une réduction."),
        ({"ceiling": "beaucoup"}, "Écrivez un montant en euros, comme 1 234,50."),
        ({"ceiling": ""}, "Écrivez le montant de l’enveloppe, ou choisissez « inconnue »."),
        ({"status": "unknown"}, "Le montant est écrit : choisissez « estimée » ou « notifiée »."),
        ({"status": "cut"}, "Une réduction va avec le statut « réduite », et lui avec elle."),
        ({"cut_to": "500"}, "Une réduction va avec le statut « réduite », et lui avec elle."),
        ({"status": "cut", "cut_to": "20 000"}, "Une réduction est plus basse que le montant."),
    ],
)
def test_a_correction_that_cannot_be_is_explained_and_what_was_typed_is_kept(client, year, typed, sentence):
    play.decided(year, 1_000)
    etat = play.fresh(year.envelopes["etat"])
    response = corrected(client, year.coordinator, etat, label="Crédits de la Ville", **typed)
    assert (response.status_code, play.fresh(etat).label) == (422, "etat")
    assert sentence in told(response)
    assert "Crédits de la Ville" in told(response)


def test_an_old_form_is_refused_and_shows_what_changed(client, year):
    etat = year.envelopes["etat"]
    engine.amend(etat, {"ceiling": Decimal(9_000)}, by=year.coordinator, at=play.SITTING)
    other = play.person("adjointe", Role.COORDINATOR, year.cycle)
    response = corrected(client, other, etat, ceiling="12 000")
    assert (response.status_code, Envelope.objects.get(pk=etat.pk).ceiling) == (409, 9_000)
    assert response.context["kept"] == [("Montant", "9\u202f000\u202f€")]
    assert "A modifié : montant" in told(response)
    again = corrected(client, other, play.fresh(etat), ceiling="12 000")
    assert (again.status_code, Envelope.objects.get(pk=etat.pk).ceiling) == (302, 12_000)


def test_only_the_coordinator_corrects(client, year):
    etat = year.envelopes["etat"]
    who = (year.instructor, year.financiers["etat"], year.financiers["agglo"], year.holder)
    assert [corrected(client, user, etat).status_code for user in who] == [403, 403, 404, 404]
    client.force_login(year.instructor)
    assert "Corriger" not in told(client.get(reverse("envelope-detail", args=[etat.uuid])))


def test_a_part_stands_inside_its_whole_and_counts_in_its_sums(client, year):
    year = play.with_part(year, "ete", 3_000)
    dossier = play.in_committee(year, requested=2_000)
    fired(
        dossier.lines.get(envelope=year.envelopes["ete"]),
        "grant",
        year.coordinator,
        play.SITTING,
        amount=1_200,
    )
    response = seen(client, year.coordinator)
    etat, agglo = listed(response)
    assert (etat.decided, etat.pending, etat.remaining, agglo.pending) == (1_200, 500, 8_800, 500)
    assert [(one.label, one.decided, one.pending) for one in etat.inside] == [("ete", 1_200, 0)]
    assert "dont sous-enveloppes 3\u202f000\u202f€" in told(response)
    client.force_login(year.coordinator)
    page = client.get(reverse("envelope-detail", args=[year.envelopes["etat"].uuid]))
    assert [(one.amount, one.line.envelope.label) for one in page.context["movements"]] == [(1_200, "ete")]
    assert "dont réservé à ses sous-enveloppes" in told(page)
    part = client.get(reverse("envelope-detail", args=[year.envelopes["ete"].uuid]))
    assert reverse("envelope-detail", args=[year.envelopes["etat"].uuid]) in told(part)


def test_a_cut_below_what_was_split_is_recorded_and_says_what_to_arbitrate(client, year):
    year = play.with_part(year, "ete", 6_000)
    etat = play.fresh(year.envelopes["etat"])
    assert corrected(client, year.coordinator, etat, status="cut", cut_to="4 500").status_code == 302
    assert "1\u202f500\u202f€ à arbitrer : ses sous-enveloppes" in told(seen(client, year.coordinator))
    ete = play.fresh(year.envelopes["ete"])
    again = corrected(client, year.coordinator, ete, ceiling="6 100")
    assert (again.status_code, "« etat » n’a que 4\u202f500\u202f€ pour elle" in told(again)) == (422, True)
    assert corrected(client, year.coordinator, ete, ceiling="4 500").status_code == 302
    assert "à arbitrer" not in told(seen(client, year.coordinator))
