"""A committee: borderline dossiers first, each financier's word, money that fits, then the letters, then the answer."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Dossier
from tests import year as play
from workflow import engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


@pytest.fixture
def table(client, year):
    """The page of the committee, as its coordinator uses it."""
    client.force_login(year.coordinator)
    address = reverse("committee-detail", args=[year.cycle.committees.get().uuid])

    def use(dossier=None, action="", follow=False, **typed):
        if dossier is None:
            return client.get(address)
        given = {"dossier": str(dossier.uuid), "version": dossier.version, "action": action}
        given |= {f"version-{dossier.pk}": dossier.version}
        return client.post(address, given | typed, follow=follow)

    use.address = address
    return use


def said(dossier, *words) -> dict:
    """What is typed on the table: one (word, amount) per line, in the order of the financiers."""
    typed = {}
    for line, (word, amount) in zip(dossier.lines.order_by("pk"), words, strict=True):
        key = str(line.pk)
        typed |= {f"{key}-version": line.version, f"{key}-word": word, f"{key}-amount": amount}
    return typed


def lines(dossier) -> list:
    return list(dossier.lines.order_by("pk").values_list("state", "decided"))


def test_given_opinions_that_disagree_the_dossier_is_on_top(year, table):
    calm = play.in_committee(year)
    torn = play.in_review(year, title="Jardin partagé")
    play.opine(year, torn, "etat")
    play.opine(year, torn, "agglo", verdict="unfavourable", amount=0)
    asked = play.in_review(year, title="Sorties")
    play.opine(year, asked, "etat", verdict="discuss")
    play.opine(year, asked, "agglo")
    rows = table().context["board"].rows
    assert [row.dossier.pk for row in rows] == [torn.pk, asked.pk, calm.pk]
    assert [row.to_discuss for row in rows] == [True, True, False]


def test_when_each_financier_speaks_the_decision_is_written_in_one_click(year, table):
    dossier = play.in_committee(year)
    response = table(dossier, "decide", **said(dossier, ("grant", "400"), ("refuse", "")))
    assert (response.status_code, response.url) == (302, table.address)
    assert (play.fresh(dossier).state, lines(dossier)) == ("decided", [("granted", 400), ("refused", 0)])
    again = table(dossier, "decide", follow=True, **said(dossier, ("grant", "400"), ("refuse", "")))
    assert "c’est déjà fait" in again.content.decode()
    assert play.fresh(year.envelopes["etat"]).decided == 400


def test_words_may_be_noted_one_by_one_changed_and_taken_back(year, table):
    dossier = play.in_committee(year)
    assert table(dossier, "note", **said(dossier, ("grant", "400"), ("", ""))).url.endswith("#dossier-001")
    assert lines(dossier) == [("granted", 400), ("answered", None)]
    table(dossier, "note", **said(dossier, ("grant", "350"), ("withhold", "")))
    assert lines(dossier) == [("granted", 350), ("undisclosed", None)]
    table(dossier, "note", **said(dossier, ("", ""), ("withhold", "")))
    assert lines(dossier) == [("requested", None), ("undisclosed", None)]
    assert play.fresh(year.envelopes["etat"]).decided == 0


def test_a_word_that_does_not_change_writes_nothing(year, table):
    dossier = play.in_committee(year)
    table(dossier, "note", **said(dossier, ("grant", "400"), ("refuse", "")))
    before = list(dossier.lines.order_by("pk").values_list("version", flat=True))
    table(dossier, "note", **said(dossier, ("grant", "400 €"), ("refuse", "")))
    assert list(dossier.lines.order_by("pk").values_list("version", flat=True)) == before


def test_more_than_the_envelope_is_refused_in_words_and_nothing_typed_is_lost(year, table):
    dossier = play.in_committee(year)
    engine.amend(year.envelopes["etat"], {"ceiling": Decimal(300)}, by=year.coordinator, at=play.SITTING)
    response = table(dossier, "decide", **said(dossier, ("grant", "450"), ("refuse", "")))
    first, second = response.context["board"].rows[0].cells
    assert (response.status_code, first.word, first.shown, second.word) == (422, "grant", "450", "refuse")
    assert first.errors == ["L’enveloppe « etat » serait dépassée de 150\u202f€."]
    assert (play.fresh(dossier).state, lines(dossier)) == ("committee", [("answered", None), ("refused", 0)])


@pytest.mark.parametrize(
    "amount, sentence",
    [
        ("", "écrivez le montant accordé."),
        ("beaucoup", "écrivez un montant en euros, comme 1 234,50."),
        ("2 000", "Le montant accordé doit être positif et ne pas dépasser la demande."),
    ],
)
def test_an_amount_that_makes_no_sense_is_explained_beside_its_financier(year, table, amount, sentence):
    dossier = play.in_committee(year)
    response = table(dossier, "note", **said(dossier, ("grant", amount), ("", "")))
    [row] = response.context["board"].rows
    assert (response.status_code, row.cells[0].errors, row.cells[0].shown) == (422, [sentence], amount)
    assert lines(dossier)[0] == ("answered", None)


def test_an_old_page_does_not_overwrite_what_somebody_noted_meanwhile(year, table):
    dossier = play.in_committee(year)
    old = said(dossier, ("grant", "400"), ("", ""))
    first = dossier.lines.order_by("pk").first()
    engine.fire(first, "grant", by=year.coordinator, at=play.SITTING, facts={"amount": Decimal(250)})
    response = table(dossier, "note", **old)
    [row] = response.context["board"].rows
    assert (response.status_code, lines(dossier)[0]) == (409, ("granted", 250))
    assert row.cells[0].errors[1] == "Maintenant : accordé 250\u202f€."
    assert (row.cells[0].shown, row.cells[0].line.version) == ("400", first.version + 1)


def test_a_decision_waits_for_every_financier(year, table):
    dossier = play.in_committee(year)
    response = table(dossier, "decide", **said(dossier, ("grant", "400"), ("", "")))
    assert (response.status_code, play.fresh(dossier).state) == (422, "committee")
    assert response.context["board"].rows[0].errors == ["Décision à noter pour Agglo essai_2027."]


def test_the_consensual_ones_are_settled_in_one_go_each_by_itself(client, year, table):
    ready, cut, open_ = (play.in_committee(year, title=f"Action {rank}") for rank in range(3))
    for dossier in (ready, cut):
        table(dossier, "note", **said(dossier, ("grant", "400"), ("refuse", "")))
    shown = {f"version-{one.pk}": one.version for one in (ready, cut, open_)}
    engine.amend(cut, {"dauphin_reference": "D-1"}, by=year.coordinator, at=play.SITTING)
    response = client.post(table.address, {"action": "decide-ready"} | shown)
    found = [(one.row.dossier.pk, [why.code for why in one.refusals]) for one in response.context["results"]]
    assert found == [(ready.pk, []), (cut.pk, ["stale"])]
    states = Dossier.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["decided", "committee", "committee"]


def test_proposals_are_filled_in_to_be_read_again_and_nothing_is_written(year, table):
    dossier = play.in_review(year)
    play.opine(year, dossier, "etat", amount=450)
    play.opine(year, dossier, "agglo", verdict="unfavourable", amount=0)
    response = table(dossier, "propose", **said(dossier, ("", ""), ("grant", "20")))
    first, second = response.context["board"].rows[0].cells
    assert (response.status_code, first.word, second.word, second.shown) == (200, "grant", "grant", "20")
    assert lines(dossier) == [("answered", None), ("answered", None)]
    response = table(dossier, "propose", **said(dossier, ("", "450"), ("", "")))
    assert [cell.word for cell in response.context["board"].rows[0].cells] == ["grant", "refuse"]


def test_what_is_not_ripe_is_deferred_with_its_reason_and_comes_back(year, table):
    dossier = play.in_committee(year)
    response = table(dossier, "defer", reason="Le budget est à revoir", next_committee_on="2027-02-10")
    assert (response.status_code, play.fresh(dossier).state) == (422, "committee")
    table(dossier, "defer", reason="Le budget est à revoir", next_committee_on="2027-03-10")
    deferred = play.fresh(dossier)
    assert [row.dossier.pk for row in table().context["board"].deferred] == [deferred.pk]
    table(deferred, "resume")
    assert play.fresh(dossier).state == "committee"


def test_an_empty_deferral_says_what_is_missing(year, table):
    [row] = table(play.in_committee(year), "defer").context["board"].rows
    assert row.errors == ["Pourquoi : répondez à cette question.", "Prochain comité : choisissez une date."]


def test_each_financier_writes_on_its_own_day_and_then_the_team_answers(client, year, table, on_day):
    dossier = play.in_committee(year)
    table(dossier, "decide", **said(dossier, ("grant", "400"), ("grant", "900")))
    on_day(play.ANSWERING)
    client.force_login(year.coordinator)  # because a session does not last from February to April
    first, second = (f"{line.pk}:{line.version}" for line in dossier.lines.order_by("pk"))
    letters, when = reverse("to-notify"), {"notified_on": "2027-03-02", "letter_reference": "2027-147-12"}
    read = client.post(letters, {"action": "preview", "picked": [first]} | when)
    [leaving] = read.context["release"].leaving
    told = leaving.word.line
    assert (str(told.envelope.financier), told.award, told.requested) == ("Etat essai_2027", 400, 1_000)
    assert lines(dossier)[0][0] == "granted"
    client.post(letters, {"action": "notify", "picked": [first]} | when)
    client.post(letters, {"action": "notify", "picked": [second]} | when | {"notified_on": "2027-04-15"})
    told = list(dossier.lines.order_by("pk").values_list("state", "notified_on", "letter_reference"))
    days = [(str(on), reference) for _, on, reference in told]
    assert days == [("2027-03-02", "2027-147-12"), ("2027-04-15", "2027-147-12")]
    waiting = client.get(letters).context["waiting"]
    assert [[why.code for why in one.refusals] for one in waiting] == [["no_feedback"]]
    play.explained(year, dossier)
    [reply] = client.get(letters).context["ready"]
    assert client.post(letters, {"action": "answer", "picked": [reply.value]}).status_code == 302
    assert play.fresh(dossier).state == "answered"
