"""Above 23 000 € a year a body of private law is paid only under a signed agreement; the team reads what is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases import acts, folders, letter_making
from cases.models import FundingLine
from cases.tasks import SIGN
from tests import correspondence as write
from tests import year as play
from tests.cases import reached
from tests.cases.test_payment import codes, noted
from workflow import engine
from workflow.models import Cycle, Organisation

pytestmark = pytest.mark.django_db
PAID = {"paid_on": date(2027, 4, 20)}


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year(ceiling=100_000)


def told(year, amount, **draft):
    return notified(year, decided(year, amount, **draft))


def to_sign(client, user):
    client.force_login(user)
    page = client.get(reverse("todo"), {"kind": SIGN})
    return [task.url for task in page.context["home"].page]


def test_nothing_is_paid_above_the_laws_threshold_without_a_signed_agreement(year):
    line = told(year, 23_001)
    assert codes(lambda: noted(year, line, 100, **PAID)) == ["no_act"]
    expected = noted(year, line, 23_001, expected_on=date(2027, 6, 19))
    late = {"paid_on": date(2027, 4, 20)}
    by = {"by": year.instructor, "at": play.ANSWERING}
    assert codes(lambda: engine.amend(expected, late, **by)) == ["no_act"]
    engine.amend(line, {"act_on": date(2027, 4, 20)}, **by)
    engine.amend(expected, late, **by)
    assert play.fresh(expected).paid_on == date(2027, 4, 20)


def test_at_the_threshold_itself_the_law_asks_for_nothing(year):
    noted(year, told(year, 23_000), 23_000, **PAID)


def test_what_one_financier_gives_one_body_in_the_year_counts_together(year):
    first, second = told(year, 12_000), told(year, 11_001, title="Jardin")
    assert [acts.act_is_missing(one) for one in (first, second)] == [True, True]
    reached.fired(second, "renounce", year.holder, play.ANSWERING)
    assert acts.act_is_missing(first) is False


def decided(year, amount, **draft):
    return play.decided(year, amount, requested=30_000, **draft)


def notified(year, dossier):
    line, day = reached.line_of(dossier), {"notified_on": date(2027, 4, 20)}
    return reached.fired(line, "notify", year.coordinator, play.ANSWERING, **day)


def test_letters_ask_for_an_agreement_by_the_same_yearly_sum_and_say_why(year):
    write.writes(year)
    first = decided(year, 12_000)
    notified(year, first)
    assert "agreement" not in write.matters(first)
    assert "Une convention à signer" not in said_in(first)
    second = decided(year, 11_001, title="Jardin")
    assert acts.act_is_missing(reached.line_of(second)) is True
    assert "plus de 23 000 €, toutes actions comprises" in said_in(second)
    assert "Une convention à signer" in said_in(second)
    notified(year, second)
    for dossier in (first, second):
        assert acts.act_is_missing(reached.line_of(dossier)) is True
        assert "loi n° 2000-321, article 10, et décret n° 2001-495" in said_in(dossier, "agreement")
        assert write.make(year, dossier, "agreement").kind_of == "agreement"
    assert {
        one.matter.about for one in folders.pending(year.cycle) if one.matter.kind == "agreement"
    } == set()
    reached.fired(second, "reopen", year.coordinator, play.ANSWERING, reason="Erreur", withdraws_award=True)
    assert "agreement" not in write.matters(first)


def test_no_letter_tells_of_an_award_that_is_not_told_yet(year):
    write.writes(year)
    first, second = decided(year, 12_000), decided(year, 12_000, title="Jardin")
    for dossier in (first, second):
        assert "Une convention à signer" not in said_in(dossier)
        assert "agreement" not in write.matters(dossier)
    notified(year, second)
    assert "Une convention à signer" in said_in(first)


def test_another_call_of_the_same_year_counts_and_another_year_or_authority_does_not(year):
    write.writes(year)
    dossier = decided(year, 12_000)
    other = play.a_year("micro_2027", ceiling=100_000)
    play.share_seat(year, other)
    same = replace(other, holder_organisation=year.holder_organisation, holder=year.holder)
    beside = decided(same, 12_000)
    notified(same, beside)
    assert "agreement" in write.matters(dossier)
    Cycle.objects.filter(pk=other.cycle.pk).update(year=2028)
    assert "agreement" not in write.matters(dossier)
    Cycle.objects.filter(pk=other.cycle.pk).update(year=2027)
    FundingLine.objects.filter(pk=reached.line_of(beside).pk).update(
        seat=year.envelopes["agglo"].financier.organisation
    )
    assert "agreement" not in write.matters(dossier)


def said_in(dossier, kind="partial") -> str:
    """The words of a letter about this dossier's award."""
    content = letter_making.draft_of(write.matters(dossier)[kind]).content
    texts = [text for one in content["blocks"] for text in (one.get("items") or [one["text"]])]
    return " ".join(" ".join(texts).replace("\u202f", " ").replace("\u00a0", " ").split())


def test_a_holder_reads_of_an_agreement_once_it_was_told_enough(client, year):
    first, second = (decided(year, 12_000, title=one) for one in ("Vélo", "Jardin"))
    path = reverse("dossier-answer", args=[first.uuid])
    seen = []
    for dossier in (first, second):
        notified(year, dossier)
        client.force_login(year.holder)
        seen.append("vous envoie une convention à signer" in client.get(path).content.decode())
    assert seen == [False, True]


@pytest.mark.parametrize("kind, missing", [("association", True), ("landlord", True), ("school", False)])
def test_a_public_body_needs_no_agreement(year, kind, missing):
    line = told(year, 30_000)
    Organisation.objects.filter(pk=line.organisation_id).update(kind=kind)
    assert acts.act_is_missing(FundingLine.objects.get(pk=line.pk)) is missing


def test_the_coordination_reads_which_agreements_are_to_sign_and_notes_one(client, year):
    line = told(year, 30_000)
    address = reverse("line-act", args=[line.uuid])
    assert to_sign(client, year.coordinator) == [address]
    typed = {"version": line.version, "act_on": "2027-04-20", "act_reference": "CONV-12"}
    assert client.post(address, typed | {"act_on": "2030-01-01"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    kept = play.fresh(line)
    assert (kept.act_on, kept.act_reference) == (date(2027, 4, 20), "CONV-12")
    assert to_sign(client, year.coordinator) == []
    assert client.post(address, typed | {"act_reference": "Autre"}).status_code == 409


def test_the_threshold_is_said_beside_the_payments(client, year):
    line = told(year, 30_000)
    client.force_login(year.instructor)
    said = "Ce financeur donne plus de 23 000 €"
    page = reverse("line-payments", args=[line.uuid])
    assert said in client.get(page).content.decode()
    engine.amend(line, {"act_on": date(2027, 4, 20)}, by=year.instructor, at=play.ANSWERING)
    text = client.get(page).content.decode()
    assert (said in text, "signée le" in text) == (False, True)


def test_the_amount_of_the_law():
    assert Decimal(23_000) == acts.AGREEMENT_ABOVE
