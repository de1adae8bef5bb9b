"""The team's reading: yes, no or to check; marks with remarks; a proposal per financier; what was known before."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.forms.moves import OpenReviewForm
from cases.models import CompletionRequest, Instruction
from tests import year as play
from workflow import engine
from workflow.calendar import Region
from workflow.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.READING)
    return play.a_year()


def address(dossier, name="dossier-instruction") -> str:
    return reverse(name, args=[dossier.uuid])


def write(client, year, dossier, **typed):
    client.force_login(year.instructor)
    sheet = Instruction.objects.filter(dossier=dossier).first()
    facts = {"version": sheet.version if sheet else 0}
    facts |= {f"line-{line.pk}": line.version for line in dossier.lines.order_by("pk")}
    return client.post(address(dossier), facts | {name.replace("_", "-"): one for name, one in typed.items()})


def test_a_rule_is_yes_no_or_still_to_check(client, year):
    dossier, found = play.submitted(year), []
    for said in ("", "no", "yes"):
        write(client, year, dossier, check_qpv=said)
        found.append(Instruction.objects.get().checks)
    assert found == [{}, {"qpv": False}, {"qpv": True}]


def test_what_is_still_to_check_has_not_begun_the_check(client, year, on_day):
    on_day(play.WRITING)
    dossier = play.submitted(year)
    write(client, year, dossier, summary="Lu une fois.")
    engine.fire(play.fresh(dossier), "take_back", by=year.holder, at=play.WRITING)


def test_a_completion_request_begins_with_what_nobody_said_yes_to(client, year):
    dossier = play.submitted(year)
    write(client, year, dossier, check_qpv="no")
    page = client.get(reverse("dossier-move", args=[dossier.uuid, "ask_completion"]))
    assert page.context["form"]["items"].value() == "Public des quartiers"
    write(client, year, dossier, check_qpv="yes")
    page = client.get(reverse("dossier-move", args=[dossier.uuid, "ask_completion"]))
    assert page.context["form"]["items"].value() == ""


def test_saving_leads_on_to_the_move_and_loses_nothing(client, year):
    dossier = play.submitted(year)
    response = write(client, year, dossier, check_qpv="yes", then="admit")
    assert response.url == reverse("dossier-move", args=[dossier.uuid, "admit"])
    assert Instruction.objects.get().checks == {"qpv": True}
    assert write(client, year, dossier, check_qpv="yes", then="vanish").url == address(dossier)


def test_marks_keep_their_remarks(client, year):
    write(client, year, play.submitted(year), mark_presence="3", comment_presence="Deux soirs par semaine.")
    sheet = Instruction.objects.get()
    assert (sheet.marks, sheet.comments) == ({"presence": 3}, {"presence": "Deux soirs par semaine."})


def test_the_team_s_proposal_stands_on_the_line_and_in_its_journal(client, year):
    dossier = play.submitted(year)
    line = dossier.lines.order_by("pk").first()
    write(client, year, dossier, **{f"proposal_{line.pk}": "1 234,50 €"})
    assert str(play.fresh(line).team_proposal) == "1234.50"
    entry = Entry.objects.get(subject_label="cases.fundingline", subject_id=line.pk, move="amend")
    assert entry.actor == year.instructor


def test_a_proposal_that_somebody_changed_meanwhile_is_refused_whole(client, year):
    dossier = play.submitted(year)
    line = dossier.lines.order_by("pk").first()
    engine.amend(line, {"team_proposal": 700}, by=year.coordinator, at=play.READING)
    typed = {f"proposal_{line.pk}": "900", f"line_{line.pk}": line.version}
    response = write(client, year, dossier, summary="À garder", **typed)
    assert response.status_code == 409
    assert response.context["form"]["summary"].value() == "À garder"
    assert (Instruction.objects.count(), str(play.fresh(line).team_proposal)) == (0, "700.00")
    assert [label for label, _ in response.context["kept"] if "etat" in label.lower()] != []


def test_earlier_years_are_read_beside_with_what_each_financier_gave(client, year, monkeypatch):
    before = play.reporting(year, title="Atelier vélo")
    later = play.a_year("apres")
    play.Cycle.objects.filter(pk=later.cycle.pk).update(year=2028)
    later.holder, later.holder_organisation = year.holder, year.holder_organisation
    play.Grant.objects.create(user=later.instructor, role="instructor", cycle=year.cycle)
    dossier = play.a_draft(later, title="Atelier vélo")
    client.force_login(later.instructor)
    [known] = client.get(address(dossier)).context["beside"].before
    assert (known.dossier, known.granted[0][1], known.report.state) == (before, 500, "draft")


def test_another_town_s_years_stay_its_own(client, year):
    play.reporting(year)
    later = play.a_year("apres")
    play.Cycle.objects.filter(pk=later.cycle.pk).update(year=2028)
    later.holder, later.holder_organisation = year.holder, year.holder_organisation
    dossier = play.a_draft(later)
    client.force_login(later.instructor)
    assert client.get(address(dossier)).context["beside"].before == []


def test_completions_are_told_with_their_answers(client, year):
    dossier = play.submitted(year)
    facts = {"items": ["Le budget signé"], "due_on": play.REVIEWING.date()}
    engine.fire(dossier, "ask_completion", by=year.instructor, at=play.READING, facts=facts)
    asked = CompletionRequest.objects.get()
    engine.amend(asked, {"replies": {"0": "Le voici."}}, by=year.holder, at=play.READING)
    client.force_login(year.instructor)
    assert "Le voici." in client.get(address(dossier)).content.decode()


def test_the_paper_says_the_same_and_is_the_team_s_alone(client, year):
    dossier = play.submitted(year)
    write(client, year, dossier, check_qpv="no", mark_presence="3", summary="À soutenir.")
    words = client.get(address(dossier, "instruction-sheet")).content.decode()
    assert ["Non" in words, "3 sur 4" in words, "À soutenir." in words] == [True, True, True]
    for user in (year.holder, play.a_year("ailleurs").coordinator):
        client.force_login(user)
        assert client.get(address(dossier, "instruction-sheet")).status_code == 404


@pytest.mark.parametrize("financiers", [1, 3])
def test_the_sheet_costs_the_same_for_one_financier_and_for_three(
    client, on_day, django_assert_num_queries, financiers
):
    on_day(play.READING)
    year = play.a_year(financiers=financiers)
    dossier = play.in_instruction(year)
    client.force_login(year.instructor)
    with django_assert_num_queries(15):
        client.get(address(dossier))


def report(client, year, line, **typed):
    client.force_login(year.instructor)
    said = {"version": line.version, "author": "Mme Roux, déléguée", "received_on": "2026-12-09"}
    said |= {"how": "Appel", "verdict": "favourable", "amount": "800"}
    return client.post(reverse("line-move", args=[line.uuid, "record_opinion"]), said | typed)


def test_an_opinion_received_otherwise_says_who_when_and_how(client, year, on_day):
    on_day(play.REVIEWING)
    line = play.in_review(year).lines.order_by("pk").first()
    assert report(client, year, line, detail="rappel du service").status_code == 302
    line = play.fresh(line)
    assert (line.opinion_by, line.opinion_source, line.verdict) == (
        "Mme Roux, déléguée",
        "Appel du mercredi 9 décembre 2026 (rappel du service)",
        "favourable",
    )


@pytest.mark.parametrize(
    "typed", [{"received_on": "2026-12-11"}, {"how": ""}, {"author": ""}, {"verdict": ""}]
)
def test_an_opinion_without_its_source_is_not_recorded(client, year, on_day, typed):
    on_day(play.REVIEWING)
    line = play.in_review(year).lines.order_by("pk").first()
    response = report(client, year, line, **typed)
    assert (response.status_code, set(response.context["form"].errors)) == (422, set(typed))
    assert play.fresh(line).state == "invited"


# Whom to ask ---------------------------------------------------------------------------------------------------------


def states_after(client, year, dossier, *lines, then: str) -> tuple[int, list[str]]:
    facts = {f"invite-{line.pk}": "on" for line in lines}
    response = write(client, year, dossier, then=then, **facts)
    return response.status_code, [one.state for one in dossier.lines.order_by("pk")]


def test_sending_asks_the_financiers_that_are_ticked_and_no_other(client, year):
    dossier = play.in_instruction(year)
    first = dossier.lines.order_by("pk").first()
    assert states_after(client, year, dossier, first, then="") == (302, ["requested", "requested"])
    assert states_after(client, year, dossier, first, then="open_review") == (302, ["invited", "requested"])
    assert states_after(client, year, dossier, then="open_review") == (302, ["invited", "requested"])


def test_every_financier_not_yet_asked_is_ticked_once_the_dossier_may_be_sent(client, year):
    client.force_login(year.instructor)
    form = client.get(address(play.submitted(year))).context["form"]
    assert [one.name for one in form.shares() if one.name.startswith("invite")] == []
    dossier = play.in_instruction(year)
    shares = client.get(address(dossier)).context["form"].shares()
    ticked = {one.name: one.initial for one in shares if one.name.startswith("invite")}
    assert ticked == {f"invite-{line.pk}": True for line in dossier.lines.order_by("pk")}


@pytest.mark.parametrize("today", [date(2026, 12, 7), date(2026, 12, 5)])
def test_the_date_of_a_round_is_proposed_from_the_rules_on_a_working_day(year, today):
    dossier = play.in_instruction(year)
    assert dossier.rules.review_days == 21
    assert OpenReviewForm(dossier, on=today)["deadline"].value() == date(2026, 12, 28)


def test_that_date_keeps_the_holidays_of_the_cycle_s_own_region(year):
    dossier = play.in_instruction(year)
    good_friday = date(2027, 3, 26)
    today = good_friday - timedelta(days=dossier.rules.review_days)
    assert OpenReviewForm(dossier, on=today)["deadline"].value() == good_friday
    dossier.cycle.region = Region.ALSACE_MOSELLE
    assert OpenReviewForm(dossier, on=today)["deadline"].value() == date(2027, 3, 30)
