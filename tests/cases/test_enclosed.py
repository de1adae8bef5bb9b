"""A decision notified with the letter that was made here: its number and its day come by themselves."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.enclosed import letters_of
from cases.letter_kinds import LetterKind
from cases.models import FundingLine
from tests import correspondence as write
from tests import year as play
from tests.cases.views.test_to_notify import box, page, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


MADE_ON = date(2027, 4, 20)


def a_made_letter(year, *, on=MADE_ON):
    """The State runs the service and wrote; the other financier's letter is its own."""
    write.writes(year, "etat")
    dossier = play.decided(year)
    return write.make(year, dossier, LetterKind.PARTIAL, on=on), *dossier.lines.order_by("pk")


def told(line) -> tuple:
    line = play.fresh(line)
    return line.state, line.notified_on, line.letter_reference


def test_a_letter_made_here_brings_its_own_number_and_day(client, year):
    letter, own, other = a_made_letter(year)
    assert "Courrier n° 2027-0001 du mardi 20 avril 2027" in page(client, year.coordinator).content.decode()
    boxes, typed = [box(own), box(other)], {"notified_on": "2027-04-16", "letter_reference": "CAF-9"}
    text = sent(client, year.coordinator, "preview", boxes, **typed).content.decode()
    shown = ["référence 2027-0001", "référence CAF-9", f'name="seen" value="{own.pk}:{letter.pk}"']
    assert [words for words in shown if words not in text] == []
    sent(client, year.coordinator, "notify", boxes, seen=[f"{own.pk}:{letter.pk}"], **typed)
    assert [told(one) for one in (own, other)] == [
        ("notified", MADE_ON, "2027-0001"),
        ("notified", date(2027, 4, 16), "CAF-9"),
    ]


def test_no_day_is_asked_where_every_letter_was_made_here(client, year):
    _, own, other = a_made_letter(year)
    blank = {"notified_on": "", "letter_reference": ""}
    assert sent(client, year.coordinator, "notify", [box(own), box(other)], **blank).status_code == 422
    text = sent(client, year.coordinator, "preview", [box(own)], **blank).content.decode()
    assert "1\u00a0courrier fait ici garde sa date et son numéro." in text
    assert [sent(client, year.coordinator, "notify", [box(own)], **blank).status_code for _ in range(2)] == [
        302,
        302,
    ]
    assert (told(own), told(other)) == (("notified", MADE_ON, "2027-0001"), ("refused", None, ""))


def test_a_letter_that_tells_another_decision_is_not_carried(client, year):
    letter, own, _ = a_made_letter(year)
    FundingLine.objects.filter(pk=own.pk).update(decided=Decimal(400))
    assert letters_of([play.fresh(own)]) == {}
    FundingLine.objects.filter(pk=own.pk).update(decided=letter.amount)
    assert letters_of([play.fresh(own)]) == {own.pk: letter}


def test_a_letter_dated_ahead_waits_for_its_day(client, year):
    _, own, _ = a_made_letter(year, on=date(2027, 4, 28))
    response = sent(client, year.coordinator, "notify", [box(own)])
    assert [[why.code for why in one.refusals] for one in response.context["fates"]] == [["letter_ahead"]]
    assert told(own) == ("granted", None, "")


def test_a_letter_made_anew_since_it_was_read_is_read_again(client, year):
    _, own, _ = a_made_letter(year)
    response = sent(client, year.coordinator, "notify", [box(own)], seen=[f"{own.pk}:999"])
    assert [[why.code for why in one.refusals] for one in response.context["fates"]] == [["stale"]]
    assert told(own) == ("granted", None, "")


@pytest.mark.parametrize("count", [1, 3])
def test_letters_made_here_cost_one_query(client, year, count, django_assert_num_queries):
    write.writes(year, "etat")
    for rank in range(count):
        write.make(year, play.decided(year, title=f"Action {rank}"), LetterKind.PARTIAL)
    client.force_login(year.coordinator)
    with django_assert_num_queries(15):
        letters = client.get(reverse("to-notify")).context["letters"]
    assert len([one for one in letters if one.made]) == count


def test_on_the_moves_own_page_they_are_nobody_s_to_type_either(client, year):
    _, own, other = a_made_letter(year)
    client.force_login(year.coordinator)
    address = reverse("line-move", args=[own.uuid, "notify"])
    form = client.get(address).context["form"]
    assert [form.initial[name] for name in ("notified_on", "letter_reference")] == [MADE_ON, "2027-0001"]
    typed = {"version": own.version, "notified_on": "2027-04-16", "letter_reference": "CAF-9"}
    assert client.post(address, typed).status_code == 302
    assert told(own) == ("notified", MADE_ON, "2027-0001")
    typed["version"] = other.version
    assert client.post(reverse("line-move", args=[other.uuid, "notify"]), typed).status_code == 302
    assert told(other) == ("notified", date(2027, 4, 16), "CAF-9")


def test_the_day_of_a_letter_that_came_back_signed_is_proposed(client, year):
    _, _, other = a_made_letter(year)
    write.signed_by_another(year, other, on=date(2027, 4, 16))
    client.force_login(year.coordinator)
    form = client.get(reverse("line-move", args=[other.uuid, "notify"])).context["form"]
    assert (form["notified_on"].value(), form.fields["notified_on"].disabled) == (date(2027, 4, 16), False)
