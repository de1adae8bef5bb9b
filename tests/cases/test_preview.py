"""The sheet beside its form: what the holder would read now, with the rule of each reason, and nothing kept."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Feedback
from cases.preview import preview
from tests import year as play
from tests.cases.reached import FEEDBACKS, fired
from tests.pages import forms_of
from workflow import engine
from workflow.models import Cycle, Milestone

pytestmark = pytest.mark.django_db

ON = play.SITTING.date()


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


def refused(dossier) -> str:
    """How the form names the part of the financier that refused."""
    return str(dossier.lines.order_by("pk").last().pk)


def typing(client, user, dossier, name="feedback-preview", **typed):
    """What somebody types in the part of the financier that refused, « reason_0 » being its first reason."""
    client.force_login(user)
    part = refused(dossier)
    facts = {one.replace("_", f"-{part}-"): value for one, value in typed.items()}
    return client.post(reverse(name, args=[dossier.uuid]), facts)


def test_what_is_typed_is_seen_as_the_holder_would_read_it_and_kept_nowhere(client, year):
    dossier = play.decided(year)
    typed = {"reason_0": "priorite", "fact_0": "Deux actions <b>semblables</b>", "advice": "Revenez en mai."}
    words = typing(client, year.instructor, dossier, **typed).content.decode()
    assert "D’autres besoins étaient plus urgents." in words
    assert "Moins prioritaire cette année. Règle publiée : Article 4" in words
    assert "Deux actions &lt;b&gt;semblables&lt;/b&gt;" in words
    assert "Revenez en mai." in words
    assert Feedback.objects.count() == 0


def test_half_a_form_is_no_error_while_one_types(client, year):
    response = typing(client, year.instructor, play.decided(year), free_0="x" * 300, reason_1="nonsense")
    assert (response.status_code, "à écrire" in response.content.decode()) == (200, True)


def test_the_chosen_reason_says_its_rule_and_asks_its_fact_beside_the_field(client, year):
    dossier = play.decided(year)
    words = typing(client, year.instructor, dossier, reason_1="priorite").content.decode()
    assert f'id="regle-{refused(dossier)}-1"' in words
    assert words.count("Règle publiée : Article 4") == 2  # beside the field, and on the sheet
    assert words.count("Quel besoin était plus urgent ?") == 1


def test_only_the_team_of_this_dossier_previews(client, year):
    dossier = play.decided(year)
    for user in (year.holder, year.financiers["etat"], play.a_year("ailleurs").instructor):
        assert typing(client, user, dossier).status_code == 404


def test_what_to_do_now_is_required_where_a_refusal_is_explained(client, year):
    client.force_login(year.instructor)
    page = client.get(reverse("dossier-feedback", args=[play.decided(year).uuid]))
    assert page.context["form"]["advice"].field.required
    assert [part.owed for part in page.context["form"].parts()] == ["full", "line"]


@pytest.mark.parametrize("financiers", [1, 3])
def test_it_costs_the_same_for_one_financier_and_for_three(
    client, on_day, django_assert_num_queries, financiers
):
    on_day(play.SITTING)
    year = play.a_year(financiers=financiers)
    dossier = play.decided(year)
    client.force_login(year.instructor)
    with django_assert_num_queries(11):
        client.post(reverse("feedback-preview", args=[dossier.uuid]), {"advice": "Revenez."})


# A part for each financier -------------------------------------------------------------------------------------------


def test_each_part_says_who_what_and_why_or_that_no_motive_is_communicated():
    year = play.a_year(financiers=3)
    dossier = play.decided(year)
    first, second, third = dossier.lines.order_by("pk").values_list("pk", flat=True)
    motives = [{"line": second, "reason": "priorite", "fact": "Deux actions semblables.", "free": ""}]
    lesser = [{"line": first, "why": "Deux séances de moins."}]
    written = Feedback(dossier=dossier, motives=motives, lesser=lesser, silent=[third])
    read = preview(dossier, written, on=ON)
    assert [(one.why, [why.said for why in one.motives], one.silent) for one in read.parts] == [
        ("Deux séances de moins.", [], False),
        ("", ["D’autres besoins étaient plus urgents."], False),
        ("", [], True),
    ]
    assert [one.answer.partition(" ")[0] for one in read.parts] == ["Etat", "Agglo", "Ville"]
    assert read.decided == "Décidé après le comité du mercredi 10 février 2027 (Comité des financeurs)."


def test_a_request_that_was_not_examined_is_answered_by_the_team():
    from tests.cases.reached import inadmissible

    year = play.a_year()
    dossier = inadmissible(year)
    read = preview(dossier, Feedback(dossier=dossier, **play.words_for(dossier)), on=ON)
    [part] = read.parts
    assert part.answer == "Votre dossier n’est pas recevable : il n’a pas pu être présenté aux financeurs."
    assert [motive.kind for motive in part.motives] == ["Non recevable"]
    assert read.decided == "Vérifié par l’équipe du contrat de ville."


def test_the_sheet_of_an_inadmissible_request_begins_with_what_was_declared(client, year):
    from tests.cases.reached import inadmissible

    dossier = inadmissible(year)
    client.force_login(year.instructor)
    page = client.get(reverse("dossier-feedback", args=[dossier.uuid]))
    said = [page.context["form"][name].value() for name in ("reason-0-0", "fact-0-0", "version")]
    assert said == ["hors-quartier", "Aucune séance dans le quartier.", 0]
    assert [one.fact for one in page.context["sheet"].motives] == ["Aucune séance dans le quartier."]
    assert Feedback.objects.count() == 0


def test_the_next_call_gives_its_days_once_it_is_published():
    year = play.a_year()
    dossier = play.decided(year)
    assert preview(dossier, None, on=ON).next.days == ()
    later = play.a_year("essai_2028")
    Cycle.objects.filter(pk=later.cycle.pk).update(year=2028)
    Milestone.objects.filter(cycle=later.cycle, code="bilan").update(public=False)
    found = preview(dossier, None, on=date(2026, 11, 1)).next
    assert (found.name, [day.label for day in found.days]) == (
        "Appel à projets essai_2028", ["Cloture", "Comite", "Reponse"],
    )  # fmt: skip


# Hints and proposals -------------------------------------------------------------------------------------------------


def test_a_long_sentence_and_a_word_of_the_house_are_hinted_at_beside_their_text(client, year):
    long = f"Le COPIL {'vraiment ' * 30}attend."
    words = typing(client, year.instructor, play.decided(year), advice=long).content.decode()
    assert "Phrase longue, 33 mots" in words
    assert "« COPIL » est un mot à expliquer" in words


@pytest.mark.parametrize(
    "asked, typed, told",
    [
        (
            "advice:copil",
            "Le COPIL décide.",
            "Le COPIL (le comité qui arrête la liste des actions aidées) décide.",
        ),
        ("advice:reason", "Appelez.", "Appelez.\nParlez de votre idée en octobre."),
        ("advice:reason", "", "Parlez de votre idée en octobre."),
        ("advice:nonsense", "Appelez.", "Appelez."),
        ("nonsense:copil", "Le COPIL.", "Le COPIL."),
    ],
)
def test_one_click_puts_a_proposal_in_and_keeps_nothing(client, year, asked, typed, told):
    dossier = play.decided(year)
    reason = f"reason-{refused(dossier)}-0"
    posted = {"insert": asked.replace("reason", reason), "version": "0", "advice": typed}
    page = typing(client, year.instructor, dossier, "dossier-feedback", reason_0="priorite", **posted)
    [written] = [one for one in forms_of(page) if "advice" in one.areas]
    assert [one.lstrip("\n") for one in written.fields["advice"]] == [told]
    assert (page.status_code, page.context["form"]["advice"].value()) == (200, told)
    assert page.context["form"][reason].value() == "priorite"
    assert page.context["sheet"].advice == told
    assert [one.said for one in page.context["sheet"].motives] == ["D’autres besoins étaient plus urgents."]
    assert Feedback.objects.count() == 0


# What the holder reads while it is corrected -------------------------------------------------------------------------


def test_the_holder_goes_on_reading_what_was_delivered_while_it_is_corrected(client, year, on_day):
    on_day(play.REPORTING)
    delivered = FEEDBACKS["delivered"](year)
    address = reverse("dossier-feedback", args=[delivered.dossier.uuid])
    draft = fired(delivered, "revise", year.instructor, play.ANSWERING, reason="le mois était faux.")
    engine.amend(draft, {"advice": "Venez en juin."}, by=year.instructor, at=play.ANSWERING)
    client.force_login(year.holder)
    assert "Venez en septembre." in client.get(address).content.decode()
    fired(play.fresh(draft), "proofread", year.coordinator, play.ANSWERING)
    fired(play.fresh(draft), "deliver", year.coordinator, play.ANSWERING)
    read = client.get(address).content.decode()
    assert "Version 2 du mardi 20 avril 2027, parce que le mois était faux." in read
    assert ("Venez en juin." in read, "Venez en septembre." in read) == (True, False)
    client.force_login(year.coordinator)
    both = client.get(address).content.decode()
    assert "Venez en septembre." in both
    assert "Version 1 du mardi 20 avril 2027" in both


def test_a_reopened_dossier_takes_its_answer_back_and_the_next_one_says_so(client, year, on_day):
    on_day(play.REPORTING)
    dossier = play.answered(year)
    address = reverse("dossier-feedback", args=[dossier.uuid])
    facts = {"reason": "Une erreur.", "withdraws_award": True}
    engine.fire(dossier, "reopen", by=year.coordinator, at=play.ANSWERING, facts=facts)
    client.force_login(year.holder)
    assert client.get(address).status_code == 404
    assert [one.number for one in dossier.feedback.versions.all()] == [1]
