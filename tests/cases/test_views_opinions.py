"""The financier's desk, signed in: the list, one sheet bound to what was shown, several at once, a question."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import Financier, FundingLine, Inquiry
from cases.states import LineState
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.money import euros

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


@pytest.fixture
def etat(client, year):
    client.force_login(year.financiers["etat"])
    return client


def line_of(year, dossier, name="etat"):
    return dossier.lines.get(envelope=year.envelopes[name])


def proposed(year, amount=800, **draft) -> FundingLine:
    """A line of the first financier on which the team proposes an amount."""
    line = line_of(year, play.in_review(year, **draft))
    engine.amend(line, {"team_proposal": Decimal(amount)}, by=year.instructor, at=play.REVIEWING)
    return play.fresh(line)


def text(response) -> str:
    return response.content.decode()


def opine(client, line, **typed):
    """Read the sheet, then send what its form carries and what is typed."""
    path = reverse("opinion", args=[line.uuid])
    form = client.get(path).context["form"]
    carried = {name: form.initial[name] for name in ("version", "seen")}
    return client.post(path, carried | typed)


# The list ------------------------------------------------------------------------------------------------------------


def test_what_awaits_comes_before_what_was_given_the_most_urgent_first(etat, year):
    later = play.in_review(year, deadline=play.day("2027-01-20").date(), title="Jardin")
    sooner, given = play.in_review(year, title="Vélo"), play.in_review(year, title="Radio")
    play.opine(year, given, "etat")
    board = etat.get("/avis/").context["board"]
    assert [row.line.dossier for row in board.owed] == [sooner, later]
    assert [row.line.dossier for row in board.given] == [given]


def test_the_list_says_what_remains_and_by_how_much_it_is_exceeded(etat, year):
    for title in ("Vélo", "Jardin"):
        dossier = play.in_review(year, requested=6_000, title=title)
        play.opine(year, dossier, "etat", amount=5_500)
    [purse] = etat.get("/avis/").context["board"].purses
    assert (purse.taken, purse.overrun) == (11_000, 1_000)
    assert f"Dépasse de {euros(1_000)}" in text(etat.get("/avis/"))


def test_a_call_is_named_where_a_person_sits_in_several(etat, year):
    dossier = play.in_review(year)
    assert str(dossier.cycle) not in text(etat.get("/avis/")).partition("<main")[2]
    other = play.a_year("ailleurs_2027")
    seat = other.envelopes["etat"].financier.organisation
    play.Grant.objects.create(
        user=year.financiers["etat"], role="financier", cycle=other.cycle, organisation=seat
    )
    play.in_review(other)
    assert str(dossier.cycle) in text(etat.get("/avis/")).partition("<main")[2]
    assert len(etat.get("/avis/").context["board"].owed) == 2


def test_a_financiers_home_is_its_list(etat, year):
    response = etat.get("/")
    assert (response.status_code, response.url) == (302, "/avis/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_for_three(etat, year, django_assert_num_queries, rows):
    for title in ("Vélo", "Jardin", "Radio")[:rows]:
        reached.inquiry(year, proposed(year, title=title))
        play.opine(year, play.in_review(year), "etat")
    with django_assert_num_queries(9):
        etat.get("/avis/")


# One sheet -----------------------------------------------------------------------------------------------------------


def test_the_sheet_says_who_asks_what_and_what_the_team_thinks(etat, year):
    line = proposed(year)
    sheet = line.dossier.instruction
    engine.amend(sheet, {"summary": "Ancrée au pied des tours."}, by=year.instructor, at=play.REVIEWING)
    shown = text(etat.get(reverse("opinion", args=[line.uuid])))
    expected = ("Les Tisseurs de liens", "Atelier vélo", "Ancrée au pied des tours.", "Réparer ensemble.")
    assert [words for words in expected if words not in shown] == []
    assert "Comme proposé par l’équipe : 800" in shown


@pytest.mark.parametrize(
    "typed, verdict, amount",
    [
        ({"verdict": "favourable", "share": "proposed"}, "favourable", 800),
        ({"verdict": "favourable", "share": "requested"}, "favourable", 1_000),
        (
            {
                "verdict": "reserved",
                "share": "other",
                "amount": "1\u202f000,00 €",
                "conditions": "Deux lieux.",
            },
            "reserved",
            1_000,
        ),
        ({"verdict": "recused", "amount": "300"}, "recused", None),
        ({"verdict": "favourable", "amount": "650,50"}, "favourable", Decimal("650.50")),
        ({"verdict": "unfavourable", "share": "proposed", "motive": "Loin."}, "unfavourable", None),
        ({"verdict": "abstention", "amount": "300"}, "abstention", None),
        ({"verdict": "discuss"}, "discuss", None),
        ({"verdict": "discuss", "share": "proposed"}, "discuss", 800),
    ],
)
def test_a_shortcut_or_a_typed_amount(etat, year, typed, verdict, amount):
    line = proposed(year)
    assert opine(etat, line, **typed).status_code == 302
    given = play.fresh(line)
    assert (given.state, given.verdict, given.proposed) == (LineState.ANSWERED, verdict, amount)


@pytest.mark.parametrize(
    "typed, place",
    [
        ({}, "verdict"),
        ({"verdict": "favourable"}, "share"),
        ({"verdict": "favourable", "share": "other"}, "share"),
        ({"verdict": "favourable", "share": "proposed", "amount": "700"}, "amount"),
        ({"verdict": "favourable", "amount": "mille"}, "amount"),
        ({"verdict": "favourable", "amount": "9999"}, "amount"),
        ({"verdict": "unfavourable"}, "motive"),
        ({"verdict": "favourable", "share": "proposed", "seen": ""}, "seen"),
    ],
)
def test_a_slip_stands_beside_its_field_and_nothing_typed_is_lost(etat, year, typed, place):
    line = proposed(year)
    response = opine(etat, line, **({"motive": "Ma phrase."} if place != "motive" else {}) | typed)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {place})
    assert ("Ma phrase." in text(response)) == (place != "motive")
    assert play.fresh(line).state == LineState.INVITED


def test_what_changed_since_the_page_was_read_is_said_and_asked_again(etat, year):
    line = proposed(year)
    path = reverse("opinion", args=[line.uuid])
    carried = etat.get(path).context["form"].initial
    sheet = line.dossier.instruction
    engine.amend(sheet, {"summary": "Le lieu a changé."}, by=year.instructor, at=play.REVIEWING)
    typed = {"version": line.version, "seen": carried["seen"], "verdict": "favourable", "amount": "700"}
    response = etat.post(path, typed)
    assert (response.status_code, play.fresh(line).state) == (409, LineState.INVITED)
    assert "L’équipe a changé sa proposition ou sa synthèse." in text(response)
    assert 'value="700"' in text(response)
    again = response.context["form"].data
    assert etat.post(path, again).status_code == 302
    assert play.fresh(line).proposed == 700


def test_the_same_click_twice_is_done_once(etat, year):
    line = proposed(year)
    path = reverse("opinion", args=[line.uuid])
    carried = etat.get(path).context["form"].initial
    typed = {"version": line.version, "seen": carried["seen"], "verdict": "favourable", "share": "proposed"}
    assert [etat.post(path, typed).status_code for _ in range(2)] == [302, 302]
    assert line.opinions.count() == 1


def test_an_opinion_leads_to_the_next_and_says_how_many_are_left(etat, year):
    first, second, third = (proposed(year, title=title) for title in ("Vélo", "Jardin", "Radio"))
    response = opine(etat, first, verdict="favourable", share="proposed")
    assert response.url == reverse("opinion", args=[second.uuid])
    assert "Votre avis est transmis. Il en reste 2." in text(etat.get(response.url))
    opine(etat, second, verdict="favourable", share="proposed")
    assert opine(etat, third, verdict="favourable", share="proposed").url == "/avis/"


def test_an_opinion_is_corrected_until_the_round_closes(etat, year):
    line = proposed(year)
    opine(etat, line, verdict="favourable", share="proposed")
    form = etat.get(reverse("opinion", args=[line.uuid])).context["form"]
    assert {form.initial[name] for name in ("verdict", "share")} == {"favourable", "proposed"}
    assert opine(etat, line, verdict="reserved", amount="300").status_code == 422
    page = opine(etat, line, verdict="reserved", amount="300", conditions="Deux quartiers.")
    assert (page.status_code, play.fresh(line).conditions) == (302, "Deux quartiers.")
    assert (play.fresh(line).verdict, play.fresh(line).proposed) == ("reserved", 300)
    engine.fire(play.fresh(line.dossier), "close_review", by=year.coordinator, at=play.REVIEWING)
    assert "Le tour d’avis est clos" in text(etat.get(reverse("opinion", args=[line.uuid])))


def test_other_opinions_are_read_once_the_round_is_closed(etat, year):
    dossier = play.in_review(year)
    play.opine(year, dossier, "agglo", amount=437)
    path = reverse("opinion", args=[line_of(year, dossier).uuid])
    assert "437" not in text(etat.get(path))
    play.opine(year, dossier, "etat")
    assert play.fresh(dossier).state == "committee"
    assert "437" in text(etat.get(path))


def test_a_sheet_costs_the_same_whatever_the_number_of_lines(etat, year, django_assert_num_queries):
    line = proposed(year)
    reached.inquiry(year, line)
    for _ in range(2):
        path = reverse("opinion", args=[line.uuid])
        with django_assert_num_queries(15):
            etat.get(path)
        proposed(year)


# Several at once -----------------------------------------------------------------------------------------------------


def ticked(*lines) -> dict:
    return {"line": [str(line.uuid) for line in lines]}


def carried(response) -> dict:
    """What the confirmation's form holds."""
    items = response.context["batch"].items
    held = {"line": [str(item.row.line.uuid) for item in items]}
    held |= {f"version-{item.row.line.uuid}": item.row.line.version for item in items}
    return held | {f"seen-{item.row.line.uuid}": item.seen for item in items}


def test_consensual_opinions_are_confirmed_then_given_at_the_teams_amount(etat, year):
    lines = [proposed(year, amount, title=f"Action {amount}") for amount in (300, 400)]
    page = etat.get("/avis/lot/", ticked(*lines))
    [purse] = page.context["batch"].purses
    assert (page.context["batch"].total, purse.more, purse.taken) == (700, 700, 0)
    done = etat.post("/avis/lot/", carried(page))
    assert [result.outcome.refusals for result in done.context["results"]] == [(), ()]
    given = [(play.fresh(line).verdict, play.fresh(line).proposed) for line in lines]
    assert given == [("favourable", 300), ("favourable", 400)]


def test_what_is_not_consensual_is_left_out_of_the_batch(etat, year):
    without, asked = line_of(year, play.in_review(year)), proposed(year)
    reached.inquiry(year, asked)
    nothing, agreed = proposed(year, 0), proposed(year)
    page = etat.get("/avis/lot/", ticked(without, asked, nothing, agreed))
    assert [item.row.line for item in page.context["batch"].items] == [agreed]


def test_a_dossier_that_changed_is_refused_and_the_others_pass(etat, year):
    first, second = proposed(year, 300), proposed(year, 400, title="Jardin")
    held = carried(etat.get("/avis/lot/", ticked(first, second)))
    engine.amend(first, {"team_proposal": Decimal(100)}, by=year.instructor, at=play.REVIEWING)
    results = etat.post("/avis/lot/", held).context["results"]
    assert [[one.code for one in result.outcome.refusals] for result in results] == [["stale"], []]
    assert (play.fresh(first).state, play.fresh(second).proposed) == (LineState.INVITED, 400)


def test_a_summary_changed_since_is_refused_in_a_batch_too(etat, year):
    line = proposed(year)
    held = carried(etat.get("/avis/lot/", ticked(line)))
    sheet = line.dossier.instruction
    engine.amend(sheet, {"summary": "Le lieu a changé."}, by=year.instructor, at=play.REVIEWING)
    [result] = etat.post("/avis/lot/", held).context["results"]
    assert [one.code for one in result.outcome.refusals] == ["stale"]


def test_a_batch_without_its_digests_gives_nothing(etat, year):
    line = proposed(year)
    held = {"line": [str(line.uuid), "n’importe quoi"], f"version-{line.uuid}": line.version}
    [result] = etat.post("/avis/lot/", held).context["results"]
    assert [one.code for one in result.outcome.refusals] == ["stale"]
    assert etat.post("/avis/lot/", {"line": "x"}).status_code == 422


def test_a_batch_sent_twice_is_done_once(etat, year):
    line = proposed(year)
    held = carried(etat.get("/avis/lot/", ticked(line)))
    for repeated in (False, True):
        [result] = etat.post("/avis/lot/", held).context["results"]
        assert (result.outcome.refusals, result.outcome.repeated) == ((), repeated)
    assert line.opinions.count() == 1


def test_nobody_gives_anothers_opinion_in_a_batch(client, etat, year):
    line = proposed(year)
    held = carried(etat.get("/avis/lot/", ticked(line)))
    client.force_login(year.financiers["agglo"])
    assert client.post("/avis/lot/", held).status_code == 422
    assert play.fresh(line).state == LineState.INVITED


# A question ----------------------------------------------------------------------------------------------------------


def test_a_question_is_asked_answered_and_read_and_the_round_does_not_wait(client, etat, year):
    line = proposed(year)
    path = reverse("inquiry-open", args=[line.uuid])
    assert etat.post(path, {"question": " "}).status_code == 422
    assert etat.post(path, {"question": "La salle est-elle réservée ?"}).url == reverse(
        "opinion", args=[line.uuid]
    )
    question = Inquiry.objects.get()
    client.force_login(year.holder)
    reply = reverse("inquiry-move", args=[question.uuid, "reply"])
    assert "La salle est-elle réservée ?" in text(client.get(reply))
    assert (
        client.post(reply, {"version": question.version, "answer": "Oui, toute l’année."}).status_code == 302
    )
    client.force_login(year.financiers["agglo"])
    beside = line_of(year, line.dossier, "agglo")
    assert "Oui, toute l’année." in text(client.get(reverse("opinion", args=[beside.uuid])))


def test_no_question_is_asked_once_the_round_is_closed(etat, year):
    line = line_of(year, play.in_committee(year))
    assert etat.post(reverse("inquiry-open", args=[line.uuid]), {"question": "Où ?"}).status_code == 404


LEVELS = ["service instructeur", "délégué du préfet", "sous-préfecture"]


def with_levels(year) -> None:
    Financier.objects.filter(envelopes=year.envelopes["etat"]).update(levels=LEVELS)


def test_each_level_of_a_financier_speaks_in_its_turn_and_each_word_is_kept(etat, year):
    with_levels(year)
    line = proposed(year)
    for said, awaited in zip(LEVELS, (LEVELS[1:], LEVELS[2:], []), strict=True):
        form = etat.get(reverse("opinion", args=[line.uuid])).context["form"]
        assert form.initial["level"] == said
        opine(etat, line, verdict="favourable", share="proposed", level=said)
        assert (play.fresh(line).level, play.fresh(line).awaited_levels) == (said, awaited)
    assert etat.get(reverse("opinion", args=[line.uuid])).context["form"].initial["level"] == LEVELS[-1]
    assert list(line.opinions.order_by("pk").values_list("level", flat=True)) == LEVELS


def test_the_first_level_is_enough_for_the_round_and_the_list_says_who_is_still_awaited(etat, year):
    with_levels(year)
    line = proposed(year)
    opine(etat, line, verdict="favourable", share="proposed", level=LEVELS[0])
    assert play.fresh(line).state == "answered"
    shown = text(etat.get(reverse("opinions")))
    assert "au nom de : service instructeur, encore attendu : délégué du préfet, sous-préfecture" in shown


def test_a_level_that_its_financier_does_not_have_is_refused(etat, year):
    with_levels(year)
    line = proposed(year)
    assert opine(etat, line, verdict="favourable", share="proposed", level="ministre").status_code == 422
    assert play.fresh(line).state == "invited"


def test_a_financier_without_levels_is_not_asked_in_whose_name(etat, year):
    line = proposed(year)
    assert "level" not in etat.get(reverse("opinion", args=[line.uuid])).context["form"].fields
    opine(etat, line, verdict="favourable", share="proposed")
    assert (play.fresh(line).level, play.fresh(line).awaited_levels) == ("", [])
