"""One more financier in flight, one who is asked no more: what the round does, and what each may still see."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases import models as cases
from cases.soliciting import envelopes_for, solicit
from tests import year as play
from tests.cases.reached import fired
from tests.cases.views.test_sessions import text as text_of
from workflow import engine
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year(financiers=3)


def asked_of(year, *names, mainstream=False):
    """A dossier in its round that asks only these financiers."""
    dossier = play.in_instruction(year)
    dossier.lines.exclude(envelope__in=[year.envelopes[name] for name in names]).delete()
    facts = {"deadline": play.day("2027-01-15").date()}
    for line in dossier.lines.order_by("pk"):
        fired(line, "invite", year.instructor, play.READING)
    engine.fire(dossier, "open_review", by=year.instructor, at=play.REVIEWING, facts=facts)
    return play.fresh(dossier)


def states(dossier) -> list[str]:
    return list(dossier.lines.order_by("pk").values_list("state", flat=True))


def refused(act) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.codes


def test_one_more_is_invited_at_once_and_the_round_waits_for_it(year):
    first, second, third = year.envelopes
    dossier = asked_of(year, first, second)
    solicit(dossier, year.envelopes[third], Decimal(400), by=year.instructor, at=play.REVIEWING)
    assert states(dossier) == ["invited"] * 3
    for name in (first, second):
        play.opine(year, dossier, name)
    assert play.fresh(dossier).state == "review"
    play.opine(year, dossier, third, amount=300)
    assert play.fresh(dossier).state == "committee"


def test_who_is_asked_no_more_holds_nothing_up_and_reads_nothing(year):
    first, second, third = year.envelopes
    dossier = asked_of(year, first, second, third)
    play.opine(year, dossier, first)
    play.opine(year, dossier, second)
    line = dossier.lines.get(envelope=year.envelopes[third])
    after = fired(line, "excuse", year.coordinator, play.REVIEWING, reason="La CAF ne finance plus l’été.")
    assert (after.state, play.fresh(dossier).state) == ("requested", "committee")
    assert not cases.Dossier.objects.visible_to(year.financiers[third]).filter(pk=dossier.pk).exists()


def test_another_answers_in_its_place_and_it_may_be_asked_again(year):
    first, second, third = year.envelopes
    dossier = asked_of(year, first, second)
    solicit(dossier, year.envelopes[third], Decimal(400), by=year.coordinator, at=play.REVIEWING)
    line = dossier.lines.get(envelope=year.envelopes[second])
    line = fired(line, "excuse", year.coordinator, play.REVIEWING, reason="Remplacée par la troisième.")
    play.opine(year, dossier, first)
    assert play.fresh(dossier).state == "review"
    fired(line, "invite", year.coordinator, play.REVIEWING)
    play.opine(year, dossier, third, amount=300)
    assert play.fresh(dossier).state == "review"
    play.opine(year, dossier, second)
    assert play.fresh(dossier).state == "committee"


def test_a_round_is_never_left_without_anybody(year):
    first, *_ = year.envelopes
    dossier = asked_of(year, first)
    line = dossier.lines.get()
    facts = {"reason": "Plus de crédits."}
    act = lambda: engine.fire(line, "excuse", by=year.coordinator, at=play.REVIEWING, facts=facts)  # noqa: E731
    assert refused(act) == ["nobody_left"]
    assert (states(dossier), play.fresh(dossier).state) == (["invited"], "review")


def test_the_same_click_asks_once_and_says_so(client, year):
    first, second, third = year.envelopes
    dossier = asked_of(year, first, second)
    client.force_login(year.instructor)
    path = reverse("solicit", args=[dossier.uuid])
    assert list(client.get(path).context["form"].fields["envelope"].queryset) == [year.envelopes[third]]
    for _ in range(2):
        page = client.post(path, {"envelope": year.envelopes[third].pk, "amount": "1 234,50"}, follow=True)
    assert f"{year.envelopes[third].financier} est sollicité sur ce dossier." in text_of(page)
    assert [(one.requested, one.state) for one in dossier.lines.filter(envelope=year.envelopes[third])] == [
        (Decimal("1234.50"), "invited")
    ]
    assert "sollicite déjà toutes les enveloppes" in text_of(client.get(path))


def test_another_year_s_envelope_is_not_offered_and_nothing_is_added_after_the_decision(client, year):
    other = play.a_year("ailleurs_2027")
    dossier = asked_of(year, *list(year.envelopes)[:2])
    client.force_login(year.instructor)
    path = reverse("solicit", args=[dossier.uuid])
    foreign = client.post(path, {"envelope": other.envelopes["etat"].pk, "amount": "10"})
    assert (foreign.status_code, dossier.lines.count()) == (422, 2)
    decided = play.decided(play.a_year("plus_tard_2027", financiers=1))
    assert client.get(reverse("solicit", args=[decided.uuid])).status_code == 404
    assert not envelopes_for(decided).exists()


@pytest.mark.parametrize(
    "facts, codes",
    [
        ({"verdict": "reserved", "amount": Decimal(10)}, ["no_condition"]),
        ({"verdict": "reserved", "amount": Decimal(10), "conditions": "Deux quartiers au moins."}, []),
        ({"verdict": "reserved", "amount": Decimal(10), "motive": "Budget à revoir."}, []),
        ({"verdict": "recused"}, []),
    ],
)
def test_a_reserve_says_its_condition_and_a_conflict_of_interest_needs_no_word(year, facts, codes):
    dossier = asked_of(year, *list(year.envelopes)[:2])
    line = dossier.lines.order_by("pk")[0]
    act = lambda: engine.fire(  # noqa: E731
        line, "opine", by=year.financiers["etat"], at=play.REVIEWING, facts=facts
    )
    if codes:
        assert refused(act) == codes
    else:
        act()
        last = line.opinions.get()
        assert (last.verdict, last.conditions) == (facts["verdict"], facts.get("conditions", ""))
