"""After the committee: told on each financier's day, by voice first, knowingly; made smaller; asked again."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases import drafts
from cases.carried import carried
from cases.models import AgreedAction, Dossier, RevisedBudget
from notifications.catalogue import NOTIFIED
from notifications.models import Message
from tests import year as play
from tests.cases import reached
from tests.cases.reached import fired
from workflow import engine
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db

APRIL_14, APRIL_20 = {"notified_on": date(2027, 4, 14)}, {"notified_on": date(2027, 4, 20)}


def read(client, year, dossier):
    """What the holder's page of the answer says: nothing, or (told or not, granted) by financier."""
    client.force_login(year.holder)
    page = client.get(reverse("dossier-answer", args=[dossier.uuid]))
    return page.context and [(one.told, one.granted) for one in page.context["answer"].words]


def mails() -> int:
    return Message.objects.filter(template=NOTIFIED).count()


def test_two_financiers_answer_on_two_days_and_each_is_read_with_its_own_mail(client, on_day):
    # GIVEN an action that the State helps and that the town does not
    on_day(play.ANSWERING)
    year = play.a_year()
    dossier = play.decided(year)
    state, town = dossier.lines.order_by("pk")
    # WHEN the State notifies first
    fired(state, "notify", year.coordinator, play.ANSWERING, **APRIL_14)
    # THEN its word alone is read, with one mail; the town « répondra séparément »
    assert (read(client, year, dossier), mails()) == ([(True, True), (False, False)], 1)
    # WHEN the town notifies in its turn
    fired(town, "notify", year.coordinator, play.ANSWERING, **APRIL_20)
    # THEN both are read, and the second came with its own mail
    assert (read(client, year, dossier), mails()) == ([(True, True), (True, False)], 2)


def test_a_refusal_of_a_year_that_calls_first_waits_for_a_voice(on_day):
    # GIVEN a year whose rules ask for a call before a refusal
    on_day(play.ANSWERING)
    year = play.a_year("par-telephone", call_on_refusal=True)
    granted, refused = play.decided(year).lines.order_by("pk")
    # WHEN the letters leave without a call
    fired(granted, "notify", year.coordinator, play.ANSWERING, **APRIL_20)
    with pytest.raises(Refused, match="À appeler d’abord"):
        fired(refused, "notify", year.coordinator, play.ANSWERING, **APRIL_20)
    # THEN only the award left; WHEN nobody takes the call twice, and somebody does the third time
    fired(refused, "call", year.instructor, play.ANSWERING, reached=False)
    fired(refused, "call", year.instructor, play.ANSWERING, reached=False)
    with pytest.raises(Refused, match="pas joint, 2 tentatives"):
        fired(refused, "notify", year.coordinator, play.ANSWERING, **APRIL_20)
    fired(refused, "call", year.coordinator, play.ANSWERING, reached=True)
    # THEN the refusal may be told
    assert fired(refused, "notify", year.coordinator, play.ANSWERING, **APRIL_20).state == "notified"


def test_money_that_shrank_after_the_vote_is_told_knowingly_or_not_at_all(on_day):
    # GIVEN an award, and an envelope that is cut below what the committee decided
    on_day(play.ANSWERING)
    year = play.a_year()
    line = play.decided(year).lines.order_by("pk")[0]
    cut = {"status": "cut", "cut_to": Decimal(300)}
    engine.amend(year.envelopes["etat"], cut, by=year.coordinator, at=play.ANSWERING)
    # WHEN it is notified as if nothing had happened, THEN the door says what happened
    with pytest.raises(Refused, match="a été réduite depuis le vote"):
        fired(line, "notify", year.coordinator, play.ANSWERING, **APRIL_20)
    # WHEN whoever notifies says that they read it, THEN it leaves; a second cut would ask again
    version = play.fresh(year.envelopes["etat"]).version
    assert (
        fired(line, "notify", year.coordinator, play.ANSWERING, knows=version, **APRIL_20).state == "notified"
    )


def test_less_than_asked_is_kept_made_smaller_or_given_back(on_day):
    # GIVEN three awards of 500 € for 1 000 € asked, each of an action with a budget
    on_day(play.ANSWERING)
    year = play.a_year()
    kept, smaller, given_back = (reached.notified(year) for _ in range(3))
    Dossier.objects.filter(pk=smaller.dossier_id).update(budget={"60": "2000.00"})
    # WHEN one holder keeps, one writes a budget that fits, one gives up
    fired(kept, "accept", year.holder, play.ANSWERING)
    words = {"adaptation": "Cinq séances.", "budget": {"60": Decimal(500)}}
    fired(smaller, "adapt", year.holder, play.ANSWERING, **words)
    fired(given_back, "renounce", year.holder, play.ANSWERING)
    # THEN the money given up is back in the envelope at once, and both budgets of the smaller action are kept
    assert play.fresh(year.envelopes["etat"]).decided == 1_000
    assert (play.fresh(smaller.dossier).budget, RevisedBudget.objects.get().accounts) == (
        {"60": "2000.00"},
        {"60": "500.00"},
    )


def test_what_was_agreed_after_a_refusal_stands_in_next_years_draft(client, on_day):
    # GIVEN a holder refused and answered, who met the team and agreed on one thing to do
    on_day(play.ANSWERING)
    year = play.a_year()
    dossier = play.answered(year, amount=0)
    client.force_login(year.instructor)
    met = {"step": "rendez-vous", "held_on": "2027-04-19", "record": "Le local est trop petit."}
    todo = {"text-0": "Trouver un autre local", "due_on-0": "2027-09-15"}
    assert client.post(reverse("meeting", args=[dossier.uuid]), met | todo).status_code == 302
    assert AgreedAction.objects.get().dossier_id == dossier.pk
    # WHEN the same action is asked again the next year
    on_day(play.WRITING)
    after = play.a_year("apres_2028")
    type(after.cycle).objects.filter(pk=after.cycle.pk).update(year=2028)
    facts = {"organisation": year.holder_organisation, "title": "Atelier vélo", "project": dossier.project}
    draft = drafts.begin(play.fresh(after.cycle), facts, by=year.holder, at=play.WRITING)
    # THEN last year's answer is there to verify, and what was agreed stands on the new draft's page
    assert (draft.answers, carried(draft, year.holder).year) == ({"resume": "Réparer ensemble."}, 2027)
    client.force_login(year.holder)
    text = client.get(reverse("dossier-detail", args=[draft.uuid])).content.decode()
    assert "Trouver un autre local" in text
