"""What changes after the answer: asked with its facts, answered with a reason, and what follows in the same breath."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases import changes
from cases.models import Change
from cases.tasks import CHANGE
from tests import year as play
from tests.cases import reached, reported
from tests.cases.test_payment import codes, noted
from tests.firing import fired

pytestmark = pytest.mark.django_db
LATER = date(2028, 3, 31)
EXTENSION = {"kind_of": "extension", "about": [], "new_end": LATER}
UNDONE = {"kind_of": "undone", "about": [], "whole": True}


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


@pytest.mark.parametrize(
    "facts, refused",
    [
        ({"text": " "}, ["no_text"]),
        ({"about": []}, ["no_subject"]),
        ({"about": ["météo"]}, ["no_subject"]),
        ({"about": [], "text": ""}, ["no_text", "no_subject"]),
        (EXTENSION | {"new_end": None}, ["no_end"]),
        (EXTENSION | {"new_end": date(2027, 12, 31)}, ["end_not_later"]),
    ],
)
def test_a_change_says_all_that_it_lacks(year, facts, refused):
    assert codes(lambda: reported.change(year, **facts)) == refused


def test_a_change_is_asked_once_the_answer_is_known_and_an_award_is_kept(year):
    for dossier in (play.submitted(year), play.answered(year, amount=0)):
        found = codes(lambda dossier=dossier: reported.change(year, dossier))
        assert found in (["not_under_way"], ["nothing_granted"])


def test_the_same_click_twice_asks_once_and_another_of_the_kind_waits(year):
    first = reported.change(year)
    assert codes(lambda: reported.change(year, first.dossier)) == ["already"]
    assert codes(lambda: reported.change(year, first.dossier, text="Autre chose.")) == ["one_pending"]
    fired(first, "take_back", year.holder, play.ANSWERING)
    reported.change(year, first.dossier, text="Autre chose.")


def test_an_extension_moves_the_end_and_the_reports_day_by_as_much(year):
    one = reported.change(year, **EXTENSION)
    proposed = changes.report_day_after(one)
    assert proposed == date(2028, 6, 30) + (LATER - date(2027, 12, 31)) if _closes(year) else proposed
    fired(one, "accept", year.instructor, play.ANSWERING, report_due_on=proposed)
    dossier = play.fresh(one.dossier)
    assert (dossier.extended_to, dossier.report_due_on, dossier.last_day) == (LATER, proposed, LATER)


def _closes(year) -> bool:
    return year.rules.steps.filter(kind="reporting", closes__isnull=False).exists()


@pytest.mark.parametrize(
    "day, refused", [(None, ["no_report_day"]), (LATER - timedelta(days=1), ["report_too_early"])]
)
def test_an_extension_is_accepted_with_a_day_for_its_report(year, day, refused):
    one = reported.change(year, **EXTENSION)
    assert codes(lambda: fired(one, "accept", year.instructor, play.ANSWERING, report_due_on=day)) == refused


def test_a_refusal_says_why_and_changes_nothing(year):
    one = reported.change(year, **EXTENSION)
    assert codes(lambda: fired(one, "refuse", year.instructor, play.ANSWERING)) == ["missing_fact"]
    after = fired(one, "refuse", year.instructor, play.ANSWERING, reason="L’exercice se termine.")
    assert (after.state, after.answer, play.fresh(one.dossier).extended_to) == (
        "refused",
        "L’exercice se termine.",
        None,
    )


# An action that does not take place ----------------------------------------------------------------------------------


def test_an_action_not_done_before_any_payment_gives_the_envelope_its_money_again(year):
    dossier = play.answered(year)
    line = reached.line_of(dossier)
    expected = noted(year, line, 500)
    fired(reported.change(year, dossier, **UNDONE), "accept", year.instructor, play.ANSWERING)
    line = play.fresh(line)
    assert (line.state, line.decided, line.booked, play.fresh(expected).amount) == ("renounced", 0, 0, 0)
    assert play.fresh(year.envelopes["etat"]).decided == 0
    assert list(line.ledger.order_by("pk").values_list("amount", flat=True)) == [500, -500]


@pytest.mark.parametrize("freed, decided", [(False, 500), (True, 0)])
def test_an_action_not_done_after_a_payment_gives_everything_back(year, freed, decided):
    dossier = play.answered(year)
    line = reached.line_of(dossier)
    noted(year, line, 300, paid_on=date(2027, 4, 20))
    rest = noted(year, line, 200)
    fired(reported.change(year, dossier, **UNDONE), "accept", year.instructor, play.ANSWERING, freed=freed)
    line = play.fresh(line)
    assert (line.state, line.given_back, line.due, play.fresh(rest).amount) == ("settled", 500, 0, 0)
    assert play.fresh(year.envelopes["etat"]).decided == decided


def test_a_part_that_was_not_done_is_said_and_its_money_waits_for_the_report(year):
    dossier = play.answered(year)
    fired(
        reported.change(year, dossier, **UNDONE | {"whole": False}), "accept", year.instructor, play.ANSWERING
    )
    assert reached.line_of(dossier).state == "notified"


# The pages -----------------------------------------------------------------------------------------------------------


def page_of(dossier) -> str:
    return reverse("changes", args=[dossier.uuid])


def test_the_holder_asks_and_the_team_finds_it_and_answers(client, year):
    dossier = play.answered(year)
    client.force_login(year.holder)
    typed = {"kind_of": "extension", "text": "La salle est en travaux.", "new_end": LATER.isoformat()}
    assert [client.post(page_of(dossier), typed).status_code for _ in range(2)] == [302, 302]
    one = Change.objects.get(dossier=dossier)
    client.force_login(year.instructor)
    tasks = client.get(reverse("todo"), {"kind": CHANGE}).context["home"].page
    assert [task.url for task in tasks] == [page_of(dossier)]
    address = reverse("change-move", args=[one.uuid, "accept"])
    form = client.get(address).context["form"]
    assert form.initial["report_due_on"] == changes.report_day_after(one)
    sent = {"version": one.version, "report_due_on": "2028-09-28", "reason": "Bon courage."}
    assert client.post(address, sent).status_code == 302
    client.force_login(year.holder)
    page = client.get(page_of(dossier)).content.decode()
    assert [
        words for words in ("Accord donné", "Bon courage.", "La salle est en travaux.") if words not in page
    ] == []
    detail = client.get(reverse("dossier-detail", args=[dossier.uuid])).content.decode()
    told = (
        "A demandé un changement · prolongation",
        "A accepté un changement · prolongation",
        "31 mars 2028",
    )
    assert [words for words in told if words not in detail] == []


def test_bad_input_is_a_sentence(client, year):
    dossier = play.answered(year)
    client.force_login(year.holder)
    late = {"kind_of": "extension", "text": "x", "new_end": "0026-01-01"}
    for typed in ({}, {"kind_of": "congé", "text": "Non"}, late):
        assert client.post(page_of(dossier), typed).status_code == 422
    assert Change.objects.count() == 0


def test_an_older_answer_page_is_refused(client, year):
    one = reported.change(year)
    client.force_login(year.instructor)
    address = reverse("change-move", args=[one.uuid, "refuse"])
    fired(one, "take_back", year.holder, play.ANSWERING)
    assert client.post(address, {"version": one.version, "reason": "Non."}).status_code in (409, 422)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_change_and_for_three(client, year, django_assert_num_queries, rows):
    dossier = play.answered(year)
    for rank in range(rows):
        fired(
            reported.change(year, dossier, text=f"Demande {rank}"), "take_back", year.holder, play.ANSWERING
        )
    client.force_login(year.holder)
    with django_assert_num_queries(6):
        client.get(page_of(dossier))
