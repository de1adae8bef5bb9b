"""The pages: who sees what, what a POST does, and the ends that must be gentle."""

import uuid

import pytest
from django.urls import reverse

from cases.models import Dossier, FundingLine
from cases.shown import Shown
from cases.states import DossierState, LineState
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.models import Derogation, Entry
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def fire(client, user, name, subject, move, **facts):
    client.force_login(user)
    typed = {"version": subject.version} | facts
    return client.post(reverse(name, args=[subject.uuid, move]), typed)


def words(response) -> str:
    return response.content.decode()


PAGES = [
    "dossier-detail",
    "dossier-request",
    "dossier-instruction",
    "dossier-feedback",
    "dossier-completion",
    "dossier-report",
]
IN_REVIEW = {
    Role.HOLDER: [200, 200, 404, 404, 404, 404],
    Role.INSTRUCTOR: [200, 200, 200, 200, 404, 404],
    Role.COORDINATOR: [200, 200, 200, 200, 404, 404],
    Role.FINANCIER: [200, 200, 404, 404, 404, 404],
}
"""Role x page of a dossier in review: what each may open."""


@pytest.mark.parametrize("role", IN_REVIEW)
def test_each_role_opens_its_own_pages(client, year, role):
    dossier = play.in_review(year)
    found = [page(client, year.person(role), name, dossier.uuid).status_code for name in PAGES]
    assert found == IN_REVIEW[role]


@pytest.mark.parametrize("role", IN_REVIEW)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_dossier_looks_like_a_missing_one(client, year, role, method):
    foreign = play.in_review(play.a_year("ailleurs"))
    client.force_login(year.person(role))
    for name in PAGES:
        answers = {
            getattr(client, method)(reverse(name, args=[key])).status_code
            for key in (foreign.uuid, uuid.uuid4())
        }
        assert answers == {405 if (name, method) == ("dossier-detail", "post") else 404}
    for name, key in (
        ("dossier-move", foreign.uuid),
        ("line-move", foreign.lines.order_by("pk").first().uuid),
    ):
        move = "withdraw" if name == "dossier-move" else "opine"
        assert getattr(client, method)(reverse(name, args=[key, move])).status_code == 404


def test_nobody_comes_in_without_signing_in(client, year):
    response = client.get(reverse("todo"))
    assert (response.status_code, response.url) == (302, "/connexion/?next=/")


def test_a_move_that_no_chart_knows_is_a_missing_page(client, year):
    dossier = play.submitted(year)
    assert page(client, year.instructor, "dossier-move", dossier.uuid, "vanish").status_code == 404


def test_a_role_without_the_right_is_told_so(client, year):
    dossier = play.submitted(year)
    assert page(client, year.holder, "dossier-move", dossier.uuid, "admit").status_code == 403
    response = fire(client, year.holder, "dossier-move", dossier, "admit")
    assert response.status_code == 403
    assert "Votre rôle ne permet pas cette action ici." in words(response)
    assert play.fresh(dossier).state == DossierState.SUBMITTED


# A move fired from its page ------------------------------------------------------------------------------------------


def test_a_move_is_fired_and_said(client, year):
    dossier = play.submitted(year)
    play.read(year, dossier)
    response = fire(client, year.instructor, "dossier-move", dossier, "admit")
    assert (response.status_code, response.url) == (302, f"/dossiers/{dossier.uuid}/")
    assert play.fresh(dossier).state == DossierState.INSTRUCTION
    assert "« Déclarer recevable » : c’est fait." in words(client.get(response.url))


def test_a_double_click_is_already_done(client, year):
    dossier = play.submitted(year)
    play.read(year, dossier)
    fire(client, year.instructor, "dossier-move", dossier, "admit")
    response = fire(client, year.instructor, "dossier-move", dossier, "admit")
    assert response.status_code == 302
    assert "c’est déjà fait" in words(client.get(response.url))
    assert Entry.objects.filter(move="admit", subject_id=dossier.pk).count() == 1


def test_a_stale_form_says_what_changed_and_keeps_the_words(client, year):
    dossier = play.in_committee(year)
    fire(
        client,
        year.coordinator,
        "dossier-move",
        dossier,
        "defer",
        reason="Quorum",
        next_committee_on="2027-03-01",
    )
    typed = {"reason": "Plus de suite", "version": dossier.version}
    client.force_login(year.coordinator)
    response = client.post(reverse("dossier-move", args=[dossier.uuid, "drop"]), typed)
    assert response.status_code == 409
    assert "A ajourné le dossier" in words(response)
    assert "Plus de suite" in words(response)
    again = {"reason": "Plus de suite", "version": response.context["form"]["version"].value()}
    assert client.post(reverse("dossier-move", args=[dossier.uuid, "drop"]), again).status_code == 302
    assert play.fresh(dossier).state == DossierState.DROPPED


def test_all_refusals_come_at_once_and_nothing_moves(client, year, on_day):
    on_day(play.READING)
    dossier = play.a_draft(year)
    dossier.documents.all().delete()
    response = fire(client, year.holder, "dossier-move", dossier, "submit")
    assert response.status_code == 422
    assert "Il manque une pièce\u00a0: «\u00a0Budget signé\u00a0»." in words(response)
    assert "Depot\u00a0: c’est clos" in words(response)
    assert play.fresh(dossier).state == DossierState.DRAFT


def test_a_refusal_stands_beside_its_field_and_the_words_are_kept(client, year):
    dossier = play.in_review(year)
    line = dossier.lines.get(envelope=year.envelopes["etat"])
    facts = {"verdict": "unfavourable", "motive": ""} | {"seen": Shown([line]).digest(line)}
    response = fire(client, year.financiers["etat"], "line-move", line, "opine", **facts)
    errors = response.context["form"].errors
    assert (response.status_code, set(errors)) == (422, {"motive"})
    assert 'value="unfavourable"' in words(response)


# The opinion ---------------------------------------------------------------------------------------------------------


def test_the_opinion_says_that_it_is_not_a_decision(client, year):
    line = play.in_review(year).lines.get(envelope=year.envelopes["etat"])
    shown = words(page(client, year.financiers["etat"], "line-move", line.uuid, "opine"))
    assert "Transmettre mon avis" in shown
    assert "ne vaut pas décision de financement" in shown


# What each audience may read -----------------------------------------------------------------------------------------


def test_the_holder_reads_no_opinion_and_no_name(client, year):
    dossier = play.in_committee(year)
    shown = words(page(client, year.holder, "dossier-detail", dossier.uuid))
    assert "Utile au quartier." not in shown
    assert "Favorable" not in shown
    assert str(year.instructor) not in shown
    assert "L’équipe" in shown


def test_the_holder_learns_each_decision_with_its_letter(client, year, on_day):
    on_day(play.ANSWERING)
    dossier = play.decided(year)
    before = page(client, year.holder, "dossier-detail", dossier.uuid).context["seen"]
    assert [seen.decision for seen in before.lines] == [False, False]
    line = dossier.lines.order_by("pk").first()
    fire(client, year.coordinator, "line-move", line, "notify", notified_on="2027-04-20")
    after = page(client, year.holder, "dossier-detail", dossier.uuid).context["seen"]
    assert [seen.decision for seen in after.lines] == [True, False]


def test_a_financier_reads_its_own_line_only(client, year):
    dossier = play.in_review(year)
    seen = page(client, year.financiers["etat"], "dossier-detail", dossier.uuid).context["seen"]
    assert [one.line.seat.name for one in seen.lines] == ["Etat essai_2027"]


def test_words_differ_by_audience(client, year):
    dossier = play.submitted(year)
    labels = [
        page(client, user, "dossier-detail", dossier.uuid).context["seen"].label
        for user in (year.holder, year.instructor)
    ]
    assert labels == ["Envoyé", "À vérifier"]


def test_a_request_to_be_re_read_leads_the_team_to_its_re_reading(client, year):
    dossier = reached.rereading(year).dossier
    coming = page(client, year.instructor, "dossier-detail", dossier.uuid).context["seen"].next
    assert (coming.button, coming.url) == ("Relire la demande", reverse("rereading", args=[dossier.uuid]))


def test_a_holder_reads_that_a_third_party_re_read_the_request(client, year):
    support = reached.rereading(year)
    third = play.person("tiers", Role.THIRD_PARTY, year.cycle)
    engine.fire(support, "finish", by=third, at=play.WRITING)
    story = page(client, year.holder, "dossier-detail", support.dossier.uuid).context["seen"].story
    assert story[0].who == "Tiers facilitateur"


# How much the pages ask of the database ------------------------------------------------------------------------------


DETAIL = {
    ("a_draft", Role.HOLDER): 12,
    ("in_review", Role.HOLDER): 7,
    ("in_review", Role.COORDINATOR): 8,
    ("in_review", Role.FINANCIER): 10,
    ("decided", Role.COORDINATOR): 10,
}


@pytest.mark.parametrize("stage,role", DETAIL)
def test_a_dossier_costs_the_same_for_two_lines_and_for_five(
    client, on_day, django_assert_num_queries, stage, role
):
    on_day(play.WRITING if stage == "a_draft" else play.SITTING)
    for code, financiers in (("deux", 2), ("cinq", 5)):
        year = play.a_year(code, financiers=financiers)
        dossier = getattr(play, stage)(year)
        client.force_login(year.person(role))
        with django_assert_num_queries(DETAIL[stage, role]):
            client.get(reverse("dossier-detail", args=[dossier.uuid]))


TODO = {Role.INSTRUCTOR: 7, Role.COORDINATOR: 9}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("role", TODO)
def test_the_to_do_list_costs_the_same_for_one_row_and_for_three(
    client, year, django_assert_num_queries, rows, role
):
    for _ in range(rows):
        play.in_review(year)
        play.in_committee(year)
    client.force_login(year.person(role))
    with django_assert_num_queries(TODO[role]):
        client.get(reverse("todo"))


# The to-do list ------------------------------------------------------------------------------------------------------


def test_each_role_lands_on_what_awaits_it(client, year):
    stages = ("a_draft", "submitted", "in_instruction", "in_review", "in_committee")
    by_stage = {stage: getattr(play, stage)(year, title=stage) for stage in stages}
    landed = {
        role: [task.dossier.title for task in page(client, year.person(role), "todo").context["home"].page]
        for role in (Role.INSTRUCTOR, Role.COORDINATOR)
    }
    assert landed == {
        Role.INSTRUCTOR: ["submitted", "in_instruction"],
        Role.COORDINATOR: ["in_committee", "submitted", "in_instruction"],
    }
    assert Dossier.objects.count() == len(by_stage)


def test_a_silent_round_comes_to_the_coordinator_when_its_day_is_over(client, year, on_day):
    play.in_review(year)
    on_day(play.day("2027-01-15"))
    assert len(page(client, year.coordinator, "todo").context["home"].page) == 0
    on_day(play.day("2027-01-16"))
    [task] = page(client, year.coordinator, "todo").context["home"].page
    assert (task.sentence, task.late) == ("Le tour d’avis peut être clos.", True)


def test_a_notified_award_awaits_the_holders_choice(client, year, on_day):
    on_day(play.ANSWERING)
    dossier = play.decided(year)
    line = dossier.lines.order_by("pk").first()
    fire(client, year.coordinator, "line-move", line, "notify", notified_on="2027-04-20")
    current = page(client, year.holder, "todo").context["home"].current
    assert "Dites si vous maintenez l’action" in current.next.sentence
    fire(client, year.holder, "line-move", play.fresh(line), "accept")
    assert FundingLine.objects.get(pk=line.pk).state == LineState.ACCEPTED


def test_a_late_draft_says_so_unless_a_derogation_opens_the_door(client, year):
    dossier = play.a_draft(year)
    late = page(client, year.holder, "dossier-detail", dossier.uuid).context["seen"].next
    assert (late.sentence[:31], late.url) == ("Le dépôt est clos depuis cette ", "")
    opened = Derogation(
        cycle=year.cycle,
        subject_label="cases.dossier",
        subject_id=dossier.pk,
        move="submit",
        until=play.REVIEWING.date(),
        reason="Panne",
    )
    engine.open_many([opened], by=year.coordinator, at=play.REVIEWING)
    now = page(client, year.holder, "dossier-detail", dossier.uuid).context["seen"].next
    assert (now.button, now.url) == ("Déposer le dossier", f"/dossiers/{dossier.uuid}/submit/")
