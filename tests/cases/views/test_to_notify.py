"""To notify: what waits by financier, what is refused, what a batch tells."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from cases.telling_words import DONE_ALREADY
from cases.words import NOTIFIED as NOTIFIED_THANKS
from notifications.catalogue import NOTIFIED
from notifications.models import Message
from tests import year as play
from tests.cases.reached import fired, inadmissible
from workflow import engine
from workflow.models import User

pytestmark = pytest.mark.django_db

LETTER = {"notified_on": "2027-04-15", "letter_reference": ""}


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


def page(client, user):
    client.force_login(user)
    return client.get(reverse("to-notify"))


def sent(client, user, action, picked, **typed):
    client.force_login(user)
    return client.post(reverse("to-notify"), {"action": action, "picked": picked} | LETTER | typed)


def box(subject) -> str:
    return f"{subject.pk}:{subject.version}"


def states(dossier) -> list[str]:
    return list(dossier.lines.order_by("pk").values_list("state", flat=True))


def test_letters_wait_by_financier_and_say_what_the_answer_will_lack(client, year):
    dossier = play.decided(year)
    piles = page(client, year.coordinator).context["piles"]
    assert [(str(pile.financier), len(pile.letters)) for pile in piles] == [
        ("Etat essai_2027", 1),
        ("Agglo essai_2027", 1),
    ]
    [letter] = piles[0].letters
    assert [refusal.code for refusal in letter.missing] == ["no_feedback"]
    assert letter.line.dossier_id == dossier.pk


def test_another_years_letters_are_nobodys_here(client, year):
    other = play.a_year("autre_2027")
    line = play.decided(other).lines.order_by("pk").first()
    assert page(client, year.coordinator).context["piles"] == []
    assert sent(client, year.coordinator, "notify", [box(line)]).status_code == 422
    assert play.fresh(line).state == "granted"


def test_a_dossier_that_is_not_admissible_awaits_its_answer_here_too(client, year):
    dossier = inadmissible(year)
    [reply] = page(client, year.coordinator).context["waiting"]
    assert (reply.dossier.pk, [why.code for why in reply.refusals]) == (dossier.pk, ["no_feedback"])


@pytest.mark.parametrize("action", ["preview", "notify"])
@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"picked": []}, "Choisissez au moins une ligne."),
        ({"picked": ["x", "1:x", "9" * 30 + ":1"]}, "Choisissez au moins une ligne."),
        ({"notified_on": ""}, "Choisissez une date."),
        ({"notified_on": "le 15"}, "Écrivez une date, comme 24/11/2026."),
    ],
)
def test_a_mistake_is_explained_and_what_was_ticked_stays_ticked(client, year, action, typed, sentence):
    line = play.decided(year).lines.order_by("pk").first()
    response = sent(client, year.coordinator, action, **{"picked": [box(line)]} | typed)
    assert (response.status_code, play.fresh(line).state) == (422, "granted")
    assert sentence.lower() in response.content.decode().lower()
    if "notified_on" in typed:
        assert f'value="{box(line)}" checked' in response.content.decode()


@pytest.mark.parametrize(
    "day, sentence",
    [
        ("2027-04-21", "La date de notification ne peut pas être à venir."),
        ("2027-02-09", "ne peut pas précéder la décision du mercredi 10 février 2027."),
    ],
)
def test_a_letter_is_dated_between_the_decision_and_today(client, year, day, sentence):
    dossier = play.decided(year)
    boxes = [box(line) for line in dossier.lines.order_by("pk")]
    response = sent(client, year.coordinator, "notify", boxes, notified_on=day)
    assert (response.status_code, states(dossier)) == (422, ["granted", "refused"])
    assert sentence in response.content.decode()


def test_in_a_batch_each_line_is_told_or_refused_by_itself(client, year):
    fine, moved = play.decided(year), play.decided(year, title="Jardin")
    old = [box(one) for dossier in (fine, moved) for one in dossier.lines.order_by("pk")]
    fired(moved, "reopen", year.coordinator, play.ANSWERING, reason="Erreur")
    response = sent(client, year.coordinator, "notify", old)
    assert [[why.code for why in one.refusals] for one in response.context["fates"]] == [
        [],
        [],
        ["stale"],
        ["stale"],
    ]
    assert (states(fine), states(moved)) == (["notified", "notified"], ["requested", "requested"])


def test_the_same_click_twice_notifies_once(client, year):
    boxes = [box(line) for line in play.decided(year).lines.order_by("pk")]
    found = [sent(client, year.coordinator, "notify", boxes).status_code for _ in range(2)]
    assert found == [302, 302]


def test_an_answer_without_a_dossier_is_no_answer(client, year):
    response = sent(client, year.coordinator, "answer", [])
    assert (response.status_code, "Choisissez au moins un dossier." in response.content.decode()) == (
        422,
        True,
    )


def test_the_page_is_the_coordinators(client, year):
    readers = (year.coordinator, year.instructor, year.holder, year.financiers["etat"])
    assert [page(client, user).status_code for user in readers] == [200, 403, 403, 403]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_dossier_and_for_three(
    client, year, count, django_assert_num_queries
):
    """Of each kind: letters to write, a holder to call, an answer that nobody has read."""
    for rank in range(count):
        play.decided(year, title=f"Action {rank}")
        told = play.decided(year, title=f"Dite {rank}").lines.order_by("pk")[0]
        fired(told, "notify", year.coordinator, play.ANSWERING, notified_on=date(2027, 4, 20))
        called(year, play.decided(year, title=f"Appel {rank}"))
    client.force_login(year.coordinator)
    with django_assert_num_queries(16):  # the published reasons once per process
        context = client.get(reverse("to-notify")).context
    assert [len(context[name]) for name in ("letters", "calls", "unread")] == [5 * count, count, count]


# What each holder will read --------------------------------------------------------------------------------


def test_the_preview_shows_the_page_and_the_mail_and_writes_nothing(client, year):
    line = play.decided(year, amount=437).lines.order_by("pk").first()
    before = Message.objects.count()
    response = sent(client, year.coordinator, "preview", [box(line)], letter_reference="DSU-12")
    release, text = response.context["release"], response.content.decode()
    assert (play.fresh(line).state, Message.objects.count()) == ("granted", before)
    assert [(one.line.pk, one.word.granted, one.unheard) for one in release.leaving] == [
        (line.pk, True, False)
    ]
    assert release.mails[0].text in unescape(text)
    told = ["<strong>437\u202f€ accordés</strong>", "référence DSU-12", "Notifier 1\u00a0décision"]
    assert [words for words in told if words not in text] == []


def test_the_page_and_the_mail_are_there_at_the_same_instant(client, year):
    dossier = play.decided(year)
    line = dossier.lines.order_by("pk").first()
    path = reverse("dossier-answer", args=[dossier.uuid])
    client.force_login(year.holder)
    before = (client.get(path).status_code, Message.objects.filter(template=NOTIFIED).count())
    sent(client, year.coordinator, "notify", [box(line)])
    client.force_login(year.holder)
    told = (
        Message.objects.filter(template=NOTIFIED).order_by("pk").values_list("recipient", "dossier", "status")
    )
    assert before == (404, 0)
    assert (client.get(path).status_code, list(told)) == (200, [(year.holder.pk, dossier.pk, "waiting")])


def test_the_same_click_twice_says_that_it_was_done_and_sends_nothing_twice(client, year):
    boxes = [box(line) for line in play.decided(year).lines.order_by("pk")]
    for _ in range(2):
        sent(client, year.coordinator, "notify", boxes)
    said = [str(one) for one in client.get(reverse("to-notify")).context["messages"]]
    assert said == [NOTIFIED_THANKS, DONE_ALREADY]
    assert Message.objects.filter(template=NOTIFIED).count() == 2


def test_what_cannot_leave_stays_and_says_why_before_the_click(client, year):
    dossier = play.decided(year)
    boxes = [box(line) for line in dossier.lines.order_by("pk")]
    response = sent(client, year.coordinator, "preview", boxes, notified_on="2027-02-09")
    release = response.context["release"]
    assert (release.leaving, [one.refusals[0].code for one in release.staying]) == (
        [],
        ["letter_before_decision", "letter_before_decision"],
    )
    assert "Rien ne partirait." in response.content.decode()


def test_a_holder_whom_no_mail_reaches_is_named_before_the_click(client, year):
    line = play.decided(year).lines.order_by("pk").first()
    User.objects.filter(pk=year.holder.pk).update(is_active=False)
    response = sent(client, year.coordinator, "preview", [box(line)])
    assert [one.line.pk for one in response.context["release"].leaving if one.unheard] == [line.pk]
    assert "Prévenez le porteur par téléphone." in response.content.decode()


def test_one_button_takes_a_whole_pile_and_leaves_what_waits(client, year):
    fine, waits = play.decided(year), play.decided(year, title="Jardin")
    called(year, waits)
    agglo = year.envelopes["agglo"].financier_id
    response = sent(client, year.coordinator, f"preview:{agglo}", [])
    assert [one.line.dossier_id for one in response.context["release"].leaving] == [fine.pk]


@pytest.mark.parametrize(
    "query, found",
    [
        ("", [("Etat", "part"), ("Etat", "granted"), ("Agglo", "refused"), ("Agglo", "refused")]),
        ("outcome=refused", [("Agglo", "refused"), ("Agglo", "refused")]),
        ("outcome=part", [("Etat", "part")]),
        ("ready=no", []),
        ("outcome=x", [("Etat", "part"), ("Etat", "granted"), ("Agglo", "refused"), ("Agglo", "refused")]),
    ],
)
def test_the_letters_are_filtered(client, year, query, found):
    play.decided(year), play.decided(year, amount=1_000, title="Jardin")
    client.force_login(year.coordinator)
    piles = client.get(f"{reverse('to-notify')}?{query}").context["piles"]
    seen = [(str(pile.financier).split()[0], one.outcome) for pile in piles for one in pile.letters]
    assert seen == found


# An envelope that shrank since the vote ------------------------------------------------------------------------------


def shrunk(year, **changes):
    """The State's envelope after the vote; the line of 500 € stands on it."""
    line = play.decided(year).lines.order_by("pk").first()
    engine.amend(year.envelopes["etat"], changes, by=year.coordinator, at=play.ANSWERING)
    return line


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"status": "cut", "cut_to": Decimal(300)}, "de 10 000 € à 300 €. Il reste 200 € à arbitrer."),
        ({"ceiling": Decimal(8_000)}, "de 10 000 € à 8 000 €."),
    ],
)
def test_an_award_from_an_envelope_that_shrank_asks_for_a_knowing_click(client, year, changes, said):
    line = shrunk(year, **changes)
    boxes, known = [box(line)], f"{line.envelope_id}:{play.fresh(line.envelope).version}"
    listed = page(client, year.coordinator).content.decode().replace("\u202f", " ")
    [cut] = sent(client, year.coordinator, "preview", boxes).context["release"].cuts
    assert (said in listed, said in cut.said.replace("\u202f", " "), cut.value) == (True, True, known)
    refused = sent(client, year.coordinator, "notify", boxes)
    assert [[why.code for why in one.refusals] for one in refused.context["fates"]] == [["envelope_cut"]]
    stale = sent(client, year.coordinator, "notify", boxes, knows=[f"{line.envelope_id}:0"])
    assert (stale.status_code, play.fresh(line).state) == (422, "granted")
    assert sent(client, year.coordinator, "notify", boxes, knows=[known]).status_code == 302
    assert play.fresh(line).state == "notified"


@pytest.mark.parametrize("changes", [{"ceiling": Decimal(12_000)}, {"label": "Crédits"}])
def test_an_envelope_that_did_not_shrink_asks_for_nothing(client, year, changes):
    line = shrunk(year, **changes)
    assert sent(client, year.coordinator, "notify", [box(line)]).status_code == 302


def test_the_moves_own_page_asks_for_the_same_knowing_click(client, year):
    line = shrunk(year, cut_to=Decimal(300))
    client.force_login(year.coordinator)
    path, typed = reverse("line-move", args=[line.uuid, "notify"]), {"version": line.version} | LETTER
    assert [client.post(path, typed | more).status_code for more in ({}, {"knows": "on"})] == [422, 302]


# Called first --------------------------------------------------------------------------------


def called(year, dossier):
    """The refusal of that dossier is to be said by voice first."""
    line = dossier.lines.order_by("pk")[1]
    engine.amend(line, {"call_first": True}, by=year.coordinator, at=play.ANSWERING)
    return play.fresh(line)


def test_a_refusal_to_call_first_waits_until_somebody_notes_the_call(client, year):
    User.objects.filter(pk=year.holder.pk).update(phone="06 12 34 56 78")
    line = called(year, play.decided(year))
    [call] = page(client, year.coordinator).context["calls"]
    assert ([one.pk for one in call.people], call.missed) == ([year.holder.pk], 0)
    assert 'href="tel:0612345678"' in page(client, year.coordinator).content.decode()
    refused = sent(client, year.coordinator, "notify", [box(line)])
    assert "À appeler d’abord" in refused.content.decode()
    assert sent(client, year.coordinator, "called", [box(line)]).status_code == 302
    line = play.fresh(line)
    assert (line.called_at, page(client, year.coordinator).context["calls"]) == (play.ANSWERING, [])
    assert sent(client, year.coordinator, "notify", [box(line)]).status_code == 302


def test_after_three_calls_that_nobody_took_the_letter_may_leave(client, year):
    line = called(year, play.decided(year))
    for missed in (1, 2, 3):
        sent(client, year.coordinator, "missed", [box(play.fresh(line))])
        [*calls] = page(client, year.coordinator).context["calls"]
        assert [(one.missed, one.left) for one in calls] == ([(missed, 3 - missed)] if missed < 3 else [])
    assert sent(client, year.coordinator, "notify", [box(play.fresh(line))]).status_code == 302


def test_the_journal_says_whether_the_holder_was_reached(client, year):
    dossier = play.decided(year)
    line = called(year, dossier)
    sent(client, year.coordinator, "missed", [box(line)])
    [call] = page(client, year.coordinator).context["calls"]
    assert (call.dossier, call.missed) == (dossier, 1)
    sent(client, year.coordinator, "called", [box(play.fresh(line))])
    told = client.get(reverse("dossier-detail", args=[dossier.uuid])).content.decode()
    said = [f"A noté un appel au porteur, {how} · Agglo" for how in ("pas joint", "joint")]
    assert [one for one in said if one not in told] == []
    client.force_login(year.holder)
    assert (
        "appel au porteur" not in client.get(reverse("dossier-detail", args=[dossier.uuid])).content.decode()
    )


def test_the_same_click_on_a_missed_call_counts_one_try(client, year):
    line = called(year, play.decided(year))
    for _ in range(3):
        assert sent(client, year.coordinator, "missed", [box(line)]).status_code == 302
    assert play.fresh(line).calls_missed == 1


@pytest.mark.parametrize("policy, action, waits", [(False, "call-first", True), (True, "spare", False)])
def test_the_year_says_it_and_the_coordinator_has_the_last_word(client, on_day, policy, action, waits):
    on_day(play.ANSWERING)
    year = play.a_year(f"essai-{action}", call_on_refusal=policy)
    dossier = play.decided(year)
    granted, refused = dossier.lines.order_by("pk")
    assert len(page(client, year.coordinator).context["calls"]) == int(policy)
    assert sent(client, year.coordinator, action, [box(refused)]).status_code == 302
    assert len(page(client, year.coordinator).context["calls"]) == int(waits)
    assert sent(client, year.coordinator, "notify", [box(granted)]).status_code == 302


def test_an_award_is_never_called_first(client, year):
    granted = play.decided(year).lines.order_by("pk").first()
    response = sent(client, year.coordinator, "call-first", [box(granted)])
    assert [[why.code for why in one.refusals] for one in response.context["fates"]] == [["not_editable"]]


def test_a_call_is_noted_only_where_one_is_asked(client, year):
    line = play.decided(year).lines.order_by("pk")[1]
    response = sent(client, year.coordinator, "called", [box(line)])
    assert [[why.code for why in one.refusals] for one in response.context["fates"]] == [["no_call"]]


def test_who_has_not_read_is_listed_until_somebody_of_the_house_opens_the_answer(client, year):
    dossier = play.decided(year)
    sent(client, year.coordinator, "notify", [box(dossier.lines.order_by("pk").first())])
    [unread] = page(client, year.coordinator).context["unread"]
    assert (unread.dossier.pk, unread.since) == (dossier.pk, date(2027, 4, 15))
    client.force_login(year.holder)
    client.get(reverse("dossier-answer", args=[dossier.uuid]))
    assert page(client, year.coordinator).context["unread"] == []
