"""A financier's person is away: another of the seat hears and answers, and what was given says so."""

from datetime import date

import pytest
from django.db.models import DateField, Value
from django.urls import reverse

from cases import chronicle, standing_in
from cases.models import Absence, FundingLine
from cases.words import Audience as Reading
from notifications.audience import Audience, present, told
from notifications.models import Message
from tests import year as play
from tests.workflow.answers import entries
from workflow import engine
from workflow.journal import facts_of
from workflow.models import Grant
from workflow.refusal import Refused
from workflow.roles import Role

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 12, 5), date(2026, 12, 20)


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


@pytest.fixture
def colleague(year):
    seat = year.envelopes["etat"].financier.organisation
    return play.person("remplacante", Role.FINANCIER, year.cycle, seat)


@pytest.fixture
def away(year, colleague):
    standing_in.leave(year.financiers["etat"], colleague, FIRST, LAST, at=play.READING)
    return Absence.objects.get()


def codes(year, user, stand_in, first=FIRST, last=LAST, **more):
    seat = year.envelopes["etat"].financier.organisation
    said = {"user": user, "stand_in": stand_in, "seat": seat, "cycle": year.cycle}
    one = Absence(**said, begins_on=first, ends_on=last)
    with pytest.raises(Refused) as refused:
        engine.open_many([one], at=play.READING, **({"by": user} | more))
    return refused.value.codes


def asked(year, day):
    """Who is told, that day, of the lines that await the State."""
    lines = FundingLine.objects.filter(envelope=year.envelopes["etat"])
    pairs = told(Audience.FINANCIER, FundingLine).filter(pk__in=lines.values("pk"))
    that_day = Value(day, DateField())
    return set(present(pairs, Audience.FINANCIER, FundingLine, that_day).values_list("told", flat=True))


# Said ----------------------------------------------------------------------------------------------------------------


def test_an_absence_is_said_once_for_every_seat_that_both_hold(year, colleague):
    other = play.a_year("autre_2027")
    play.share_seat(year, other)
    seat = year.envelopes["etat"].financier.organisation
    Grant.objects.create(user=colleague, role=Role.FINANCIER, cycle=other.cycle, organisation=seat)
    standing_in.leave(year.financiers["etat"], colleague, FIRST, LAST, at=play.READING)
    assert list(Absence.objects.order_by("pk").values_list("cycle", "seat")) == [
        (year.cycle.pk, seat.pk),
        (other.cycle.pk, seat.pk),
    ]
    assert [entry.move for entry in entries(Absence.objects.order_by("pk")[0])] == ["open"]


def test_only_ones_own_and_only_by_somebody_of_the_seat(year, colleague):
    etat, agglo = year.financiers["etat"], year.financiers["agglo"]
    assert codes(year, etat, agglo) == ["not_seated"]
    assert codes(year, etat, etat) == ["not_seated"]
    assert codes(year, etat, colleague, by=colleague) == ["no_right"]
    assert codes(year, etat, colleague, by=year.coordinator) == ["no_right"]
    assert codes(year, agglo, colleague) == ["no_right"]
    assert codes(year, etat, colleague, LAST, FIRST) == ["ends_before"]
    assert codes(year, etat, colleague, date(2026, 11, 1), date(2026, 11, 30)) == ["absence_over"]


# Who hears -----------------------------------------------------------------------------------------------------------


def test_requests_go_to_whoever_answers_and_come_back_after(year, away, colleague):
    play.in_review(year)
    etat = year.financiers["etat"].pk
    assert asked(year, date(2026, 12, 4)) == {etat, colleague.pk}
    assert [asked(year, day) for day in (FIRST, LAST)] == [{colleague.pk}, {colleague.pk}]
    assert asked(year, date(2026, 12, 21)) == {etat, colleague.pk}
    requests = Message.objects.filter(template="avis_demande").order_by("pk")
    seat = year.envelopes["etat"].financier.organisation_id
    heard = Grant.objects.filter(user__in=requests.values("recipient"), organisation=seat)
    assert set(heard.values_list("user", flat=True)) == {colleague.pk}


def test_where_nobody_would_hear_the_absent_person_hears_again(year, away, colleague):
    play.in_review(year)
    etat = year.financiers["etat"].pk
    standing_in.leave(colleague, year.financiers["etat"], FIRST, LAST, at=play.READING)
    assert asked(year, FIRST) == {etat, colleague.pk}
    standing_in.come_back(colleague, at=play.READING)
    assert asked(year, FIRST) == {colleague.pk}
    engine.fire(Grant.objects.get(user=colleague), "end", by=year.coordinator, at=play.READING)
    assert asked(year, FIRST) == {etat}


# What is said of an opinion ------------------------------------------------------------------------------------------


def opined(client, year, user, dossier):
    line = dossier.lines.get(envelope=year.envelopes["etat"])
    client.force_login(user)
    page = client.get(reverse("opinion", args=[line.uuid]))
    seen = page.context["form"].initial["seen"]
    typed = {"version": line.version, "seen": seen, "verdict": "favourable", "share": "requested"}
    assert client.post(reverse("opinion", args=[line.uuid]), typed).status_code == 302
    return play.fresh(line)


def test_an_opinion_says_who_gave_it_and_for_whom_and_the_journal_names_nobody(client, year, away, colleague):
    dossier = play.in_review(year)
    line = opined(client, year, colleague, dossier)
    assert line.opinion_by == f"{colleague}, par délégation de {year.financiers['etat']}"
    last = entries(line)[-1]
    facts = facts_of(last)
    assert (last.actor_id, facts["absence"]) == (colleague.pk, away.pk)
    assert str(year.financiers["etat"]) not in last.payload
    read = chronicle.entries_of(dossier, {("cases.fundingline", line.pk): "État"}, Reading.TEAM)
    said = chronicle.sentence(read[-1], {}, Reading.TEAM)
    assert said == f"A transmis son avis, par délégation : {year.financiers['etat']}"


def test_whoever_is_away_may_answer_all_the_same_in_their_own_name(client, year, away):
    line = opined(client, year, year.financiers["etat"], play.in_review(year))
    assert line.opinion_by == str(year.financiers["etat"])


def test_a_batch_says_it_too(client, year, away, colleague):
    dossier = play.in_review(year)
    line = dossier.lines.get(envelope=year.envelopes["etat"])
    engine.amend(line, {"team_proposal": 400}, by=year.instructor, at=play.REVIEWING)
    client.force_login(colleague)
    page = client.get(reverse("opinions-batch"), {"tous": "1"})
    [item] = page.context["batch"].items
    fresh = play.fresh(line)
    sent = {"line": str(line.uuid), f"version-{line.uuid}": fresh.version, f"seen-{line.uuid}": item.seen}
    client.post(reverse("opinions-batch"), sent)
    assert play.fresh(line).opinion_by.endswith("par délégation de Etat-essai_2027")


# The pages -----------------------------------------------------------------------------------------------------------


def page(client, user, name="opinions"):
    client.force_login(user)
    return client.get(reverse(name)).content.decode()


def test_both_desks_say_so(client, year, away, colleague):
    play.in_review(year)
    assert f"{colleague} répond pour vous." in page(client, year.financiers["etat"])
    assert "vous répondez aussi pour Etat-essai_2027" in page(client, colleague)
    assert "pour vous." not in page(client, year.financiers["agglo"])


def test_an_absence_is_said_and_ended_on_its_page(client, year, colleague):
    etat = year.financiers["etat"]
    client.force_login(etat)
    typed = {"begins_on": "2026-12-12", "ends_on": "2026-12-20", "stand_in": colleague.pk}
    for _ in range(2):
        assert client.post(reverse("absence"), typed).status_code == 302
    assert Absence.objects.count() == 1
    assert "Je suis là" in page(client, etat, "absence")
    assert client.post(reverse("absence"), {"action": "back"}).status_code == 302
    assert (Absence.objects.count(), "Je suis là" in page(client, etat, "absence")) == (0, False)


def test_nobody_may_stand_in_but_a_colleague_and_nobody_ends_anothers_absence(client, year, away, colleague):
    client.force_login(year.financiers["etat"])
    typed = {"begins_on": "2026-12-12", "ends_on": "2026-12-20", "stand_in": year.financiers["agglo"].pk}
    assert client.post(reverse("absence"), typed).status_code == 422
    client.force_login(colleague)
    assert client.post(reverse("absence"), {"action": "back"}).status_code == 302
    assert Absence.objects.count() == 1
    assert "Vous êtes seul à tenir ce siège" in page(client, year.financiers["agglo"], "absence")
    for user in (year.holder, year.instructor, year.coordinator):
        client.force_login(user)
        assert client.get(reverse("absence")).status_code == 404
